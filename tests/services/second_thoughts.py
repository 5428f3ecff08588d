"""Every tap and every message that changes something: what takes it back, or why nothing does; and walks that reach them.

A key is a button's verb, or kind and step of the dialogue in which words are expected.
"""

from __future__ import annotations

from collections.abc import Mapping

UNDO: Mapping[str, str] = {
    "check_in.send": "check_in.undo",
    "check_in.reason": "check_in.unskip",
    "check_in_skip:reason": "check_in.unskip",
    "check_in.reached": "outcome.undo",
    "entry.reason": "entry.unskip",
    "review.noted": "review.undo",
    "review.highlight": "review.undo",
    "review_words:commented": "review.undo",
    "review_words:please_add": "review.undo",
    "need.ask": "need.withdraw",
    "need.take_on": "need.undo",
    "need.solve": "need.undo",
    "need.not_yet": "need.undo",
    "need_answer:words": "need.undo",
    "need_promise:words": "need.undo",
    "referral_words:words": "referral.recall",
    "leave.take": "leave.cancel",
    "leave.cancel": "leave.restore",
    "leave.restore": "leave.cancel",
    "pairing.submit": "pairing.undo",
    "pairing.confirm": "pairing.undo",
    "pairing.filled": "pairing.undo",
    "pairing.signed": "pairing.undo",
    "pairing.do": "pairing.undo",
    "pairing.often": "pairing.undo",
    "pairing.swap": "pairing.undo",
    "pairing_words:change": "pairing.undo",
    "pairing_words:sign": "pairing.undo",
    "outcome.claim": "outcome.undo",
    "outcome.today": "outcome.undo",
    "outcome_words:verify": "outcome.undo",
    "outcome_words:back": "outcome.undo",
    "rotation.submit": "rotation.undo",
    "rotation.no_word": "rotation.undo",
    "rotation_words:word": "rotation.undo",
    "rotation.close": "rotation.undo",
    "rotation.cancel": "rotation.undo",
    "rotation.days": "rotation.undo",
    "rotation.link": "rotation.undo",
    "confirmation.confirm": "confirmation.undo",
    "confirmation.without": "confirmation.undo",
    "handover.confirm": "handover.undo",
    "unit_change.confirm": "unit_change.cancel",
    "roles.give": "roles.end",
    "roles.give_administrator": "roles.end",
    "roles.end": "roles.give",
    "holiday:off": "holidays.remove",
    "holiday:working": "holidays.remove",
    "holidays.remove": "holidays.put",
    "holidays.put": "holidays.remove",
}
"""By key, the verb of the button that the answer must carry."""

IS_AN_UNDO = "it is itself a second thought, and what it took back can be done again"
SAME_BUTTONS = "a choice of one's own about oneself; nobody is told, and the same buttons stay beneath it"
VERSIONS = "the report can be changed again until its month locks; every version is kept"
NO_UNDO: Mapping[str, str] = {
    "check_in.undo": IS_AN_UNDO,
    "check_in.unskip": IS_AN_UNDO,
    "entry.unskip": IS_AN_UNDO,
    "review.undo": IS_AN_UNDO,
    "need.undo": IS_AN_UNDO,
    "need.withdraw": IS_AN_UNDO,
    "referral.recall": IS_AN_UNDO,
    "pairing.undo": IS_AN_UNDO,
    "pairing.unconfirm": IS_AN_UNDO,
    "outcome.undo": IS_AN_UNDO,
    "rotation.undo": IS_AN_UNDO,
    "confirmation.undo": IS_AN_UNDO,
    "departures.come_back": IS_AN_UNDO,
    "handover.undo": IS_AN_UNDO,
    "unit_change.cancel": IS_AN_UNDO,
    "check_in.change_standing": VERSIONS,
    "check_in_change:replace": VERSIONS,
    "check_in_change:add": VERSIONS,
    "review.attribution": SAME_BUTTONS,
    "need.share": SAME_BUTTONS,
    "reminders.hour": SAME_BUTTONS,
    "reminders.weekday": SAME_BUTTONS,
    "reminders.switch": SAME_BUTTONS,
    "reminders.at_once": SAME_BUTTONS,
    "reminders.snooze": SAME_BUTTONS,
    "languages.choose": SAME_BUTTONS,
    "consents.toggle": SAME_BUTTONS,
    "consents.decline": SAME_BUTTONS,
    "consents.withdraw": "it asks first and ends access at once, as the law wants it; agreeing again brings all back",
    "invites.make": "nobody is told; a code shown cannot be unshown, and making another one ends it",
    "contact.clear": "nobody is told; it stands on the unit's page with the button that changes it",
    "contact:name": "nobody is told; it stands on the unit's page with the button that changes it",
}
"""By key, why no undo is offered."""

NOT_WALKED: Mapping[str, str] = {
    "edited_message": VERSIONS,
    "invites.unit": "a job; nobody is told, codes shown cannot be unshown, and making others ends them",
    "registration": "a code works once; a new invite ends a wrong binding",
    "roster.confirm": "a job behind a preview of every change; an earlier roster brought in again sets it right",
}
"""What changes something and is reached by no walk here."""

ONLY_ASKED = frozenset(
    {"picker", "people", "pairing", "rotation", "check_in", "leave", "confirmation_words", "roster", "unit_change"}
)
"""Dialogues whose words lead to a preview; a tap beneath it does what they say."""

