"""What the six type, in both languages: English first, German second."""

from __future__ import annotations

Pair = tuple[str, str]

PROFILES: dict[str, Pair] = {
    "programme.name": ("Growing together", "Gemeinsam wachsen"),
    "programme.purpose": (
        "Learn from each other, across teams and time zones.",
        "Voneinander lernen, über Teams und Zeitzonen hinweg.",
    ),
    "mira.offers": ("writing, spreadsheets", "Schreiben, Tabellen"),
    "mira.wants": ("public speaking", "freies Sprechen"),
    "mira.hope": ("That my voice stays calm.", "Dass meine Stimme ruhig bleibt."),
    "jonas.offers": ("public speaking", "freies Sprechen"),
    "jonas.wants": ("writing", "Schreiben"),
    "jonas.hope": ("Reports that somebody reads to the end.", "Berichte, die jemand zu Ende liest."),
    "ana.offers": ("negotiation, giving feedback", "Verhandeln, Feedback geben"),
    "ana.wants": ("facilitation", "Moderation"),
    "ana.hope": ("Meetings that end on time.", "Besprechungen, die pünktlich enden."),
    "raj.offers": ("leading a team", "Teamleitung"),
    "raj.wants": ("negotiation", "Verhandeln"),
    "raj.hope": ("To ask without apologising.", "Fragen, ohne mich zu entschuldigen."),
    "tess.offers": ("facilitation", "Moderation"),
    "tess.wants": ("leading a team", "Teamleitung"),
    "tess.hope": ("To let go of things, on purpose.", "Dinge abgeben, mit Absicht."),
}

GOALS: dict[str, Pair] = {
    "mira.goal": ("Speak freely in front of forty people", "Vor vierzig Leuten frei sprechen"),
    "mira.why": ("I have things to say.", "Ich habe etwas zu sagen."),
    "mira.measure": ("I look at the people, not at my notes.", "Ich sehe die Leute an, nicht meinen Zettel."),
    "mira.steps": (
        "Write the opening by hand\nRehearse it once with Jonas\nOpen the team meeting with it",
        "Den Anfang mit der Hand schreiben\nIhn einmal mit Jonas proben\nDie Teamrunde damit eröffnen",
    ),
    "jonas.goal": ("Write reports of two pages", "Berichte auf zwei Seiten schreiben"),
    "jonas.steps": ("Delete the first page\nShow it to Mira", "Die erste Seite streichen\nIhn Mira zeigen"),
}

NOTES: dict[str, Pair] = {
    "mira.note": ("opening done, and it starts with a question", "Anfang steht, und er beginnt mit einer Frage"),
    "jonas.note": ("milk, bread, toothpaste", "Milch, Brot, Zahnpasta"),
    "mira.late": (
        "tomorrow is the day, I will stand on the left",
        "morgen ist es so weit, ich stehe links",
    ),
    "raj.note": (
        "I nearly accepted the first offer again, out of politeness",
        "fast hätte ich wieder das erste Angebot angenommen, aus Höflichkeit",
    ),
    "join": ("/tandem join", "/tandem mitmachen"),
    "goal": ("/tandem goal", "/tandem ziel"),
    "goals": ("/tandem goals", "/tandem ziele"),
    "note": ("/tandem note", "/tandem notiz"),
    "pause": ("/tandem pause until 30 October", "/tandem pause bis 30. Oktober"),
}

WEEKS: dict[str, Pair] = {
    "mira.promise.1": ("write the opening of my talk, by hand", "den Anfang meines Vortrags schreiben, mit der Hand"),
    "mira.reflection.1": (
        "I am more afraid of the silence than of the questions.",
        "Ich fürchte die Stille mehr als die Fragen.",
    ),
    "jonas.promise.1": ("cut my report to two pages", "meinen Bericht auf zwei Seiten kürzen"),
    "ana.promise.1": ("lead Thursday's meeting with an agenda", "die Runde am Donnerstag mit Agenda leiten"),
    "raj.promise.1": ("ask for the discount, out loud", "nach dem Rabatt fragen, laut"),
    "tess.promise.1": ("hand one task over and leave it there", "eine Aufgabe abgeben und sie dort lassen"),
    "mira.progress.2": ("It took two evenings and a pot of tea.", "Zwei Abende und eine Kanne Tee."),
    "mira.promise.2": ("rehearse it once in front of Jonas", "einmal vor Jonas proben"),
    "jonas.progress.2": ("Three pages. The third one clings.", "Drei Seiten. Die dritte klammert."),
    "jonas.promise.2": ("let page three go", "Seite drei loslassen"),
    "ana.progress.2": ("The week ran away with me.", "Die Woche ist mir davongelaufen."),
    "ana.promise.2": ("write an agenda of three lines", "eine Agenda aus drei Zeilen schreiben"),
    "ana.reflection.2": ("I say yes before I have listened.", "Ich sage Ja, bevor ich zugehört habe."),
    "raj.progress.2": (
        "I asked, by e-mail. Out loud comes next.",
        "Ich habe gefragt, per Mail. Laut kommt als Nächstes.",
    ),
    "raj.promise.2": ("ask again, on the phone", "noch einmal fragen, am Telefon"),
    "tess.progress.2": ("They do it better than I did.", "Sie machen es besser als ich."),
    "tess.promise.2": ("hand over the Monday call as well", "auch den Montagstermin abgeben"),
    "mira.progress.3": ("He laughed in the right places.", "Er hat an den richtigen Stellen gelacht."),
    "mira.promise.3": ("open the team meeting with it", "die Teamrunde damit eröffnen"),
    "jonas.progress.3": ("Gone. Nobody misses it.", "Weg. Niemand vermisst sie."),
    "jonas.promise.3": ("give Mira the report and a red pen", "Mira den Bericht und einen Rotstift geben"),
    "raj.progress.3": ("Eight per cent, and they thanked me.", "Acht Prozent, und sie haben sich bedankt."),
    "raj.promise.3": ("write down my limit before I call", "meine Grenze aufschreiben, bevor ich anrufe"),
    "tess.progress.3": ("I listened in twice. Only twice.", "Ich habe zweimal reingehört. Nur zweimal."),
    "tess.promise.3": ("stay away from the call for real", "dem Termin wirklich fernbleiben"),
    "mira.progress.4": ("My knees shook. Nobody saw it.", "Mir zitterten die Knie. Niemand hat es gesehen."),
    "mira.promise.4": ("ask two people what stayed with them", "zwei Leute fragen, was hängen blieb"),
    "jonas.progress.4": ("Four red marks. Four!", "Vier rote Striche. Vier!"),
    "jonas.promise.4": ("send the short one to the board", "die kurze Fassung an den Vorstand schicken"),
    "ana.progress.4": (
        "Three lines were enough. We ended early.",
        "Drei Zeilen haben gereicht. Wir waren früher fertig.",
    ),
    "ana.promise.4": ("let somebody else keep the time", "jemand anderen auf die Uhr sehen lassen"),
    "raj.progress.4": ("The number lay in front of me. It helped.", "Die Zahl lag vor mir. Das half."),
    "raj.promise.4": ("be quiet after naming the price", "nach dem Preis einfach schweigen"),
    "tess.progress.4": ("Nearly. I sent one message.", "Fast. Eine Nachricht habe ich geschickt."),
    "tess.promise.4": ("send none", "keine schicken"),
}
