"""Time: the injected clock, the ticks, the planner of what is due, retention."""
