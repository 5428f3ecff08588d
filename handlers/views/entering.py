"""What a secretary reads while entering a report for somebody (代录), and what that person is told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from domain.check_in_drafts import Entered
from domain.check_ins import Source
from domain.people import Person
from handlers.views import hearing
from handlers.views.check_in_pieces import REASONS, files_line, report, stored, undo_rows
from handlers.views.entered_acts import DRAFTED, SOURCES, mark, papers
from handlers.views.page import Button, Html, Message, Say, bold, button, lines
from locales import N_
from reports import words
from services.entering import Owing
from services.hearing import Hearing

if TYPE_CHECKING:
    from services.check_ins import Card, Writing

REFUSALS: dict[str, str] = {
    "given_in_future": N_("{day} is still to come; please give the day on which it reached you."),
}
ENTERED: Mapping[Source, str] = {
    Source.PAPER: N_(
        "{secretary}, the secretary, entered this report from the paper of {name} ({day}). If anything is not right, please tell the secretary."
    ),
    Source.SPOKEN: N_(
        "{secretary}, the secretary, entered this report from what {name} said in person ({day}). If anything is not right, please tell the secretary."
    ),
    Source.PHONE: N_(
        "{secretary}, the secretary, entered this report from what {name} said by telephone ({day}). If anything is not right, please tell the secretary."
    ),
}


def source(data: Writing, say: Say) -> Message:
    text = lines(
        bold(say("A report for {name}", name=data.entered_for)),
        say("What are you entering it from? It will be marked as entered by you, and the person is told."),
    )
    rows = [[button(say.plain(title), "entry.source", data.drafted.mark, one)] for one, title in SOURCES.items()]
    return Message(text, [*rows, [button(say.plain("Discard"), "check_in.discard", data.drafted.mark)]])


def skip_button(key: int, say: Say) -> Button:
    return button(say.plain("Not this time"), "entry.skip", key)


def ask_reason(data: Writing, say: Say) -> Message:
    mark = data.drafted.mark
    text = lines(
        say("Why is there no report this time? Please tap what was said to you."),
        drafted_line(data.drafted.entered, data.entered_for, say),
        files_line(data.drafted.files, say),
    )
    rows = [[button(words.capital(say.plain(reason)), "entry.reason", mark, n)] for n, reason in enumerate(REASONS)]
    return Message(text, [*rows, [day_button(mark, say)]])


def skipped(data: Mapping[str, Any], say: Say) -> Message:
    [first, *_] = data["entered"]
    noted = say("Noted: no report from {name} this time.", name=first.person)
    heard: Hearing = data["hearing"]
    told = say("{name} is told in a minute; until then you can undo it.", name=first.person) if heard.told else None
    text = lines(say.paragraph(noted, told), *hearing.later(heard.later, say), mark(first, say))
    return Message(text, [*undo_rows("entry.unskip", data["duties"], say), *papers([first], say)])


def skipped_for(data: Mapping[str, Any], say: Say) -> Message:
    """What the person is told, who may report after all."""
    [first, *_] = data["entered"]
    text = lines(
        say("It was entered for you that you do not report this time. If you want to report after all, tap “Report”."),
        mark(first, say),
    )
    return Message(text, [[button(say.plain("Report"), "check_in.begin")], *papers([first], say)])


def unskipped(data: Mapping[str, Any], say: Say) -> Message:
    person: Person = data["person"]
    text = say("Undone. The report of {name} is expected again.", name=person.name)
    return Message(text, [[button(say.plain("Enter for {name}", name=person.name), "entry.for", person.id)]])


def given_on(data: Writing, say: Say) -> Message:
    text = say(
        "On which day did {name} give it to you? Type a day: “yesterday” will do, or “9 Oct”; or tap “Today”.",
        name=data.entered_for,
    )
    return Message(text, [[button(say.plain("Today"), "entry.today", data.drafted.mark)]])


def drafted_line(entered: Entered | None, name: str, say: Say) -> Html | None:
    """What stands in the preview of a report that is entered for somebody."""
    if entered is None or entered.source is None or entered.given_on is None:
        return None
    return say(DRAFTED[entered.source], name=name, day=say.language.plain_date(entered.given_on))


def day_button(key: int, say: Say) -> Button:
    return button(say.plain("Another day"), "entry.ask_day", key)


def entered(data: Card, say: Say) -> Message:
    """What the person is told of a report that was entered in his name."""
    text = lines(
        say("A report was entered for you."),
        report(data.check_in, data.subjects, data.files, say),
        entered_line(data, say),
    )
    rows = [] if data.locked else [[button(say.plain("Change"), "check_in.edit", data.check_in.id)]]
    return Message(text, rows, stored(data.files))


def entered_line(data: Card, say: Say) -> Html | None:
    """§4.5 no. 9."""
    found = data.check_in
    if found.source is None or found.given_on is None:
        return None
    return say(
        ENTERED[found.source], secretary=data.entered_by, name=data.author, day=say.language.plain_date(found.given_on)
    )


def owing(data: Sequence[Owing], say: Say) -> Message:
    if not data:
        return Message(say("No report has to be entered for anybody just now."))
    rows = [[button(say.plain("Enter for {name}", name=one.name), "entry.for", one.person_id)] for one in data]
    text = lines(
        bold(say("Reports to be entered")),
        *(say("· {name}: due {day}", name=one.name, day=say.short_date(one.due_on)) for one in data),
        say.many(
            "This comrade cannot be reached here at present. You can send an invitation under “People”, or ask in person and enter the answer.",
            "These comrades cannot be reached here at present. You can send invitations under “People”, or ask them and enter what they say.",
            len(data),
        ),
    )
    return Message(text, rows)
