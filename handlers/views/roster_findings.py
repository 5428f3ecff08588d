"""Each finding of a comparison in a line, and how many there are of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.roles import RoleKind
from domain.roster_columns import HEADERS, Column
from handlers.views.page import Html, Say, text
from locales import N_
from reports import words
from services.roster_preview import Fields, Finding, FindingKind, Question

COUNTS: Mapping[FindingKind, str] = {
    FindingKind.PERSON_NEW: N_("New people: {number}"),
    FindingKind.PERSON_CHANGED: N_("Changed people: {number}"),
    FindingKind.PERSON_ABSENT: N_("Not in the file, left as they are: {number}"),
    FindingKind.UNIT_NEW: N_("New units: {number}"),
    FindingKind.GROUP_NEW: N_("New Party groups: {number}"),
    FindingKind.ROLE_NEW: N_("New posts: {number}"),
    FindingKind.PAIRING_NEW: N_("New pairings: {number}"),
    FindingKind.PAIRING_CHANGED: N_("Changed pairings: {number}"),
    FindingKind.ROTATION_NEW: N_("New rotations: {number}"),
    FindingKind.ROTATION_CHANGED: N_("Changed rotations: {number}"),
}
QUESTIONS: Mapping[FindingKind, str] = {
    FindingKind.PERSON_CHANGED: N_("Changed"),
    FindingKind.PERSON_ABSENT: N_("Not in the file, left as they are"),
    FindingKind.GROUP_NEW: N_("New Party groups: please check the names"),
    FindingKind.ROLE_NEW: N_("New posts"),
    FindingKind.PAIRING_CHANGED: N_("Pairings that change; a proposal is confirmed anew"),
    FindingKind.PAIRING_DIFFERS: N_("Pairings that have begun keep their terms; please change them under “Pairings”"),
    FindingKind.ROTATION_CHANGED: N_("Rotations that change"),
    FindingKind.ROTATION_DIFFERS: N_("Rotations that stay as arranged; please change them under “Rotations”"),
    FindingKind.OUTGROWN: N_("Full members now: their pairings can be completed"),
    FindingKind.RENAME: N_("One number, two names: is it the same person?"),
    FindingKind.SUBSTITUTION: N_("Somebody else guides in the file: is the guide to be replaced?"),
    FindingKind.HOST_LINK: N_("Is the host this person of the roster?"),
}
"""What stands over the lines of a kind; the others are only counted."""
OFFERS: Mapping[Question, str] = {
    Question.RENAME: N_("Same person: take the new names ({number})"),
    Question.SUBSTITUTION: N_("Replace the guides ({number})"),
    Question.HOST_LINK: N_("Link the hosts ({number})"),
}
LEFT_OUT = N_("the rules do not allow it as it stands in the file")

FIELDS: Mapping[str, str] = {
    "name": N_("name"),
    "stage": N_("stage"),
    "backbone": N_("backbone"),
    "specialty": N_("specialty"),
    "post": N_("post"),
    "remark": N_("remark"),
    "unit": N_("branch or group"),
    "left_on": N_("is back"),
    "mentor": N_("mentor"),
    "direction": N_("direction"),
    "cadence": N_("how often reports are due"),
    "report_day": N_("day of reporting"),
    "starts_on": N_("first day"),
    "agreed_on": N_("day of signing"),
    "outcome": N_("outcome"),
    "measure": N_("how it is measured"),
    "outcome_due": N_("by when"),
    "rotation_unit": N_("receiving unit"),
    "rotation_post": N_("post in the rotation"),
    "rotation_to": N_("last day"),
    "rotation_team": N_("team"),
    "rotation_host": N_("host"),
}


def column_word(column: Column) -> str:
    """The import's format is Chinese whatever language its reader has chosen."""
    return HEADERS[column][0]


def finding_line(finding: Finding, say: Say) -> Html | None:
    """None for what is only counted."""
    line = _LINES.get(finding.kind)
    return line(finding.fields, say) if line else None


def _one(fields: Fields, name: str) -> str:
    value = fields.get(name, "")
    return value if isinstance(value, str) else "、".join(value)


def _names(fields: Fields, name: str, say: Say) -> str:
    value = fields.get(name, [])
    return say.names([value] if isinstance(value, str) else value)


def _changed(fields: Fields, say: Say) -> Html:
    what = say.names([say.plain(FIELDS[field]) for field in fields.get("fields", ())])
    return say("{name}: {what}", name=_one(fields, "name"), what=what)


def _person(fields: Fields, say: Say) -> Html:
    return say(
        "{name} ({staff_no}), {unit}",
        name=_one(fields, "name"), staff_no=_one(fields, "staff_no"), unit=_one(fields, "unit"),
    )  # fmt: skip


def _group(fields: Fields, say: Say) -> Html:
    return say("{parent}: {name}", parent=_one(fields, "parent"), name=_one(fields, "name"))


def _role(fields: Fields, say: Say) -> Html:
    return say(
        "{name}: {title} of {unit}",
        name=_one(fields, "name"), title=words.title(say.language, _one(fields, "title"), RoleKind.SECRETARY), unit=_one(fields, "unit"),
    )  # fmt: skip


def _outgrown(fields: Fields, say: Say) -> Html:  # noqa: ARG001 - the shape of every line
    return text(_one(fields, "name"))


def _rename(fields: Fields, say: Say) -> Html:
    return say(
        "{staff_no}: {old} here, {new} in the file",
        staff_no=_one(fields, "staff_no"), old=_one(fields, "old"), new=_one(fields, "new"),
    )  # fmt: skip


def _substitution(fields: Fields, say: Say) -> Html:
    return say(
        "{name}: guided by {old} now, by {new} in the file",
        name=_one(fields, "name"), old=_names(fields, "old", say), new=_one(fields, "new"),
    )  # fmt: skip


def _host(fields: Fields, say: Say) -> Html:
    return say(
        "{name}: host {host} ({staff_no})",
        name=_one(fields, "name"), host=_one(fields, "host"), staff_no=_one(fields, "staff_no"),
    )  # fmt: skip


_LINES: Mapping[FindingKind, Callable[[Fields, Say], Html]] = {
    FindingKind.PERSON_CHANGED: _changed,
    FindingKind.PERSON_ABSENT: _person,
    FindingKind.GROUP_NEW: _group,
    FindingKind.ROLE_NEW: _role,
    FindingKind.PAIRING_CHANGED: _changed,
    FindingKind.PAIRING_DIFFERS: _changed,
    FindingKind.ROTATION_CHANGED: _changed,
    FindingKind.ROTATION_DIFFERS: _changed,
    FindingKind.OUTGROWN: _outgrown,
    FindingKind.RENAME: _rename,
    FindingKind.SUBSTITUTION: _substitution,
    FindingKind.HOST_LINK: _host,
}
