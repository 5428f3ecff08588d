"""What the guided story says, in both languages: of each step its title, what it is good for and for whom, and each move."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """A step; `moves` in the order in which the story makes them."""

    title: str
    why: str
    moves: tuple[str, ...]


CHINESE = (
    Told(
        "邀请一位新同志",
        "{secretary}是支部书记：一个链接就把人请进来，不建群、不培训；链接只能用一次，转给别人也进不来。",
        (
            "点下方“人员”",
            "输入要找的姓名",
            "点“{newcomer}”",
            "点“生成邀请”",
            "稍等，邀请就到",
        ),
    ),
    Told(
        "登记，逐项同意",
        "{newcomer}先看清谁来看、怎么用，再决定是否同意；不同意也不影响培养，可由书记代录。",
        (
            "点{secretary}手机上的邀请链接，再选{newcomer}",
            "输入工号后四位，核对是本人",
            "同意第一项",
            "同意第二项",
            "同意第三项",
        ),
    ),
    Told(
        "结对：定人、定方向、定成效",
        "{secretary}一次把三件事说清，缺一样就不能生效；以后的提醒、汇报和小结都从这里来，不再重复填报。",
        (
            "点下方“结对”",
            "点“新建结对”",
            "输入培养对象的姓名",
            "点“{newcomer}”",
            "输入培养联系人的姓名",
            "点“{mentor}”",
            "写方向，一句话",
            "写预期成效，一句话",
            "点“提出结对”",
        ),
    ),
    Told(
        "双方确认",
        "{mentor}一条消息补齐衡量标准和时限，{newcomer}点一下即生效。点错了不要紧，一分钟内都能撤销。",
        (
            "过两分钟，提议送到{mentor}",
            "点“补全内容”",
            "第一行写衡量标准，第二行写完成时限",
            "点“确认”",
            "再过两分钟，送到{newcomer}",
            "点“确认”",
        ),
    ),
    Told(
        "到期提醒，三句话汇报",
        "{newcomer}在到期当天上午收到一次提醒；两三句话、点两下就好，不用填表，也不会反复催。",
        (
            "快进到星期五上午，提醒送到{newcomer}",
            "点“现在汇报”",
            "写两三句：做了什么、用上了什么、还缺什么",
            "点一下进展，如“按计划推进”",
            "点“提交”",
        ),
    ),
    Told(
        "培养联系人点评",
        "{mentor}每周一、周四只收一份待办：有话写一句，没话点“已阅”。不打分，不排名。",
        (
            "快进到下周一上午，待办送到{mentor}",
            "点“逐份点评”",
            "点“写点评”",
            "写一句话",
        ),
    ),
    Told(
        "有困难，当天就有人管",
        "{newcomer}说出困难，培养联系人和书记当天就收到；解决之前它一直在清单上，不会等到月底才知道。",
        (
            "快进到星期五上午，提醒送到{newcomer}",
            "点“现在汇报”",
            "写两三句",
            "点“需要支持”",
            "选一类困难，如物力",
            "选谁可以看",
            "写缺什么",
            "点“提交”",
            "过两分钟，困难送到{secretary}",
            "点“由我负责”",
        ),
    ),
    Told(
        "月度小结",
        "小结由平时的汇报生成，{secretary}核对后补一句就能上报；党委只看汇总，看不到个人汇报，谁也不用再写一份总结。",
        (
            "快进到下月第一个工作日，小结初稿送到{secretary}",
            "点“补充几句”",
            "写一两句",
            "点“确认上报”",
        ),
    ),
)

ENGLISH = (
    Told(
        "Invite somebody new",
        "{secretary} leads the branch: one link brings a person in, without a group or a training. It works once, and for nobody else.",
        (
            "Press “People” below",
            "Write the name you look for",
            "Tap “{newcomer}”",
            "Tap “Make an invitation”",
            "The invitation comes in a moment",
        ),
    ),
    Told(
        "Register, and agree point by point",
        "{newcomer} reads who sees what and what for, and then decides. Whoever does not agree is trained all the same; the secretary can enter for them.",
        (
            "Tap the invitation on {secretary}’s phone and choose {newcomer}",
            "Write the last four digits of the staff number",
            "Agree to the first point",
            "Agree to the second",
            "Agree to the third",
        ),
    ),
    Told(
        "A pairing: people, direction, outcome",
        "{secretary} says all three once, and without one of them it cannot begin. Reminders, reports and summaries come from it; nothing is asked twice.",
        (
            "Press “Pairings” below",
            "Tap “New pairing”",
            "Write the name of the mentee",
            "Tap “{newcomer}”",
            "Write the name of the cultivation contact",
            "Tap “{mentor}”",
            "Write the direction in one sentence",
            "Write the expected outcome in one sentence",
            "Tap “Propose it”",
        ),
    ),
    Told(
        "Both agree",
        "{mentor} adds the measure and the date in one message, {newcomer} agrees with a tap. A wrong tap can be taken back within the minute.",
        (
            "Two minutes later it reaches {mentor}",
            "Tap “Complete it”",
            "Write the measure in the first line, the date in the second",
            "Tap “Confirm”",
            "Two more minutes, and it reaches {newcomer}",
            "Tap “Confirm”",
        ),
    ),
    Told(
        "A reminder, and a report in three sentences",
        "{newcomer} is reminded once, in the morning of the day. Two or three sentences and two taps: no form, no nagging.",
        (
            "On to Friday morning, when the reminder comes",
            "Tap “Report now”",
            "Write what was done, what came of it, what is missing",
            "Tap how it stands, such as “On plan”",
            "Tap “Hand in”",
        ),
    ),
    Told(
        "The cultivation contact answers",
        "{mentor} gets one list on Mondays and Thursdays: a sentence where there is something to say, else a tap. No points, no ranks.",
        (
            "On to Monday morning, when the list comes",
            "Tap “Review one by one”",
            "Tap “Comment”",
            "Write a sentence",
        ),
    ),
    Told(
        "Something is missing, and somebody cares the same day",
        "What {newcomer} lacks reaches contact and secretary at once and stays on their list until it is solved, not until the month ends.",
        (
            "On to Friday morning, when the reminder comes",
            "Tap “Report now”",
            "Write two or three sentences",
            "Tap “Needs support”",
            "Choose what kind it is, such as “Material”",
            "Choose who may know",
            "Write what is missing",
            "Tap “Hand in”",
            "Two minutes later it reaches {secretary}",
            "Tap “Take it on”",
        ),
    ),
    Told(
        "The month’s summary",
        "It is made of what was reported; {secretary} looks, adds a sentence and confirms. The committee sees the whole and no single report, and nobody writes a summary again.",
        (
            "On to the first working day of the next month, when the draft comes",
            "Tap “Add a few words”",
            "Write a sentence or two",
            "Tap “Confirm and send up”",
        ),
    ),
)

TOLD = {"zh_Hans": CHINESE, "en": ENGLISH}
