"""Reports, the answers to them, and the support that is asked for with them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from commands.demo.life.branches import Branches
from commands.demo.life.entering import enter
from commands.demo.life.helping import Helping
from commands.demo.life.living import ZONE, Life
from domain.check_in_drafts import Drafted, Entered, NeedAsked
from domain.check_ins import Source, Standing, chosen_at_first
from domain.duties import Duty, DutyState, SubjectKind
from domain.entered_acts import Act
from domain.needs import NeedAudience, NeedKind
from domain.pairings import Track
from domain.reviews import Attribution, ReviewKind
from services import check_in_corrections, check_ins, duties, reviews, secretaries
from storage import check_ins as report_rows
from storage import guidance, pairings
from storage import reviews as review_rows
from storage.database import Reader, Writer

NEVER, SKIPS, LATE, EARLY = 0.08, 0.14, 0.2, 0.34
"""Of all reports: up to where they are left out, skipped with a reason, handed in late, a day early; the rest on their day."""
STANDINGS = [Standing.ON_TRACK] * 83 + [Standing.BEHIND] * 12 + [Standing.NEEDS_SUPPORT] * 5
VERDICTS = (
    [ReviewKind.NOTED] * 52 + [ReviewKind.COMMENTED] * 34 + [ReviewKind.PLEASE_ADD] * 6 + [ReviewKind.HIGHLIGHT] * 8
)  # fmt: skip
FORGETFUL = 0.03
CATCHES_UP = 0.3
"""How often a report is for an earlier period too that nothing came of."""
CHOICES = (Attribution.SIGNED, Attribution.SIGNED, Attribution.SIGNED, Attribution.ANONYMOUS, Attribution.PRIVATE)
ENTERED = {
    Attribution.SIGNED: Act.SIGN,
    Attribution.ANONYMOUS: Act.BE_UNNAMED,
    Attribution.PRIVATE: Act.KEEP_PRIVATE,
}


@dataclass(frozen=True, slots=True)
class Reporting:
    """`prompt`: those who never let anything lie, so that the phones begin with nothing overdue."""

    life: Life
    prompt: frozenset[int] = frozenset()

    def look_ahead(self, tx: Reader, now: datetime) -> None:
        """Everybody makes up their mind about what they owe and have not thought of yet."""
        for person_id in sorted(self.life.busy):
            if person_id not in self.life.by_hand:
                for duty in duties.reportable(tx, person_id, now):
                    if duty.due_at is not None and self.life.meets("duty", duty.id):
                        self._make_up_mind(duty, person_id)

    def _make_up_mind(self, duty: Duty, person_id: int) -> None:
        draw = self.life.draw("report", self.life.known[person_id].staff_no, duty.subject_kind, duty.period)
        due_day, mood = duty.due_day(ZONE), draw.random()
        assert due_day is not None
        if person_id in self.prompt:
            mood = 1.0
        if mood < NEVER:
            return
        if mood < SKIPS:
            self.life.plan(self.life.hour(draw, due_day), partial(self.skip, duty.id, person_id, draw))
            return
        day = due_day
        if mood < LATE:
            day = self.life.working_day(due_day, draw.randint(1, 3))
        elif mood < EARLY:
            before = self.life.days.previous_working_day(due_day)
            day = before if before >= duty.opens_at.astimezone(ZONE).date() else due_day
        self.life.plan(self.life.hour(draw, day), partial(self.report, duty.id, person_id, draw))

    def skip(self, duty_id: int, person_id: int, draw: random.Random, tx: Writer, now: datetime) -> None:
        actor = self.life.actor(tx, person_id, now)
        if actor is not None and any(one.id == duty_id for one in self._owed(tx, person_id, now)):
            duties.skip(tx, actor, duty_id, draw.choice(self.life.words.skips))

    def _owed(self, tx: Reader, person_id: int, now: datetime) -> list[Duty]:
        return [one for one in duties.reportable(tx, person_id, now) if one.state is not DutyState.EXCUSED]

    def report(self, duty_id: int, person_id: int, draw: random.Random, tx: Writer, now: datetime) -> None:
        """For all that is ticked at first, by the person or, for who does not use Telegram, by a secretary."""
        owed = self._owed(tx, person_id, now)
        if not any(one.id == duty_id for one in owed):
            return
        author, entered = self.life.actor(tx, person_id, now), None
        if author is None and person_id not in self.life.by_hand:
            author = next(
                filter(None, (self.life.actor(tx, one, now) for one in secretaries.of_person(tx, person_id))), None
            )
            entered = Entered(person_id, draw.choice(list(Source)), now.astimezone(ZONE).date())
        if author is None:
            return
        drafted = self._drafted(tx, self._chosen(owed, duty_id, person_id, now, draw), person_id, draw, entered, now)
        report_id = check_ins.submit(tx, author, drafted)
        self._is_answered(tx, report_id, person_id, draw, now)
        if drafted.standing is Standing.NEEDS_SUPPORT:
            Helping(self.life).begin(tx, report_id, now, draw)

    def _chosen(self, owed: list[Duty], duty_id: int, person_id: int, now: datetime, draw: random.Random) -> list[Duty]:
        """What is ticked at first; what is long overdue is sometimes let go."""
        ticked = {duty_id, *chosen_at_first(owed, now)}
        catches_up = person_id in self.prompt or draw.random() < CATCHES_UP
        long_ago = now - timedelta(days=4)
        return [
            one
            for one in owed
            if one.id == duty_id or (one.id in ticked and (catches_up or (one.due_at or now) > long_ago))
        ]

    def _drafted(
        self,
        tx: Reader,
        subjects: list[Duty],
        person_id: int,
        draw: random.Random,
        entered: Entered | None,
        now: datetime,
    ) -> Drafted:
        ids = tuple(one.id for one in subjects)
        standing, need = draw.choice(STANDINGS), NeedAsked()
        if standing is Standing.NEEDS_SUPPORT and not self._is_looked_after(tx, person_id, now):
            standing = Standing.BEHIND
        if standing is Standing.NEEDS_SUPPORT:
            kind = draw.choice(list(NeedKind))
            said = self.life.words.filled(draw, draw.choice(self.life.words.needs[kind])[0])
            need = NeedAsked(
                kind, draw.choice([NeedAudience.MENTOR_AND_SECRETARY] * 4 + [NeedAudience.SECRETARY_ONLY]), said
            )
        words = self._words(tx, subjects, person_id, draw, standing)
        return Drafted(
            mark=0, offered=ids, chosen=ids, subjects_settled=True, chat_id=0, parts=((0, words),), standing=standing,
            need=need, entered=entered,
        )  # fmt: skip

    def _is_looked_after(self, tx: Reader, person_id: int, now: datetime) -> bool:
        """Who asks a secretary on a phone would wait for whoever holds it."""
        return any(self.life.actor(tx, one, now) is not None for one in secretaries.of_person(tx, person_id))

    def _words(self, tx: Reader, subjects: list[Duty], person_id: int, draw: random.Random, standing: Standing) -> str:
        away = any(one.subject_kind is SubjectKind.ROTATION for one in subjects) and draw.random() < 0.7
        paired = next((one for one in subjects if one.subject_kind is SubjectKind.PAIRING), None)
        pairing = None if paired is None else pairings.get(tx, paired.subject_id)
        party = pairing is not None and pairing.track is Track.BACKBONE_TO_MEMBER and draw.random() < 0.6
        return self.life.words.report(draw, self.life.known[person_id].specialty, standing, party=party, away=away)

    def _is_answered(self, tx: Reader, report_id: int, person_id: int, draw: random.Random, now: datetime) -> None:
        guides = [*guidance.mentors_of(tx, person_id, now.astimezone(ZONE).date()), *guidance.hosts_of(tx, report_id)]
        reviewer = next((one for one in guides if self.life.actor(tx, one, now) is not None), None)
        if reviewer is None and guides:
            at = self.life.after(draw, now, draw.choice((2, 3, 4)))
            self.life.plan(at, partial(self.answer_on_paper, report_id, guides[0], person_id, draw))
        if reviewer is None or (draw.random() < FORGETFUL and reviewer not in self.prompt):
            return
        if reviewer in self.prompt:
            at = now + timedelta(minutes=draw.randint(3, 40))
        else:
            at = self.life.after(draw, now, draw.choice((0, 1, 1, 2, 2, 3, 5)))
        self.life.plan(at, partial(self.answer, report_id, reviewer, person_id, draw))

    def answer(
        self, report_id: int, reviewer: int, person_id: int, draw: random.Random, tx: Writer, now: datetime
    ) -> None:
        actor = self.life.actor(tx, reviewer, now)
        if actor is None or report_id not in reviews.waiting(tx, actor):
            return
        kind, words = draw.choice(VERDICTS), ""
        found = report_rows.get(tx, report_id)
        if kind is ReviewKind.HIGHLIGHT and (found is None or found.standing is not Standing.ON_TRACK):
            kind = ReviewKind.COMMENTED
        author = self.life.actor(tx, person_id, now)
        if kind is ReviewKind.PLEASE_ADD:
            words, reply = draw.choice(self.life.words.questions)
            if author is None or any(
                now + timedelta(days=4) >= one.closes_at for one in report_rows.subjects_of(tx, report_id)
            ):
                kind, words = ReviewKind.NOTED, ""
            else:
                self.life.plan(self.life.after(draw, now, 1), partial(self.add, report_id, reviewer, person_id, reply))
        elif kind is ReviewKind.COMMENTED:
            words = draw.choice(self.life.words.comments)
        review_id = reviews.review(tx, actor, report_id, kind, words)
        self._is_chosen(review_id, kind, person_id, draw, now)

    def _is_chosen(self, review_id: int, kind: ReviewKind, person_id: int, draw: random.Random, now: datetime) -> None:
        """How a highlight is to appear is for its author to say."""
        if kind is ReviewKind.HIGHLIGHT and draw.random() < 0.9:
            self.life.plan(
                self.life.after(draw, now, 1),
                partial(self.attribute, review_id, person_id, draw.choice(CHOICES), draw),
            )

    def answer_on_paper(
        self, report_id: int, reviewer: int, person_id: int, draw: random.Random, tx: Writer, now: datetime
    ) -> None:
        """What a mentor without Telegram says of a report, entered by the secretary."""
        found = report_rows.get(tx, report_id)
        if found is not None and not review_rows.of_check_in(tx, report_id):
            act = draw.choice((Act.NOTE, Act.COMMENT, Act.HIGHLIGHT))
            words = draw.choice(self.life.words.comments) if act is Act.COMMENT else ""
            enter(self.life, act, report_id, reviewer, draw, tx, now, words=words, about=person_id)
            for one in review_rows.of_check_in(tx, report_id):
                self._is_chosen(one.id, one.kind, person_id, draw, now)

    def add(self, report_id: int, reviewer: int, person_id: int, reply: str, tx: Writer, now: datetime) -> None:
        """What was asked for is added, and read."""
        author = self.life.actor(tx, person_id, now)
        open_still = all(now < one.closes_at for one in report_rows.subjects_of(tx, report_id))
        if author is not None and open_still:
            check_in_corrections.add(tx, author, report_id, reply)
            draw = self.life.draw("added", report_id)
            self.life.plan(self.life.after(draw, now, 1), partial(self.note, report_id, reviewer))

    def note(self, report_id: int, reviewer: int, tx: Writer, now: datetime) -> None:
        actor = self.life.actor(tx, reviewer, now)
        if actor is not None and report_id in reviews.waiting(tx, actor):
            reviews.review(tx, actor, report_id, ReviewKind.NOTED)

    def attribute(
        self, review_id: int, person_id: int, choice: Attribution, draw: random.Random, tx: Writer, now: datetime
    ) -> None:
        author = self.life.actor(tx, person_id, now)
        if author is not None:
            reviews.attribute(tx, author, review_id, choice)
        else:
            enter(self.life, ENTERED[choice], review_id, person_id, draw, tx, now)
        if choice is not Attribution.PRIVATE:
            Branches(self.life).may_use(review_id, person_id, now)
