"""How people come in: somebody new, their invitation, their first steps."""

from __future__ import annotations

import re

from domain.people import Stage as PartyStage
from emulator.phone import Phone
from services import deployment
from tests.stage import BRANCH, Player, Stage


async def newcomer(
    stage: Stage, name: str = "郑国华", *, language: str = "", party_stage: PartyStage = PartyStage.FULL_MEMBER
) -> Player:
    """Somebody of the branch without an account; the bot knows its own name."""
    await stage.database.write(
        lambda tx: deployment.remember(tx, bot_username="shuangpei_local_bot", detail_files=True)
    )
    return await stage.person(name, BRANCH, account=False, language=language, party_stage=party_stage)


async def invited(stage: Stage, by: str, name: str, *, button: str = "生成邀请") -> str:
    """The code that a secretary gets for somebody, as it is shown."""
    await stage[by].say(f"/people {name}")
    await stage[by].tap(data=f"people.card:{stage[name].person_id}")
    [*_, shown] = await stage[by].tap(button)
    found = re.search(r"\b\w{4}-\w{4}\b", shown.text)
    assert found, shown.text
    return found[0]


async def walk_in(player: Player, code: str, digits: str) -> None:
    """Code, digits and all three agreements."""
    await player.say(code)
    await player.say(digits)
    consent = await player.last()
    for kind in ("use", "party_data", "transfer_abroad"):
        await player.tap(data=f"consents.toggle:{kind}", message=consent)


async def keys(phone: Phone) -> list[str]:
    """The buttons of the permanent keyboard."""
    return [key for row in await phone.keyboard() for key in row]
