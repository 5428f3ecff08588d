"""A roster is compared and applied on both engines: what is new, what has changed, and nothing the second time."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Select, func, select

from domain.actors import Actor
from domain.people import staff_key
from domain.refusals import Refusal
from domain.roles import Role, RoleKind
from domain.roster import RosterReading, read_roster
from domain.roster_rows import RosterRow, RosterValues, RowStatus
from domain.roster_units import Known
from reports.roster_workbook import roster_workbook
from reports.workbook_reading import read_workbook
from services import audit_seals, roster, roster_export
from services.roster_preview import FindingKind, Question, RosterPreview, RosterResult
from storage.database import Database, Reader
from storage.tables import audit, audit_value, outbox, pairing, pairing_mentor, person, role, rotation, unit
from tests.roster.offices import (
    BRANCH,
    CHEN_JING,
    FILES,
    LI_MING,
    OTHER_BRANCH,
    PAIRED,
    ROTATING,
    UNITS,
    WANG_FANG,
    ZHAO_QIANG,
    Person,
    people_sheet,
)

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
TABLES = (unit, person, role, pairing, pairing_mentor, rotation, audit, outbox)
EVERYONE = (LI_MING, WANG_FANG, ZHAO_QIANG, CHEN_JING)
SHEETS = ("组织", "书记")


def administrator() -> Actor:
    return Actor(now=NOW, locale="zh_Hans", name="command", roles=(Role(RoleKind.ADMINISTRATOR, None),))


async def office(database: Database, *people: Person, accepted: Iterable[Question] = ()) -> RosterResult:
    """What our office has sent in, imported by an administrator."""
    return await imported(database, await read(database, *people), accepted=accepted)


async def read(database: Database, *people: Person) -> RosterReading:
    known = await database.read(roster.known)
    return read_roster([people_sheet(*people), UNITS], known)


async def imported(
    database: Database, reading: RosterReading, actor: Actor | None = None, accepted: Iterable[Question] = ()
) -> RosterResult:
    by = actor or administrator()
    return await database.write(lambda tx: roster.apply(tx, by, reading, tuple(accepted)))


async def compared(database: Database, reading: RosterReading, actor: Actor | None = None) -> RosterPreview:
    by = actor or administrator()
    return (await database.read(lambda tx: roster.compare(tx, by, reading))).preview


async def from_file(database: Database, path: Path) -> RosterReading:
    known = await database.read(roster.known)
    return read_roster(read_workbook(path, SHEETS), known)


async def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Everything that an import may touch."""

    def look(tx: Reader) -> dict[str, list[tuple[object, ...]]]:
        return {table.name: [tuple(row) for row in tx.all(select(table).order_by(table.c.id))] for table in TABLES}

    return await database.read(look)


async def acting(database: Database, kind: RoleKind, unit_name: str) -> Actor:
    def find(tx: Reader) -> int:
        return int(tx.scalar(select(unit.c.id).where(unit.c.name == unit_name)))

    return Actor(now=NOW, locale="zh_Hans", account_id=None, roles=(Role(kind, await database.read(find)),))


def codes(preview: RosterPreview) -> list[tuple[int, str]]:
    return [(one.row, one.problem.code) for one in preview.problems]


def found(preview: RosterPreview, kind: FindingKind) -> list[dict[str, object]]:
    return [dict(one.fields) for one in preview.findings if one.kind is kind]


async def test_a_first_roster_founds_the_organisation(database: Database) -> None:
    reading = await from_file(database, FILES / "roster-clean.xlsx")
    preview = await compared(database, reading)
    assert (preview.people, preview.kept_out, preview.problems, preview.secretary_problems) == (246, 0, (), ())
    result = await imported(database, reading)
    assert result.left_out == ()

    def count(tx: Reader) -> list[int]:
        return [tx.scalar(select(func.count()).select_from(table)) for table in (unit, person, pairing, rotation, role)]

    assert await database.read(count) == [35, 246, 60, 30, 12]
    kinds = (FindingKind.PERSON_NEW, FindingKind.PAIRING_NEW, FindingKind.ROTATION_NEW, FindingKind.ROLE_NEW)
    assert [preview.counts[kind] for kind in kinds] == [246, 60, 30, 12]


async def test_the_same_file_again_changes_nothing(database: Database) -> None:
    path = FILES / "roster-clean.xlsx"
    await imported(database, await from_file(database, path))
    before = await rows(database)
    again = await from_file(database, path)
    assert (await compared(database, again)).changes_nothing
    result = await imported(database, again)
    assert (result.preview.unchanged, result.left_out) == (246, ())
    assert await rows(database) == before


