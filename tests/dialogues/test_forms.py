"""Forms on paper: 陈静 prints them, empty or with what is known; nobody else gets what is not theirs to read."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from domain.people import Stage as PartyStage
from domain.roles import RoleKind
from emulator.phone import Seen
from services import deployment
from tests.programme import pair, rotate
from tests.stage import BRANCH, COMMITTEE, MONDAY, OTHER_BRANCH, Player, Stage


async def cells(reader: Player, document: Seen) -> list[str]:
    assert document.file
    [table] = docx.Document(BytesIO(await reader.phone.download(document.file))).tables
    return ["\n".join(line.text for line in cell.paragraphs) for row in table.rows for cell in dict.fromkeys(row.cells)]


async def programme(stage: Stage) -> tuple[int, int]:
    """李明's pairing with 王芳 and his rotation to 赵强's branch."""
    li_ming = stage["李明"].person_id
    pairing_id = await pair(stage.database, MONDAY, li_ming, [stage["王芳"].person_id])
    other = stage.units[OTHER_BRANCH]
    return pairing_id, await rotate(stage.database, MONDAY, li_ming, other, stage["赵强"].person_id)


async def test_empty_forms_come_from_the_command_and_the_word(stage: Stage) -> None:
    secretary = stage["陈静"]
    [*_, offered] = await secretary.say("表格")
    assert offered.buttons == ["结对登记表", "本期进展汇报表", "轮岗评价表"]
    for title in offered.buttons:
        [*_, form] = await secretary.tap(title, message=offered)
        assert form.file
        assert form.file.name == f"{title}.docx"
        assert "李明" not in "".join(await cells(secretary, form))
    assert "/forms：打印结对登记" in (await secretary.say("/help"))[-1].text
    assert "/forms" not in (await stage["李明"].say("/help"))[-1].text


async def test_the_report_form_of_somebody_without_telegram(stage: Stage) -> None:
    person = await stage.person("郑国华", BRANCH, party_stage=PartyStage.ACTIVIST, backbone=True, account=False)
    await pair(stage.database, MONDAY, person.person_id, [stage["王芳"].person_id])
    secretary = stage["陈静"]
    await secretary.say("/people 郑国华")
    await secretary.tap(data=f"people.card:{person.person_id}")
    [*_, told, form] = await secretary.tap("打印汇报表")
    assert "收回后点“代录汇报”录入" in told.text
    text = await cells(secretary, form)
    assert text[text.index("姓名") + 1] == "郑国华"
    subject = text[text.index("汇报事项") + 1]
    assert "变电检修技能" in subject
    assert "10月16日（星期五）截止" in subject


async def test_the_pairing_form_from_its_card(stage: Stage) -> None:
    pairing_id, _ = await programme(stage)
    secretary = stage["陈静"]
    await secretary.tap(data=f"pairing.open:{pairing_id}", message=(await secretary.say("/pairings"))[-1])
    [*_, form] = await secretary.tap("打印结对表")
    assert form.file
    assert form.file.name == "结对登记表 李明.docx"
    text = await cells(secretary, form)
    assert text[text.index("培养联系人") + 1] == "王芳"
    assert "独立完成GIS耐压试验" in text


async def test_the_evaluation_form_from_its_card(stage: Stage) -> None:
    _, rotation_id = await programme(stage)
    secretary = stage["陈静"]
    await secretary.tap(data=f"rotation.open:{rotation_id}", message=(await secretary.say("/rotations"))[-1])
    [*_, form] = await secretary.tap("打印评价表")
    text = await cells(secretary, form)
    assert text[text.index("接收单位") + 1] == OTHER_BRANCH
    assert text[text.index("带教人") + 1] == "赵强"
    assert text[text.index("目标") + 1] == "熟悉输电线路巡检"


async def test_the_same_in_english(english_stage: Stage) -> None:
    pairing_id, rotation_id = await programme(english_stage)
    secretary = english_stage["陈静"]
    [*_, offered] = await secretary.say("/forms")
    assert offered.buttons == ["Pairing form", "Report form", "Evaluation form"]
    for title in offered.buttons:
        [*_, form] = await secretary.tap(title, message=offered)
        assert form.file
        assert form.file.name == f"{title}.docx"
    [*_, told, form] = await secretary.forge(f"form.pairing:{pairing_id}")
    assert told.text == "Here is the pairing form of 李明, one page to be signed."
    assert "■ weekly　□ every two weeks　□ monthly, on Friday" in await cells(secretary, form)
    [*_, told, form] = await secretary.forge(f"form.report:{english_stage['李明'].person_id}")
    assert told.text == "Here is the report form of 李明, one page. When it comes back, “Enter a report” takes it in."
    text = await cells(secretary, form)
    assert "due Fri 16 Oct" in text[text.index("Subject") + 1]
    [*_, told, form] = await secretary.forge(f"form.rotation:{rotation_id}")
    assert told.text == "Here is the evaluation form of 李明, one page for the host."
    text = await cells(secretary, form)
    assert text[text.index("Host") + 1] == "赵强"
    [*_, refused] = await english_stage["周伟"].forge(f"form.pairing:{pairing_id}")
    assert refused.file is None


@pytest.mark.parametrize(
    ("kind", "readers"),
    [
        ("pairing", {"李明", "王芳", "陈静"}),
        ("rotation", {"李明", "王芳", "赵强", "陈静"}),
        ("report", {"李明", "陈静"}),
    ],
)
async def test_whoever_may_not_read_it_gets_no_form(stage: Stage, kind: str, readers: set[str]) -> None:
    pairing_id, rotation_id = await programme(stage)
    number = {"pairing": pairing_id, "rotation": rotation_id, "report": stage["李明"].person_id}[kind]
    got = set()
    for name in ("李明", "王芳", "赵强", "陈静", "周伟", "林一"):
        [*_, answer] = await stage[name].forge(f"form.{kind}:{number}")
        if answer.file:
            got.add(name)
        else:
            assert "李明" not in answer.text
    assert got == readers


async def test_where_details_stay_out_of_telegram_only_empty_forms_come(stage: Stage) -> None:
    pairing_id, _ = await programme(stage)
    await stage.database.write(lambda tx: deployment.remember(tx, bot_username="x", detail_files=False))
    [*_, refused] = await stage["陈静"].forge(f"form.pairing:{pairing_id}")
    assert refused.file is None
    assert "/forms" in refused.text
    await stage["陈静"].say("/forms")
    [*_, form] = await stage["陈静"].tap("结对登记表")
    assert form.file


async def test_empty_forms_are_found_under_people(either_stage: Stage) -> None:
    stage, title = either_stage, either_stage.key("Forms to print")
    for name in ("陈静", "周伟"):
        await stage[name].say(stage.key("People"))
        [*_, choice] = await stage[name].tap(title)
        assert choice.buttons == [stage.key(form) for form in ("Pairing form", "Report form", "Evaluation form")]
    [*_, found] = await stage["陈静"].say("/people 李明")
    assert title not in found.buttons


async def test_whoever_leads_nobody_is_not_shown_them(stage: Stage) -> None:
    [*_, refused] = await stage["李明"].say("/people")
    assert "没有查看或办理此事的权限" in refused.text
    await stage.give_role(stage["林一"], RoleKind.ADMINISTRATOR, COMMITTEE)
    assert "打印表格" not in (await stage["林一"].say("/people"))[-1].buttons
