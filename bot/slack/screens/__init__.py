"""Screens: pure functions from a result to Block Kit. They read nothing, decide nothing and know no database."""
