"""The first words, and an answer to whatever is not understood."""

from __future__ import annotations

from tests.stage import Stage


async def test_a_member_is_greeted_by_name(stage: Stage) -> None:
    [*_, answer] = await stage["李明"].say("/home")
    assert "李明同志" in answer.text


async def test_a_member_is_greeted_in_english(english_stage: Stage) -> None:
    [*_, answer] = await english_stage["李明"].say("/home")
    assert answer.text.startswith("李明, good to see you")


async def test_an_unknown_command_points_to_help(stage: Stage) -> None:
    [*_, answer] = await stage["李明"].say("/nonsense")
    assert "/help" in answer.text

