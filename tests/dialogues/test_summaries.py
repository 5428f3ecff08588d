"""The month comes by itself, on the right day and hour, to those who answer for it; and whoever asks gets it at any time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from typing import Any

import docx
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from domain.roles import RoleKind
from emulator.phone import Seen
from services import deployment
from storage import recounts
from storage.database import Writer
from storage.tables import duty, role, summary, unit
from tests.services.written_months import Organisation, at
from tests.stage import BRANCH, COMMITTEE, GENERAL_BRANCH, OTHER_BRANCH, Player, Stage

FIRST, THIRD, LOCK = at("2026-11-02", "09:00"), at("2026-11-04", "09:00"), at("2026-11-06", "09:00")
A_MINUTE = dt.timedelta(minutes=1)
TITLE = "变电检修党支部2026年10月小结（{}）"


@dataclass(frozen=True, slots=True)
class October:
    pairing: int
    open_duty: int


async def october(stage: Stage) -> October:
    """李明 reported once in time and once not yet; he reached one outcome and wants a test bench.

    The assistant has been running before, so September is locked and nobody is told of it.
    """
    await stage.at(at("2026-10-14"))

    def write(tx: Writer) -> October:
        made, li_ming = Organisation(tx, 500), stage["李明"].person_id
        pairing = made.pairing(li_ming, stage["王芳"].person_id)
        in_time = made.reported(pairing, li_ming, "2026-10-09", at("2026-10-09"))
        made.review(in_time, stage["王芳"].person_id, "noted", at("2026-10-10"))
        missing = made.duty(pairing, li_ming, "2026-10-23")
        done = {"reached_on": dt.date(2026, 10, 20), "claimed_at": at("2026-10-20"), "verified_at": at("2026-10-21")}
        made.outcome(pairing, "独立完成保护校验", "2026-10-23", **done)
        made.need(li_ming, "material", at("2026-10-21"), owner_id=stage["陈静"].person_id)
        return October(pairing, missing)

    return await stage.database.write(write)


async def report_late(stage: Stage, month: October) -> None:
    def write(tx: Writer) -> None:
        tx.run(duty.update().where(duty.c.id == month.open_duty).values(state="done", done_at=at("2026-11-03")))
        recounts.note_duties(tx, [month.open_duty])
        Organisation(tx, 600).report(month.open_duty, stage["李明"].person_id, "2026-10", at("2026-11-03"))

    await stage.database.write(write)


async def told(player: Player) -> list[Seen]:
    """Every summary that came, each the text and the files after it."""
    return [one for one in await player.phone.messages() if one.from_bot and ("小结（" in one.text or one.file)]


async def texts(player: Player) -> list[str]:
    return [one.text for one in await told(player) if not one.file]


async def sheets(player: Player, document: Seen) -> dict[str, list[list[Any]]]:
    """The rows of every sheet beneath its header, as another program reads them."""
    assert document.file
    book = CalamineWorkbook.from_filelike(BytesIO(await player.phone.download(document.file)))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)[3:] for name in book.sheet_names}


async def test_the_secretary_gets_the_draft_on_the_first_working_day_at_nine(stage: Stage) -> None:
    await october(stage)
    await stage.at(FIRST - A_MINUTE)
    assert await told(stage["陈静"]) == []
    await stage.at(FIRST)
    text, picture, document = await told(stage["陈静"])
    assert text.text.startswith(
        "变电检修党支部2026年10月小结（初稿）：达成成效1项，1件待协调。请核对，可补充几句，确认后上报。"
    )
    assert "2026年11月6日（星期五）锁定前" in text.text
    assert TITLE.format("初稿") in text.text
    assert "李明" in text.text
    assert "试验台不够用：待协调，李明同志提出，陈静同志负责，已提出10天" in text.text
    assert picture.file
    assert picture.file.kind == "photo"
    assert document.file
    assert document.file.name == "变电检修党支部2026-10小结.xlsx"


async def test_text_and_workbook_say_the_same(stage: Stage) -> None:
    await october(stage)
    await stage.at(FIRST)
    text, _, document = await told(stage["陈静"])
    overview = next(iter((await sheets(stage["陈静"], document)).values()))
    parts: list[Any] = [*accumulate((row[0] for row in overview), lambda above, part: part or above)]
    found = {(part, row[1]): row[2] for part, row in zip(parts, overview, strict=True)}
    assert "预期成效\n达成成效1项\n" in text.text, "only what is there is said"
    assert (found["预期成效", "已达成"], found["预期成效", "逾期"]) == (1, 0)
    assert "汇报\n应交2份，已交1份，未交1份" in text.text
    names = ("应交", "已交", "其中补交", "免交", "未交")
    assert [found["汇报", name] for name in names] == [2, 1, 0, 0, 1]


async def test_the_committee_gets_it_on_the_third_working_day_without_names(stage: Stage) -> None:
    await october(stage)
    await stage.at(FIRST)
    assert await told(stage["周伟"]) == []
    await stage.at(THIRD - A_MINUTE)
    assert await told(stage["周伟"]) == []
    await stage.at(THIRD)
    text, _, document = await told(stage["周伟"])
    assert f"{COMMITTEE}2026年10月小结（初稿）" in text.text
    assert not [name for name in ("李明", "王芳", "陈静", "试验台") if name in text.text]
    cells = [cell for rows in (await sheets(stage["周伟"], document)).values() for row in rows for cell in row]
    assert not {"李明", "王芳", "陈静"} & set(cells)
    assert len(await told(stage["陈静"])) == 3, "the branch hears once"


async def test_in_english(english_stage: Stage) -> None:
    await october(english_stage)
    await english_stage.at(FIRST)
    heard = await english_stage["陈静"].heard()
    assert "summary of October 2026 (draft): 1 outcome reached, 1 request still open. Please check it" in heard
    assert "until the month locks on Friday, 6 November 2026" in heard
    assert "What is not right can be corrected" in heard
    assert "试验台不够用: open, asked by 李明, with 陈静, waiting for 10 days" in heard


async def test_nobody_else_gets_it(stage: Stage) -> None:
    await october(stage)
    for moment in (FIRST, THIRD, LOCK):
        await stage.at(moment)
    for name in ("李明", "王芳", "赵强", "林一"):
        assert await told(stage[name]) == []


async def test_a_final_follows_when_something_changed(stage: Stage) -> None:
    month = await october(stage)
    await stage.at(FIRST)
    await report_late(stage, month)
    await stage.at(LOCK - A_MINUTE)
    assert len(await texts(stage["陈静"])) == 1
    await stage.at(LOCK)
    _, final = await texts(stage["陈静"])
    assert final.startswith("陈静同志：2026年10月小结（定稿）如下。该月已锁定")
    assert TITLE.format("定稿") in final
    assert "已交2份（其中补交1份）" in final


async def test_no_final_is_sent_when_nothing_changed(stage: Stage) -> None:
    await october(stage)
    await stage.at(FIRST)
    await stage.at(LOCK)
    assert len(await told(stage["陈静"])) == 3
    kept = await stage.database.read(
        lambda tx: tx.scalars(
            select(summary.c.edition)
            .join(unit)
            .where(unit.c.name == BRANCH, summary.c.month == "2026-10")
            .order_by(summary.c.id)
        )
    )
    assert list(kept) == ["draft", "final"], "it is stored all the same"


async def test_after_the_lock_the_final_stays_as_it_is(stage: Stage) -> None:
    month = await october(stage)
    await stage.at(FIRST)
    await stage.at(LOCK)
    await report_late(stage, month)
    [*_, answer] = await stage["陈静"].say("/summary 2026-10")
    assert TITLE.format("定稿") in answer.text
    assert "已交1份" in answer.text


async def test_after_weeks_of_downtime_it_catches_up_once(stage: Stage) -> None:
    await october(stage)
    await stage.at(at("2026-11-20"))
    await stage.at(at("2026-11-20", "10:01"))
    [text] = await texts(stage["陈静"])
    assert TITLE.format("定稿") in text
    assert len(await texts(stage["周伟"])) == 1


async def test_who_answers_for_several_units_gets_one_message(stage: Stage) -> None:
    await october(stage)
    await stage.give_role(stage["陈静"], RoleKind.SECRETARY, OTHER_BRANCH)

    def write(tx: Writer) -> None:
        Organisation(tx, 700).pairing(stage["林一"].person_id, stage["赵强"].person_id)

    await stage.database.write(write)
    await stage.at(FIRST)
    text, picture, document = await told(stage["陈静"])
    assert TITLE.format("初稿") in text.text
    assert f"{OTHER_BRANCH}2026年10月小结（初稿）" in text.text
    assert picture.file
    assert document.file


async def test_a_unit_without_a_programme_is_not_written_to(stage: Stage) -> None:
    await stage.at(FIRST)
    await stage.at(LOCK)
    assert await told(stage["陈静"]) == []


async def test_detail_files_can_be_kept_out_of_the_chat(stage: Stage) -> None:
    await october(stage)
    await stage.database.write(lambda tx: deployment.remember(tx, bot_username="shuangpei_bot", detail_files=False))
    await stage.at(FIRST)
    text, picture = await told(stage["陈静"])
    assert "请管理员在服务器上导出" in text.text
    assert picture.file
    assert picture.file.kind == "photo"
    [*_, asked] = await stage["陈静"].say("小结")
    assert not {"表格", "文稿"} & {*asked.buttons, *text.buttons}
    for verb in ("workbook", "document"):
        [*_, refused] = await stage["陈静"].forge(f"summary.{verb}:2026-10:0")
        assert "请管理员在服务器上导出" in refused.text
        assert refused.file is None


async def test_the_secretary_asks_for_a_month_and_pages(stage: Stage) -> None:
    await october(stage)
    await stage.at(FIRST)
    await stage["陈静"].say("/home")
    [*_, asked] = await stage["陈静"].press("月度小结")
    assert TITLE.format("初稿") in asked.text
    assert asked.buttons[2:] == ["‹ 2026年9月", "2026年11月 ›", "图片", "表格", "文稿", "可转发的文字"]
    assert max(map(len, asked.rows)) == 2, "words stay whole on a phone"
    await stage["陈静"].tap("2026年11月 ›")
    assert "2026年11月小结（初稿）" in (await stage["陈静"].last()).text
    assert "2026年12月 ›" not in (await stage["陈静"].last()).buttons
    [*_, plain] = await stage["陈静"].tap("可转发的文字")
    assert "李明" not in plain.text
    assert plain.buttons == []


async def test_files_come_when_they_are_asked_for(stage: Stage) -> None:
    await october(stage)
    [*_, asked] = await stage["陈静"].say("/summary 2026年10月")
    [*_, picture] = await stage["陈静"].tap("图片", message=asked)
    assert picture.file
    assert picture.file.kind == "photo"
    [*_, document] = await stage["陈静"].tap("表格", message=asked)
    assert document.file
    details = (await sheets(stage["陈静"], document))["汇报明细"]
    assert [row[:2] for row in details] == [["李明", "继电保护"]] * 2
    [*_, paper] = await stage["陈静"].tap("文稿", message=asked)
    assert paper.file
    assert paper.file.name == "变电检修党支部2026-10小结.docx"
    lines = [line.text for line in docx.Document(BytesIO(await stage["陈静"].phone.download(paper.file))).paragraphs]
    assert lines[0] == TITLE.format("初稿")
    assert "达成成效1项。" in lines


async def test_the_officer_looks_at_a_branch_without_its_names(stage: Stage) -> None:
    await october(stage)
    await stage.at(THIRD)
    [*_, asked] = await stage["周伟"].say(f"/summary 2026-10 {BRANCH}")
    assert TITLE.format("初稿") in asked.text
    assert not [name for name in ("李明", "王芳", "陈静", "试验台") if name in asked.text]
    [*_, document] = await stage["周伟"].tap("表格")
    assert document.file
    await stage["周伟"].say("/summary")
    await stage["周伟"].tap("其他组织")
    shown = (await stage["周伟"].last()).buttons
    assert shown[:4] == [COMMITTEE, GENERAL_BRANCH, BRANCH, OTHER_BRANCH]
    await stage["周伟"].tap(OTHER_BRANCH)
    assert f"{OTHER_BRANCH}2026年10月小结" in (await stage["周伟"].last()).text


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("/summary 2027-01", "已经开始的月份"),
        ("/summary 2026-13", "已经开始的月份"),
        ("/summary 不存在的支部", "没有“不存在的支部”"),
        ("/summary 党支部", "不止一个"),
    ],
)
async def test_what_cannot_be_shown_is_explained(stage: Stage, asked: str, answer: str) -> None:
    [*_, refused] = await stage["周伟"].say(asked)
    assert answer in refused.text


async def test_a_member_is_refused_politely(stage: Stage) -> None:
    await october(stage)
    [*_, refused] = await stage["李明"].say("/summary")
    assert "月度小结供书记和党委组织干事查看" in refused.text
    assert "月度小结" not in [title for row in await stage["李明"].phone.keyboard() for title in row]


async def test_what_is_asked_for_in_english(english_stage: Stage) -> None:
    await october(english_stage)
    await english_stage.at(FIRST)
    [*_, refused] = await english_stage["李明"].say("/summary")
    assert "for secretaries and the committee’s officers" in refused.text
    [*_, asked] = await english_stage["陈静"].say("/summary 2026-10")
    assert "summary of October 2026 (draft)" in asked.text
    assert asked.buttons[2:] == [
        "‹ September 2026", "November 2026 ›", "Picture", "Workbook", "Paper", "Text to forward"
    ]  # fmt: skip
    [*_, document] = await english_stage["陈静"].tap("Workbook")
    assert document.file
    assert document.file.name == "变电检修党支部 2026-10 summary.xlsx"


@pytest.mark.parametrize("verb", ["show", "picture", "workbook", "document", "plain", "units"])
async def test_a_forged_button_shows_nothing(stage: Stage, verb: str) -> None:
    await october(stage)
    branch = stage.units[BRANCH]
    for name in ("林一", "李明"):
        await stage[name].forge(f"summary.{verb}:2026-10:{branch}")
        assert "李明同志：" not in (heard := await stage[name].heard())
        assert "达成" not in heard
    [*_, refused] = await stage["陈静"].forge(f"summary.{verb}:2026-10:{stage.units[COMMITTEE]}")
    assert "达成" not in refused.text


async def test_a_secretary_who_left_the_office_gets_nothing_any_more(stage: Stage) -> None:
    await october(stage)
    holder = role.c.person_id == stage["陈静"].person_id
    await stage.database.write(lambda tx: tx.run(role.update().where(holder).values(ended_at=at("2026-10-30"))))
    await stage.at(FIRST)
    assert await told(stage["陈静"]) == []
