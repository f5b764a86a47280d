"""One scene in which the app calls every method and people do everything, so that all payloads can be compared."""

from __future__ import annotations

import urllib.request
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Sandbox

MORE_SCOPES = {"im:read", "mpim:read", "files:read"}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


OPTIONS = [{"text": plain(name), "value": name} for name in ("one", "two")]
ELEMENTS: dict[str, dict[str, Any]] = {
    "button": {"text": plain("Press"), "value": "v"},
    "overflow": {"options": OPTIONS},
    "static_select": {"options": OPTIONS, "initial_option": OPTIONS[0]},
    "multi_static_select": {"options": OPTIONS},
    "users_select": {},
    "datepicker": {"initial_date": "2026-11-02"},
    "timepicker": {},
    "radio_buttons": {"options": OPTIONS},
    "checkboxes": {"options": OPTIONS},
}
CHOICES = {"users_select": "U0", "datepicker": "2026-11-30", "timepicker": "10:00", "button": None}


def message_blocks() -> list[dict[str, Any]]:
    """Return one block for each element that can be used in a message."""
    found = {"external_select": {"min_query_length": 1}}
    return [
        {"type": "actions", "block_id": kind, "elements": [{"type": kind, "action_id": kind} | more]}
        for kind, more in (ELEMENTS | found).items()
    ]


def modal(**more: Any) -> dict[str, Any]:
    text = {"type": "plain_text_input", "action_id": "v"}
    found = {"type": "external_select", "action_id": "v", "min_query_length": 1}
    blocks = [
        {"type": "input", "block_id": "note", "label": plain("Note"), "element": text, "dispatch_action": True},
        {"type": "input", "block_id": "who", "label": plain("Who"), "element": found, "optional": True},
    ]
    frame = {"type": "modal", "callback_id": "note", "title": plain("Note") | {"emoji": True}}
    frame["submit"] = plain("Keep") | {"emoji": True}
    return frame | {"close": plain("Not now"), "private_metadata": "kept", "blocks": blocks} | more


