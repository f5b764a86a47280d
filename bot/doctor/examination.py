"""Look at everything an installation depends on: each finding is fine, or says what to do. Nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.clock.clock import SystemClock
from bot.config import FIRST_STEPS, ConfigError, Settings, load_settings, nothing_configured, read_keys
from bot.doctor.database import is_missing_file, look_at_database
from bot.doctor.findings import Finding
from bot.doctor.workspace import look_at_slack

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Place:
    """Where to look: variables, folder and clock of this process unless a test says otherwise."""

    environ: Mapping[str, str] | None = None
    cwd: Path | None = None
    now: Now = SystemClock().now


def examine(place: Place) -> list[Finding]:
    """Return findings in the order an installation depends on them; what could not work yet is not looked at."""
    if nothing_configured(place.environ, place.cwd):
        return [Finding("configuration", ok=False, advice=FIRST_STEPS)]
    try:
        settings = load_settings(place.environ, place.cwd)
    except ConfigError as error:
        return [Finding("configuration", ok=False, advice=str(error))]
    findings = [Finding("configuration", ok=True), _try("encryption key", lambda: read_keys(settings))]
    findings += _matching(settings)
    findings += look_at_database(settings)
    findings.append(_try(f"tokens for {settings.slack.mode} mode", settings.require_slack))
    if findings[-1].ok:
        findings += look_at_slack(settings, place.now, look_at_rooms=_has_data(settings, findings))
    return findings


def _matching(settings: Settings) -> list[Finding]:
    """Return which weights and rules of the matching are this installation's own."""
    own = settings.programme.matching or {}
    return (
        [Finding(f"matching with {', '.join(f'{name} = {own[name]}' for name in sorted(own))}", ok=True)] if own else []
    )


def _has_data(settings: Settings, findings: list[Finding]) -> bool:
    return all(finding.ok for finding in findings) and not is_missing_file(settings)


def _try(what: str, check: Callable[[], object]) -> Finding:
    try:
        check()
    except ConfigError as error:
        return Finding(what, ok=False, advice=str(error))
    return Finding(what, ok=True)
