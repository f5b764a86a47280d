"""The measure: the guard and Bolt with one `/tandem` command that acks a sentence and does nothing else."""

from __future__ import annotations

import os
import time

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult

from bot.slack.guard import Guard, quiet_bolt


def application() -> Guard:
    """Return what gunicorn serves; TANDEM_SLACK__SIGNING_SECRET is the secret."""
    quiet_bolt()
    secret = os.environ["TANDEM_SLACK__SIGNING_SECRET"]
    known = AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1", bot_user_id="U1")
    app = App(signing_secret=secret, authorize=lambda: known, process_before_response=True)
    app.command("/tandem")(lambda ack: ack("kept"))
    return Guard(SlackRequestHandler(app), secret, now=time.time, ready=lambda: True)