async def test_a_messy_roster_brings_in_what_is_in_order(database: Database) -> None:
    path = FILES / "roster-messy.xlsx"
    reading = await from_file(database, path)
    result = await imported(database, reading)
    assert (result.preview.people, result.preview.kept_out, result.left_out) == (132, 28, ())
    assert result.preview.counts[FindingKind.PERSON_NEW] == 104
    assert (12, "mentor_ambiguous") in codes(result.preview)
    assert [(one.line.name, one.code) for one in result.preview.secretary_problems] == [("潘欣娜", "person_kept_out")]
    before = await rows(database)
    again = await imported(database, await from_file(database, path))
    assert (again.preview.unchanged, again.preview.changes_nothing) == (104, True)
    assert await rows(database) == before


async def test_what_is_exported_reads_as_what_was_imported(database: Database) -> None:
    reading = await from_file(database, FILES / "roster-clean.xlsx")
    await imported(database, reading)
    before = await rows(database)
    kept = await database.read(lambda tx: roster_export.current(tx, administrator()))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "current.xlsx"
        path.write_bytes(roster_workbook(kept.people, kept.units, kept.secretaries))
        again = await from_file(database, path)
    assert said(again.rows) == {key: with_usual_cadence(values) for key, values in said(reading.rows).items()}
    assert {(one.name, one.kind, one.parent) for one in again.units} == {
        (one.name, one.kind, one.parent) for one in reading.units
    }
    assert {(one.unit, one.title, one.staff_no) for one in again.secretaries} == {
        (one.unit, one.title, one.staff_no) for one in reading.secretaries
    }
    assert (await imported(database, again)).preview.changes_nothing
    assert await rows(database) == before


def said(lines: Iterable[RosterRow]) -> dict[str, RosterValues]:
    return {staff_key(row.values.staff_no): row.values for row in lines if row.status is RowStatus.OK}


def with_usual_cadence(values: RosterValues) -> RosterValues:
    """What the file leaves open to the unit is written out: weekly on Fridays."""
    if values.track is None or values.cadence is not None:
        return values
    from domain.periods import CadenceKind

    return values._replace(cadence=CadenceKind.WEEKLY, report_day="fri")


async def test_what_has_changed_is_named_and_nothing_else(database: Database) -> None:
    await office(database, *EVERYONE)
    changed = LI_MING | {"政治面貌": "发展对象", "专业": "继电保护", "岗位": "班长", "党小组": "第一党小组"}
    reading = await read(database, changed, WANG_FANG, ZHAO_QIANG)
    preview = await compared(database, reading)
    assert found(preview, FindingKind.PERSON_CHANGED) == [
        {"name": "李明", "staff_no": "000101", "fields": ["stage", "post", "unit"]}
    ]
    assert found(preview, FindingKind.PERSON_ABSENT) == [{"name": "陈静", "staff_no": "000104", "unit": BRANCH}]
    assert preview.unchanged == 2
    await imported(database, reading)
    assert (await compared(database, await read(database, changed, *EVERYONE[1:]))).changes_nothing


async def test_a_column_that_the_file_does_not_have_is_left_alone(database: Database) -> None:
    await office(database, *EVERYONE)
    bare = {name: value for name, value in LI_MING.items() if name not in ("专业", "岗位", "是否骨干")}
    assert (await compared(database, await read(database, bare))).unchanged == 1


async def test_an_empty_cell_empties_what_was_there(database: Database) -> None:
    await office(database, *EVERYONE)
    preview = await compared(database, await read(database, LI_MING | {"专业": ""}))
    assert found(preview, FindingKind.PERSON_CHANGED)[0]["fields"] == ["specialty"]


async def test_a_number_matches_without_its_leading_zeros(database: Database) -> None:
    await office(database, *EVERYONE)
    assert (
        await compared(database, await read(database, *(one | {"工号": str(one["工号"])[3:]} for one in EVERYONE)))
    ).unchanged == 4


