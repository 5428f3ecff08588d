"""Each problem of a roster's row, and each refusal of a whole workbook, as a sentence that says what to do."""

from __future__ import annotations

from typing import Protocol

from domain.pairings import Track
from domain.roster_columns import HEADERS, UnknownColumn
from domain.roster_rows import Problem
from domain.roster_secretaries import RosterSecretary
from locales import N_


class Say(Protocol):
    def __call__(self, message: str, /, **fields: object) -> str: ...


PROBLEMS: dict[str, str] = {
    "name_missing": N_("The name is empty: please fill it in and import again."),
    "staff_no_missing": N_("The staff number is empty: please fill it in and import again."),
    "staff_no_duplicate": N_("The staff number {value} also stands in row {rows}: please correct the wrong one."),
    "unit_missing": N_("The branch is empty: please fill in the full name of the branch."),
    "unit_unknown": N_(
        "There is no branch “{value}”: please write its name as in the organisation, or add it to the sheet 组织."
    ),
    "stage_unknown": N_(
        "“{value}” is no stage: please choose 群众, 入党申请人, 入党积极分子, 发展对象, 预备党员 or 正式党员."
    ),
    "backbone_unknown": N_("“{value}” is neither yes nor no: please write 是 or 否."),
    "track_unknown": N_(
        "“{value}” is no track: please choose 把骨干培养成党员 or 把党员培养成骨干, or leave it empty."
    ),
    "mentor_missing": N_("There is a track but no mentor: please fill in the mentor's name and staff number."),
    "mentor_unknown": N_("No mentor “{who}” was found: please check name and number, or add the mentor to the roster."),
    "mentor_ambiguous": N_("Several persons are called {name}: please fill in the mentor's staff number."),
    "mentor_is_self": N_("Mentor and mentee are the same person: please name another mentor."),
    "mentor_not_eligible": N_(
        "This mentor cannot be taken: a mentor is a full member, and on 把党员培养成骨干 a backbone too. "
        "Please name another, or correct the mentor's own row."
    ),
    "mentor_mismatch": N_("The staff number {number} is not that of {name}: please check which of the two is wrong."),
    "outcome_missing": N_("There is a track but no outcome: please write what is to be reached."),
    "cadence_unknown": N_("“{value}” is no cadence: please write 每周, 每两周 or 每月, or leave it empty."),
    "report_day_unknown": N_(
        "“{value}” is no day of reporting: please write a weekday such as 周五, or for monthly reports a day such as 25日."
    ),
    "date_invalid": N_(
        "“{value}” is no date: please write it like 2026-10-01, and a rotation like 2026-10-01至2026-12-31."
    ),
    "dates_reversed": N_("The end, {last}, lies before the start, {first}: please check both dates."),
    "rotation_incomplete": N_(
        "The rotation is incomplete: please fill in post, unit and dates, or leave all three empty."
    ),
    "rotation_unit_unknown": N_(
        "There is no branch “{value}” to rotate to: please write its name as in the organisation."
    ),
    "text_too_long": N_("The text has {length} characters: please shorten it to {limit}."),
}
STAGE_MISSING = N_("The stage is empty: please choose 群众, 入党申请人, 入党积极分子, 发展对象, 预备党员 or 正式党员.")
TRACK_MISMATCHES: dict[Track, str] = {
    Track.BACKBONE_TO_MEMBER: N_(
        "把骨干培养成党员 is for a backbone who is not yet a full member: please check stage, backbone and track."
    ),
    Track.MEMBER_TO_BACKBONE: N_(
        "把党员培养成骨干 is for a full or probationary member: please check stage and track."
    ),
}
UNKNOWN_COLUMN = N_("The header “{header}” is not known, so its column is left alone.")
LIKELY_COLUMN = N_("The header “{header}” is not known, so its column is left alone. Is it meant to be “{nearest}”?")
SECRETARY_PROBLEMS: dict[str, str] = {
    "unit_unknown": N_(
        "Sheet 书记, row {row}: there is no unit “{unit}”. Please write its name as in the organisation."
    ),
    "title_unknown": N_("Sheet 书记, row {row}: “{title}” is no post that we know, such as 支部书记 or 组织委员."),
    "person_unknown": N_("Sheet 书记, row {row}: {name} {staff_no} is not in the roster. Please add the person first."),
    "person_mismatch": N_("Sheet 书记, row {row}: the number {staff_no} is not that of {name}. Please check both."),
    "person_ambiguous": N_(
        "Sheet 书记, row {row}: several persons are called {name}. Please fill in the staff number."
    ),
}
REFUSALS: dict[str, str] = {
    "workbook_empty": N_("The file is empty. Please choose the roster once more and send it again."),
    "workbook_too_large": N_(
        "The file is larger than {megabytes} MB. Please delete pictures and what is not needed, and send it again."
    ),
    "workbook_not_a_workbook": N_(
        "This is no Excel workbook (.xlsx). Please open the roster in Excel or WPS, save it as .xlsx and send that."
    ),
    "workbook_old_format": N_(
        "This is the old format .xls. Please open it in Excel or WPS, save it as .xlsx and send that."
    ),
    "workbook_encrypted": N_("The workbook has a password. Please take the password off, save it and send it again."),
    "workbook_unreadable": N_(
        "The workbook is damaged or too complex to be read. Please open it, save it as a new .xlsx and send that; "
        "if it is very large, split it."
    ),
    "workbook_too_slow": N_(
        "Reading the workbook took more than {seconds} seconds. Please copy the roster alone into a new workbook."
    ),
    "workbook_bomb": N_(
        "Unpacked, the file would be unusually large, so it was not opened. "
        "Please copy the roster into a new workbook and send that."
    ),
    "workbook_unsafe": N_(
        "The file has parts that do not belong into a workbook, so it was not opened. "
        "Please copy the roster into a new workbook and send that."
    ),
    "workbook_too_many_rows": N_(
        "A sheet has more than {limit} rows, perhaps empty ones with a format. "
        "Please copy the roster into a new workbook and send that."
    ),
    "workbook_too_many_columns": N_(
        "A sheet has more than {limit} columns. Please copy the roster alone into a new workbook and send that."
    ),
    "workbook_no_header": N_(
        "No header was found on the sheet “{sheet}”: one row needs 姓名 and 工号. "
        "The empty template shows how it is meant."
    ),
    "roster_column_key": N_("There is no column “{key}” for the header “{header}”. There are: {keys}."),
    "roster_unit_unclear": N_(
        "Sheet {sheet}, row {row}: a unit needs a name and one of 党委, 党总支, 党支部, 党小组; found: “{name}”, “{kind}”."
    ),
    "roster_unit_twice": N_(
        "Two units are called “{name}”, beneath “{parent}” and beneath “{other}”. Please give each a name of its own."
    ),
    "roster_unit_parent": N_(
        "Sheet 组织, row {row}: “{name}” cannot stand beneath “{parent}”. Please name a higher unit that is on the sheet."
    ),
}


def problem_sentence(say: Say, problem: Problem) -> str:
    track = problem.fields.get("track")
    if problem.code == "track_mismatch" and isinstance(track, Track):
        return say(TRACK_MISMATCHES[track])
    if problem.code == "stage_unknown" and not problem.fields.get("value"):
        return say(STAGE_MISSING)
    return say(PROBLEMS[problem.code], **problem.fields)


def column_sentence(say: Say, column: UnknownColumn) -> str:
    if column.nearest is None:
        return say(UNKNOWN_COLUMN, header=column.header)
    nearest = f"{HEADERS[column.nearest][0]} ({column.nearest})"
    return say(LIKELY_COLUMN, header=column.header, nearest=nearest)


def secretary_sentence(say: Say, line: RosterSecretary, code: str) -> str:
    fields = {"row": line.row, "unit": line.unit, "title": line.title, "name": line.name, "staff_no": line.staff_no}
    return say(SECRETARY_PROBLEMS[code], **fields)
