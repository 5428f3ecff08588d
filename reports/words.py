"""The word for every value of a closed vocabulary, in the reader's language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from domain.check_ins import Standing
from domain.consents import ConsentKind
from domain.needs import NeedAudience, NeedKind, NeedState
from domain.pairings import GuideKind, PairingState, Track, guide_kind
from domain.people import Stage
from domain.periods import CadenceKind, cadence_of, span_of
from domain.reviews import ReviewKind
from domain.roles import RoleKind
from domain.rotations import Capability, RotationState
from domain.summaries import Edition
from domain.summary_lines import OwnerRole, ReportState
from locales import N_, Language

STAGES: Mapping[StrEnum, str] = {
    Stage.NON_PARTY_PUBLIC: N_("non-Party public"),
    Stage.APPLICANT: N_("applicant for Party membership"),
    Stage.ACTIVIST: N_("Party activist"),
    Stage.DEVELOPMENT_TARGET: N_("development target"),
    Stage.PROBATIONARY_MEMBER: N_("probationary Party member"),
    Stage.FULL_MEMBER: N_("full Party member"),
}
TRACKS: Mapping[StrEnum, str] = {
    Track.BACKBONE_TO_MEMBER: N_("backbone into Party member"),
    Track.MEMBER_TO_BACKBONE: N_("Party member into backbone"),
}
GUIDES: Mapping[StrEnum, str] = {
    GuideKind.MENTOR: N_("mentor"),
    GuideKind.CONTACT: N_("cultivation contact"),
}
PAIRING_STATES: Mapping[StrEnum, str] = {
    PairingState.DRAFT: N_("being drawn up"),
    PairingState.CONFIRMED: N_("confirmed"),
    PairingState.ACTIVE: N_("active"),
    PairingState.PAUSED: N_("paused"),
    PairingState.COMPLETED: N_("completed"),
    PairingState.ENDED_EARLY: N_("ended early"),
}
STANDINGS: Mapping[StrEnum, str] = {
    Standing.ON_TRACK: N_("on plan"),
    Standing.BEHIND: N_("a little behind"),
    Standing.NEEDS_SUPPORT: N_("needs support"),
    Standing.REACHED: N_("reached"),
}
REVIEW_KINDS: Mapping[StrEnum, str] = {
    ReviewKind.NOTED: N_("noted"),
    ReviewKind.COMMENTED: N_("commented"),
    ReviewKind.PLEASE_ADD: N_("asked to add"),
    ReviewKind.HIGHLIGHT: N_("put forward as a highlight"),
}
NEED_KINDS: Mapping[StrEnum, str] = {
    NeedKind.INSTITUTION: N_("institution"),
    NeedKind.WORK: N_("work"),
    NeedKind.PEOPLE: N_("people"),
    NeedKind.FUNDS: N_("funds"),
    NeedKind.MATERIAL: N_("material"),
}
NEED_STATES: Mapping[StrEnum, str] = {
    NeedState.OPEN: N_("open"),
    NeedState.ANSWERED: N_("answered"),
    NeedState.SOLVED: N_("solved"),
    NeedState.WITHDRAWN: N_("taken back"),
}
ROTATION_STATES: Mapping[StrEnum, str] = {
    RotationState.PLANNED: N_("planned"),
    RotationState.IN_POST: N_("in post"),
    RotationState.EVALUATED: N_("evaluated"),
    RotationState.CLOSED: N_("closed"),
    RotationState.CANCELLED: N_("cancelled"),
}
CAPABILITIES: Mapping[StrEnum, str] = {
    Capability.INDEPENDENT: N_("can do it alone"),
    Capability.GUIDED: N_("needs guidance"),
    Capability.NEEDS_PRACTICE: N_("needs more practice"),
}
ROLES: Mapping[StrEnum, str] = {
    RoleKind.SECRETARY: N_("secretary"),
    RoleKind.OFFICER: N_("organisation officer"),
    RoleKind.ASSESSOR: N_("assessor"),
    RoleKind.ADMINISTRATOR: N_("administrator"),
}
TITLES: Mapping[str, str] = {
    "党委书记": N_("committee secretary"),
    "党委副书记": N_("deputy committee secretary"),
    "总支书记": N_("general branch secretary"),
    "总支副书记": N_("deputy general branch secretary"),
    "支部书记": N_("branch secretary"),
    "支部副书记": N_("deputy branch secretary"),
    "组织委员": N_("organisation commissioner"),
    "组织干事": N_("organisation officer"),
}
OWNER_ROLES: Mapping[StrEnum, str] = {
    OwnerRole.MENTOR: N_("guide"),
    OwnerRole.HOST: N_("host"),
    OwnerRole.SECRETARY: N_("secretary"),
    OwnerRole.OFFICER: N_("organisation officer"),
}
CONSENTS: Mapping[StrEnum, str] = {
    ConsentKind.USE: N_("use of my reports in the programme"),
    ConsentKind.PARTY_DATA: N_("handling of my Party data"),
    ConsentKind.TRANSFER_ABROAD: N_("transfer of messages through servers abroad"),
}
EDITIONS: Mapping[StrEnum, str] = {
    Edition.DRAFT: N_("draft"),
    Edition.CONFIRMED: N_("confirmed"),
    Edition.FINAL: N_("final"),
    Edition.LOCKED: N_("locked"),
}
REPORT_STATES: Mapping[StrEnum, str] = {
    ReportState.HANDED_IN: N_("handed in"),
    ReportState.EXCUSED: N_("excused"),
    ReportState.NOT_HANDED_IN: N_("not handed in"),
    ReportState.NOT_DUE_YET: N_("not due yet"),
}
_HOUR, _DAY = 60, 24 * 60


def stage(language: Language, value: Stage) -> str:
    return language.text(STAGES[value])


def track(language: Language, value: Track) -> str:
    return language.text(TRACKS[value])


def guide(language: Language, track: Track, stage: Stage) -> str:
    return called(language, guide_kind(track, stage))


def called(language: Language, kind: GuideKind) -> str:
    return language.text(GUIDES[kind])


def pairing_state(language: Language, value: PairingState) -> str:
    return language.text(PAIRING_STATES[value])


def standing(language: Language, value: Standing) -> str:
    return language.text(STANDINGS[value])


def review_kind(language: Language, value: ReviewKind) -> str:
    return language.text(REVIEW_KINDS[value])


def need_kind(language: Language, value: NeedKind) -> str:
    return language.text(NEED_KINDS[value])


def need_audience(language: Language, value: NeedAudience, guides: Collection[GuideKind]) -> str:
    """`guides`: what those are called who guide the one who asks."""
    if value is NeedAudience.SECRETARY_ONLY:
        return language.text("secretary only")
    names = language.names(called(language, one) for one in guides or (GuideKind.MENTOR,))
    return language.text("{guides} and secretary", guides=names)


def need_state(language: Language, value: NeedState) -> str:
    return language.text(NEED_STATES[value])


def rotation_state(language: Language, value: RotationState) -> str:
    return language.text(ROTATION_STATES[value])


def capability(language: Language, value: Capability) -> str:
    return language.text(CAPABILITIES[value])


def role(language: Language, value: RoleKind) -> str:
    return language.text(ROLES[value])


def title(language: Language, written: str, role: RoleKind) -> str:
    """A post in the reader's language; one from a roster that we have no word for stays as it was written."""
    known = TITLES.get(written)
    return language.text(known) if known else written or language.text(ROLES[role])