async def test_a_known_number_with_another_name_is_a_question(database: Database) -> None:
    await office(database, *EVERYONE)
    renamed = LI_MING | {"姓名": "李鸣"}
    preview = await compared(database, await read(database, renamed, WANG_FANG))
    assert found(preview, FindingKind.RENAME) == [{"staff_no": "000101", "old": "李明", "new": "李鸣"}]
    before = await rows(database)
    await office(database, renamed, WANG_FANG)
    assert await rows(database) == before
    result = await office(database, renamed, WANG_FANG, accepted=[Question.RENAME])
    assert found(result.preview, FindingKind.PERSON_CHANGED)[0]["fields"] == ["name"]
    pinyin = await database.read(lambda tx: tx.scalar(select(person.c.pinyin).where(person.c.name == "李鸣")))
    assert pinyin == "li ming liming lm"


async def test_a_changed_mentor_is_a_substitution_to_confirm(database: Database) -> None:
    await office(database, LI_MING | PAIRED, *EVERYONE[1:])
    other = LI_MING | PAIRED | {"导师姓名": "赵强", "导师工号": "000103"}
    preview = await compared(database, await read(database, other, *EVERYONE[1:]))
    assert found(preview, FindingKind.SUBSTITUTION) == [{"name": "李明", "old": ["王芳"], "new": "赵强"}]
    before = await rows(database)
    await office(database, other, *EVERYONE[1:])
    assert await rows(database) == before
    result = await office(database, other, *EVERYONE[1:], accepted=[Question.SUBSTITUTION])
    assert result.left_out == ()
    assert (await compared(database, await read(database, other, *EVERYONE[1:]))).changes_nothing


async def test_whoever_outgrew_the_track_is_proposed_for_completion(database: Database) -> None:
    await office(database, LI_MING | PAIRED, *EVERYONE[1:])
    grown = LI_MING | PAIRED | {"政治面貌": "正式党员"}
    preview = await compared(database, await read(database, grown, *EVERYONE[1:]))
    assert found(preview, FindingKind.OUTGROWN) == [{"name": "李明"}]
    assert codes(preview) == []


async def test_mentor_and_secretary_are_told_of_a_stage_that_outgrew_the_track(database: Database) -> None:
    complete = PAIRED | {"具体方向": "理论学习", "衡量标准": "支部大会通过", "目标完成时间": "2027-06-30"}
    signed = LI_MING | complete | {"签订日期": "2026-11-20"}
    await office(database, signed, *EVERYONE[1:])
    for _ in range(2):
        await office(database, signed | {"政治面貌": "正式党员"}, *EVERYONE[1:])
    told = await database.read(
        lambda tx: list(
            tx.scalars(
                select(person.c.name)
                .join(outbox, outbox.c.person_id == person.c.id)
                .where(outbox.c.unique_key.like("pairing.notice:%:outgrown:%"))
                .order_by(person.c.name)
            )
        )
    )
    assert told == ["王芳"]


async def test_a_paper_agreement_that_comes_later_starts_the_pairing(database: Database) -> None:
    complete = PAIRED | {"具体方向": "理论学习", "衡量标准": "支部大会通过", "目标完成时间": "2027-06-30"}
    await office(database, LI_MING | complete, *EVERYONE[1:])
    signed = LI_MING | complete | {"签订日期": "2026-11-20"}
    result = await office(database, signed, *EVERYONE[1:])
    assert found(result.preview, FindingKind.PAIRING_CHANGED) == [{"name": "李明", "fields": ["agreed_on"]}]
    assert await database.read(lambda tx: tx.scalar(select(pairing.c.state))) == "active"
    other = signed | {"具体方向": "实践锻炼"}
    preview = await compared(database, await read(database, other, *EVERYONE[1:]))
    assert found(preview, FindingKind.PAIRING_DIFFERS) == [{"name": "李明", "fields": ["direction"]}]
    assert preview.changes_nothing


async def test_a_mentor_whose_row_is_kept_out_leaves_the_pairing_waiting(database: Database) -> None:
    preview = await compared(database, await read(database, LI_MING | PAIRED, WANG_FANG | {"岗位": "长" * 1001}))
    assert codes(preview) == [(2, "mentor_kept_out"), (3, "text_too_long")]
    result = await office(database, LI_MING | PAIRED, WANG_FANG | {"岗位": "长" * 1001})
    assert (len(found(result.preview, FindingKind.PERSON_NEW)), result.left_out) == (1, ())


async def test_a_mentor_with_too_many_mentees_leaves_only_that_pairing_out(database: Database) -> None:
    many = [LI_MING | PAIRED | {"姓名": f"李明{n}", "工号": f"00020{n}"} for n in range(4)]
    result = await office(database, *many, WANG_FANG)
    assert [(one.row, one.name, one.code) for one in result.left_out] == [(5, "李明3", "mentor_full")]


