"""Delivery: from the outbox to Slack, once."""
