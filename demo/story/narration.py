"""What the narrator says, in both languages: English first, German second. Fields are filled by name."""

from __future__ import annotations

from demo.story.lines import Pair

SCENES: dict[str, Pair] = {
    "title": ("Tandem, a story in four weeks", "Tandem, eine Geschichte in vier Wochen"),
    "lead": (
        "A handful of people, one bot and a stand-in Slack, all on this machine; only the clock is moved.",
        "Eine Handvoll Leute, ein Bot und ein nachgebautes Slack auf diesem Rechner; nur die Uhr wird gestellt.",
    ),
    "honest": (
        "Whatever you read here was typed, pressed or shown. Times are local to the person.",
        "Was hier steht, wurde getippt, gedrückt oder angezeigt. Uhrzeiten sind die vor Ort.",
    ),
    "runs": ("runs the programme", "leitet das Programm"),
    "before": ("Before it starts", "Bevor es losgeht"),
    "week": ("Week {number}", "Woche {number}"),
    "setup": (
        "Olga wants to start a programme in a channel of her own. The bot is not in it yet.",
        "Olga möchte in einem eigenen Kanal ein Programm starten. Der Bot ist dort noch nicht dabei.",
    ),
    "join": (
        "Mira joins: first the data notice, then a short form.",
        "Mira macht mit: erst der Hinweis, dann ein Formular.",
    ),
    "others": (
        "The others join the same way, each in their own morning.",
        "Die anderen kommen genauso dazu, alle an ihrem eigenen Vormittag.",
    ),
    "match": (
        "Five people make one pair and one trio. Olga looks first, then approves.",
        "Fünf Leute ergeben ein Tandem zu zweit und eines zu dritt. Olga sieht es sich an und gibt es dann frei.",
    ),
    "introductions": ("Each group gets a conversation of its own.", "Jede Gruppe bekommt eine eigene Unterhaltung."),
    "first": (
        "The first check-in asks for one small promise.",
        "Der erste Wochen-Check-in fragt nach einer kleinen Zusage.",
    ),
    "reads": ("This is what {name} gets to read.", "Das bekommt {name} zu lesen."),
    "arrivals": (
        "By evening, Monday nine o'clock has come at {count} different moments.",
        "Bis zum Abend war es zu {count} verschiedenen Zeitpunkten Montag, neun Uhr.",
    ),
    "goal": ("A goal, in small steps.", "Ein Ziel, in kleinen Schritten."),
    "note": ("A note for the goal, shared with the partner.", "Eine Notiz zum Ziel, für beide sichtbar."),
    "undo": (
        "A shopping list lands in the wrong place, and Undo takes it back.",
        "Ein Einkaufszettel landet am falschen Ort, und Zurücknehmen hilft.",
    ),
    "undone": ("In Mira's messages it is gone as well.", "Auch bei Mira ist er wieder weg."),
    "step": ("Before she answers, Mira ticks off a step.", "Bevor sie antwortet, hakt Mira einen Schritt ab."),
    "kept": (
        "A promise kept, the partner told, and a cheer.",
        "Eine Zusage gehalten, Jonas erfährt es und feuert sie an.",
    ),
    "partly": ("Jonas got part of the way.", "Jonas ist ein Stück weit gekommen."),
    "not_yet": ("Ana is not there yet, and nobody scolds her.", "Ana ist noch nicht so weit, und niemand schimpft."),
    "reminder": (
        "Raj did not answer on Monday. One reminder, on the next working day, no more.",
        "Raj hat am Montag nicht geantwortet. Eine Erinnerung am nächsten Arbeitstag, mehr nicht.",
    ),
    "pause": (
        "Ana needs a few days off, and says so before nine.",
        "Ana braucht ein paar Tage Pause und sagt es vor neun Uhr.",
    ),
    "clocks.3": (
        "On Sunday the clocks went back in Europe: nine o'clock stayed nine o'clock. Ana was left in peace.",
        "Am Sonntag wurden in Europa die Uhren umgestellt: Neun Uhr blieb neun Uhr. Ana hatte ihre Ruhe.",
    ),
    "clocks.4": ("On Sunday it was Toronto's turn.", "Am Sonntag war Toronto mit der Zeitumstellung dran."),
    "alone": ("Some notes are for nobody else.", "Manche Notizen sind für niemanden sonst."),
    "outage": (
        "Wednesday evening the bot is stopped. A note and a summary are still waiting for the morning.",
        "Am Mittwochabend wird der Bot angehalten. Eine Notiz und eine Zusammenfassung warten noch auf den Morgen.",
    ),
    "stopped": ("the bot is stopped", "der Bot wird angehalten"),
    "started": ("the bot is started again", "der Bot läuft wieder"),
    "late": (
        "Thursday morning it runs again. What was due in the night arrives now, once.",
        "Am Donnerstagmorgen läuft er wieder. Was in der Nacht fällig war, kommt jetzt an, einmal.",
    ),
    "back": (
        "Friday: Ana is back. Her partners hear of it, and what they wrote meanwhile reaches her now.",
        "Freitag: Ana ist zurück. Ihr Tandem erfährt es, und was die beiden inzwischen schrieben, kommt jetzt an.",
    ),
    "again": ("After the break the old promise is still there.", "Nach der Pause ist die alte Zusage noch da."),
    "knees": ("The talk is over.", "Der Vortrag ist vorbei."),
    "dashboard": ("Mira opens the app's home tab.", "Mira öffnet die Startseite der App."),
    "celebrate": (
        "She ticks off the last step and the goal with it.",
        "Sie hakt den letzten Schritt ab und damit das Ziel.",
    ),
    "status": (
        "Olga asks whether everything runs. She gets counts, and no word of what anybody wrote.",
        "Olga fragt, ob alles läuft. Sie bekommt Zahlen und kein Wort von dem, was jemand geschrieben hat.",
    ),
}

