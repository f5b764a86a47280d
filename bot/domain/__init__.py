"""Facts and rules that are true with paper and pencil: no clock, no database, no Slack."""
