"""When nobody is there to answer, and who does so instead: on every day somebody, as long as anybody is there."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import ONE_DAY, WorkCalendar
from domain.duties import Leave, is_on_leave
from domain.stand_ins import SHORT_WORKING_DAYS, Able, Share, joined, long_ones, shared_out, unanswered

MONDAY = date(2026, 10, 12)
PLAIN = WorkCalendar()


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def leave(first: int, last: int) -> Leave:
    return Leave(day(first), day(last))


spans = st.tuples(st.integers(0, 40), st.integers(0, 20)).map(lambda pair: leave(pair[0], pair[0] + pair[1]))
several = st.lists(spans, max_size=4)
calendars = st.frozensets(st.integers(0, 60).map(day), max_size=12).map(lambda off: WorkCalendar(days_off=off))
able_people = st.lists(several, max_size=4).map(
    lambda leaves: [Able(number, joined(away, PLAIN)) for number, away in enumerate(leaves)]
)


def days_of(span: Leave | Share) -> list[date]:
    return [span.first + timedelta(days=number) for number in range((span.last - span.first).days + 1)]


def test_up_to_three_working_days_wait() -> None:
    assert unanswered([[leave(0, 2)]], [], PLAIN) == ()
    assert unanswered([[leave(0, 3)]], [], PLAIN) == (leave(0, 3),)
    assert unanswered([[leave(4, 8)]], [], PLAIN) == (), "the weekend does not count"


def test_leaves_that_adjoin_are_one() -> None:
    assert unanswered([[leave(7, 9), leave(10, 14)]], [], PLAIN) == (leave(7, 14),)
    assert unanswered([[leave(3, 4), leave(7, 8)]], [], PLAIN) == (leave(3, 8),), "only a weekend lies between"
    assert unanswered([[leave(0, 1), leave(3, 4)]], [], PLAIN) == (), "a working day lies between"


def test_two_mentors_leave_nobody_alone_unless_both_are_away() -> None:
    assert unanswered([[leave(0, 11)], []], [], PLAIN) == ()
    assert unanswered([[leave(0, 11)], [leave(7, 18)]], [], PLAIN) == (leave(7, 11),)
    assert unanswered([[leave(0, 8)], [leave(7, 18)]], [], PLAIN) == (), "two working days in common"


def test_a_mentee_who_is_away_himself_needs_nobody() -> None:
    assert unanswered([[leave(0, 11)]], [leave(0, 11)], PLAIN) == ()
    assert unanswered([[leave(0, 11)]], [leave(0, 4)], PLAIN) == (leave(0, 11),)
    assert unanswered([], [], PLAIN) == ()


@given(st.lists(several, min_size=1, max_size=2), several, calendars)
def test_what_is_unanswered_is_long_and_no_mentor_is_there(
    mentors: list[list[Leave]], mentee: list[Leave], calendar: WorkCalendar
) -> None:
    for gap in unanswered(mentors, mentee, calendar):
        working = [one for one in days_of(gap) if calendar.is_working_day(one)]
        assert all(is_on_leave(leaves, one) for leaves in mentors for one in working)
        assert len([one for one in working if not is_on_leave(mentee, one)]) > SHORT_WORKING_DAYS


@given(several, calendars)
def test_how_an_absence_was_entered_does_not_matter(leaves: list[Leave], calendar: WorkCalendar) -> None:
    split = [Leave(one, one) for leave in leaves for one in days_of(leave)]
    assert joined(split, calendar) == joined(leaves, calendar)
    assert unanswered([split], [], calendar) == unanswered([leaves], [], calendar) == long_ones(leaves, calendar)


@given(spans, able_people)
def test_on_every_day_somebody_who_is_there_as_long_as_anybody_is(days: Leave, able: list[Able]) -> None:
    shares = shared_out(days, [], able)
    away = {one.person_id: one.away for one in able}
    covered = [one for share in shares for one in days_of(share)]
    assert covered == sorted(set(covered)), "never two at once"
    assert all(not is_on_leave(away[share.person_id], one) for share in shares for one in days_of(share))
    for one in set(days_of(days)) - set(covered):
        assert all(is_on_leave(leaves, one) for leaves in away.values())
    assert set(covered) <= set(days_of(days))


@given(spans, able_people)
def test_asking_again_changes_nothing(days: Leave, able: list[Able]) -> None:
    shares = shared_out(days, [], able)
    assert shared_out(days, shares, able) == shares
    later = Leave(days.last, days.last)
    assert shared_out(later, shares, able) == tuple(
        Share(one.person_id, days.last, days.last) for one in shares if one.last == days.last
    )


@given(spans, able_people, st.integers(0, 5))
def test_the_first_who_is_there_to_the_end_does_it_alone(days: Leave, able: list[Able], place: int) -> None:
    always = Able(99)
    asked = [*able[:place], always, *able[place:]]
    [only] = shared_out(days, [], asked)
    whole = next(one for one in asked if one.there_until(days.first, days.last) == days.last)
    assert only == Share(whole.person_id, days.first, days.last)


@given(spans, able_people)
def test_whoever_does_it_goes_on_though_another_would_be_asked_first(days: Leave, able: list[Able]) -> None:
    chosen = Share(99, days.first, days.last)
    assert shared_out(days, [chosen], [*able, Able(99)]) == (chosen,)
    assert all(one.person_id != 99 for one in shared_out(days, [chosen], able)), "unless he can no longer"


def test_who_goes_away_meanwhile_is_followed_by_the_next() -> None:
    chosen, other = Able(1, (leave(7, 11),)), Able(2)
    assert shared_out(leave(0, 11), [Share(1, day(0), day(11))], [chosen, other]) == (
        Share(1, day(0), day(6)),
        Share(2, day(7), day(11)),
    )
    assert shared_out(leave(0, 11), [], [chosen]) == (Share(1, day(0), day(7) - ONE_DAY),), "then nobody is there"
