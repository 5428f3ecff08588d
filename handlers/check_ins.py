"""汇报: from the first tap to the report that is handed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from domain.actors import Actor
from domain.check_in_drafts import Drafted, NeedAsked, Step
from domain.check_ins import Attachment, Standing
from domain.needs import WORDS_LIMIT, NeedAudience, NeedKind
from domain.refusals import Refusal
from domain.wording import fitting
from handlers import entering
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Screen
from handlers.said import Attached, Said
from handlers.views import check_in_receipts
from handlers.views import check_ins as views
from locales import N_
from services import check_in_corrections, check_in_drafts, check_ins
from services.dialogue import Draft
from storage.database import Reader, Writer

COMMAND = "checkin"


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:
    """Begin a report, or ask whether to go on with the one begun earlier."""
    known = check_in_drafts.current(tx, actor)
    if known is not None and (known.parts or known.files):
        check_in_drafts.keep(tx, actor, replace(known, pending=said.argument, pending_for=None))
        answer = show("check_in.resume", fresh=True)
        return replace(answer, unkept=said.attached.kind) if said.attached else answer
    return _begun(tx, actor, said, said.argument)


def _begun(
    tx: Writer, actor: Actor, said: Said, words: str, *, fresh: bool = True, person_id: int | None = None
) -> Answer:
    try:
        drafted = check_in_drafts.begin(
            tx, actor, mark=said.update_id, chat_id=said.chat_id, message_id=said.message_id, words=words,
            person_id=person_id,
        )  # fmt: skip
        if said.attached is not None:
            check_in_drafts.keep(tx, actor, drafted.with_file(file_of(said.attached)))
    except Refusal as refusal:
        if refusal.code != "nothing_to_report" or person_id is not None:
            raise
        return show("check_in.nothing", fresh=fresh)
    return show("check_in.draft", fresh=fresh)


def go_on(tx: Writer, actor: Actor, said: Said) -> Answer:
    drafted = check_in_drafts.marked(tx, actor, said.number())
    if drafted is None:
        return show("old_button")
    check_in_drafts.keep(tx, actor, drafted)
    return show("check_in.draft")


def restart(tx: Writer, actor: Actor, said: Said) -> Answer:
    drafted = check_in_drafts.marked(tx, actor, said.number())
    if drafted is None:
        return show("old_button")
    check_in_drafts.drop(tx, actor)
    return _begun(tx, actor, said, drafted.pending, fresh=False, person_id=drafted.pending_for)


def hear(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    """A message while a report is written: words, a file, or both."""
    drafted = check_in_drafts.unpacked(draft)
    if said.attached is not None:
        drafted = drafted.with_file(file_of(said.attached))
    if drafted.step is Step.GIVEN_ON and said.text:
        return entering.hear(tx, actor, said, drafted)
    if said.text:
        drafted = _with_words(drafted, said)
    check_in_drafts.keep(tx, actor, drafted)
    return show("check_in.draft", fresh=True)


def _with_words(drafted: Drafted, said: Said) -> Drafted:
    """Once support is asked for, words say what is needed; the report's own words can be written anew."""
    if drafted.standing is Standing.NEEDS_SUPPORT and drafted.parts:
        return replace(drafted, need=replace(drafted.need, text=fitting(said.text, WORDS_LIMIT)))
    return drafted.with_words(said.message_id, said.text)


def file_of(attached: Attached) -> Attachment:
    return Attachment(attached.kind, attached.file_id, attached.name, attached.size)


