"""Who goes with whom: pure arithmetic on everybody who waits for a partner, without database, clock or texts."""
