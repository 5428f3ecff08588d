"""Second thoughts about a report: changing it, adding what was asked for, taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.actors import Actor
from domain.check_in_drafts import Drafted, Entered
from domain.check_ins import TEXT_LIMIT, Attachment, CheckIn, Standing, require_attachable, require_unlocked
from domain.needs import NeedState
from domain.refusals import Refusal
from domain.reviews import ReviewKind
from domain.wording import fitting
from services import access, answering, audit, check_in_drafts, duties, need_undoing, notices
from services.hearing import Hearing, just_now
from storage import check_ins as rows
from storage import guidance, people, reviews
from storage import needs as need_rows
from storage.database import Reader, Writer

TAKEN_BACK = "check_in.taken_back"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Whose report no longer stands, and when it was handed in."""

    author: str
    submitted_at: datetime


def change_text(tx: Writer, actor: Actor, check_in_id: int, words: str, files: Sequence[Attachment] = ()) -> None:
    """Put new words in place of the old ones, which are kept. Refusals: `report_locked` and those of the text."""
    old = _changeable(tx, actor, check_in_id)
    _attach(tx, old, files)
    _revise(tx, actor, old, text=fitting(words, TEXT_LIMIT), standing=_standing(old))


def change_standing(tx: Writer, actor: Actor, check_in_id: int, standing: Standing) -> None:
    old = _changeable(tx, actor, check_in_id)
    if standing is not old.standing:
        _revise(tx, actor, old, text=old.text, standing=standing)


def add(tx: Writer, actor: Actor, check_in_id: int, words: str, files: Sequence[Attachment] = ()) -> None:
    """What the mentor asked for (请补充) joins the report; that it comes later does not make the report late."""
    old = _changeable(tx, actor, check_in_id)
    _attach(tx, old, files)
    _revise(tx, actor, old, text=f"{old.text}\n\n{fitting(words, TEXT_LIMIT)}", standing=_standing(old))


def attach(tx: Writer, actor: Actor, check_in_id: int, files: Sequence[Attachment]) -> None:
    """Files without words join the report."""
    old = _changeable(tx, actor, check_in_id)
    _attach(tx, old, files)
    new = {"files": [file.name or file.kind for file in files]}
    audit.record(tx, actor, "check_in:attach", f"check_in:{check_in_id}", new=new, about=old.person_id)


def edited_message(tx: Writer, actor: Actor, chat_id: int, message_id: int, words: str) -> int | None:
    """The Telegram message that became a report was edited, and so is the report; None if it became none."""
    found = rows.by_message(tx, chat_id, message_id)
    if found is None or actor.person_id not in (found.person_id, found.entered_by):
        return None
    if fitting(words, TEXT_LIMIT) != found.text:
        change_text(tx, actor, found.id, words)
    return found.id


def undo(tx: Writer, actor: Actor, check_in_id: int, mark: int) -> None:
    """Take a report back, as long as nobody has acted on it; its words are a draft again.

    Refusals: `report_locked`, `acted_on`.
    """
    old = _changeable(tx, actor, check_in_id)
    asked = [need for need in need_rows.of_check_in(tx, check_in_id) if need.state is not NeedState.WITHDRAWN]
    touched = any(need.owner_id or need.answered_at or need.closed_at for need in asked)
    if touched or reviews.of_check_in(tx, check_in_id):
        raise Refusal("acted_on")
    told = {one for need in asked for one in need_undoing.take_back(tx, actor, need)}
    for reader in notices.take_back_all(tx, actor, f"check_in:{check_in_id}:"):
        if reader not in told:
            key = f"check_in:{check_in_id}:{TAKEN_BACK}:{reader}"
            notices.tell(tx, actor, reader, TAKEN_BACK, key=key, unasked=True, check_in=check_in_id)
    _draft_again(tx, actor, old, mark)
    duty_ids = [one.id for one in rows.subjects_of(tx, check_in_id)]
    rows.release_duties(tx, check_in_id)
    duties.reopen(tx, actor, duty_ids)
    rows.withdraw(tx, check_in_id, actor.now)
    audit.record(tx, actor, "check_in:undo", f"check_in:{check_in_id}", old={"duties": duty_ids}, about=old.person_id)


