"""The face: everything that reads a Slack payload or builds what a person sees."""
