"""Who is on the phones of the page: the cast of the seeded organisation, the first three at the front."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Player:
    """`registered`: has an account from the start; else comes in by an invitation. The rest is shown beside the name."""

    telegram_id: int
    name: str
    chinese: str
    english: str
    registered: bool = True

    def about(self, locale: str) -> str:
        return self.chinese if locale == "zh_Hans" else self.english


MEMBER, MENTOR, SECRETARY, OFFICER, HOST, OUTSIDER = "李明", "王芳", "陈静", "周伟", "赵强", "林一"
NEWCOMER = "苏晴"
BRANCH_GROUP = -4000
"""The id of the group of the branch that most of the cast are of."""
GROUP_TITLES = {"zh_Hans": "检修支部之家", "en": "Maintenance branch"}
IN_GROUP = (MEMBER, MENTOR, SECRETARY, NEWCOMER)
CROWD = range(20_000, 20_500)
"""The Telegram ids of those who are on no phone."""
CAST = (
    Player(1001, MEMBER, "入党积极分子，业务骨干", "Party activist, key professional"),
    Player(1002, MENTOR, "李明的培养联系人", "Cultivation contact of Li Ming"),
    Player(1003, SECRETARY, "变电检修党支部书记", "Secretary of their branch"),
    Player(1004, OFFICER, "党委组织干事，管理员", "Officer of the committee, administrator"),
    Player(1005, HOST, "输电运检党支部，业务骨干", "Key professional of another branch"),
    Player(
        1007,
        NEWCOMER,
        "入党积极分子，刚到支部",
        "Party activist, new to the branch",
        registered=False,
    ),
    Player(1006, OUTSIDER, "输电运检党支部，尚未登记", "Of another branch, not registered yet", registered=False),
)


def player(name: str) -> Player:
    return next(one for one in CAST if one.name == name)


ADMINISTRATOR = player(OFFICER)
