"""The words of messages on their way out, one noun per file."""
