"""What the people of the story say, in both languages; the bot's words are its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Script:
    """Titles of the chapters with why each matters to whom, and the sentences that are typed."""

    chapters: tuple[tuple[str, str], ...]
    direction: str
    outcome: str
    completion: str
    report: str
    second_report: str
    comment: str
    rotation_post: str
    rotation_days: str
    rotation_specialty: str
    rotation_goals: str
    rotation_report: str
    need: str
    answer: str
    words: str
    backs_up: str
    others_come: str
    roster_name: str
    draft: str
    done: str


CHINESE = Script(
    chapters=(
        (
            "一、建库",
            "周伟（党委组织干事）用一次性代码成为管理员，发来花名册：组织、人员、结对、轮岗一次到位，先预览再确认。",
        ),
        ("二、邀请与同意", "书记为同志制作邀请；本人核对工号后四位，看清谁来看、怎么用，逐项同意后才开始使用。"),
        ("三、结对：定人、定方向、定成效", "书记提出，培养联系人一条消息补全，双方确认后才生效。"),
        ("四、轮岗", "书记在聊天中安排轮岗，重叠会被拒绝；本人、带教人、牵头骨干各得通知。"),
        ("五、汇报", "到期当天提醒一次，两三句话、一次点选、一次确认；一分钟内可撤销。"),
        ("六、点评", "培养联系人周一、周四收到待办摘要，点一下或写一句；请补充不算补交。"),
        ("七、需要支持", "困难当天送到培养联系人和书记，解决前一直在清单上。"),
        ("八、忙时与轮岗中的汇报", "忙时可跳过并说明，不再提醒；轮岗开始后，同一次汇报兼顾轮岗。"),
        (
            "九、月度小结",
            "次月第一个工作日，支部书记收到初稿，补充几句后确认上报；下级都已确认即汇总，最迟第三个工作日；第五个工作日锁定。",
        ),
    ),
    direction="提升继电保护调试技能，向党组织靠拢",
    outcome="独立完成110千伏线路保护校验",
    completion="通过班组技能考核\n2027年3月31日",
    report="跟班完成2号主变保护校验，把上周学的整组传动用上了，还缺一次独立操作的机会。",
    second_report="独立完成10千伏备自投试验，写了试验报告；缺测试仪，三个班组共用一台。",
    comment="思路清楚，试验报告写得扎实。下周安排你主操作，注意安全措施票的核对。",
    rotation_post="输电线路巡视员\n带电作业班",
    rotation_days="10月19日至12月31日",
    rotation_specialty="输电运检",
    rotation_goals="掌握线路巡视和缺陷判断，能独立完成一条线路的巡视",
    rotation_report="在带电作业班跟线两次，用继电保护知识帮班组判断了一处跳闸原因，还不熟悉登塔流程。",
    need="缺一台继电保护测试仪，三个班组共用，试验常常要等。",
    answer="物资供应党支部调剂一台，今天下午送到检修班。",
    words="本月师徒同练，一名青年骨干能独立做备自投试验；下月请两位带教人各讲一课。",
    backs_up="周伟设好每晚备份：python3 run.py backup。",
    others_come="陈静同样邀请了王芳和李明，周伟邀请了输电运检党支部书记赵强，都登记进来了。",
    roster_name="花名册.xlsx",
    draft="初稿",
    done="全过程演示完毕。十月小结的文字、图片、工作簿和文稿存放在：{folder}",
)

ENGLISH = Script(
    chapters=(
        (
            "1 · The organisation",
            "Zhou Wei, the committee's officer, becomes administrator by a one-time code and sends the roster: units, people, pairings and rotations in one go, with a preview first.",
        ),
        (
            "2 · Invitations and consent",
            "The secretary makes invitations; each person confirms the staff number's last digits, reads who sees what, and agrees button by button.",
        ),
        (
            "3 · A pairing: people, direction, outcome",
            "The secretary proposes, the cultivation contact completes it in one message, and it begins when both have confirmed.",
        ),
        (
            "4 · A rotation",
            "Arranged in chat; an overlap would be refused. The person, the host and the leading backbone are told.",
        ),
        (
            "5 · A report",
            "One prompt on the due day; a few sentences, a tap, a confirmation; a minute to take it back.",
        ),
        ("6 · A review", "Whoever guides gets a digest on Mondays and Thursdays: one tap or one sentence is enough."),
        (
            "7 · Support",
            "What is missing reaches contact and secretary at once and stays on the list until it is solved.",
        ),
        (
            "8 · Busy weeks, and a report from the rotation",
            "Skipping with a reason is fine and ends the prompts; one report serves pairing and rotation.",
        ),
        (
            "9 · The month",
            "The branch gets its draft on the first working day, adds a few words and confirms; those above get theirs once all have, on the third day at the latest. It locks on the fifth.",
        ),
    ),
    direction="Commissioning of protection relays, and growing towards the Party",
    outcome="Carries out the check of a 110 kV line protection alone",
    completion="Passes the team's skill test\n2027-03-31",
    report="Checked the protection of transformer 2 with the team, used last week's end-to-end test, still lack a chance to do it alone.",
    second_report="Did the 10 kV transfer test alone and wrote its report; one test set serves three teams.",
    comment="Clear thinking and a solid report. Next week you lead the test; mind the safety ticket.",
    rotation_post="Line inspector\nLive-line team",
    rotation_days="2026-10-19 to 2026-12-31",
    rotation_specialty="Transmission lines",
    rotation_goals="Knows line inspection and how to judge defects, can inspect one line alone",
    rotation_report="Walked two lines with the team and found the cause of a trip with what I know of relays; not sure of tower climbing yet.",
    need="One relay test set serves three teams, so tests often wait.",
    answer="The supplies branch lends one; it arrives this afternoon.",
    words="Pairs trained together, and one young key worker now does the transfer test alone; next month both hosts give a lesson.",
    backs_up="Zhou Wei has a backup made every night: python3 run.py backup.",
    others_come="Chen Jing invites Wang Fang and Li Ming in the same way, Zhou Wei invites Zhao Qiang, secretary of the line branch; all come in.",
    roster_name="roster.xlsx",
    draft="draft",
    done="The story is complete. October's text, picture, workbook and paper are in {folder}",
)

SCRIPTS = {"zh_Hans": CHINESE, "en": ENGLISH}
