"""`tandem doctor`: looks at an installation the way an operator would, and says what to do."""

from __future__ import annotations