def hearing(tx: Reader, actor: Actor, check_in_id: int) -> Hearing:
    """Who hears in a minute that a report, and what was asked with it, was taken back."""
    asked = [f"need:{one.id}:" for one in need_rows.of_check_in(tx, check_in_id)]
    return just_now(tx, actor, f"check_in:{check_in_id}:", *asked)


def readers_before(tx: Reader, actor: Actor, check_in_id: int) -> tuple[tuple[str, ...], Hearing]:
    """Who answered the report as it was before a change and is not told of that; and who is told."""
    told = just_now(tx, actor, f"check_in:{check_in_id}:")
    answered = dict.fromkeys(one.reviewer for one in reviews.of_check_in(tx, check_in_id))
    return tuple(name for name in answered if name not in told.names), told


def taken_back(tx: Reader, check_in_id: int) -> TakenBack | None:
    """For those who had been told of it, by name and day alone."""
    found = rows.get(tx, check_in_id)
    author = None if found is None else people.get(tx, found.person_id)
    if found is None or author is None or found.withdrawn_at is None:
        return None
    return TakenBack(author.name, found.submitted_at)


def _draft_again(tx: Writer, actor: Actor, old: CheckIn, mark: int) -> None:
    duty_ids = tuple(one.id for one in rows.subjects_of(tx, old.id))
    drafted = Drafted(
        mark=mark, offered=duty_ids, chosen=duty_ids, subjects_settled=True, chat_id=old.chat_id or 0,
        parts=((old.message_id or 0, old.text),), files=tuple(rows.files_of(tx, old.id)),
        entered=_entered_again(actor, old),
    )  # fmt: skip
    again = drafted if old.standing is Standing.NEEDS_SUPPORT else replace(drafted, standing=old.standing)
    check_in_drafts.keep(tx, actor, again)


def _entered_again(actor: Actor, old: CheckIn) -> Entered | None:
    """What its author takes back himself is his own to write from then on."""
    own = old.entered_by is None or old.person_id == actor.person_id
    return None if own else Entered(old.person_id, old.source, old.given_on)


def _changeable(tx: Writer, actor: Actor, check_in_id: int) -> CheckIn:
    rows.lock(tx, check_in_id)
    own = access.own_check_in(tx, actor, check_in_id)
    require_unlocked(rows.subjects_of(tx, check_in_id), actor.now)
    return own


def _standing(report: CheckIn) -> Standing:
    assert report.standing is not None, "the author sees how his own report stands"
    return report.standing


def _attach(tx: Writer, old: CheckIn, files: Sequence[Attachment]) -> None:
    already = len(rows.files_of(tx, old.id))
    for place, file in enumerate(files):
        require_attachable(file, already + place)
    rows.attach(tx, old.id, files)


def _revise(tx: Writer, actor: Actor, old: CheckIn, *, text: str, standing: Standing) -> None:
    rows.revise(tx, old, actor.now, text=text, standing=standing)
    before, after = {"text": old.text, "standing": old.standing}, {"text": text, "standing": standing}
    audit.record(tx, actor, "check_in:edit", f"check_in:{old.id}", old=before, new=after, about=old.person_id)
    asked = [one for one in reviews.of_check_in(tx, old.id) if one.kind is ReviewKind.PLEASE_ADD and not one.acted_on]
    if asked and reviews.mark_answered(tx, old.id, actor.now):
        waited_for = [one.reviewer_id for one in asked]
        reviewers = answering.instead_of(tx, waited_for, old.id, old.person_id, actor.today)
        _tell_who_asked(tx, actor, old.id, reviewers)


def _tell_who_asked(tx: Writer, actor: Actor, check_in_id: int, reviewers: list[int]) -> None:
    """Those who get each report at once hear that it was added to; for the others it waits on their list."""
    for reviewer in guidance.wanting_each_at_once(tx, reviewers):
        key = f"check_in:{check_in_id}:added:{actor.now:%Y%m%d%H%M%S}:{reviewer}"
        notices.tell(tx, actor, reviewer, "review.arrived", key=key, check_in=check_in_id)


def may_change(tx: Reader, actor: Actor, check_in_id: int) -> CheckIn:
    """For the screens that ask for new words. Refusal: `report_locked`."""
    own = access.own_check_in(tx, actor, check_in_id)
    require_unlocked(rows.subjects_of(tx, check_in_id), actor.now)
    return own
