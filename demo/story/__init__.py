"""The stories: four weeks or a season, the real bot. They play, show who sees what, and check themselves."""
