"""What a secretary reads while entering what somebody said (代录), and how it is marked wherever it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from domain.check_ins import Source
from domain.entered_acts import Act, EnteredAct, Noun, Step
from domain.rotations import Capability
from handlers.views import hearing
from handlers.views.leave_pieces import previewed
from handlers.views.page import Button, Html, Message, Say, Stored, bold, button, lines, quote
from locales import N_
from reports import words
from services.entered_act_choices import Choice
from services.entered_act_drafts import Sheet
from services.entered_acts import Receipt
from services.proxies import Proxy

REFUSALS: dict[str, str] = {
    "speaks_himself": N_("{name} uses Telegram here and can say so in person; nothing was entered."),
}
SOURCES: Mapping[Source, str] = {
    Source.PAPER: N_("A paper"),
    Source.SPOKEN: N_("Said in person"),
    Source.PHONE: N_("By telephone"),
}
ACTS: Mapping[Act, str] = {
    Act.CLAIM: N_("It is reached"),
    Act.NOTE: N_("Noted"),
    Act.COMMENT: N_("Comment"),
    Act.ASK_TO_ADD: N_("Please add"),
    Act.HIGHLIGHT: N_("Put forward as a highlight"),
    Act.SIGN: N_("with name"),
    Act.BE_UNNAMED: N_("without name"),
    Act.KEEP_PRIVATE: N_("not public"),
    Act.SOLVE: N_("Solved"),
    Act.NOT_YET: N_("Not solved yet"),
    Act.SHARE: N_("Let all read the answer, without a name"),
    Act.WITHDRAW: N_("Take back the request"),
    Act.ASK_CHANGE: N_("Asks for a change"),
    Act.HANDOVER: N_("Hand-over"),
    Act.MIDTERM: N_("Mid-term talk"),
    Act.FINAL: N_("Final talk"),
    Act.EVALUATE: N_("Evaluation"),
    Act.ON_MIDTERM: N_("Comment on the mid-term talk"),
    Act.ON_FINAL: N_("Comment on the final talk"),
    Act.ON_EVALUATION: N_("Comment on the evaluation"),
    Act.SKIP: N_("Not this time"),
    Act.PAUSE: N_("Pause reporting"),
}
OFFERS: Mapping[Noun, str] = {
    Noun.OUTCOME: N_("Enter for {name}: reached"),
    Noun.REPORT: N_("Enter the review of {name}"),
    Noun.REVIEW: N_("Enter the choice of {name}"),
    Noun.NEED: N_("Enter the word of {name}"),
    Noun.PAIRING: N_("Enter a wish of {name}"),
    Noun.ROTATION: N_("Enter for {name}"),
}
QUESTIONS: Mapping[Noun, str] = {
    Noun.OUTCOME: N_("What does {name} say of it?"),
    Noun.REPORT: N_("How did {name} answer the report?"),
    Noun.REVIEW: N_("How would {name} have the highlight appear?"),
    Noun.NEED: N_("What does {name} say of the support that was asked for?"),
    Noun.PAIRING: N_("What does {name} say of it?"),
    Noun.ROTATION: N_("What did {name} say or hand in?"),
}
WHAT: Mapping[Act, str] = {
    Act.COMMENT: N_("What is the comment of {name}? A sentence or two."),
    Act.ASK_TO_ADD: N_("What does {name} want to have added? A sentence or two."),
    Act.ASK_CHANGE: N_("What does {name} want to be different? A sentence or two."),
    Act.HANDOVER: N_(
        "The words of {name} in two lines: first what was handed over and to whom, then what is still open."
    ),
    Act.MIDTERM: N_(
        "The words of {name} in two lines: first how it goes at the post, then what the second half is for."
    ),
    Act.FINAL: N_("The words of {name} in two lines: first what was gained, then what is advised for the time after."),
    Act.ON_MIDTERM: N_("What does {name} say of the mid-term talk? One sentence."),
    Act.ON_FINAL: N_("What does {name} say of the final talk? One sentence."),
    Act.ON_EVALUATION: N_("What does {name} say of the evaluation? One sentence."),
    Act.EVALUATE: N_(
        "Which work can the person do alone, as {name} sees it? Write it in the first line; a word to the person may follow in the next."
    ),
}
MARKS: Mapping[Source, str] = {
    Source.PAPER: N_("{act}: entered by {secretary}, the secretary, from the paper of {name} ({day})."),
    Source.SPOKEN: N_("{act}: entered by {secretary}, the secretary, from what {name} said in person ({day})."),
    Source.PHONE: N_("{act}: entered by {secretary}, the secretary, from what {name} said by telephone ({day})."),
}
DRAFTED: Mapping[Source, str] = {
    Source.PAPER: N_("Entered for {name} from a paper of {day}"),
    Source.SPOKEN: N_("Entered for {name} from what was said on {day}"),
    Source.PHONE: N_("Entered for {name} from a call on {day}"),
}


def offers(proxies: Iterable[Proxy], say: Say) -> list[list[Button]]:
    """A row for each person for whom the reader may enter something."""
    return [
        [button(say.plain(OFFERS[one.noun], name=one.name), "proxy.choose", one.noun, one.subject_id, one.person_id)]
        for one in proxies
    ]


def by_hand(name: str, say: Say, *, entered: bool) -> str:
    """A name in a list, marked where a secretary entered what is told of it."""
    return words.by_hand(say.language, name, entered=entered)


def marks(entered: Sequence[EnteredAct], say: Say) -> list[Html]:
    return [mark(one, say) for one in entered]


def mark(one: EnteredAct, say: Say) -> Html:
    """What was entered, by whom, from what, and as given on which day."""
    return say(MARKS[one.source], **_marked(one, say))


def printed_mark(one: EnteredAct, say: Say) -> str:
    """The same on paper."""
    return say.plain(MARKS[one.source], **_marked(one, say))


def _marked(one: EnteredAct, say: Say) -> dict[str, str]:
    day = say.language.plain_date(one.given_on)
    return {"act": _act(one.act, say), "secretary": one.secretary, "name": one.person, "day": day}


def papers(entered: Iterable[EnteredAct], say: Say) -> list[list[Button]]:
    return [[button(say.plain("See the paper"), "proxy.paper", one.id)] for one in entered if one.paper]


def _act(act: Act, say: Say) -> str:
    return words.capital(say.plain(ACTS[act]))


def choose(data: Choice, say: Say) -> Message:
    one = data.proxy
    rows = [[button(_act(act, say), "proxy.act", act, one.subject_id, one.person_id)] for act in data.acts]
    text = lines(
        say(QUESTIONS[one.noun], name=one.name),
        say("It will be marked as entered by you, and the person learns of it on coming in.")
        if one.person_id
        else say("It will be marked as entered by you."),
    )
    return Message(text, rows)


def draft(data: Sheet, say: Say) -> Message:
    return _STEPS[data.drafted.step](data, say)


def _title(data: Sheet, say: Say) -> Html:
    return bold(say("For {name}: {act}", name=data.name, act=_act(data.drafted.act, say)))


def _discard(data: Sheet, say: Say) -> Button:
    return button(say.plain("Discard"), "proxy.discard", data.drafted.mark)


def _words(data: Sheet, say: Say) -> Message:
    return Message(lines(_title(data, say), say(WHAT[data.drafted.act], name=data.name)), [[_discard(data, say)]])


def _capability(data: Sheet, say: Say) -> Message:
    text = lines(
        _title(data, say), quote(data.drafted.words), say("And what does {name} say on the whole?", name=data.name)
    )
    rows = [
        [button(words.capital(words.capability(say.language, one)), "proxy.able", data.drafted.mark, one)]
        for one in Capability
    ]
    return Message(text, [*rows, [_discard(data, say)]])


def _said(data: Sheet, say: Say) -> list[Html]:
    """What is entered: its words, or what a pause would excuse."""
    if data.pause is not None:
        return previewed(data.pause, say)
    return [quote(data.drafted.words)] if data.drafted.words else []


def _source(data: Sheet, say: Say) -> Message:
    text = lines(
        _title(data, say),
        *_said(data, say),
        say("What are you entering it from? If there is a paper, you may send a picture of it as well."),
    )
    rows = [[button(say.plain(title), "proxy.source", data.drafted.mark, one)] for one, title in SOURCES.items()]
    return Message(text, [*rows, [_discard(data, say)]])


def _given_on(data: Sheet, say: Say) -> Message:
    text = say(
        "On which day did {name} give it to you? Type a day: “yesterday” will do, or “9 Oct”; or tap “Today”.",
        name=data.name,
    )
    return Message(text, [[button(say.plain("Today"), "proxy.today", data.drafted.mark)]])


def _preview(data: Sheet, say: Say) -> Message:
    drafted = data.drafted
    source, day = drafted.entered.source, drafted.entered.given_on
    assert source is not None
    assert day is not None
    text = lines(
        _title(data, say),
        *_said(data, say),
        say("Performance: {capability}", capability=words.capability(say.language, drafted.capability))
        if drafted.capability
        else None,
        say(DRAFTED[source], name=data.name, day=say.language.plain_date(day)),
        say("With a picture of the paper") if drafted.paper else None,
    )
    change = [button(say.plain("Another day"), "proxy.ask_day", drafted.mark)]
    if drafted.words:
        change.append(button(say.plain("Other words"), "proxy.words", drafted.mark))
    yes = button(say.plain("Confirm the entry"), "proxy.enter", drafted.mark)
    return Message(text, [[yes], change, [_discard(data, say)]])


_STEPS: Mapping[Step, Callable[[Sheet, Say], Message]] = {
    Step.WORDS: _words,
    Step.CAPABILITY: _capability,
    Step.SOURCE: _source,
    Step.GIVEN_ON: _given_on,
    Step.PREVIEW: _preview,
}
_LOOK: Mapping[Noun, tuple[str, str]] = {
    Noun.OUTCOME: (N_("Look at the outcome"), "outcome.open"),
    Noun.REPORT: (N_("Look at the report"), "check_in.read"),
    Noun.NEED: (N_("Look at the request"), "need.open"),
    Noun.PAIRING: (N_("Open the pairing"), "pairing.open"),
    Noun.ROTATION: (N_("Open the rotation"), "rotation.open"),
}


def done(data: Receipt, say: Say) -> Message:
    entry = data.entry
    title, verb = _LOOK[data.noun]
    look = button(say.plain(title), verb, data.subject_id)
    counts = say("It counts as if {name} had said so.", name=entry.person)
    text = lines(mark(entry, say), counts, hearing.told(data.hearing, say))
    return Message(text, [[button(say.plain("Undo"), "proxy.undo", entry.id), look]])


def discarded(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    return Message(say("Discarded; nothing was entered."))


def undone(data: Mapping[str, Any], say: Say) -> Message:
    known = hearing.undone(data["hearing"], say)
    return Message(lines(say("What was entered for {name} no longer stands.", name=data["name"]), known))


def paper(data: EnteredAct, say: Say) -> Message:
    files = [Stored(data.paper.kind, data.paper.file_id)] if data.paper else []
    return Message(mark(data, say), files=files)


def own(data: Sequence[EnteredAct], say: Say) -> Message:
    back = [[button(say.plain("Back"), "me")]]
    if not data:
        return Message(say("Besides reports, nothing was entered for you."), back)
    text = lines(
        bold(say("Entered for you")),
        *marks(data, say),
        say("If anything is not right, please tell the secretary."),
    )
    return Message(text, [*papers(data, say), *back])
