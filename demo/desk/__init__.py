"""The demo: a stand-in Slack with 24 colleagues, the real bot and a page in the browser, with a clock to be moved."""
