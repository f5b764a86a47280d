"""R8: Slack's own API is slow. Whoever types, clicks or sends a form is answered all the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from demo.town import Town
from tests.patience import PATIENCE
from tests.scenario.habits import sent, together
from tests.scenario.people import shown

IN_TIME = 7.0  # seconds: longer than an ack takes on a busy machine, shorter than a call is waited for


def test_no_ack_waits_for_slack(town: Town) -> None:
    """Every call to Slack hangs in the air; a command, a form, a click and an event are acknowledged in time."""
    together(town, "lena", "noah")
    town.says("lena", "/tandem goal")
    sent(town, "lena", {"title": "Speak up"})
    undone = town.says("lena", "/tandem note a slip").message
    assert undone is not None
    town.box.open_home("lena")
    town.says("lena", "/tandem note")
    town.box.faults.add(method="*", kind="slow", times=None, seconds=PATIENCE)
    town.box.hub.courier.patience = IN_TIME

    acks = [
        town.box.command("lena", "/tandem", "note a thought"),
        town.box.submit("lena", {"text": "another thought"}),
        town.box.click("lena", undone, "note.undo"),
        town.box.say("noah", "a word"),
        town.box.change_person("noah", zone="Europe/Lisbon"),
        town.box.open_home("noah"),
    ]

    town.box.faults.clear()
    assert town.tandem.follow_ups.wait(PATIENCE)
    assert [(answer.status, answer.timed_out) for answer in acks] == [(200, False)] * len(acks)
    assert "a thought" in shown(town.says("lena", "/tandem notes"))


def test_the_ticks_of_a_slow_slack_keep_nobody_waiting(town: Town) -> None:
    """While messages hang in the air, a note is kept and answered at once: no lock is held during a call."""
    together(town, "lena", "noah")
    town.says("lena", "/tandem goal")
    sent(town, "lena", {"title": "Speak up"})
    town.says("lena", "/tandem note first")
    slow = town.box.faults.add(method="chat.postMessage", kind="slow", times=None, seconds=PATIENCE)
    town.box.hub.courier.patience = IN_TIME
    with ThreadPoolExecutor(1) as beside:
        sending = beside.submit(town.tandem.ticks.deliver)
        assert town.box.until(lambda: slow.struck)
        answer = town.box.command("lena", "/tandem", "note second")
        waited = not sending.done()
        town.box.faults.clear()

    assert (answer.status, answer.timed_out, waited) == (200, False, True)
    assert sending.result() > 0
