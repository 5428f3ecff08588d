"""What is said of things that happen once, and in two lines on the way through a rotation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AffairWords:
    """`ended`: why a pairing ended early; `wish`: what somebody asks to have changed in one; `falls_through`: why a rotation is
    cancelled; `comments`: what a mentor at home says of a talk or an evaluation; `renamed`: what a branch will be called;
    `split_off`: a new group; notes are of two lines.
    """

    ended: str
    wish: str
    falls_through: str
    renamed: str
    split_off: str
    hand_overs: tuple[str, ...]
    talks: tuple[str, ...]
    comments: tuple[str, ...]


AFFAIRS = {
    "zh_Hans": AffairWords(
        ended="本人借调省公司，原定内容不再适用",
        wish="夜班较多，希望改在白班时碰头",
        falls_through="接收班组近期承担迎峰度夏保电任务，暂无带教力量",
        renamed="职能管理党支部",
        split_off="第四党小组",
        hand_overs=(
            "台账和工器具已交班组同志，清单双方签字\n一份缺陷单尚未销号，由班长跟踪",
            "值班资料和未结工单已移交副班长\n月末报表由接手同志完成",
            "手上两项小修已交代清楚\n没有未了事项",
        ),
        talks=(
            "跟班主动，记录认真，能独立完成日常巡视\n后半程多参加几次作业前准备",
            "与班组配合好，原专业的经验用得上\n再熟悉系统操作和应急处置",
            "肯学肯问，安全措施布置规范\n后半程试着牵头一次小型作业",
        ),
        comments=(
            "与平时汇报一致，回来后请在班组讲一次。",
            "进步看得见，安全规程还要再过一遍。",
            "同意带教人的意见，后续结合本专业巩固。",
        ),
    ),
    "en": AffairWords(
        ended="Lent to the provincial company; what was agreed no longer fits",
        wish="Works nights often and would rather meet on a day shift",
        falls_through="The host team keeps the summer peak supplied and has nobody free to guide",
        renamed="Administration Branch",
        split_off="Group 4",
        hand_overs=(
            "Records and tools are with a colleague, the list is signed by both\nOne defect note is open; the team leader follows it up",
            "Papers of the shift and open orders are with the deputy\nThe report of the month is finished by whoever takes over",
            "Two small repairs are explained\nNothing is left open",
        ),
        talks=(
            "Takes part, keeps careful records, does the daily round alone\nShould see more of how work is prepared",
            "Works well with the team, and knowledge of the own trade helps\nShould get to know the system and emergencies",
            "Asks and learns, arranges safety as it should be\nShould lead one small job in the second half",
        ),
        comments=(
            "That agrees with the reports; please tell the team about it once back.",
            "One sees the progress; go through the safety rules once more.",
            "I agree with the host; we shall build on it in our own trade.",
        ),
    ),
}