class Scene:
    """Everything happens once; nobody answers for the app, as only what is sent to it counts here."""

    def __init__(self, box: Sandbox) -> None:
        self.box = box
        self.slack = WebClient(box.bot_token, base_url=box.api_url, retry_handlers=[])
        self.apps = WebClient(box.app_token, base_url=box.api_url, retry_handlers=[])

    def play(self) -> None:
        self.box.scopes |= MORE_SCOPES
        self.box.limits.enforced = False
        self.box.echo = True
        self.set_the_stage()
        self.ask_around()
        self.talk()
        self.share()
        self.open_screens()
        self.act()
        self.fail()
        self.go()

    def set_the_stage(self) -> None:
        box = self.box
        box.add_person("mira", name="Mira Vogel", title="Lead", fields={"Xf1": "Berlin"}, status_text="away")
        box.add_person("olga", name="Olga Ito", owner=True)
        box.add_person("gus", guest=True)
        box.add_person("elsewhere", external=True)
        box.add_channel("general", private=False, members=["mira"], bot_in=True)
        box.add_channel("owners", members=["olga"], shared=True)
        box.invite_bot("owners", by="olga")
        box.join("mira", "owners")
        box.leave("mira", "owners")
        box.new_person("ben", name="Ben")
        box.change_person("ben", deleted=True)
        box.change_person("mira", zone="America/Toronto")

    def user(self, handle: str) -> str:
        return self.box.person(handle).id

    def ask_around(self) -> None:
        slack, mira, owners = self.slack, self.user("mira"), self.box.channel("owners").id
        slack.api_test(foo="bar")
        self.refused(slack.api_test, error="my_error")
        slack.auth_test()
        self.apps.apps_connections_open(app_token=self.box.app_token)
        slack.team_info()
        for handle in ("mira", "ben", "elsewhere", "tandem"):
            slack.users_info(user=self.user(handle), include_locale=True)
        slack.users_list(limit=2)
        slack.users_profile_get(user=mira)
        slack.conversations_open(users=mira)
        slack.conversations_open(users=mira, return_im=True)
        slack.conversations_open(users=[mira, self.user("olga")], return_im=True)
        slack.conversations_info(channel=owners, include_num_members=True)
        slack.conversations_info(channel=self.dm())
        slack.conversations_members(channel=owners, limit=1)
        slack.conversations_list(types="public_channel,private_channel,im,mpim")
        slack.users_conversations(user=self.user("olga"), types="private_channel,mpim")
        slack.users_conversations(types="im")

    def dm(self) -> str:
        return str(self.box.hub.workspace.dm([self.user("mira")]).id)

    def talk(self) -> None:
        slack, place = self.slack, self.dm()
        metadata = {"event_type": "kept", "event_payload": {"key": "k"}}
        unique = "4b2a1a5e-0000-4000-8000-000000000000"
        said = slack.chat_postMessage(
            channel=place, text="hi", blocks=message_blocks(), metadata=metadata, client_msg_id=unique
        )
        slack.chat_postMessage(channel=place, text="a reply", thread_ts=said["ts"])
        slack.chat_update(channel=place, ts=said["ts"], text="hello", blocks=message_blocks())
        slack.chat_getPermalink(channel=place, message_ts=said["ts"])
        slack.chat_postEphemeral(channel=place, user=self.user("mira"), text="psst")
        plainly = slack.chat_postMessage(channel=place, text="said", metadata=metadata)
        slack.chat_update(channel=place, ts=plainly["ts"], text="said again")
        gone = slack.chat_postMessage(channel=place, text="gone soon")
        slack.chat_delete(channel=place, ts=gone["ts"])
        self.box.say("mira", "my *own* words")
        slack.conversations_history(channel=place, limit=2, include_all_metadata=True, latest="9999999999")

    def share(self) -> None:
        content = b"name,when\n"
        for places in ({"channel_id": self.dm()}, {"channels": [self.box.channel("general").id]}):
            slot = self.slack.files_getUploadURLExternal(filename="a.csv", length=len(content), alt_txt="a table")
            with urllib.request.urlopen(slot["upload_url"], content) as answer:  # noqa: S310 - loopback
                assert answer.status == 200
            self.slack.files_completeUploadExternal(
                files=[{"id": slot["file_id"], "title": "A"}], initial_comment="for you", **places
            )
            self.slack.files_info(file=slot["file_id"])
        self.slack.conversations_history(channel=self.dm())
        self.slack.files_delete(file=slot["file_id"])

    def open_screens(self) -> None:
        box, slack = self.box, self.slack
        home = {"type": "home", "blocks": message_blocks()[:1]}
        slack.blocks_validate(view=home)
        slack.views_publish(user_id=self.user("mira"), view=home)
        box.open_home("mira")
        box.open_home("mira", tab="messages")
        box.click_home("mira", "button")
        box.command("mira", "/tandem", "help")
        shown = slack.views_open(trigger_id=self.trigger(), view=modal(notify_on_close=True, external_id="e"))
        slack.views_update(view_id=shown["view"]["id"], view=modal(notify_on_close=True))
        box.type_in_select("mira", "who", "v", "an")
        box.submit("mira", {"note": "x"})
        slack.views_push(trigger_id=self.trigger(), view=modal(notify_on_close=True))
        box.close_modal("mira")

    def trigger(self) -> str:
        return str(self.box.deliveries[-1].payload["trigger_id"])

    def act(self) -> None:
        box = self.box
        message = next(one for one in box.messages("mira") if one.blocks and one.author == "tandem")
        for kind in ELEMENTS:
            box.click("mira", message, kind, option=CHOICES.get(kind, "two"))
        box.type_in_select("mira", "external_select", "external_select", "an", message=message)
        box.use_shortcut("mira", "note_new")
        box.use_shortcut("mira", "note_from_message", message)

    def fail(self) -> None:
        """Get one refusal of each shape."""
        wrong = [{"type": "header", "text": plain("x" * 151)}]
        self.refused(self.slack.chat_postMessage, channel=self.dm(), text="x", blocks=wrong)
        self.refused(self.slack.chat_postMessage, channel="C0NOWHERE", text="x")
        self.refused(self.slack.blocks_validate, blocks=wrong)
        self.refused(self.slack.views_publish, user_id=self.user("mira"), view={"type": "home"})
        self.box.scopes.discard("users:read")
        self.refused(self.slack.users_list)
        self.box.scopes.add("users:read")

    @staticmethod
    def refused(call: Any, **arguments: Any) -> None:
        try:
            call(**arguments)
        except SlackApiError:
            return
        raise AssertionError("the stand-in took what Slack refuses")

    def go(self) -> None:
        self.box.uninstall()
