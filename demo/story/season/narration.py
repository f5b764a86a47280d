"""What the narrator says in the season: English first, German second. Fields are filled by name."""

from __future__ import annotations

from demo.story.lines import Pair

SCENES: dict[str, Pair] = {
    "season.title": ("Tandem, a season in twelve weeks", "Tandem, zwölf gemeinsame Wochen"),
    "season.match": (
        "Four people make two pairs. Olga looks first, then approves.",
        "Vier Leute ergeben zwei Tandems. Olga sieht sie sich an und gibt sie dann frei.",
    ),
    "season.agreement": (
        "Mira writes down what they expect of each other. Jonas reads it and signs.",
        "Mira schreibt auf, was sie voneinander erwarten. Jonas liest es und unterschreibt.",
    ),
    "season.fit": (
        "Ten days in, each is asked how it fits. Ana and Raj like each other, and want different things.",
        "Nach zehn Tagen wird gefragt, wie es passt. Ana und Raj mögen sich und suchen Verschiedenes.",
    ),
    "season.parted": (
        "Raj reads the same as Ana. Nobody learns who asked.",
        "Raj liest dasselbe wie Ana. Niemand erfährt, wer gefragt hat.",
    ),
    "season.newcomers": (
        "Tess and Noor joined on the same day, so there are four again.",
        "Tess und Noor sind am selben Tag dazugekommen, also sind es wieder vier.",
    ),
    "season.rematch": ("Olga lets it match once more.", "Olga lässt noch einmal zuteilen."),
    "season.meet": (
        "Mira suggests a time to meet, and Jonas accepts.",
        "Mira schlägt einen Termin vor, und Jonas sagt zu.",
    ),
    "season.soon": (
        "A quarter of an hour before, both get four questions for it.",
        "Eine Viertelstunde vorher bekommen beide vier Fragen dafür.",
    ),
    "season.after": (
        "Did they meet? Yes, and something is to follow.",
        "Haben sie sich getroffen? Ja, und es gibt etwas zu tun.",
    ),
    "season.heard": (
        "Mira's words as Jonas heard them. She says whether they are right.",
        "Miras Worte, wie Jonas sie gehört hat. Sie sagt, ob es stimmt.",
    ),
    "season.ticked": (
        "Jonas did what Mira wrote down for him, and ticks it off.",
        "Jonas hat erledigt, was Mira für ihn notiert hat, und hakt es ab.",
    ),
    "season.vacation": (
        "Mira has let her Slack status count as a break. On Sunday it shows a palm tree.",
        "Bei Mira gilt der Slack-Status als Pause. Am Sonntag zeigt er eine Palme.",
    ),
    "season.back": (
        "On Friday she is back, and Jonas hears of it.",
        "Am Freitag ist sie zurück, und Jonas erfährt es.",
    ),
    "season.partly": (
        "Tess got part of the way and takes the rest along.",
        "Tess hat einen Teil geschafft und nimmt den Rest mit.",
    ),
    "season.after_break": (
        "The old promise waited for her.",
        "Die alte Zusage hat auf sie gewartet.",
    ),
    "season.carried": (
        "Noor is not there yet. Two taps, and the promise is carried over.",
        "Noor ist noch nicht so weit. Zweimal tippen, und die Zusage geht mit in die nächste Woche.",
    ),
    "season.half": (
        "Half of the time is over. Is the agreement still right? And how are the eight skills?",
        "Die Hälfte ist um. Passt die Vereinbarung noch? Und wie steht es um die acht Fähigkeiten?",
    ),
    "season.silent": (
        "Nothing is heard of Raj: one reminder on Tuesday, and on Wednesday a word for him alone.",
        "Von Raj kommt nichts: am Dienstag eine Erinnerung, am Mittwoch ein Wort nur für ihn.",
    ),
    "season.late": (
        "On Thursday he answers. Late answers count, and nobody else ever heard of the silence.",
        "Am Donnerstag antwortet er. Auch spät zählt, und sonst hat niemand von der Stille gehört.",
    ),
    "season.easter": (
        "Good Friday and Easter Monday are quiet, the clocks went forward, and Tuesday is the day.",
        "Karfreitag und Ostermontag bleiben still, die Uhren wurden vorgestellt, und der Dienstag ist dran.",
    ),
    "season.quiet": (
        "A week as most weeks are: a minute each.",
        "Eine Woche, wie die meisten sind: für jeden eine Minute.",
    ),
    "season.closing": (
        "A week before the last day, Mira is asked to look back.",
        "Eine Woche vor dem letzten Tag darf Mira zurückblicken.",
    ),
    "season.thanks": ("This is what Jonas keeps.", "Das behält Jonas."),
    "season.closing_too": ("Jonas looks back too.", "Auch Jonas blickt zurück."),
    "season.growth": (
        "The eight skills once more: what grew is for Mira's eyes alone.",
        "Noch einmal die acht Fähigkeiten: Was gewachsen ist, sieht nur Mira.",
    ),
    "season.end": (
        "The last day is over. Both wished for somebody new, so both are on the list; the others go on.",
        "Der letzte Tag ist vorbei. Beide möchten jemand Neues und stehen auf der Liste; die anderen machen weiter.",
    ),
    "season.certificate": (
        "Mira asks for her certificate and gets a file: {name}.",
        "Mira bittet um ihre Bescheinigung und bekommt eine Datei: {name}.",
    ),
}

