"""The story: six people, four weeks, the real bot. It plays, shows who sees what, and checks itself."""
