"""What can be configured, its defaults and what is allowed. Reading it from file and environment is in config.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from bot.domain.holidays import kept_region
from bot.programme_settings import ProgrammeSettings
from bot.section import Section

PREFIX = "TANDEM_"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_MIN_SECRET = 16  # characters; Slack's signing secrets have 32


class ConfigError(Exception):
    """A setting that cannot be used. `str()` is one line: which, what is wrong, what is allowed; never its value."""


def _blank_is_unset(value: object) -> object:
    return (value.strip() or None) if isinstance(value, str) else value


def _comma_separated(value: object) -> object:
    return [item.strip() for item in value.split(",") if item.strip()] if isinstance(value, str) else value


def _beginning(prefix: str) -> AfterValidator:
    def check(value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith(prefix):
            raise ValueError(f"should begin with {prefix}")
        return value

    return AfterValidator(check)


def _long_enough(value: SecretStr | None) -> SecretStr | None:
    if value and len(value.get_secret_value()) < _MIN_SECRET:
        raise ValueError("is too short")
    return value


def _api_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise ValueError("should begin with https://, because tokens travel there")
    if not parts.hostname or not parts.path.endswith("/api/") or parts.username or parts.query or parts.fragment:
        raise ValueError("should be a plain address that ends in /api/")
    return value


def _database_url(value: str) -> str:
    kind, _, rest = value.partition("://")
    if kind == "sqlite" and rest.startswith("/") and rest.strip("/") and ":memory:" not in rest:
        return value
    if kind in {"postgresql", "postgres", "postgresql+psycopg"} and _names_a_database(rest):
        return f"postgresql+psycopg://{rest}"
    raise ValueError("should name a database file or a PostgreSQL database")


def _names_a_database(rest: str) -> bool:
    try:
        parts = urlsplit(f"//{rest}")
        return bool(parts.path.strip("/")) and parts.port != 0
    except ValueError:  # its sentence may quote a part of the password
        return False


def _place(value: str) -> str:
    name, _, region = value.partition(":")
    if not name.strip():
        raise ValueError("should begin with a name")
    kept_region(region)
    return value


Secret = Annotated[SecretStr | None, BeforeValidator(_blank_is_unset)]
SlackUserId = Annotated[str, Field(pattern=r"^[UW][A-Z0-9]+$")]
ProfileField = Annotated[str, Field(pattern=r"^(Xf[A-Z0-9]+)?$")]
LevelName = Annotated[str, Field(min_length=1, max_length=60)]
Place = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_place)]
YES_OR_NO = "true or false"


class SlackSettings(Section):
    mode: Literal["socket", "http"] = Field("socket", description='"socket" or "http"')
    bot_token: Annotated[Secret, _beginning("xoxb-")] = Field(None, description="the bot token, xoxb-…")
    app_token: Annotated[Secret, _beginning("xapp-")] = Field(None, description="the app-level token, xapp-…")
    signing_secret: Annotated[Secret, AfterValidator(_long_enough)] = Field(
        None, description=f"the app's signing secret, {_MIN_SECRET} characters or more"
    )
    api_url: Annotated[str, AfterValidator(_api_url)] = Field(
        "https://slack.com/api/", description="an address like https://…/api/ (http:// only on this machine)"
    )
    timeout_seconds: float = Field(10, ge=1, le=60, allow_inf_nan=False, description="1 to 60 seconds")


class DatabaseSettings(Section):
    url: Annotated[str, AfterValidator(_database_url)] = Field(  # may hold a password
        "sqlite:///tandem.db", repr=False, description="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
    )
    migrate_on_start: bool = Field(default=True, description=YES_OR_NO)
    pool_size: int = Field(10, ge=1, le=200, description="1 to 200 connections")


class SecuritySettings(Section):
    keys: Secret = Field(None, description="ID:KEY, …, each KEY 32 bytes in base64; the first one seals")
    keys_file: Annotated[Path | None, BeforeValidator(_blank_is_unset)] = Field(
        None, description="a file with one ID:KEY a line that only its owner can read"
    )


class ServerSettings(Section):
    host: str = Field("127.0.0.1", min_length=1, max_length=255, description="an address of this machine")
    port: int = Field(3000, ge=1, le=65535, description="1 to 65535")
    workers: int = Field(2, ge=1, le=64, description="1 to 64 processes")
    threads: int = Field(32, ge=1, le=512, description="1 to 512 threads in each process")


class PeopleSettings(Section):
    allow_guests: bool = Field(default=False, description=YES_OR_NO)
    setup_allowed: Annotated[tuple[SlackUserId, ...], NoDecode, BeforeValidator(_comma_separated)] = Field(
        (), description="Slack user ids such as U012AB3CD"
    )


class SitesSettings(Section):
    places: Annotated[tuple[Place, ...], NoDecode, BeforeValidator(_comma_separated)] = Field(
        (), description='names such as "Paris", or with the region of their holidays such as "Berlin: DE-BE"'
    )

    @property
    def regions(self) -> dict[str, str]:
        """Return the region of public holidays of each place, "" where none is named."""
        split = (place.partition(":") for place in self.places)
        return {name.strip(): kept_region(region) for name, _, region in split}


class ProfileFieldsSettings(Section):
    department: ProfileField = Field("", description='the id of a field such as "Xf012AB3CD", or "" for none')
    manager: ProfileField = Field("", description='the id of a field such as "Xf012AB3CD", or "" for none')
    level: ProfileField = Field("", description='the id of a field such as "Xf012AB3CD", or "" for none')
    levels: Annotated[tuple[LevelName, ...], NoDecode, BeforeValidator(_comma_separated)] = Field(
        (), description='the words for the levels in rising order, such as ["Junior", "Senior", "Lead"]', max_length=20
    )

    @property
    def ids(self) -> dict[str, str]:
        """Return the id of Slack's field by what it says, "" for none."""
        return {"department": self.department, "manager": self.manager, "level": self.level}


