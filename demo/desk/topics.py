"""Six things people here want to learn, each with a goal and six small promises, English first, German second."""

from __future__ import annotations

from demo.desk.lines import Topic, Week


def topics() -> dict[str, Topic]:
    return {
        "speaking": _speaking(),
        "writing": _writing(),
        "negotiating": _negotiating(),
        "facilitating": _facilitating(),
        "leading": _leading(),
        "feedback": _feedback(),
    }


def _speaking() -> Topic:
    return Topic(
        ("public speaking", "freies Sprechen"),
        ("That my voice stays calm.", "Dass meine Stimme ruhig bleibt."),
        ("Speak freely in front of forty people", "Vor vierzig Leuten frei sprechen"),
        (
            "Write the opening by hand\nRehearse it out loud\nOpen the team meeting with it\nSpeak at the town hall",
            "Den Anfang mit der Hand schreiben\nIhn laut proben\nDie Teamrunde eröffnen\nVor allen sprechen",
        ),
        (
            Week(
                ("write the opening of my talk, by hand", "den Anfang meines Vortrags mit der Hand schreiben"),
                ("It took two evenings and a pot of tea.", "Zwei Abende und eine Kanne Tee."),
            ),
            Week(
                ("rehearse it once, standing up", "ihn einmal im Stehen proben"),
                ("You laughed in the right places.", "Gelacht wurde an den richtigen Stellen."),
            ),
            Week(
                ("open the team meeting with it", "die Teamrunde damit eröffnen"),
                ("My knees shook. Nobody saw it.", "Mir zitterten die Knie. Niemand hat es gesehen."),
            ),
            Week(
                ("ask two people what stayed with them", "zwei Leute fragen, was hängen blieb"),
                ("Both said: the question at the start.", "Beide sagten: die Frage am Anfang."),
            ),
            Week(
                ("speak without the slides for five minutes", "fünf Minuten ohne Folien sprechen"),
                ("Seven minutes. I forgot the slides were there.", "Sieben Minuten. Ich vergaß die Folien."),
            ),
            Week(
                ("put my name on the town hall's list", "mich auf die Liste für die Vollversammlung setzen"),
                ("It is there, in ink.", "Steht da, mit Tinte."),
            ),
        ),
    )


def _writing() -> Topic:
    return Topic(
        ("writing", "Schreiben"),
        ("Reports that somebody reads to the end.", "Berichte, die jemand zu Ende liest."),
        ("Write reports of two pages", "Berichte auf zwei Seiten schreiben"),
        (
            "Delete the first page\nOne idea per paragraph\nLet somebody else cut it\nSend the short one",
            "Die erste Seite streichen\nEin Gedanke je Absatz\nJemand anderen kürzen lassen\nDie kurze Fassung senden",
        ),
        (
            Week(
                ("cut my report to two pages", "meinen Bericht auf zwei Seiten kürzen"),
                ("Gone. Nobody misses page three.", "Weg. Niemand vermisst Seite drei."),
            ),
            Week(
                ("put the point into the first sentence", "die Hauptsache in den ersten Satz schreiben"),
                ("The first reply came after four minutes.", "Die erste Antwort kam nach vier Minuten."),
            ),
            Week(
                ("read one page out loud before I send it", "eine Seite laut lesen, bevor ich sie sende"),
                ("I ran out of breath twice. Both sentences went.", "Zweimal ging die Luft aus. Beide Sätze sind weg."),
            ),
            Week(
                ("ask for a red pen on one text", "für einen Text um einen Rotstift bitten"),
                ("Four red marks. Four!", "Vier rote Striche. Vier!"),
            ),
            Week(
                ("write the summary first, the rest after", "zuerst die Zusammenfassung schreiben, dann den Rest"),
                ("The rest got shorter by itself.", "Der Rest wurde von selbst kürzer."),
            ),
            Week(
                ("send the short version to the board", "die kurze Fassung an den Vorstand schicken"),
                ("They read it in the meeting. All of it.", "Sie haben ihn in der Sitzung gelesen. Ganz."),
            ),
        ),
    )


def _negotiating() -> Topic:
    return Topic(
        ("negotiating", "Verhandeln"),
        ("To ask without apologising.", "Fragen, ohne mich zu entschuldigen."),
        ("Negotiate one contract myself", "Einen Vertrag selbst verhandeln"),
        (
            "Write down my limit\nAsk for the discount out loud\nBe quiet after the number",
            "Meine Grenze aufschreiben\nLaut nach dem Rabatt fragen\nNach der Zahl schweigen",
        ),
        (
            Week(
                ("ask for the discount, out loud", "nach dem Rabatt fragen, laut"),
                ("Eight per cent, and they thanked me.", "Acht Prozent, und sie haben sich bedankt."),
            ),
            Week(
                ("write down my limit before I call", "meine Grenze aufschreiben, bevor ich anrufe"),
                ("The number lay in front of me. It helped.", "Die Zahl lag vor mir. Das half."),
            ),
            Week(
                ("be quiet after naming the price", "nach dem Preis einfach schweigen"),
                ("The longest nine seconds of my year.", "Die längsten neun Sekunden meines Jahres."),
            ),
            Week(
                ("prepare three questions instead of one offer", "drei Fragen statt eines Angebots vorbereiten"),
                ("The second question did it.", "Die zweite Frage war es."),
            ),
            Week(
                ("say what I would need to say yes", "sagen, was ich für ein Ja bräuchte"),
                ("They had it in the drawer all along.", "Sie hatten es längst in der Schublade."),
            ),
            Week(
                ("end one call without agreeing", "ein Gespräch ohne Zusage beenden"),
                ("They called back the next day.", "Am nächsten Tag riefen sie zurück."),
            ),
        ),
    )