def behind_unit(unit: str, title: str) -> str:
    """A title as it stands right behind the unit's name: 变电检修党支部 and 支部书记 are 变电检修党支部书记."""
    for size in range(len(title) - 1, 1, -1):
        if unit.endswith(title[:size]) and not title[:size].isascii():
            return title[size:]
    return title


def owner_role(language: Language, value: OwnerRole) -> str:
    return language.text(OWNER_ROLES[value])


def consent(language: Language, value: ConsentKind) -> str:
    return language.text(CONSENTS[value])


def edition(language: Language, value: Edition) -> str:
    return language.text(EDITIONS[value])


def report_state(language: Language, value: ReportState) -> str:
    return language.text(REPORT_STATES[value])


def period(language: Language, key: str) -> str:
    """The days that a period's key stands for, `10-12 to 10-18`; a month by its name."""
    span = span_of(key)
    if span is None:
        return key
    first, last = span
    if cadence_of(key) is CadenceKind.MONTHLY:
        return language.month(key)
    return language.text("{start} to {end}", start=f"{first:%m-%d}", end=f"{last:%m-%d}")


def by_hand(language: Language, words: str, *, entered: bool) -> str:
    """A name or an answer in a list, marked where a secretary entered what is told there (代录)."""
    return language.text("{name} (entered by the secretary)", name=words) if words and entered else words


def capital(text: str) -> str:
    """A word as a button or a line begins with it; Chinese has no capitals."""
    return text[:1].upper() + text[1:]


def time_taken(language: Language, minutes: int) -> str:
    """`40分钟`, `2.5小时`, `1.5天`: as it is said, not as it is measured."""
    if minutes < _HOUR:
        return language.plural("{number} minute", "{number} minutes", minutes)
    if minutes < _DAY:
        return language.plural("{hours} hour", "{hours} hours", -(-minutes // _HOUR), hours=f"{minutes / _HOUR:g}")
    return language.plural("{days} day", "{days} days", -(-minutes // _DAY), days=f"{minutes / _DAY:g}")
