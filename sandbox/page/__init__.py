"""The browser page: a Slack workspace on loopback that people can click through, with a clock that can be moved."""

from __future__ import annotations

from sandbox.page.page import Page

__all__ = ["Page"]