LABELS: dict[str, Pair] = {
    "types": ("types", "tippt"),
    "clicks": ("presses", "drückt"),
    "fills": ("fills in", "füllt aus"),
    "opens": ("opens", "öffnet"),
    "private": ("only {name} sees", "nur für {name}"),
    "window": ("window", "Fenster"),
    "dm": ("DM to {name}", "DM an {name}"),
    "group": ("group DM", "Gruppen-DM"),
    "changed": ("turns into", "wird zu"),
    "taken_back": ("taken back", "gelöscht"),
    "home": ("home tab", "Startseite"),
    "in": ("in {place}", "in {place}"),
    "to": ("to {names}", "an {names}"),
    "name": ("name", "Name"),
    "city": ("city", "Ort"),
    "there": ("local time", "Ortszeit"),
    "offers": ("offers", "bietet"),
    "wants": ("wants", "sucht"),
    "messages": ("messages", "Nachrichten"),
    "privates": ("private answers", "private Antworten"),
    "checkins": ("check-ins", "Check-ins"),
    "reminders": ("reminders", "Erinnerungen"),
    "week_end": (
        "{all} messages and windows appeared on somebody's screen this week; {shown} of them are printed here.",
        "In dieser Woche erschienen {all} Nachrichten und Fenster auf einem Bildschirm; {shown} davon stehen hier.",
    ),
    "end": ("At the end", "Am Ende"),
    "promises": (
        "Promises: {made} made, {due} of them due by now: {kept} kept, {partly} partly, {not_yet} not yet.",
        "Zusagen: {made} gegeben, {due} davon schon fällig: {kept} gehalten, {partly} teilweise, {not_yet} noch nicht.",
    ),
    "checked": ("Checked:", "Geprüft:"),
    "check.twice": (
        "Nobody got anything twice, restart included ({count} messages).",
        "Niemand hat etwas doppelt bekommen, auch nicht beim Neustart ({count} Nachrichten).",
    ),
    "check.asked": (
        "Everybody was asked on Monday at nine of their own day ({count} check-ins), nobody during a break.",
        "Alle wurden montags um neun Uhr ihrer eigenen Zeit gefragt ({count} Check-ins), niemand in einer Pause.",
    ),
    "check.quiet": (
        "Nobody was written to during a break; the news waited ({count}).",
        "Niemand bekam in einer Pause Post; die Neuigkeiten haben gewartet ({count}).",
    ),
    "check.reminded": (
        "Late ones got one reminder, no more ({count}).",
        "Wer spät dran war, bekam eine Erinnerung, mehr nicht ({count}).",
    ),
    "check.secret": (
        "What people wrote reached the right eyes only, and never the owner ({count} texts).",
        "Was jemand schrieb, sahen nur die Richtigen und nie die Programmverantwortlichen ({count} Texte).",
    ),
}

DOUBTS: dict[str, Pair] = {
    "failed": ("The story did not go as it should:", "Die Geschichte lief nicht, wie sie sollte:"),
    "doubt.twice": (
        "{names} got the same message twice: “{text}”",
        "Dieselbe Nachricht kam doppelt an ({names}): „{text}“",
    ),
    "doubt.missing": (
        "{name} got no check-in on {day} at nine.",
        "{name} bekam am {day} um neun keinen Wochen-Check-in.",
    ),
    "doubt.extra": (
        "{name} got a check-in at {when}, which nobody expected.",
        "{name} bekam um {when} einen Wochen-Check-in, den niemand erwartet hat.",
    ),
    "doubt.reminder": (
        "{name} got {count} reminders instead of {wanted}.",
        "{name} bekam {count} Erinnerungen statt {wanted}.",
    ),
    "doubt.disturbed": (
        "{name} was written to during a break: “{text}”",
        "{name} bekam in der Pause Post: „{text}“",
    ),
    "doubt.leak": (
        "{names} could read what was not meant for them: “{text}”",
        "Für fremde Augen sichtbar ({names}): „{text}“",
    ),
    "doubt.unseen": (
        "{name} should have seen something ({what}) and did not.",
        "{name} hätte etwas sehen sollen ({what}) und sah es nicht.",
    ),
    "doubt.refused": ("{name} was refused: {what}", "{name} kam nicht weiter: {what}"),
    "doubt.screen": ("Something was not on the screen: {what}", "Etwas war nicht auf dem Bildschirm: {what}"),
    "doubt.stuck": ("The bot did not answer in time: {what}", "Der Bot hat nicht rechtzeitig geantwortet: {what}"),
}
