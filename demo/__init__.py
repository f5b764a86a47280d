"""A town on loopback: the real bot and the stand-in Slack, with a clock that can be moved."""