async def test_overlapping_rotations_are_a_problem_of_the_row(database: Database) -> None:
    await office(database, LI_MING | ROTATING, *EVERYONE[1:])
    assert (await compared(database, await read(database, LI_MING | ROTATING, *EVERYONE[1:]))).changes_nothing
    other = LI_MING | ROTATING | {"轮岗起止": "2026-11-01至2027-01-31"}
    assert codes(await compared(database, await read(database, other))) == [(2, "rotation_overlap")]
    longer = LI_MING | ROTATING | {"轮岗起止": "2026-10-01至2027-01-31"}
    result = await office(database, longer, *EVERYONE[1:])
    assert found(result.preview, FindingKind.ROTATION_CHANGED) == [{"name": "李明", "fields": ["rotation_to"]}]
    assert result.left_out == ()


async def test_names_of_an_alphabet_keep_their_words_apart_and_find_each_other(database: Database) -> None:
    mentor, host = WANG_FANG | {"姓名": "Wang Fang"}, ZHAO_QIANG | {"姓名": "Zhao  Qiang "}
    told = {"姓名": "Li Ming", "导师姓名": "WangFang", "导师工号": "", "带教人": "Zhao Qiang"}
    everyone = (LI_MING | PAIRED | ROTATING | told, mentor, host)
    result = await office(database, *everyone, accepted=[Question.HOST_LINK])
    assert (result.preview.problems, len(found(result.preview, FindingKind.PAIRING_NEW))) == ((), 1)
    assert await names(database, select(person.c.name)) == ["Li Ming", "Wang Fang", "Zhao Qiang"]
    hosts = select(person.c.name).join(rotation, rotation.c.host_id == person.c.id)
    assert await names(database, hosts) == ["Zhao Qiang"]
    assert (await compared(database, await read(database, *everyone))).changes_nothing


async def names(database: Database, statement: Select[tuple[str]]) -> list[str]:
    return sorted(await database.read(lambda tx: [row.name for row in tx.all(statement)]))


async def test_a_host_who_is_one_known_person_is_offered_as_a_link(database: Database) -> None:
    hosted = LI_MING | ROTATING | {"带教人": "赵强"}
    result = await office(database, hosted, *EVERYONE[1:])
    offer = [{"name": "李明", "host": "赵强", "staff_no": "000103"}]
    assert found(result.preview, FindingKind.HOST_LINK) == offer
    await office(database, hosted, *EVERYONE[1:], accepted=[Question.HOST_LINK])
    host = select(person.c.name).join(rotation, rotation.c.host_id == person.c.id)
    assert await database.read(lambda tx: tx.scalar(host)) == "赵强"
    assert found(await compared(database, await read(database, hosted, *EVERYONE[1:])), FindingKind.HOST_LINK) == []


async def test_a_branch_secretary_imports_her_own_branch_only(database: Database) -> None:
    await office(database, *EVERYONE)
    her = await acting(database, RoleKind.SECRETARY, BRANCH)
    changed = [
        LI_MING | {"岗位": "班长"},
        ZHAO_QIANG | {"岗位": "班长"},
        ZHAO_QIANG | {"工号": "000999", "姓名": "赵刚"},
    ]
    reading = await read(database, *changed, CHEN_JING | {"所在党支部": OTHER_BRANCH})
    result = await imported(database, reading, her)
    assert codes(result.preview) == [(n, "person_not_yours") for n in (3, 4, 5)]
    assert found(result.preview, FindingKind.PERSON_CHANGED) == [
        {"name": "李明", "staff_no": "000101", "fields": ["post"]}
    ]
    assert [one["name"] for one in found(result.preview, FindingKind.PERSON_ABSENT)] == ["王芳"]


async def test_a_branch_secretary_cannot_draw_somebody_over(database: Database) -> None:
    await office(database, *EVERYONE)
    her = await acting(database, RoleKind.SECRETARY, BRANCH)
    reading = await read(database, ZHAO_QIANG | {"所在党支部": BRANCH})
    assert codes(await compared(database, reading, her)) == [(2, "person_not_yours")]


async def test_the_officer_of_the_committee_imports_everything(database: Database) -> None:
    await office(database, *EVERYONE)
    officer = await acting(database, RoleKind.OFFICER, "示例公司党委")
    result = await imported(database, await read(database, ZHAO_QIANG | {"岗位": "班长"}), officer)
    assert (result.preview.problems, len(found(result.preview, FindingKind.PERSON_CHANGED))) == ((), 1)


