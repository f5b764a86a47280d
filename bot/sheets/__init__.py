"""Matching without Slack: people from a spreadsheet, matches into another."""
