"""The laws of pairings: whatever happens in whatever order, nothing half agreed is ever active."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.outcomes import OutcomeTerms
from domain.pairing_lines import filled, read_outcome
from domain.pairings import (
    ENDED,
    LIVE,
    Gap,
    Mentorship,
    Pairing,
    PairingState,
    Track,
    agreed_state,
    fitting_tracks,
    gaps,
    is_confirmed,
    may_become,
    may_mentor,
    require_people,
    require_place,
    require_transition,
    track_fits,
)
from domain.people import Person, Stage
from domain.periods import WEEKLY_ON_FRIDAY
from domain.refusals import Refusal
from domain.spoken_days import read_day

TODAY = date(2026, 10, 12)
NOW = datetime(2026, 10, 12, 2, tzinfo=UTC)
STATES = st.sampled_from(PairingState)
MOMENTS = st.none() | st.just(NOW)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
TEXTS = st.sampled_from(["", "提升检修技能"])
OUTCOMES = st.lists(st.builds(OutcomeTerms, st.just("独立检修"), TEXTS, st.none() | DAYS), max_size=3)
PEOPLE = st.builds(
    Person, st.integers(1, 5), st.just("某人"), st.just("1"), st.just(1), st.sampled_from(Stage), st.booleans(),
    st.just(""), st.just(""),
)  # fmt: skip


def pairing(**values: object) -> Pairing:
    plain = Pairing(
        1, 1, Track.BACKBONE_TO_MEMBER, "提升", WEEKLY_ON_FRIDAY, PairingState.DRAFT, None, None, None, None, None, None,
        None, None,
    )  # fmt: skip
    return replace(plain, **values)  # type: ignore[arg-type]


@given(st.lists(STATES, max_size=12))
def test_what_has_ended_never_comes_back(wanted: list[PairingState]) -> None:
    state = PairingState.DRAFT
    for new in wanted:
        if may_become(state, new):
            assert state not in ENDED
            state = new
        else:
            with pytest.raises(Refusal, match="pairing_state"):
                require_transition(state, new)


def test_every_state_is_reached_and_only_from_confirmed_does_it_begin() -> None:
    assert set(PairingState) == LIVE | ENDED
    assert {state for state in PairingState if may_become(state, PairingState.ACTIVE)} == {
        PairingState.CONFIRMED,
        PairingState.PAUSED,
    }
    assert all(any(may_become(old, new) for old in PairingState) for new in PairingState)


@given(complete=st.booleans(), confirmed=st.booleans(), starts_on=st.none() | DAYS, today=DAYS)
def test_nothing_begins_incomplete_unconfirmed_or_early(
    *, complete: bool, confirmed: bool, starts_on: date | None, today: date
) -> None:
    state = agreed_state(complete=complete, confirmed=confirmed, starts_on=starts_on, today=today)
    assert (state is PairingState.ACTIVE) == (complete and confirmed and (starts_on is None or starts_on <= today))
    assert (state is PairingState.DRAFT) == (not (complete and confirmed))


@given(mentors=st.lists(MOMENTS, max_size=2), mentee=MOMENTS, asked=st.booleans(), signed=st.none() | DAYS)
def test_it_is_confirmed_by_paper_or_by_everyone_and_by_nobody_who_asks_for_a_change(
    *, mentors: list[datetime | None], mentee: datetime | None, asked: bool, signed: date | None
) -> None:
    one = pairing(mentee_confirmed_at=mentee, change_asked="换一天" if asked else None, agreed_on=signed)
    shares = [Mentorship(1, at, TODAY, None, confirmed) for at, confirmed in enumerate(mentors, start=2)]
    everyone = bool(shares) and None not in [mentee, *mentors]
    assert is_confirmed(one, shares) == (not asked and (signed is not None or everyone))


def test_a_mentor_who_was_replaced_need_not_confirm() -> None:
    gone = Mentorship(1, 2, TODAY, TODAY, None)
    here = Mentorship(1, 3, TODAY, None, NOW)
    assert is_confirmed(pairing(mentee_confirmed_at=NOW), [gone, here])


@given(TEXTS, OUTCOMES)
def test_gaps_are_filled_by_just_as_many_lines(direction: str, outcomes: list[OutcomeTerms]) -> None:
    missing = gaps([1], direction, outcomes)
    lines = ["2027年3月31日" if gap is Gap.DUE_DAY else f"写明{gap}" for gap in missing]
    way, planned = filled(direction, outcomes, "\n".join(lines), TODAY)
    assert gaps([1], way, planned) == ()
    with pytest.raises(Refusal, match="lines_differ"):
        filled(direction, outcomes, "\n".join([*lines, "多一行"]), TODAY)


def test_labels_and_numbers_before_a_line_are_no_part_of_it() -> None:
    way, [outcome] = filled(
        "", [OutcomeTerms("独立检修")], "1. 方向：主变检修\n2、衡量标准: 考核合格\n③ 12月31日前", TODAY
    )
    assert (way, outcome.measure, outcome.due_on) == ("主变检修", "考核合格", date(2026, 12, 31))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("独立检修", OutcomeTerms("独立检修")),
        ("独立检修\n考核合格", OutcomeTerms("独立检修", "考核合格")),
        ("独立检修\n2027-03-31", OutcomeTerms("独立检修", "", date(2027, 3, 31))),
        ("独立检修\n考核合格\n年底", OutcomeTerms("独立检修", "考核合格", date(2026, 12, 31))),
    ],
)
def test_an_outcome_is_read_from_one_message(message: str, expected: OutcomeTerms) -> None:
    assert read_outcome(message, TODAY) == expected


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("", "outcome_lines"),
        ("一\n二\n三\n四", "outcome_lines"),
        ("独立检修\n考核合格\n尽快", "day_unreadable"),
        ("独立检修\n2026-10-11", "day_past"),
    ],
)
def test_an_outcome_that_cannot_be_read_is_refused(message: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        read_outcome(message, TODAY)


@given(PEOPLE, st.lists(PEOPLE, max_size=3), st.sampled_from(Track))
def test_whoever_passes_is_eligible(mentee: Person, mentors: list[Person], track: Track) -> None:
    try:
        require_people(track, mentee, mentors)
    except Refusal:
        return
    assert track in fitting_tracks(mentee)
    assert 1 <= len(mentors) <= 2
    assert all(may_mentor(track, mentor.stage, backbone=mentor.backbone) for mentor in mentors)
    assert mentee.id not in {mentor.id for mentor in mentors}


@given(stage=st.sampled_from(Stage), backbone=st.booleans())
def test_a_full_member_is_made_a_backbone_and_nobody_is_made_what_they_are(*, stage: Stage, backbone: bool) -> None:
    assert not (track_fits(Track.BACKBONE_TO_MEMBER, stage, backbone=backbone) and stage is Stage.FULL_MEMBER)
    assert not (track_fits(Track.MEMBER_TO_BACKBONE, stage, backbone=backbone) and not stage.is_member)


@given(st.integers(0, 6), st.integers(1, 5))
def test_a_mentor_takes_as_many_as_there_are_places(taken: int, capacity: int) -> None:
    mentor = Person(1, "王芳", "1", 1, Stage.FULL_MEMBER, backbone=True, specialty="", post="")
    if taken < capacity:
        require_place(mentor, taken, capacity)
    else:
        with pytest.raises(Refusal, match="mentor_full"):
            require_place(mentor, taken, capacity)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天", TODAY),
        ("明天", date(2026, 10, 13)),
        ("下周三", date(2026, 10, 21)),
        ("本周五前", date(2026, 10, 16)),
        ("星期日", date(2026, 10, 18)),
        ("月底", date(2026, 10, 31)),
        ("12月31日", date(2026, 12, 31)),
        ("1月8日", date(2027, 1, 8)),
        ("2027年3月31日（星期三）", date(2027, 3, 31)),
        ("2027/3/31", date(2027, 3, 31)),
        ("20270331", date(2027, 3, 31)),
        ("2月30日", None),
        ("尽快", None),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: date | None) -> None:
    assert read_day(text, TODAY) == day


@given(DAYS, st.integers(-180, 180))
def test_a_day_without_its_year_is_the_nearest(today: date, distance: int) -> None:
    day = today + timedelta(days=distance)
    if (day.month, day.day) != (2, 29):
        assert read_day(f"{day.month}月{day.day}日", today) == day
