"""People of the workspace, as their profile says and as the Web API describes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime


IMAGE_SIZES = (24, 32, 48, 72, 192, 512)


@dataclass(slots=True)
class Person:
    """A member of the workspace (or, when `external`, of another one that shares a channel with it)."""

    id: str
    handle: str
    name: str
    team_id: str
    zone: str = "Europe/Berlin"
    locale: str = "en-US"
    admin: bool = False
    owner: bool = False
    guest: bool = False
    bot: bool = False
    deleted: bool = False
    external: bool = False
    title: str = ""
    email: str = ""
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0
    fields: dict[str, str] = field(default_factory=dict)
    app: dict[str, Any] = field(default_factory=dict)  # what the profile of an app's bot says besides

    def profile(self) -> dict[str, Any]:
        first, _, last = self.name.partition(" ")
        return {
            "title": self.title,
            "real_name": self.name,
            "real_name_normalized": self.name,
            "display_name": self.handle,
            "display_name_normalized": self.handle,
            "first_name": first,
            "last_name": last,
            "phone": "",
            "skype": "",
            "status_text": self.status_text,
            "status_text_canonical": "",
            "status_emoji_display_info": [],
            "status_emoji": self.status_emoji,
            "status_expiration": self.status_expiration,
            "avatar_hash": "",
            **{f"image_{size}": f"https://avatars.example.com/{self.id}-{size}.png" for size in IMAGE_SIZES},
        }

    def own_fields(self) -> dict[str, Any]:
        """Return the workspace's own profile fields as `users.profile.get` and `user_change` show them."""
        return {key: {"value": value, "alt": ""} for key, value in self.fields.items()}


def user_object(person: Person, now: datetime, *, with_locale: bool = False) -> dict[str, Any]:
    """Return the user as `users.info` describes them at the given moment (the offset follows summer time)."""
    user = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.handle,
        "deleted": person.deleted,
        "profile": person.profile() | {"team": person.team_id} | person.app,
        "is_bot": person.bot,
        "is_app_user": False,
        "is_email_confirmed": not person.bot,
        "who_can_share_contact_card": "EVERYONE",
        "updated": int(now.timestamp()),
    }
    if person.external:
        user["is_stranger"] = False
    if not person.deleted:
        user |= _standing(person) | _zone(person, now)
    if with_locale and not person.deleted:
        user["locale"] = person.locale
    return user


def _standing(person: Person) -> dict[str, Any]:
    return {
        "real_name": person.name,
        "color": "9f69e7",
        "is_admin": person.admin or person.owner,
        "is_owner": person.owner,
        "is_primary_owner": person.owner,
        "is_restricted": person.guest,
        "is_ultra_restricted": False,
    }


def _zone(person: Person, now: datetime) -> dict[str, Any]:
    local = now.astimezone(ZoneInfo(person.zone))
    offset = local.utcoffset()
    return {
        "tz": person.zone,
        "tz_label": local.tzname() or person.zone,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
    }
