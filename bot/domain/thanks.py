"""A thank-you: written by one at the end, kept by the other."""

from __future__ import annotations

PAGE = 3  # thank-yous shown at a time: one message holds the longest three
