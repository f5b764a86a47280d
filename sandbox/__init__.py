"""A stand-in Slack on loopback: strict like the real one, driven by plain synchronous calls."""

from __future__ import annotations

from sandbox.answers import Answer
from sandbox.box import Sandbox
from sandbox.calls import Call
from sandbox.channels import Channel
from sandbox.deliveries import Delivery
from sandbox.errors import NotOnScreenError
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.surfaces import View

__all__ = [
    "Answer",
    "Call",
    "Channel",
    "Delivery",
    "Message",
    "NotOnScreenError",
    "Person",
    "Sandbox",
    "View",
]