async def test_whoever_leads_nothing_is_refused(database: Database) -> None:
    await office(database, *EVERYONE)
    reading = await read(database, LI_MING)
    stranger = Actor(now=NOW, locale="zh_Hans", telegram_id=7)
    for deed in (compared, imported):
        with pytest.raises(Refusal, match="roster_not_yours"):
            await deed(database, reading, stranger)
    with pytest.raises(Refusal, match="roster_not_yours"):
        await database.read(lambda tx: roster_export.current(tx, stranger))


async def test_a_second_committee_is_refused(database: Database) -> None:
    await office(database, *EVERYONE)
    other = dataclasses.replace(UNITS, rows=[["名称", "类别", "上级"], ["另一公司党委", "党委", ""]])
    known = await database.read(roster.known)
    reading = read_roster([people_sheet(LI_MING), other], known)
    with pytest.raises(Refusal, match="roster_two_committees"):
        await compared(database, reading)


async def test_somebody_who_had_left_is_back(database: Database) -> None:
    await office(database, *EVERYONE)
    await database.write(
        lambda tx: tx.run(person.update().where(person.c.name == "李明").values(left_on=date(2026, 9, 1)))
    )
    result = await office(database, *EVERYONE)
    assert found(result.preview, FindingKind.PERSON_CHANGED)[0]["fields"] == ["left_on"]


async def test_two_imports_at_once_add_everybody_once(database: Database) -> None:
    reading = await read(database, LI_MING | PAIRED | ROTATING, *EVERYONE[1:])
    results = await asyncio.gather(imported(database, reading), imported(database, reading))
    assert sorted(result.preview.counts.get(FindingKind.PERSON_NEW, 0) for result in results) == [0, 4]
    count = select(func.count()).select_from(pairing)
    assert await database.read(lambda tx: tx.scalar(count)) == 1


async def test_what_was_compared_before_is_written_as_long_as_it_still_holds(database: Database) -> None:
    reading = await read(database, *EVERYONE)
    before = await database.read(lambda tx: roster.compare(tx, administrator(), reading))
    result = await database.write(lambda tx: roster.apply(tx, administrator(), reading, before=before))
    assert result.preview is before.preview
    again = await database.write(lambda tx: roster.apply(tx, administrator(), reading, before=before))
    assert (again.preview.unchanged, again.preview.changes_nothing) == (4, True)


async def test_what_has_changed_since_the_comparison_is_compared_anew(database: Database) -> None:
    await office(database, *EVERYONE)
    reading = await read(database, LI_MING | {"岗位": "班长"}, *EVERYONE[1:])
    before = await database.read(lambda tx: roster.compare(tx, administrator(), reading))
    await database.write(lambda tx: tx.run(person.update().where(person.c.name == "王芳").values(post="班长")))
    result = await database.write(lambda tx: roster.apply(tx, administrator(), reading, before=before))
    assert found(before.preview, FindingKind.PERSON_CHANGED) != found(result.preview, FindingKind.PERSON_CHANGED)
    assert [one["name"] for one in found(result.preview, FindingKind.PERSON_CHANGED)] == ["李明", "王芳"]


async def test_a_yes_that_came_after_the_comparison_counts(database: Database) -> None:
    await office(database, *EVERYONE)
    reading = await read(database, LI_MING | {"姓名": "李鸣"}, *EVERYONE[1:])
    before = await database.read(lambda tx: roster.compare(tx, administrator(), reading))
    yes = (Question.RENAME,)
    result = await database.write(lambda tx: roster.apply(tx, administrator(), reading, yes, before=before))
    assert found(result.preview, FindingKind.PERSON_CHANGED)[0]["fields"] == ["name"]


async def test_the_values_of_an_import_agree_with_their_digests(database: Database) -> None:
    await office(database, *EVERYONE)
    await office(database, LI_MING | {"岗位": "班长"}, *EVERYONE[1:])
    while await database.write(lambda tx: audit_seals.seal_audit(tx, administrator())):
        pass
    assert await database.read(audit_seals.verify) == []
    kept = select(audit.c.verb, audit_value.c.old, audit_value.c.new).join(audit_value).order_by(audit.c.id)
    *_, last = [row for row in await database.read(lambda tx: tx.all(kept)) if row.verb == "person:changed"]
    assert (last.old, last.new) == ({"post": LI_MING["岗位"]}, {"post": "班长"})


async def test_nothing_is_known_at_first(database: Database) -> None:
    assert await database.read(roster.known) == Known()
