"""Coming in: from a stranger with a slip of paper to a member who is greeted by name."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.people import Stage as PartyStage
from domain.roles import RoleKind
from services import administrators, deployment
from storage.tables import account
from tests.dialogues.doors import invited, keys, newcomer, walk_in
from tests.stage import BRANCH, MONDAY, OTHER_BRANCH, Stage

DIGITS = "0107"
"""郑国华 is the seventh of the roster: 000107."""


async def test_a_secretary_invites_and_the_person_comes_in(stage: Stage) -> None:
    zheng = await newcomer(stage)
    code = await invited(stage, "陈静", "郑国华")
    invitation = await stage["陈静"].last()
    assert "有效期至2026年10月21日（星期三）" in invitation.text
    [*_, card] = await stage["陈静"].tap(data=f"people.card:{zheng.person_id}")
    assert "有效期至2026年10月21日（星期三）" in card.text, "the same last day as on the invitation"
    [*_, asked] = await zheng.say(code)
    assert "工号后四位" in asked.text
    [*_, consent] = await zheng.say(DIGITS)
    assert "谁来看" in consent.text
    assert "陈静（书记）" in consent.text
    for kind in ("use", "party_data", "transfer_abroad"):
        [*_, answer] = await zheng.tap(data=f"consents.toggle:{kind}", message=consent)
    assert answer.text.startswith("郑国华同志，欢迎！您所在的组织是变电检修党支部。")
    assert "帮助" in await keys(zheng.phone)
    closed = next(one for one in await zheng.phone.messages() if one.id == consent.id)
    assert closed.buttons == []
    assert closed.text.count("✅") == 3
    assert "以后可发 /privacy 随时查看或撤回" in closed.text
    [*_, home] = await zheng.say("/home")
    assert "郑国华同志，您好" in home.text


async def test_a_person_comes_in_in_english(english_stage: Stage) -> None:
    zheng = await newcomer(english_stage)
    code = await invited(english_stage, "陈静", "郑国华", button="Make an invitation")
    [*_, asked] = await zheng.say(code)
    assert "last four characters of your staff number" in asked.text
    [*_, consent] = await zheng.say(DIGITS)
    assert "Who reads it" in consent.text
    for _ in range(3):
        [*_, answer] = await zheng.tap(next(b for b in (await zheng.phone.last()).buttons if b.startswith("⬜")))
    assert answer.text.startswith("Welcome, 郑国华!")


async def test_the_link_hands_over_the_code(stage: Stage) -> None:
    zheng = await newcomer(stage)
    code = await invited(stage, "陈静", "郑国华")
    shown = await stage["陈静"].last()
    assert f"https://t.me/shuangpei_local_bot?start={code.replace('-', '')}" in shown.text
    [*_, asked] = await zheng.start(code.replace("-", ""))
    assert "工号后四位" in asked.text


@pytest.mark.parametrize("typed", ["{code}", " {lower} ", "{wide}", "{spaced}", "{dashed}"])
async def test_a_code_is_read_however_it_is_typed(stage: Stage, typed: str) -> None:
    zheng = await newcomer(stage)
    plain = (await invited(stage, "陈静", "郑国华")).replace("-", "")
    ways = {
        "code": plain, "lower": plain.lower(), "spaced": " ".join(plain), "dashed": f"{plain[:4]}—{plain[4:]}",
        "wide": "".join(chr(ord(sign) + 0xFEE0) for sign in plain),
    }  # fmt: skip
    [*_, asked] = await zheng.say(typed.format(**ways))
    assert "工号后四位" in asked.text


async def test_a_stranger_gets_a_way_forward_whatever_they_do(stage: Stage) -> None:
    zheng = await newcomer(stage)
    for answers in (
        await zheng.start(),
        await zheng.start("nonsense"),
        await zheng.say("你好"),
        await zheng.say("/people"),
        await zheng.say("/help"),
        await zheng.say("/nonsense"),
        await zheng.send("sticker"),
        await zheng.send("photo"),
        await zheng.forge("people.card:1"),
        await zheng.forge("consents.toggle:use"),
    ):
        assert "书记" in answers[-1].text
        assert "邀请" in answers[-1].text


async def test_a_stranger_chooses_the_language_and_keeps_it(stage: Stage) -> None:
    zheng = await newcomer(stage)
    await zheng.start()
    [*_, answer] = await zheng.tap("English")
    assert answer.text.startswith("Hello!")
    code = await invited(stage, "陈静", "郑国华")
    [*_, asked] = await zheng.say(code)
    assert "The code is right" in asked.text
    await zheng.say(DIGITS)
    [*_, consent] = await zheng.say("/home")
    assert "Who reads it" in consent.text


async def test_whoever_speaks_neither_language_is_asked_after_agreeing(stage: Stage) -> None:
    zheng = await newcomer(stage, language="ru")
    await zheng.say(await invited(stage, "陈静", "郑国华"))
    [*_, consent] = await zheng.say(DIGITS)
    for kind in ("use", "party_data", "transfer_abroad"):
        [*_, answer] = await zheng.tap(data=f"consents.toggle:{kind}", message=consent)
    assert answer.buttons == ["简体中文", "English"]
    [*_, welcome] = await zheng.tap("English")
    assert welcome.text.startswith("Welcome, 郑国华!")


async def test_a_code_with_a_sign_mixed_up_is_not_met_with_a_greeting(stage: Stage) -> None:
    zheng = await newcomer(stage)
    [*_, answer] = await zheng.say("O7QM-3XPF")
    assert answer.text.startswith("这不是完整的邀请码")
    assert "没有 0、O、1、I、L" in answer.text
    [*_, answer] = await zheng.say("你好")
    assert answer.text.startswith("您好！我是双培助手")


async def test_five_wrong_codes_end_the_guessing_for_an_hour(stage: Stage) -> None:
    zheng = await newcomer(stage)
    code = await invited(stage, "陈静", "郑国华")
    for left in (4, 3, 2, 1):
        [*_, answer] = await zheng.say("K7QM-3XPF" if code != "K7QM-3XPF" else "K7QM-3XPG")
        assert f"还可以再试{left}次" in answer.text
    [*_, answer] = await zheng.say("K7QM-3XPH")
    assert "11:00后再试" in answer.text
    [*_, answer] = await zheng.say(code)
    assert "后再试" in answer.text
    await stage.at(MONDAY + timedelta(hours=1, minutes=1))
    [*_, answer] = await zheng.say(code)
    assert "工号后四位" in answer.text


async def test_wrong_digits_count_with_wrong_codes(stage: Stage) -> None:
    zheng = await newcomer(stage)
    await zheng.say("K7QM-3XPF")
    await zheng.say("K7QM-3XPH")
    await zheng.say(await invited(stage, "陈静", "郑国华"))
    [*_, answer] = await zheng.say("9999")
    assert "还可以再试2次" in answer.text
    await zheng.say("9998")
    [*_, answer] = await zheng.say("9997")
    assert "后再试" in answer.text
    [*_, answer] = await zheng.say(DIGITS)
    assert "后再试" in answer.text


async def test_a_sticker_instead_of_the_digits_is_asked_again(stage: Stage) -> None:
    zheng = await newcomer(stage)
    await zheng.say(await invited(stage, "陈静", "郑国华"))
    [*_, answer] = await zheng.send("sticker")
    assert "邀请" in answer.text
    [*_, answer] = await zheng.say(DIGITS)
    assert "谁来看" in answer.text


async def test_a_code_ends_after_seven_working_days(stage: Stage) -> None:
    zheng = await newcomer(stage)
    code = await invited(stage, "陈静", "郑国华")
    assert "有效期至2026年10月21日（星期三）" in (await stage["陈静"].last()).text
    await stage.at(MONDAY + timedelta(days=10))
    [*_, answer] = await zheng.say(code)
    assert "已过期" in answer.text
    [*_, answer] = await zheng.say(await invited(stage, "陈静", "郑国华"))
    assert "工号后四位" in answer.text


async def test_a_new_invite_ends_the_old_one(stage: Stage) -> None:
    zheng = await newcomer(stage)
    old = await invited(stage, "陈静", "郑国华")
    new = await invited(stage, "陈静", "郑国华")
    [*_, answer] = await zheng.say(old)
    assert "已被新的代替" in answer.text
    [*_, answer] = await zheng.say(new)
    assert "工号后四位" in answer.text


async def test_a_code_works_once(stage: Stage) -> None:
    zheng = await newcomer(stage)
    code = await invited(stage, "陈静", "郑国华")
    await walk_in(zheng, code, DIGITS)
    other = await stage.telegram.add_user("路人")
    stranger = await stage.person("路人", OTHER_BRANCH, account=False)
    [*_, answer] = await stranger.say(code)
    assert "已经用过" in answer.text
    assert other.user_id != stranger.phone.user_id


async def test_an_account_cannot_serve_two_people(stage: Stage) -> None:
    await newcomer(stage)
    code = await invited(stage, "陈静", "郑国华")
    [*_, answer] = await stage["李明"].say(code)
    assert "已由李明同志使用" in answer.text
    [*_, answer] = await stage["李明"].start(code.replace("-", ""))
    assert "已由李明同志使用" in answer.text


async def test_somebody_in_already_needs_no_code(stage: Stage) -> None:
    zheng = await newcomer(stage)
    code = await invited(stage, "陈静", "郑国华")
    await walk_in(zheng, code, DIGITS)
    [*_, answer] = await zheng.say(code)
    assert "您已完成注册" in answer.text


async def test_a_new_phone_ends_the_old_one_and_keeps_what_was_chosen(stage: Stage) -> None:
    await stage["李明"].say("/language")
    await stage["李明"].tap("English")
    code = await invited(stage, "陈静", "李明", button="更换手机，重新邀请")
    [*_, answer] = await stage["李明"].say("/home")
    assert "Hello, " in answer.text
    new = await stage.telegram.add_user("李明的新手机")
    phone = type(stage["李明"])(stage, stage["李明"].person_id, "李明", new)
    await phone.say(code)
    await phone.say("0101")
    [*_, answer] = await phone.say("/home")
    assert answer.text.startswith("Hello, 李明.")
    assert "moved to another phone" in (await stage["李明"].last()).text
    [*_, answer] = await stage["李明"].say("/home")
    assert "eight-character" in answer.text


async def test_the_first_administrator_types_the_code_of_the_first_start(empty_stage: Stage) -> None:
    stage = empty_stage
    code = await stage.database.write(lambda tx: administrators.first_code(tx, stage.clock.now()))
    assert code is not None
    root = await stage.telegram.add_user("管理员")
    await root.start(code)
    await stage.settle()
    assert "您已成为本系统管理员" in (await root.last()).text
    assert {"人员", "组织与分工"} <= {*await keys(root)}
    other = await stage.telegram.add_user("路人")
    await other.say(code)
    await stage.settle()
    assert "没有这个邀请码" in (await other.last()).text
    assert await stage.database.write(lambda tx: administrators.first_code(tx, stage.clock.now())) is None


async def test_an_administrator_named_in_the_settings_is_one_at_the_first_word(empty_stage: Stage) -> None:
    stage = empty_stage
    root = await stage.telegram.add_user("管理员")
    await stage.database.write(lambda tx: administrators.appoint(tx, {root.user_id}, stage.clock.now()))
    await stage.database.write(lambda tx: administrators.appoint(tx, {root.user_id}, stage.clock.now()))
    await root.start()
    await stage.settle()
    assert {"人员", "组织与分工"} <= {*await keys(root)}
    await root.say("/home")
    await stage.settle()
    assert "管理员" in (await root.last()).text


async def test_who_has_no_name_is_greeted_all_the_same(empty_stage: Stage) -> None:
    stage = empty_stage
    root = await stage.telegram.add_user("管理员")
    await stage.database.write(lambda tx: administrators.appoint(tx, {root.user_id}, stage.clock.now()))
    await stage.database.write(lambda tx: tx.run(update(account).values(display_name="")))
    await root.say("/home")
    await stage.settle()
    assert (await root.last()).text.startswith("您好！请在下方选择要办的事")


async def test_slips_for_a_whole_unit_come_as_one_document(stage: Stage) -> None:
    await stage.database.write(
        lambda tx: deployment.remember(tx, bot_username="shuangpei_local_bot", detail_files=True)
    )
    for name in ("郑国华", "吴桂芳", "孙立"):
        await stage.person(name, BRANCH, account=False)
    await stage["陈静"].say("组织")
    [*_, asked] = await stage["陈静"].tap("邀请全部未注册人员")
    assert "还有3人未注册" in asked.text
    answers = await stage["陈静"].tap("生成邀请单")
    files = [message.file for message in answers if message.file]
    assert [file.name for file in files] == [f"{BRANCH}邀请单.docx"]
    assert (await stage["陈静"].phone.download(files[0]))[:2] == b"PK"


async def test_a_single_slip_keeps_the_code(stage: Stage) -> None:
    zheng = await newcomer(stage)
    code = await invited(stage, "陈静", "郑国华")
    answers = await stage["陈静"].tap("打印邀请单")
    assert any(message.file for message in answers)
    [*_, answer] = await zheng.say(code)
    assert "工号后四位" in answer.text


@pytest.mark.parametrize("name", ["李明", "王芳", "赵强", "林一"])
async def test_only_those_who_lead_may_invite(stage: Stage, name: str) -> None:
    zheng = await newcomer(stage)
    for data in (
        f"invites.make:{zheng.person_id}",
        f"invites.unit:{stage.units[BRANCH]}",
        f"people.card:{zheng.person_id}",
    ):
        [*_, answer] = await stage[name].forge(data)
        assert "没有查看或办理此事的权限" in answer.text


async def test_a_branch_secretary_cannot_make_a_code_for_whoever_leads_above(stage: Stage) -> None:
    await stage.give_role(stage["王芳"], RoleKind.SECRETARY, "生产党总支", "总支书记")
    [*_, answer] = await stage["陈静"].forge(f"invites.make:{stage['王芳'].person_id}")
    assert "邀请须由上级发出" in answer.text
    [*_, answer] = await stage["周伟"].forge(f"invites.make:{stage['王芳'].person_id}")
    assert "邀请码" in answer.text


async def test_in_a_group_the_bot_introduces_itself_once(stage: Stage) -> None:
    group = await stage.telegram.create_group("变电检修", stage["陈静"].phone, [stage["李明"].phone])
    await stage.telegram.add_bot(group, stage["陈静"].phone)
    await stage.settle()
    there = stage["李明"].phone.in_chat(group)
    said = [message for message in await there.messages() if message.from_bot]
    assert len(said) == 1
    assert "私聊" in said[0].text
    await there.say("/start")
    await there.say("汇报")
    await stage.settle()
    assert len([message for message in await there.messages() if message.from_bot]) == 1


async def test_who_blocked_the_bot_is_marked_until_they_come_back(stage: Stage) -> None:
    await stage["李明"].phone.block()
    await stage.settle()
    [*_, card] = await stage["陈静"].forge(f"people.card:{stage['李明'].person_id}")
    assert "无法送达" in card.text
    await stage["李明"].phone.unblock()
    await stage.settle()
    [*_, card] = await stage["陈静"].forge(f"people.card:{stage['李明'].person_id}")
    assert "无法送达" not in card.text


async def test_a_code_looks_as_it_is_read_aloud(stage: Stage) -> None:
    await newcomer(stage, party_stage=PartyStage.APPLICANT)
    assert re.fullmatch(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}", await invited(stage, "陈静", "郑国华"))