PROPOSAL = (
    "陈静 pairing.for:2",
    "陈静 pairing.guide:4",
    "陈静 提升检修技能",
    "陈静 独立完成主变检修\n现场考核\n2027年3月31日",
    "陈静 pairing.submit:{mark}",
)
EVALUATION = ("!ends soon", "郑涛 rotation.evaluate:1", "郑涛 能独立巡检", "郑涛 rotation.capability:1:independent")
WALKS: tuple[tuple[str, ...], ...] = (
    ("李明 check_in.undo:2", "李明 check_in.send:1"),
    ("李明 check_in.undo:2", "李明 check_in.reason:{reported}:0", "李明 check_in.unskip:{reported}"),
    ("李明 check_in.undo:2", "李明 check_in.skip:{reported}", "李明 连续抢修"),
    (
        "李明 check_in.undo:2",
        "陈静 entry.for:1",
        "陈静 entry.source:1:paper",
        "陈静 entry.skip:1",
        "陈静 entry.reason:1:0",
        "陈静 entry.unskip:{reported}",
    ),
    ("李明 check_in.edit:1", "李明 改一改说法"),
    ("王芳 review.please_add:2", "王芳 请补充数据", "李明 check_in.add:2", "李明 补充如下"),
    ("王芳 review.comment:2", "王芳 很好", "王芳 review.undo:{review}"),
    ("王芳 review.highlight:2", "李明 review.attribution:{review}:signed"),
    ("王芳 need.answer:2", "王芳 已协调", "王芳 need.undo:2", "王芳 need.promise:2", "王芳 下周三"),
    ("陈静 referral.to:1:2", "陈静 请协调检修资金", "陈静 referral.recall:1"),
    ("陈静 need.answer:1", "陈静 已协调", "李明 need.share:1:yes"),
    ("李明 leave.take:1:0:2026-10-19:2026-10-23", "李明 leave.cancel:{leave}", "李明 leave.restore:{leave}"),
    ("李明 reminders.hour:10",),
    ("李明 check_in.undo:2", "!prompted", "李明 reminders.snooze:tomorrow"),
    (*PROPOSAL, "赵强 pairing.confirm:{pairing}", "赵强 pairing.unconfirm:{pairing}", "陈静 pairing.edit:{pairing}",
     "陈静 pairing.submit:{mark}"),
    (*PROPOSAL, "赵强 pairing.ask:{pairing}", "赵强 希望每月一次", "陈静 pairing.do:answer:{pairing}",
     "陈静 pairing.sign:{pairing}", "陈静 pairing.signed:{pairing}", "陈静 pairing.undo:{pairing}",
     "陈静 pairing.sign:{pairing}", "陈静 10月13日"),
    (*PROPOSAL[:2], "陈静 pairing.open_direction", *PROPOSAL[3:], "赵强 pairing.fill:{pairing}", "赵强 提升检修技能",
     "赵强 pairing.filled:{pairing}"),
    ("陈静 pairing.end:1", "陈静 借调省公司", "陈静 pairing.do:end:1", "陈静 pairing.undo:1", "陈静 pairing.do:pause:1",
     "陈静 pairing.do:resume:1"),
    ("李明 outcome.claim:1", "王芳 outcome.back:1", "王芳 还差一次独立操作", "王芳 outcome.undo:1", "王芳 outcome.verify:1",
     "王芳 昨天\n现场核实"),
    (*EVALUATION, "郑涛 rotation.no_word:1", "陈静 rotation.close:1"),
    (*EVALUATION, "郑涛 踏实肯干", "郑涛 rotation.undo:1"),
    ("陈静 rotation.ask_cancel:1", "陈静 工作需要", "陈静 rotation.cancel:1"),
    ("陈静 rotation.ask_days:1", "陈静 10月12日至11月30日", "陈静 rotation.days:1"),
    ("陈静 rotation.for:2", "陈静 rotation.unit:4", "陈静 技术员", "陈静 10月19日至12月31日", "陈静 rotation.skip",
     "陈静 rotation.skip", "陈静 rotation.skip", "陈静 rotation.skip", "陈静 rotation.submit:{mark}"),
    ("!asked", "陈静 confirmation.confirm:2026-10:3", "陈静 confirmation.undo:2026-10:3",
     "陈静 confirmation.without:2026-10:3"),
    ("周伟 handover.kind:8:leaves", "周伟 handover.confirm", "周伟 departures.come_back:8"),
    ("周伟 handover.kind:8:retires", "周伟 handover.confirm", "周伟 handover.undo:8"),
    ("周伟 unit_change.kind:3:rename", "周伟 新支部", "周伟 unit_change.today", "周伟 unit_change.confirm",
     "周伟 unit_change.cancel:1"),
    ("周伟 roles.give:3:0:2", "周伟 roles.end:{role}"),
    ("陈静 holidays.ask:3:off", "陈静 10月20日", "陈静 holidays.remove:3:2026-10-20", "陈静 holidays.put:3:2026-10-20:off"),
    ("陈静 holidays.ask:3:working", "陈静 10月17日"),
    ("李明 languages.choose:en",),
    ("李明 consents.withdraw:use", "李明 consents.toggle:use"),
    ("李明 consents.withdraw:use", "李明 consents.decline"),
    ("陈静 contact.ask:3", "陈静 王芳，84123456"),
)  # fmt: skip
"""Who presses or says what, one after another; `!` is something that happens meanwhile."""
