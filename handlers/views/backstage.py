"""Behind the scenes, in words: what each line of what comes and of what goes out to others is about, and how it stands."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from domain.duties import DutyKind, DutyState
from handlers.views.page import Say
from locales import N_
from services.backstage import Coming, Told

DUTIES = {
    DutyKind.REPORT: N_("a report, due {day}"),
    DutyKind.REVIEW: N_("a report to review, due {day}"),
    DutyKind.OUTCOME: N_("an outcome, due {day}"),
    DutyKind.ROTATION_START: N_("a rotation begins {day}"),
    DutyKind.ROTATION_END: N_("a rotation ends {day}"),
    DutyKind.ROTATION_EVALUATION: N_("the evaluation of a rotation, due {day}"),
}
DUTY_STATES = {DutyState.SCHEDULED: N_("not begun"), DutyState.OPEN: N_("to do")}
NOTICES = {
    "announcement.in_group": N_("an announcement, to the group"),
    "announcement.told": N_("an announcement"),
    "check_in.entered": N_("a report was entered for them"),
    "check_in.taken_back": N_("a report was taken back"),
    "consents.away": N_("somebody does not agree to use the assistant"),
    "entry.skipped_for": N_("a report was skipped for them"),
    "experience.adopted": N_("their experience is used by a branch"),
    "experience.dropped": N_("a branch no longer uses their experience"),
    "fault.parked": N_("something was set aside after three failures"),
    "group_chat.bound": N_("the group belongs to a unit now"),
    "group_chat.lost": N_("a group was lost"),
    "group_chat.offer": N_("a group to bind to a unit"),
    "group_chat.summary": N_("the summary of a month, to the group"),
    "handover.moved": N_("somebody moved to another unit"),
    "health.digest": N_("how the deployment stands"),
    "health.outage": N_("an outage is over"),
    "holidays.missing_notice": N_("the holidays of next year are missing"),
    "leave.ended": N_("a pause in reporting was ended"),
    "leave.entered": N_("a pause in reporting was entered"),
    "need.asked": N_("somebody needs support"),
    "need.news": N_("news of a request for support"),
    "need.reopened": N_("a request for support is open again"),
    "need.solved": N_("a request for support is solved"),
    "need.taken_over": N_("a colleague sees to a request for support now"),
    "need.withdrawn": N_("a request for support was taken back"),
    "outcome.notice": N_("news of an outcome"),
    "pairing.notice": N_("news of a pairing"),
    "referral.passed": N_("a request for support was passed on to them"),
    "referral.recalled": N_("a request for support was taken back from above"),
    "reminders.digest": N_("digest"),
    "reminders.prompt": N_("a reminder to report"),
    "reminders.rotation_ends": N_("a rotation ends"),
    "reminders.rotation_starts": N_("a rotation begins"),
    "registration.missed": N_("what could not be delivered before"),
    "registration.moved": N_("they have another phone now"),
    "review.arrived": N_("a report has come in"),
    "review.taken_back": N_("a review was taken back"),
    "review.told": N_("their report was reviewed"),
    "roles.ended": N_("they no longer hold an office"),
    "roles.given": N_("they were given an office"),
    "rotation.notice": N_("news of a rotation"),
    "stand_in.told": N_("who stands in for whom"),
    "summary.ready": N_("the summary of a month"),
    "unit_change.done": N_("a unit was changed"),
}
NOTICE_STATES = {
    "waiting": N_("waits"), "sent": N_("sent"), "skipped": N_("left out"), "failed": N_("failed"),
}  # fmt: skip
REASONS = {
    "already_done": N_("done meanwhile"),
    "budget": N_("enough was said this week"),
    "erased": N_("the person was erased"),
    "flood": N_("Telegram asks for a pause"),
    "left": N_("has left"),
    "muted": N_("reminders are switched off"),
    "no_account": N_("does not use Telegram"),
    "no_administrator": N_("is no administrator any more"),
    "no_longer_true": N_("no longer so"),
    "no_news": N_("there was no news"),
    "not_agreed": N_("has not agreed"),
    "not_yours": N_("no longer theirs"),
    "on_leave": N_("reporting is paused"),
    "quiet": N_("quiet hours"),
    "seen": N_("seen on the screen"),
    "told_with_another": N_("told with something else"),
    "unreachable": N_("cannot be reached"),
    "waits for another": N_("after an earlier one"),
    "withdrawn": N_("withdrawn"),
}


def duty(seen: Coming, say: Say) -> dict[str, str]:
    return {"what": _due(seen, say), "standing": _duty_standing(seen, say)}


def notice(seen: Told, say: Say) -> dict[str, str]:
    """The code of a kind that has no words says more than nothing."""
    what = say.plain(NOTICES[seen.kind]) if seen.kind in NOTICES else seen.kind
    return {"what": what, "standing": _notice_standing(seen, say)}


def _due(seen: Coming, say: Say) -> str:
    day = say.short_date(seen.due_at.astimezone(ZoneInfo(say.zone)).date()) if seen.due_at else "…"
    return say.plain(DUTIES[DutyKind(seen.kind)], day=day)


def _duty_standing(seen: Coming, say: Say) -> str:
    if seen.due_at and seen.due_at < say.now:
        return say.plain("past its day")
    return say.plain(DUTY_STATES[DutyState(seen.state)])


def _notice_standing(seen: Told, say: Say) -> str:
    standing = say.plain(NOTICE_STATES[seen.state])
    if not seen.reason:
        return standing
    reason = say.plain(REASONS[seen.reason]) if seen.reason in REASONS else seen.reason
    return say.plain("{standing}: {reason}", standing=standing, reason=reason)
