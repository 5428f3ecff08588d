"""A secretary sends the roster, looks at what it would change, and confirms it; others are turned away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import func, select

from domain.people import Stage as PartyStage
from domain.roles import RoleKind
from domain.roster_rows import RosterValues
from emulator.phone import Seen
from reports.roster_workbook import roster_workbook
from reports.workbook_reading import read_workbook
from storage import accounts
from storage.database import Reader, Writer
from storage.tables import draft, person, role
from tests.roster.offices import FILES
from tests.stage import BRANCH, OTHER_BRANCH, Player, Stage

LI_MING = RosterValues(
    name="李明", staff_no="000101", unit=BRANCH, stage=PartyStage.ACTIVIST, backbone=True, specialty="变电检修",
    post="技术员",
)  # fmt: skip
WANG_FANG = LI_MING._replace(name="王芳", staff_no="000102", stage=PartyStage.FULL_MEMBER)
ZHAO_QIANG = WANG_FANG._replace(name="赵强", staff_no="000103", unit=OTHER_BRANCH, specialty="输电运检")
CHEN_JING = WANG_FANG._replace(name="陈静", staff_no="000104", backbone=False)
SUN_BO = WANG_FANG._replace(name="孙博", staff_no="000855")

WRONG_FILES = sorted(path.name for path in (FILES / "bad-uploads").iterdir() if path.stat().st_size)
"""Telegram itself takes no empty file."""


def workbook(*people: RosterValues) -> bytes:
    return roster_workbook(people, (), ())


async def send(player: Player, content: bytes, name: str = "花名册.xlsx", caption: str = "") -> list[Seen]:
    return await player.send("document", content=content, name=name, caption=caption)


def last(messages: Sequence[Seen], words: str) -> Seen:
    return next(message for message in reversed(messages) if words in message.text)


async def post_of(stage: Stage, name: str) -> str:
    def find(tx: Reader) -> str:
        return str(tx.scalar(select(person.c.post).where(person.c.name == name)))

    return await stage.database.read(find)


async def headcount(stage: Stage) -> int:
    return int(await stage.database.read(lambda tx: tx.scalar(select(func.count()).select_from(person))))


async def test_the_officer_sends_a_roster_and_confirms_it(stage: Stage) -> None:
    officer = stage["周伟"]
    heard = await send(officer, workbook(LI_MING._replace(post="班长"), WANG_FANG, SUN_BO))
    shown = last(heard, "导入预览")
    assert "新增人员：1人" in shown.text
    assert "李明：岗位" in shown.text
    assert "没有变化：1人" in shown.text
    assert "不在文件中、保持不变：4人" in shown.text
    assert shown.buttons == ["确认导入", "取消"]
    assert await post_of(stage, "李明") == "技术员"
    heard = await officer.tap("确认导入")
    assert "正在导入《花名册.xlsx》" in shown.text or any("正在导入" in one.text for one in heard)
    done = last(heard, "导入完成")
    assert "新增人员：1人" in done.text
    assert done.buttons == ["制作邀请"]
    assert (await post_of(stage, "李明"), await headcount(stage)) == ("班长", 7)


async def test_a_search_for_somebody_that_was_left_open_takes_no_files(stage: Stage) -> None:
    officer = stage["周伟"]
    await officer.say("/people 李明")
    assert "导入预览" in last(await send(officer, workbook(SUN_BO)), "导入预览").text
    await officer.tap("取消")
    await officer.say("/people 李明")
    [*_, photo] = await officer.send("photo")
    assert "请输入姓名" not in photo.text


async def test_the_same_in_english(english_stage: Stage) -> None:
    officer = english_stage["周伟"]
    heard = await send(officer, workbook(LI_MING._replace(post="班长")), caption="the new roster")
    shown = last(heard, "would change")
    assert "Changed people: 1" in shown.text
    assert "李明: post" in shown.text
    assert shown.buttons == ["Import", "Cancel"]
    assert "is imported" in last(await officer.tap("Import"), "is imported").text


async def test_cancelling_changes_nothing(stage: Stage) -> None:
    officer = stage["周伟"]
    shown = last(await send(officer, workbook(SUN_BO)), "导入预览")
    heard = await officer.tap("取消")
    assert "已取消导入" in heard[-1].text
    await officer.forge(f"roster.confirm:{upload_of(shown)}", message=shown)
    assert await headcount(stage) == 6


def upload_of(shown: Seen) -> int:
    return int(
        next(one.data for row in shown.rows for one in row if one.data.startswith("roster.cancel")).split(":")[1]
    )


async def test_a_double_tap_imports_once(stage: Stage) -> None:
    officer = stage["周伟"]
    shown = last(await send(officer, workbook(SUN_BO)), "导入预览")
    for _ in range(2):
        await officer.phone.tap(data=f"roster.confirm:{upload_of(shown)}", message=shown)
    await stage.settle()
    heard = [one.text for one in await officer.phone.messages() if one.from_bot]
    assert sum("导入完成" in text for text in heard) == 1
    assert await headcount(stage) == 7


async def test_nothing_to_import_offers_nothing(stage: Stage) -> None:
    shown = last(await send(stage["周伟"], workbook(LI_MING, WANG_FANG)), "导入预览")
    assert "现有信息与文件一致" in shown.text
    assert shown.buttons == ["取消"]


async def test_an_old_preview_does_not_confirm_a_newer_file(stage: Stage) -> None:
    officer = stage["周伟"]
    old = last(await send(officer, workbook(SUN_BO)), "导入预览")
    await send(officer, workbook(LI_MING._replace(post="班长")))
    await officer.tap(data=f"roster.confirm:{upload_of(old)}", message=old)
    assert (await post_of(stage, "李明"), await headcount(stage)) == ("技术员", 6)


async def test_someone_elses_button_imports_nothing(stage: Stage) -> None:
    shown = last(await send(stage["周伟"], workbook(SUN_BO)), "导入预览")
    await stage["林一"].forge(f"roster.confirm:{upload_of(shown)}")
    assert await headcount(stage) == 6


@pytest.mark.parametrize("file", WRONG_FILES)
async def test_a_hostile_or_wrong_file_gets_a_sentence(stage: Stage, file: str) -> None:
    heard = await send(stage["周伟"], (FILES / "bad-uploads" / file).read_bytes())
    assert "导入预览" not in heard[-1].text
    assert heard[-1].text.endswith("。")
    assert "系统出了点问题" not in heard[-1].text
    assert await stage.database.read(lambda tx: tx.scalar(select(func.count()).select_from(draft))) == 0


async def test_a_member_is_turned_away(stage: Stage) -> None:
    for name in ("李明", "林一"):
        heard = await send(stage[name], workbook(SUN_BO))
        assert "花名册由书记和组织干事导入" in heard[-1].text
        assert "花名册由书记和组织干事导入" in (await stage[name].say("/roster"))[-1].text
    assert await headcount(stage) == 6


async def test_another_document_is_none_of_the_rosters(stage: Stage) -> None:
    heard = await send(stage["周伟"], b"%PDF-1.4", "通知.pdf")
    assert "没有看明白" in heard[-1].text


async def test_a_branch_secretary_imports_only_her_branch(stage: Stage) -> None:
    rows = (LI_MING._replace(post="班长"), ZHAO_QIANG._replace(post="班长"))
    secretary = stage["陈静"]
    shown = last(await send(secretary, workbook(*rows)), "导入预览")
    assert "第3行“所在党支部”：此人不在您负责的支部" in shown.text
    await secretary.tap("确认导入")
    assert (await post_of(stage, "李明"), await post_of(stage, "赵强")) == ("班长", "技术员")


async def test_questions_wait_for_a_word(stage: Stage) -> None:
    officer = stage["周伟"]
    shown = last(await send(officer, workbook(LI_MING._replace(name="李鸣"))), "导入预览")
    assert "工号000101：现为李明，文件中为李鸣" in shown.text
    assert shown.buttons == ["☐ 是同一人，更新姓名（1）", "确认导入", "取消"]
    heard = await officer.tap("☐ 是同一人，更新姓名（1）")
    assert "☑ 是同一人，更新姓名（1）" in last(heard, "导入预览").buttons
    await officer.tap("确认导入")
    assert await post_of(stage, "李鸣") == "技术员"


async def test_a_question_without_a_yes_stays_open(stage: Stage) -> None:
    officer = stage["周伟"]
    await send(officer, workbook(LI_MING._replace(name="李鸣"), SUN_BO))
    done = last(await officer.tap("确认导入"), "导入完成")
    assert "待确认、保持不变：1项" in done.text
    assert await post_of(stage, "李明") == "技术员"


async def test_many_problems_come_as_a_workbook(stage: Stage) -> None:
    heard = await send(stage["周伟"], workbook(*(SUN_BO._replace(name="", staff_no=f"9{n:05}") for n in range(9))))
    assert "共9处问题" in last(heard, "导入预览").text
    [sheet] = await opened(stage["周伟"], heard[-1])
    assert list(sheet[0]) == ["工作表", "行号", "列", "处理办法"]
    assert list(sheet[1]) == ["人员", 2, "姓名", "姓名为空，请补填姓名后重新导入。"]


async def opened(player: Player, message: Seen) -> list[list[list[object]]]:
    assert message.file is not None
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sent.xlsx"
        path.write_bytes(await player.phone.download(message.file))
        return [[list(row) for row in sheet.rows] for sheet in read_workbook(path, ("组织", "书记"))]


async def test_an_unknown_header_is_asked_about(stage: Stage) -> None:
    from domain.roster_cells import Sheet
    from tests.roster.offices import people_sheet

    sheet: Sheet = people_sheet(
        {
            "姓名": "李明",
            "工号": "000101",
            "所在党支部": BRANCH,
            "政治面貌": "入党积极分子",
            "是否骨干": "是",
            "现任岗位": "班长",
            "房间": "5",
        }
    )
    officer = stage["周伟"]
    shown = last(await send(officer, plain_workbook([list(row) for row in sheet.rows])), "导入预览")
    assert "标题“房间”不能识别" in shown.text
    assert "“现任岗位”是“岗位”列" in shown.buttons
    heard = await officer.tap("“现任岗位”是“岗位”列")
    again = last(heard, "导入预览")
    assert "李明：岗位" in again.text
    await officer.tap("确认导入")
    assert await post_of(stage, "李明") == "班长"


async def test_an_unknown_header_can_be_ignored(stage: Stage) -> None:
    rows = [["姓名", "工号", "所在党支部", "政治面貌", "现任岗位"], ["李明", "000101", BRANCH, "入党积极分子", "班长"]]
    officer = stage["周伟"]
    await send(officer, plain_workbook(rows))
    heard = await officer.tap("忽略")
    assert "现任岗位" not in last(heard, "导入预览").text


def plain_workbook(rows: Sequence[Sequence[object]]) -> bytes:
    from io import BytesIO

    from xlsxwriter import Workbook

    buffer = BytesIO()
    with Workbook(buffer) as book:
        page = book.add_worksheet("人员")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return buffer.getvalue()


async def test_the_roster_comes_back_in_the_imports_own_form(stage: Stage) -> None:
    officer = stage["周伟"]
    heard = await officer.say("花名册")
    assert "现有花名册，共6人" in last(heard, "现有花名册").text
    *_, people = await opened(officer, heard[-1])
    assert people[0][:3] == ["姓名", "工号", "所在党支部"]
    assert {row[0] for row in people[1:]} == {"李明", "王芳", "赵强", "陈静", "周伟", "林一"}
    template = await officer.tap("空白模板")
    assert template[-1].file is not None
    assert template[-1].file.name == "花名册模板.xlsx"


async def test_a_branch_secretary_gets_her_branch(stage: Stage) -> None:
    heard = await stage["陈静"].say("花名册")
    *_, people = await opened(stage["陈静"], heard[-1])
    assert {row[0] for row in people[1:]} == {"李明", "王芳", "陈静"}


async def test_without_detail_files_only_the_template_is_offered(stage: Stage) -> None:
    from services import deployment

    await stage.database.write(lambda tx: deployment.remember(tx, bot_username="x", detail_files=False))
    heard = await stage["周伟"].say("/roster")
    assert "明细文件不通过Telegram发送" in heard[-1].text
    assert heard[-1].file is None
    assert heard[-1].buttons == ["空白模板"]


async def test_text_while_a_preview_waits_shows_it_again(stage: Stage) -> None:
    officer = stage["周伟"]
    await send(officer, workbook(SUN_BO))
    heard = await officer.say("可以了吗")
    assert "导入预览" in heard[-1].text
    assert heard[-1].buttons == ["确认导入", "取消"]


async def test_an_administrator_founds_the_organisation_from_a_roster(empty_stage: Stage) -> None:
    stage = empty_stage
    phone = await stage.telegram.add_user("管理员")
    now = stage.clock.now()

    def appoint(tx: Writer) -> None:
        account = accounts.add(tx, phone.user_id, person_id=None, display_name="管理员", locale="zh_Hans", now=now)
        tx.insert(role, kind=RoleKind.ADMINISTRATOR, account_id=account, title="", given_at=now)

    await stage.database.write(appoint)
    player = Player(stage, 0, "管理员", phone)
    await player.start()
    shown = last(await send(player, (FILES / "roster-clean.xlsx").read_bytes()), "导入预览")
    assert "新增人员：246人" in shown.text
    assert "新建结对：60对" in shown.text
    await player.tap("确认导入")
    assert await headcount(stage) == 246
