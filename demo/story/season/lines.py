"""What people type in the season, beyond the lines of the story: English first, German second."""

from __future__ import annotations

from demo.story.lines import Pair

PROFILE: dict[str, Pair] = {
    "noor.offers": ("negotiation, planning", "Verhandeln, Planung"),
    "noor.wants": ("leading a team", "Teamleitung"),
    "noor.hope": ("Fewer tasks that come back to me.", "Weniger Aufgaben, die zu mir zurückkommen."),
}

TYPED: dict[str, Pair] = {
    "agreement": ("/tandem agreement", "/tandem vereinbarung"),
    "meet": ("/tandem meet", "/tandem treffen"),
    "certificate": ("/tandem certificate", "/tandem zertifikat"),
    "topic": ("the first three sentences", "die ersten drei Sätze"),
    "agreement.hopes": (
        "Two evenings a month, and the truth about my slides.",
        "Zwei Abende im Monat und die Wahrheit über meine Folien.",
    ),
    "follow_up": ("lend Mira the book about pauses", "Mira das Buch über Pausen leihen"),
    "heard": (
        "You are not afraid of people, you are afraid of the first minute.",
        "Du fürchtest nicht die Leute, du fürchtest die erste Minute.",
    ),
    "mira.learned": ("To begin before I feel ready.", "Anzufangen, bevor ich mich bereit fühle."),
    "mira.thanks": (
        "You listened to the same three sentences eleven times.",
        "Du hast dir dieselben drei Sätze elfmal angehört.",
    ),
    "jonas.learned": ("That short takes longer.", "Dass kurz länger dauert."),
    "jonas.thanks": (
        "Your red pen hurt, and it was right.",
        "Dein Rotstift tat weh, und er hatte recht.",
    ),
}

PROMISES: dict[str, Pair] = {
    "mira.promise.5": ("speak first in the next big round", "in der nächsten großen Runde als Erste reden"),
    "mira.promise.6": ("leave my notes in the bag", "den Zettel in der Tasche lassen"),
    "jonas.promise.5": ("write one page before lunch", "vor dem Mittag eine Seite schreiben"),
    "jonas.promise.6": ("put the result into the first line", "das Ergebnis in die erste Zeile setzen"),
    "ana.promise.3": ("send the agenda a day before", "die Agenda einen Tag vorher schicken"),
    "ana.promise.5": ("invite only who is needed", "nur einladen, wen es braucht"),
    "ana.promise.6": ("close the round with one question", "die Runde mit einer Frage schließen"),
    "ana.promise.7": ("cancel the meeting nobody misses", "die Runde absagen, die niemand vermisst"),
    "raj.promise.5": ("count to five before I give in", "bis fünf zählen, bevor ich nachgebe"),
    "raj.promise.6": ("write the second offer myself", "das zweite Angebot selbst schreiben"),
    "raj.promise.7": ("call the supplier in Pune", "den Lieferanten in Pune anrufen"),
    "raj.promise.8": ("ask for the longer warranty", "um die längere Garantie bitten"),
    "tess.promise.5": ("give away the keys of the archive", "die Schlüssel des Archivs abgeben"),
    "tess.promise.6": ("praise the one who did it differently", "loben, wer es anders gemacht hat"),
    "noor.promise.1": ("ask my team what they would decide", "mein Team fragen, was es entscheiden würde"),
    "noor.promise.2": ("let Sami run the stand-up", "Sami die Morgenrunde leiten lassen"),
    "noor.promise.3": ("not rewrite a single mail", "keine einzige Mail umschreiben"),
    "noor.promise.4": ("hold my tongue for ten minutes", "zehn Minuten den Mund halten"),
    "noor.promise.5": ("name one thing I will not do", "eine Sache nennen, die ich nicht tue"),
    "noor.promise.6": ("hand the budget to Layla", "Layla das Budget übergeben"),
    "noor.promise.7": ("go home at six on Wednesday", "am Mittwoch um sechs nach Hause gehen"),
}

PROGRESS: dict[str, Pair] = {
    "season.mira.2": ("It took two evenings and a pot of tea.", "Zwei Abende und eine Kanne Tee."),
    "season.jonas.6": ("My boss read it standing up.", "Mein Chef hat es im Stehen gelesen."),
    "season.raj.7": (
        "A week of night shifts. The call went well.",
        "Eine Woche Nachtschicht. Der Anruf lief gut.",
    ),
    "season.ana.8": ("We ended eleven minutes early.", "Wir waren elf Minuten früher fertig."),
    "season.noor.9": ("They decided against me. It works.", "Sie haben gegen mich entschieden. Es läuft."),
    "season.mira.12": ("They asked for the slides. I had none.", "Sie wollten die Folien. Ich hatte keine."),
}