def edited(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:  # noqa: ARG001 - the shape of every step
    """A Telegram message was edited: of the report being written, of one handed in, or of neither."""
    words = said.argument if said.command == COMMAND else said.text
    drafted = check_in_drafts.current(tx, actor)
    changed = drafted.with_edited(said.message_id, words) if drafted is not None else None
    if changed is not None:
        check_in_drafts.keep(tx, actor, changed)
        return show("check_in.draft", fresh=True)
    check_in_id = check_in_corrections.edited_message(tx, actor, said.chat_id, said.message_id, words)
    if check_in_id is None:
        return show("check_in.edited_other", fresh=True)
    return show("check_in.changed", fresh=True, check_in=check_in_id, did=True)


def _changing(change: Callable[[Drafted, Said], Drafted]) -> Callable[[Writer, Actor, Said], Answer]:
    """The handler of a button that changes the draft to which it belongs; an older draft's button does nothing."""

    def press(tx: Writer, actor: Actor, said: Said) -> Answer:
        drafted = check_in_drafts.marked(tx, actor, said.number())
        if drafted is None:
            return show("old_button")
        check_in_drafts.keep(tx, actor, change(drafted, said))
        return show("check_in.draft")

    return press


def choose_subjects(tx: Writer, actor: Actor, said: Said) -> Answer:
    drafted = check_in_drafts.marked(tx, actor, said.number())
    if drafted is None:
        return show("old_button")
    check_in_drafts.settle_subjects(tx, actor, drafted)
    return show("check_in.draft")


def _toggled(drafted: Drafted, said: Said) -> Drafted:
    return drafted.toggled(said.number(1))


def _subjects_open(drafted: Drafted, said: Said) -> Drafted:  # noqa: ARG001 - the shape of every change
    return replace(drafted, subjects_settled=False)


def _standing(drafted: Drafted, said: Said) -> Drafted:
    return check_in_drafts.with_standing(drafted, said.one_of(Standing, 1))


def _standing_open(drafted: Drafted, said: Said) -> Drafted:  # noqa: ARG001 - the shape of every change
    return replace(drafted, standing=None, need=NeedAsked())


def _text_open(drafted: Drafted, said: Said) -> Drafted:  # noqa: ARG001 - the shape of every change
    return replace(drafted, parts=())


def _need_kind(drafted: Drafted, said: Said) -> Drafted:
    return replace(drafted, need=replace(drafted.need, kind=said.one_of(NeedKind, 1)))


def _need_audience(drafted: Drafted, said: Said) -> Drafted:
    return replace(drafted, need=replace(drafted.need, audience=said.one_of(NeedAudience, 1)))


def _need_in_same_words(drafted: Drafted, said: Said) -> Drafted:  # noqa: ARG001 - the shape of every change
    return replace(drafted, need=replace(drafted.need, text=""))


def send(tx: Writer, actor: Actor, said: Said) -> Answer:
    drafted = check_in_drafts.marked(tx, actor, said.number())
    if drafted is None or drafted.step is not Step.PREVIEW:
        return show("old_button")
    return show("check_in.sent", check_in=check_ins.submit(tx, actor, drafted))


def discard(tx: Writer, actor: Actor, said: Said) -> Answer:
    if check_in_drafts.marked(tx, actor, said.number()) is None:
        return show("old_button")
    check_in_drafts.drop(tx, actor)
    return show("check_in.discarded")


def load_draft(tx: Reader, actor: Actor, **args: Any) -> check_ins.Writing:  # noqa: ARG001 - the shape of every load
    return check_ins.writing(tx, actor)


def load_nothing(tx: Reader, actor: Actor, **args: Any) -> check_ins.Idle:  # noqa: ARG001 - the shape of every load
    return check_ins.idle(tx, actor)


def load_receipt(tx: Reader, actor: Actor, *, check_in: int) -> check_ins.Receipt:
    return check_ins.receipt(tx, actor, check_in)


AREA = Area(
    commands=(
        Command(
            COMMAND,
            begin,
            "Report",
            words=("汇报", "打卡", "本周进展", "report"),
            offered=lambda offer: offer.reports or offer.awaits,
            purpose=N_("report your progress in two or three sentences"),
        ),
    ),
    presses={
        "check_in.begin": begin,
        "check_in.continue": go_on,
        "check_in.restart": restart,
        "check_in.toggle": _changing(_toggled),
        "check_in.subjects": choose_subjects,
        "check_in.subjects_open": _changing(_subjects_open),
        "check_in.standing": _changing(_standing),
        "check_in.standing_open": _changing(_standing_open),
        "check_in.text_open": _changing(_text_open),
        "check_in.need_kind": _changing(_need_kind),
        "check_in.need_audience": _changing(_need_audience),
        "check_in.need_text": _changing(_need_in_same_words),
        "check_in.send": send,
        "check_in.discard": discard,
    },
    steps={check_in_drafts.KIND: hear, "edited_message": edited},
    keeps_files=frozenset({COMMAND, check_in_drafts.KIND}),
    screens={
        "check_in.draft": Screen(load_draft, views.draft),
        "check_in.resume": Screen(load_draft, views.resume),
        "check_in.nothing": Screen(load_nothing, check_in_receipts.nothing),
        "check_in.sent": Screen(load_receipt, check_in_receipts.sent),
        "check_in.discarded": Screen(load_nothing, check_in_receipts.discarded),
        "check_in.edited_other": Screen(load_nothing, check_in_receipts.edited_other),
    },
)
