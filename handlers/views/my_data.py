"""What is kept about oneself: the main things in words, everything in a file."""

from __future__ import annotations

from domain.duties import DEFAULT_ZONE
from handlers.views.page import Document, Html, Message, Say, bold, lines
from locales import N_
from reports import words
from services.my_data import Copy

KINDS = {
    "pairings": N_("Pairings: {number}"),
    "outcomes": N_("Expected outcomes: {number}"),
    "rotations": N_("Rotations: {number}"),
    "reports": N_("Reports: {number}"),
    "files": N_("Files sent with reports (kind and name; Telegram holds the file): {number}"),
    "answers": N_("Reviews: {number}"),
    "needs": N_("Requests for support: {number}"),
    "entered": N_("Entered in your name by the secretary, besides reports: {number}"),
    "leaves": N_("Pauses of reporting: {number}"),
    "consents": N_("Consents given, refused or withdrawn: {number}"),
}


def copy(data: Copy, say: Say) -> Message:
    person = data.person
    text = lines(
        bold(say("What is kept about {name}", name=person.name)),
        say("{unit}; staff number {number}; {stage}", unit=data.unit, number=person.staff_no, stage=words.stage(say.language, person.stage)),
        *(say(sentence, number=number) for kind, sentence in KINDS.items() if (number := _number(data, kind))),
        _looks(data, say),
        "",
        say("The file holds everything in full. If something is wrong, please ask your secretary to correct it."),
    )  # fmt: skip
    name = say.plain("my_data_{day}.json", day=f"{say.now.astimezone(DEFAULT_ZONE):%Y%m%d}")
    return Message(text, files=[Document(name, data.as_json)])


def _number(data: Copy, kind: str) -> int:
    """What was entered and taken back is on no list: the file alone has it."""
    kept = data.kept[kind]
    return sum(one["withdrawn_at"] is None for one in kept) if kind == "entered" else len(kept)


def _looks(data: Copy, say: Say) -> Html:
    looks = data.kept["looks"]
    if not looks:
        return say("Nobody else has opened any of your records so far.")
    who = say.names(dict.fromkeys(one["who"] for one in looks if one["who"]))
    return say.many(
        "One record of yours was opened, by: {who}",
        "Records of yours were opened {number} times, by: {who}",
        len(looks),
        who=who,
    )