def _facilitating() -> Topic:
    return Topic(
        ("facilitation", "Moderation"),
        ("Meetings that end on time.", "Besprechungen, die pünktlich enden."),
        ("Lead a meeting that people like to come to", "Eine Besprechung leiten, zu der man gern kommt"),
        (
            "An agenda of three lines\nEnd five minutes early\nHear everybody once",
            "Eine Agenda aus drei Zeilen\nFünf Minuten früher enden\nAlle einmal zu Wort kommen lassen",
        ),
        (
            Week(
                ("lead Thursday's meeting with an agenda", "die Runde am Donnerstag mit Agenda leiten"),
                ("Three lines were enough. We ended early.", "Drei Zeilen haben gereicht. Wir waren früher fertig."),
            ),
            Week(
                ("let somebody else keep the time", "jemand anderen auf die Uhr sehen lassen"),
                ("She was stricter than I am. Good.", "Sie war strenger als ich. Gut so."),
            ),
            Week(
                ("ask the quiet ones first", "zuerst die Stillen fragen"),
                ("The best idea of the day came from there.", "Von dort kam die beste Idee des Tages."),
            ),
            Week(
                ("cancel one meeting that nobody needs", "eine Besprechung absagen, die niemand braucht"),
                ("Nobody asked where it went.", "Niemand hat nach ihr gefragt."),
            ),
            Week(
                ("write decisions down while we talk", "Entscheidungen mitschreiben, während wir reden"),
                ("Two of them were not decisions after all.", "Zwei davon waren gar keine."),
            ),
            Week(
                ("stop a discussion kindly", "eine Diskussion freundlich beenden"),
                ("“Shall we park this?” works in every language.", "„Parken wir das?“ klappt in jeder Sprache."),
            ),
        ),
    )


def _leading() -> Topic:
    return Topic(
        ("leading a team", "Teamleitung"),
        ("To let go of things, on purpose.", "Dinge abgeben, mit Absicht."),
        ("Hand over what others do better", "Abgeben, was andere besser machen"),
        (
            "Hand over one task\nHand over one meeting\nHold back for a week",
            "Eine Aufgabe abgeben\nEine Besprechung abgeben\nMich eine Woche zurückhalten",
        ),
        (
            Week(
                ("hand one task over and leave it there", "eine Aufgabe abgeben und sie dort lassen"),
                ("They do it better than I did.", "Sie machen es besser als ich."),
            ),
            Week(
                ("hand over the Monday call as well", "auch den Montagstermin abgeben"),
                ("I listened in twice. Only twice.", "Ich habe zweimal reingehört. Nur zweimal."),
            ),
            Week(
                ("have a walk with everybody in my team", "mit allen im Team einmal spazieren gehen"),
                ("Four walks, two surprises.", "Vier Runden, zwei Überraschungen."),
            ),
            Week(
                ("say the goal and not the way", "das Ziel sagen und nicht den Weg"),
                ("The way was not mine. It was shorter.", "Es war nicht mein Weg. Er war kürzer."),
            ),
            Week(
                ("ask “what do you need?” and then wait", "„Was brauchst du?“ fragen und dann warten"),
                ("Mostly: a decision. So I decided.", "Meistens: eine Entscheidung. Also habe ich entschieden."),
            ),
            Week(
                ("praise one thing in front of others", "eine Sache vor anderen loben"),
                ("He went red and stood up straighter.", "Er wurde rot und stand gerader."),
            ),
        ),
    )


def _feedback() -> Topic:
    return Topic(
        ("giving feedback", "Feedback geben"),
        ("To say it the same day, and kindly.", "Es am selben Tag sagen, und freundlich."),
        ("Say what I saw, every week", "Jede Woche sagen, was ich gesehen habe"),
        (
            "One good thing, said on the day\nOne hard thing, said in private\nAsk for some myself",
            "Etwas Gutes, am selben Tag gesagt\nEtwas Schweres, unter vier Augen\nSelbst um welches bitten",
        ),
        (
            Week(
                ("tell one colleague what they did well", "einer Kollegin sagen, was sie gut gemacht hat"),
                ("She had thought nobody noticed.", "Sie dachte, das hätte niemand bemerkt."),
            ),
            Week(
                ("say what I saw, not what I think of it", "sagen, was ich sah, nicht was ich davon halte"),
                ("Harder than it sounds. Worth it.", "Schwerer, als es klingt. Lohnt sich."),
            ),
            Week(
                ("ask for feedback on my own hand-over", "um Rückmeldung zu meiner Übergabe bitten"),
                ("“Slower, please.” Fair.", "„Bitte langsamer.“ Stimmt."),
            ),
            Week(
                ("raise the missed deadline within a day", "die verpasste Frist am selben Tag ansprechen"),
                ("Five minutes, and it was out of the way.", "Fünf Minuten, dann war es vom Tisch."),
            ),
            Week(
                ("listen to the answer without defending", "der Antwort zuhören, ohne mich zu verteidigen"),
                ("I bit my tongue. It healed.", "Ich habe mir auf die Zunge gebissen. Sie ist heil."),
            ),
            Week(
                ("thank somebody for criticism", "jemandem für Kritik danken"),
                ("They looked at me twice.", "Ich wurde zweimal angesehen."),
            ),
        ),
    )
