"""Tables, encrypted columns and queries: the only room that knows SQL."""
