"""How long tests wait for what a busy machine does late: they ask whether something happens, never how fast."""

from __future__ import annotations

from sandbox import Sandbox

PATIENCE = 30.0  # seconds until a condition that never comes fails a test


def unhurried(box: Sandbox) -> None:
    """Let this Slack wait longer for acks, and let forms open later, than Slack does."""
    box.hub.courier.patience = box.hub.triggers.lifetime = PATIENCE
