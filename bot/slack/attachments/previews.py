"""A preview as files for its owners' room: a table of the matches, and a picture of how good they are."""

from __future__ import annotations

from bot.domain.spreadsheets import as_csv, harmless
from bot.locales import Words
from bot.slack.attachments.attachment import Attachment
from bot.slack.attachments.bars import Bar, Chart, draw_charts
from bot.slack.screens.rounds import quality
from bot.slack.text import fill, plain
from bot.usecases.pairings import Reason
from bot.usecases.previews import Preview

# Blue, orange and grey of one lightness each: told apart with any colour vision, and each has its word beside it.
COLOURS = {"strong": "#0072B2", "good": "#E69F00", "stretch": "#8A8F98"}
MARK = "\ufeff"  # by which spreadsheets know that the file is in UTF-8


def table(shown: Preview, words: Words) -> Attachment:
    """Return the matches as a CSV file: who, how good, and why, from offers and wants."""
    header = [words("Match"), words("People"), words("Quality"), words("Reasons")]
    rows = [
        [
            str(number),
            " + ".join(harmless(name) for name in match.people),
            str(quality(match.quality, words)),
            "; ".join(harmless(_reason(one, words)) for one in match.reasons),
        ]
        for number, match in enumerate(shown.matches, start=1)
    ]
    said = words("The preview of *{programme}* as a table. Nobody in it has been told yet.")
    content = (MARK + as_csv(header, rows)).encode()
    return Attachment("matches.csv", content, plain(words("Preview as a table")), fill(said, programme=shown.programme))


def _reason(one: Reason, words: Words) -> str:
    template = words("{receiver} wants {skill}, {giver} offers it")
    return str(plain(template, receiver=one.receiver, giver=one.giver, skill=one.skill))


def picture(shown: Preview, words: Words) -> Attachment:
    """Return the spread of quality and the mix of departments as a PNG picture, with the same in words."""
    bars = [Bar(str(quality(word, words)), shown.qualities.get(word, 0), colour) for word, colour in COLOURS.items()]
    title = plain(words("How good the matches are"))
    charts = [Chart(str(title), bars), *_departments(shown, words)]
    said = plain("{each}", each=" ".join(_in_words(chart, words) for chart in charts))
    comment = fill(words("The preview of *{programme}* as a picture."), programme=shown.programme)
    return Attachment("preview.png", draw_charts(charts), title, comment, said)


def _departments(shown: Preview, words: Words) -> list[Chart]:
    """Return how departments mix; nothing where so few have one that it would tell of single people."""
    if shown.mix is None:
        return []
    bars = [
        Bar(words("across departments"), shown.mix.across, COLOURS["strong"]),
        Bar(words("within one department"), shown.mix.within, COLOURS["good"]),
        Bar(words("not known"), shown.mix.unknown, COLOURS["stretch"]),
    ]
    return [Chart(words("How departments mix"), bars)]


def _in_words(chart: Chart, words: Words) -> str:
    return f"{chart.title}: {words.list([f'{bar.count} {bar.label}' for bar in chart.bars])}."
