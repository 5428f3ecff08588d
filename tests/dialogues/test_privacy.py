"""Agreeing and not agreeing, each without a disadvantage; withdrawing; help and languages."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import select

from handlers import commands_menu
from handlers.routes import AREAS
from locales import language
from storage.tables import consent
from tests.dialogues.doors import invited, keys, newcomer, walk_in
from tests.stage import MONDAY, Player, Stage

KINDS = ("use", "party_data", "transfer_abroad")


async def at_the_notice(stage: Stage) -> Player:
    zheng = await newcomer(stage)
    await zheng.say(await invited(stage, "陈静", "郑国华"))
    await zheng.say("0107")
    return zheng


async def test_each_agreement_shows_its_state_and_can_be_taken_back(stage: Stage) -> None:
    zheng = await at_the_notice(stage)
    [*_, shown] = await zheng.tap(data="consents.toggle:use")
    assert shown.buttons[0].startswith("✅ 已同意：")
    assert shown.buttons[1].startswith("⬜ 同意：")
    [*_, shown] = await zheng.tap(data="consents.toggle:use")
    assert shown.buttons[0].startswith("⬜ 同意：")


async def test_nothing_goes_on_before_all_three(stage: Stage) -> None:
    zheng = await at_the_notice(stage)
    await zheng.tap(data="consents.toggle:use")
    await zheng.tap(data="consents.toggle:party_data")
    for words in ("/home", "你好", "/roles"):
        [*_, answer] = await zheng.say(words)
        assert "谁来看" in answer.text


async def test_not_agreeing_has_no_disadvantage_and_the_secretary_is_told(stage: Stage) -> None:
    zheng = await at_the_notice(stage)
    [*_, answer] = await zheng.tap("我不同意")
    assert "没有任何不利" in answer.text
    assert "书记为您代录" in answer.text
    await stage.at(MONDAY + timedelta(minutes=2))
    assert "郑国华同志不在Telegram中办理" in await stage["陈静"].heard()
    kept = await stage.database.read(lambda tx: tx.all(select(consent).where(consent.c.refused_at.is_not(None))))
    assert {row.kind for row in kept} == set(KINDS)


async def test_who_changes_their_mind_within_the_minute_is_not_told_of(stage: Stage) -> None:
    zheng = await at_the_notice(stage)
    await zheng.tap("我不同意")
    [*_, notice] = await zheng.tap("重新阅读并同意")
    for kind in KINDS:
        await zheng.tap(data=f"consents.toggle:{kind}", message=notice)
    assert "欢迎" in (await zheng.last()).text
    await stage.at(MONDAY + timedelta(minutes=2))
    assert "代录" not in await stage["陈静"].heard()


async def test_privacy_shows_when_and_withdraws_after_a_question(stage: Stage) -> None:
    [*_, shown] = await stage["李明"].say("/privacy")
    assert "2026年10月12日（星期一）10:00同意" in shown.text
    assert "谁来看" in shown.text
    [*_, asked] = await stage["李明"].tap(data="consents.ask_withdrawal:party_data")
    assert "确定撤回" in asked.text
    [*_, kept] = await stage["李明"].tap("保留")
    assert "撤回：" in kept.buttons[0]
    await stage["李明"].tap(data="consents.ask_withdrawal:party_data")
    [*_, answer] = await stage["李明"].tap("确定撤回")
    assert "没有任何不利" in answer.text
    [*_, answer] = await stage["李明"].say("/home")
    assert "谁来看" in answer.text
    [*_, shown] = await stage["李明"].say("/privacy")
    assert "10:00撤回" in shown.text
    await stage.at(MONDAY + timedelta(minutes=2))
    assert "李明同志不在Telegram中办理" in await stage["陈静"].heard()


async def test_privacy_in_english(english_stage: Stage) -> None:
    [*_, shown] = await english_stage["李明"].say("/privacy")
    assert "agreed on Monday, 12 October 2026, 10:00" in shown.text
    await english_stage["李明"].tap(data="consents.ask_withdrawal:use")
    [*_, answer] = await english_stage["李明"].tap("Yes, withdraw")
    assert "no disadvantage" in answer.text


async def test_an_old_agreement_button_withdraws_nothing(stage: Stage) -> None:
    zheng = await newcomer(stage)
    await walk_in(zheng, await invited(stage, "陈静", "郑国华"), "0107")
    for data in ("consents.toggle:use", "consents.decline"):
        [*_, answer] = await zheng.forge(data)
        assert "您的同意情况" in answer.text
    [*_, answer] = await zheng.say("/home")
    assert "您好" in answer.text
    [*_, answer] = await zheng.forge("consents.withdraw:everything")
    assert "已不存在" in answer.text


async def test_help_says_what_is_for_whom(stage: Stage) -> None:
    [*_, member] = await stage["李明"].say("/help")
    assert "不代替思想汇报" in member.text
    assert "涉密" in member.text
    assert "组织与分工" not in member.text
    [*_, secretary] = await stage["陈静"].say("帮助")
    assert "组织与分工" in secretary.text
    [*_, asked] = await stage["李明"].tap("语言")
    assert asked.buttons == ["简体中文", "English"]
    [*_, answer] = await stage["李明"].tap("English")
    assert answer.text == "From now on I write to you in English."
    assert "Help" in await keys(stage["李明"].phone)
    [*_, answer] = await stage["李明"].say("Help")
    assert "What each button is for" in answer.text


def test_every_key_of_the_keyboard_is_explained_in_the_help() -> None:
    commands = [command for area in AREAS for command in area.commands]
    assert [command.name for command in commands if command.on_keyboard and not command.purpose] == []


def test_the_menu_beside_the_message_field_names_what_any_member_may_use_in_both_languages() -> None:
    chinese, english = (dict(commands_menu.menu(language(code))) for code in ("zh_Hans", "en"))
    assert chinese.keys() == english.keys()
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in chinese)
    assert all(0 < len(words) <= 256 for words in (*chinese.values(), *english.values()))
    assert (chinese["pairings"], english["pairings"]) == ("结对", "Pairings")
    assert {"checkin", "me", "reviews", "rotations", "needs", "leave", "help", "privacy"} <= chinese.keys()
    assert chinese.keys().isdisjoint({"people", "roles", "roster", "announce", "summary", "health", "forms", "group"})