FOUND: dict[str, Pair] = {
    "season.promises": (
        "Answers: {count}, and {carried} of them carried the promise over.",
        "Antworten: {count}, davon trugen {carried} die Zusage weiter.",
    ),
    "season.check.twice": (
        "Nobody got anything twice ({count} messages).",
        "Niemand hat etwas doppelt bekommen ({count} Nachrichten).",
    ),
    "season.check.asked": (
        "Every due week was asked about exactly once, at nine of everybody's own day ({count} check-ins).",
        "Jede fällige Woche kam genau einmal dran, um neun Uhr der eigenen Zeit ({count} Check-ins).",
    ),
    "season.check.quiet": (
        "Nobody was written to on a public holiday or during a break ({count} such days).",
        "An Feiertagen und in Pausen bekam niemand Post ({count} solche Tage).",
    ),
    "season.check.promise": (
        "After every answer but a pairing's last a promise stood, and the next check-in asked for it ({count} times).",
        "Nach jeder Antwort außer der letzten stand eine Zusage, nach der der nächste Check-in fragte ({count} Mal).",
    ),
    "season.check.way_on": (
        "Every message to a person had a button, or closed something ({count} messages).",
        "Jede Nachricht an jemanden hatte einen Knopf oder schloss etwas ab ({count} Nachrichten).",
    ),
    "season.check.silence": (
        "Of the silence only {name} heard, {count} time.",
        "Von der Stille hörte nur {name}, {count} Mal.",
    ),
    "season.doubt.holiday": (
        "{name} was written to on a public holiday: “{text}”",
        "{name} bekam an einem Feiertag Post: „{text}“",
    ),
    "season.doubt.no_promise": (
        "{name} answered at {when}, and no promise stood: “{text}”",
        "{name} hat um {when} geantwortet, und keine Zusage stand da: „{text}“",
    ),
    "season.doubt.forgotten": (
        "{name} was asked at {when}, but not for what was promised: “{text}”",
        "{name} wurde um {when} gefragt, aber nicht nach der Zusage: „{text}“",
    ),
    "season.doubt.dead_end": (
        "{name} got a message with no way on: “{text}”",
        "{name} bekam eine Nachricht, mit der man nichts tun kann: „{text}“",
    ),
    "season.doubt.silence": (
        "{name} was asked about silence {count} times instead of {wanted}.",
        "{name} wurde {count} Mal nach der Stille gefragt statt {wanted} Mal.",
    ),
}
