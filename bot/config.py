"""Read the settings: defaults, then the configuration file, then the environment. Importing this reads nothing."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError
from pydantic_settings import EnvSettingsSource

from bot.keys import read_keys
from bot.settings import PREFIX, ConfigError, Settings, SlackAccess, allowed, sections, setting_field, setting_names

__all__ = ["FIRST_STEPS", "ConfigError", "Settings", "SlackAccess", "load_settings", "nothing_configured", "read_keys"]

FILE_VARIABLE = "TANDEM_CONFIG"
DEFAULT_FILE = "config.toml"
FIRST_STEPS = (
    "nothing is configured yet: the tokens of your Slack app and a key of your own are missing; "
    "copy config.example.toml to config.toml and begin there, README.md goes through it step by step"
)

# Kubernetes adds these to every container beside a service called "tandem"; they are nobody's typing mistake.
_SERVICE_LINKS = re.compile(r"TANDEM_(SERVICE_(HOST|PORT\w*)|PORT(_\d+_\w+)?)")
_PASSWORD_IN_URL = re.compile(r"://[^/]*:[^/]*@")
_READABLE_BY_ALL = 0o004


def load_settings(environ: Mapping[str, str] | None = None, cwd: Path | None = None) -> Settings:
    """Read the defaults, then TANDEM_CONFIG or `cwd`/config.toml, then TANDEM_SECTION__NAME variables.

    Raises ConfigError for anything unknown or unusable, and for a file with secrets that everybody can read.
    """
    environ = os.environ if environ is None else environ
    of_file = _read_file(environ.get(FILE_VARIABLE), cwd or Path.cwd())
    of_environment = _read_environment(environ)
    try:
        return Settings(**of_file | {name: _over(of_file.get(name), found) for name, found in of_environment.items()})
    except ValidationError as error:
        complaint = _sentence(error)
    raise ConfigError(complaint)  # outside the handler, so that no traceback leads back to the values


def nothing_configured(environ: Mapping[str, str] | None = None, cwd: Path | None = None) -> bool:
    """Say whether somebody stands at the very beginning: no configuration file and not one variable of ours."""
    environ = os.environ if environ is None else environ
    ours = any(name.upper().startswith(PREFIX) for name in environ)
    return not ours and not ((cwd or Path.cwd()) / DEFAULT_FILE).exists()


def _over(below: object, above: dict[str, Any]) -> object:
    if below is None:
        return above
    return below | above if isinstance(below, dict) else below


def _read_environment(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    ours = {name.upper(): value for name, value in environ.items() if name.upper().startswith(PREFIX)}
    known = {f"{PREFIX}{name.replace('.', '__')}".upper() for name in setting_names()}
    for name in sorted(ours.keys() - known - {FILE_VARIABLE}):
        if not _SERVICE_LINKS.fullmatch(name):
            raise ConfigError(f"{name}: there is no such setting{_nearest(name, known | {FILE_VARIABLE})}")
    source = EnvSettingsSource(Settings)
    source.env_vars = {name.lower(): ours[name] for name in ours.keys() & known}
    return source()


def _read_file(named: str | None, cwd: Path) -> dict[str, Any]:
    path = cwd / (named or DEFAULT_FILE)
    if not named and not path.exists():
        return {}
    try:
        found = tomllib.loads(path.read_text("utf-8-sig"))
        open_to_all = os.name == "posix" and path.stat().st_mode & _READABLE_BY_ALL
    except OSError as error:
        raise ConfigError(f"{FILE_VARIABLE}: {path} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{FILE_VARIABLE}: {path} should be a text file in UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at [^()]*\)$", str(error))  # the rest of its sentence may quote the file
        raise ConfigError(f"{FILE_VARIABLE}: {path} is not valid TOML {place[0] if place else ''}".rstrip()) from None
    if open_to_all and (name := _first_secret(found)):
        raise ConfigError(f"{name}: {path} holds it and everybody on this machine can read it; type: chmod 600 {path}")
    return found


def _first_secret(found: Mapping[str, Any]) -> str | None:
    return next((name for name in setting_names() if _is_secret(name, _value(found, name))), None)


def _value(found: Mapping[str, Any], name: str) -> object:
    section, key = name.split(".")
    table = found.get(section)
    return table.get(key) if isinstance(table, dict) else None


def _is_secret(name: str, value: object) -> bool:
    if name == "database.url":
        return bool(_PASSWORD_IN_URL.search(str(value)))
    return bool(value) and setting_field(*name.split(".")).annotation == SecretStr | None


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    section, *keys = (str(part) for part in first["loc"])
    name = ".".join([section, *keys[:1]])
    if first["type"] == "extra_forbidden":
        return _unknown(name, section)
    if not keys:
        return f"{name}: should be a table of settings; allowed: [{name}] and its settings below"
    complaint = first["msg"].removeprefix("Value error, ").removeprefix("Input ").split(", unable")[0]
    return f"{name}: {complaint}; allowed: {allowed(section, keys[0])}"


def _unknown(name: str, section: str) -> str:
    if section in sections():
        near, choices = setting_names(), sections()[section].model_fields
    else:
        near, choices = tuple(sections()), Settings.model_fields
    return f"{name}: there is no such setting{_nearest(name, near)}; allowed: {', '.join(choices)}"


def _nearest(name: str, known: Collection[str]) -> str:
    close = difflib.get_close_matches(name, sorted(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""
