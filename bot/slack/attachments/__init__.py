"""Files the bot hands out: drawn where they are asked for, and kept nowhere."""
