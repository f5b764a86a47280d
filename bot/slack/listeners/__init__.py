"""Listeners: read the request, call one use case, choose a screen. They decide nothing."""
