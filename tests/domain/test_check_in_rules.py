"""A report being written asks for exactly what it lacks, whatever is done to it in whatever order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.check_in_drafts import Drafted, NeedAsked, Step
from domain.check_ins import (
    FILE_BYTES,
    FILES_LIMIT,
    TEXT_LIMIT,
    Attachment,
    Standing,
    chosen_at_first,
    require_attachable,
)  # fmt: skip
from domain.duties import Duty, DutyKind, DutyState, SubjectKind
from domain.needs import NeedAudience, NeedKind
from domain.refusals import Refusal
from domain.wording import fitting

EMPTY = Drafted(mark=1, offered=(1, 2, 3), chosen=(1, 2), subjects_settled=False, chat_id=5)

needs = st.builds(
    NeedAsked,
    st.none() | st.sampled_from(NeedKind),
    st.none() | st.sampled_from(NeedAudience),
    st.none() | st.just("x"),
)
drafts = st.builds(
    replace,
    st.just(EMPTY),
    subjects_settled=st.booleans(),
    parts=st.lists(st.tuples(st.integers(1, 9), st.text("abc", min_size=1)), max_size=3).map(tuple),
    standing=st.none() | st.sampled_from(Standing),
    need=needs,
)


@given(drafts)
def test_a_preview_lacks_nothing(drafted: Drafted) -> None:
    if drafted.step is not Step.PREVIEW:
        return
    assert drafted.subjects_settled
    assert drafted.parts
    assert drafted.standing is not None
    if drafted.standing is Standing.NEEDS_SUPPORT:
        assert drafted.need.kind is not None
        assert drafted.need.audience is not None


@given(drafts, st.text(min_size=1, max_size=30).filter(lambda words: words.replace("\x00", "").strip()))
def test_words_are_never_lost(drafted: Drafted, words: str) -> None:
    joined = drafted.with_words(99, words)
    assert joined.parts[:-1] == drafted.parts
    assert joined.text.endswith(words.replace("\x00", "").strip())
    assert joined.step is not Step.TEXT


@given(drafts, st.sampled_from(["", " ", "\x00", "\n\t"]))
def test_no_words_are_none(drafted: Drafted, words: str) -> None:
    with pytest.raises(Refusal, match="text_missing"):
        drafted.with_words(99, words)


@given(drafts, st.integers(0, 5))
def test_ticking_twice_changes_nothing_and_only_what_is_offered_can_be_ticked(drafted: Drafted, duty: int) -> None:
    once = drafted.toggled(duty)
    assert once.toggled(duty).chosen == drafted.chosen
    assert set(once.chosen) <= set(drafted.offered)


def test_an_edited_message_replaces_its_own_words_only() -> None:
    drafted = EMPTY.with_words(1, "甲").with_words(2, "乙")
    edited = drafted.with_edited(1, "丙")
    assert edited is not None
    assert edited.text == "丙\n乙"
    assert drafted.with_edited(9, "丁") is None
    assert drafted.message_id is None
    assert EMPTY.with_words(1, "甲").message_id == 1


def test_joined_messages_keep_to_the_limit_together() -> None:
    with pytest.raises(Refusal, match="text_too_long"):
        EMPTY.with_words(1, "长" * TEXT_LIMIT).with_words(2, "长")


@given(st.text())
def test_fitting_twice_is_fitting_once(text: str) -> None:
    try:
        kept = fitting(text, TEXT_LIMIT)
    except Refusal:
        return
    assert fitting(kept, TEXT_LIMIT) == kept
    assert "\x00" not in kept


@pytest.mark.parametrize(
    ("file", "already", "code"),
    [
        (Attachment("sticker", "f"), 0, "file_kind"),
        (Attachment("document", "f", "a.exe"), 0, "file_ending"),
        (Attachment("document", "f", "无后缀"), 0, "file_ending"),
        (Attachment("document", "f", "a.PDF", FILE_BYTES + 1), 0, "file_too_large"),
        (Attachment("photo", "f"), FILES_LIMIT, "too_many_files"),
        (Attachment("document", "f", "a.PDF", FILE_BYTES), FILES_LIMIT - 1, None),
        (Attachment("voice", "f"), 0, None),
    ],
)
def test_which_files_come_along(file: Attachment, already: int, code: str | None) -> None:
    if code is None:
        require_attachable(file, already)
        return
    with pytest.raises(Refusal, match=code):
        require_attachable(file, already)


FRIDAY = datetime(2026, 10, 16, 10, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


def weekly(number: int, subject: int, due_at: datetime) -> Duty:
    return Duty(
        id=number, kind=DutyKind.REPORT, subject_kind=SubjectKind.PAIRING, subject_id=subject, holder_id=1,
        period=f"{due_at:%G-W%V}", month="2026-10", opens_at=due_at - WEEK, due_at=due_at, closes_at=due_at + 3 * WEEK,
        state=DutyState.OPEN,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "chosen"),
    [
        (FRIDAY - timedelta(days=4), [1, 3]),  # Monday: this week's, of each
        (FRIDAY + timedelta(days=3), [1, 3]),  # the Monday after: last week's, while the next is still to come
        (FRIDAY + WEEK - timedelta(hours=9), [1, 2, 3, 4]),  # the day of the next: both in one go
        (FRIDAY - timedelta(days=30), [1, 2, 3, 4]),  # nothing is due so soon: all there is
    ],
)
def test_what_a_report_is_taken_to_be_for(now: datetime, chosen: list[int]) -> None:
    duties = [weekly(place + 1, place // 2, FRIDAY + place % 2 * WEEK) for place in range(4)]
    assert chosen_at_first(duties, now) == chosen
