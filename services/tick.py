"""A moment in time: the steps that a tick runs, each a unit over at most 200 rows that tells whether more waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from domain.actors import Actor
from domain.health import PARKED_KEPT
from services.audit_seals import seal_audit
from services.dialogue import KEPT
from services.digests import make_digests
from services.duty_steps import close_duties, open_duties, plan_duties, prompt_holders
from services.health import tell_administrators
from services.missing_notices import tell_of_missing_notice
from services.pairing_activation import begin_pairings
from services.pairing_cadences import change_cadences
from services.rotation_courses import close_rotations
from services.stand_ins import look_at_leaves
from services.summary_tick import announce_summaries, store_drafts, store_finals
from services.unit_changes import apply_branch_changes, apply_unit_changes
from storage import drafts, inbox, report_counts
from storage.database import Writer

Step = Callable[[Writer, Actor], bool]
ROWS = 200
INBOX_KEPT = timedelta(days=3)


def count_reports(tx: Writer, _: Actor) -> bool:
    return report_counts.count_anew(tx, limit=ROWS)


def expire_drafts(tx: Writer, actor: Actor) -> bool:
    return drafts.expire(tx, actor.now - KEPT, limit=ROWS) == ROWS


def prune_inbox(tx: Writer, actor: Actor) -> bool:
    return inbox.prune(tx, actor.now - INBOX_KEPT, limit=ROWS) == ROWS


def prune_parked(tx: Writer, actor: Actor) -> bool:
    return inbox.prune_parked(tx, actor.now - PARKED_KEPT, limit=ROWS) == ROWS


STEPS: tuple[Step, ...] = (
    apply_unit_changes,
    begin_pairings, change_cadences, close_rotations, plan_duties, open_duties, close_duties, count_reports, store_drafts, store_finals,
    announce_summaries, apply_branch_changes, look_at_leaves, prompt_holders, make_digests, tell_administrators, tell_of_missing_notice, expire_drafts, prune_inbox, prune_parked, seal_audit,
)  # fmt: skip