class DeliverySettings(Section):
    tick_seconds: float = Field(1, ge=0.05, le=60, allow_inf_nan=False, description="0.05 to 60 seconds")
    plan_seconds: float = Field(60, ge=0.05, le=3600, allow_inf_nan=False, description="0.05 to 3600 seconds")
    settle_seconds: float = Field(60, ge=0, le=3600, allow_inf_nan=False, description="0 to 3600 seconds")
    lease_seconds: float = Field(60, ge=1, le=3600, allow_inf_nan=False, description="1 to 3600 seconds")
    max_attempts: int = Field(8, ge=1, le=100, description="1 to 100 attempts")
    messages_per_second: float = Field(4, ge=0.1, le=200, allow_inf_nan=False, description="0.1 to 200 a second")
    calls_per_minute: float = Field(50, ge=1, le=12_000, allow_inf_nan=False, description="1 to 12000 a minute")
    parallel: int = Field(8, ge=1, le=64, description="1 to 64 calls to Slack at once in each process")


class MetricsSettings(Section):
    host: str = Field("127.0.0.1", min_length=1, max_length=255, description="an address of this machine")
    port: int = Field(0, ge=0, le=65535, description="1 to 65535, or 0 for none")


class LoggingSettings(Section):
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description='"DEBUG", "INFO", "WARNING" or "ERROR"'
    )
    format: Literal["console", "json"] = Field("console", description='"console" or "json"')


@dataclass(frozen=True, slots=True)
class SlackAccess:
    """What the configured transport needs; what it does not need and is not set is an empty string."""

    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)
    signing_secret: str = field(repr=False)


class Settings(BaseSettings):
    """Everything that can be configured. Built from its arguments alone; `load_settings` reads file and environment."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, env_prefix=PREFIX, env_nested_delimiter="__"
    )

    slack: SlackSettings = SlackSettings()
    database: DatabaseSettings = DatabaseSettings()
    security: SecuritySettings = SecuritySettings()
    server: ServerSettings = ServerSettings()
    people: PeopleSettings = PeopleSettings()
    sites: SitesSettings = SitesSettings()
    profile_fields: ProfileFieldsSettings = ProfileFieldsSettings()
    programme: ProgrammeSettings = ProgrammeSettings()
    delivery: DeliverySettings = DeliverySettings()
    metrics: MetricsSettings = MetricsSettings()
    logging: LoggingSettings = LoggingSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the library calls with these names
        init_settings: PydanticBaseSettingsSource,
        *_others: PydanticBaseSettingsSource,
        **_named: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)

    def require_slack(self) -> SlackAccess:
        """Return the tokens for the configured mode; raise ConfigError naming the first one that is missing."""
        for name in ("bot_token", "app_token" if self.slack.mode == "socket" else "signing_secret"):
            if getattr(self.slack, name) is None:
                raise ConfigError(f"slack.{name}: is missing; needed: {allowed('slack', name)}")
        secrets = (self.slack.bot_token, self.slack.app_token, self.slack.signing_secret)
        return SlackAccess(*(secret.get_secret_value() if secret else "" for secret in secrets))


def sections() -> dict[str, type[Section]]:
    """Return the tables of the configuration file by name."""
    return {name: type(info.default) for name, info in Settings.model_fields.items()}


def setting_names() -> tuple[str, ...]:
    """Every setting as `section.name`, in the order of the example file."""
    return tuple(f"{name}.{key}" for name, section in sections().items() for key in section.model_fields)


def setting_field(section: str, key: str) -> FieldInfo:
    """Return how one setting is declared; KeyError if there is none of that name."""
    return sections()[section].model_fields[key]


def allowed(section: str, key: str) -> str:
    """Say in words which values a setting may have."""
    return str(setting_field(section, key).description)
