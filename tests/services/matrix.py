"""One small organisation with something of everybody's in it, and a way to try every command and button on it."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Table, select, text

from bot.turns import refused
from domain.actors import Actor
from domain.check_ins import Capacity, Standing
from domain.consents import CURRENT_VERSION, ConsentKind
from domain.duties import SubjectKind
from domain.needs import NeedAudience, NeedKind
from domain.outcomes import OutcomeTerms
from domain.pairings import PairingState, Terms, Track
from domain.people import Stage, staff_key
from domain.periods import WEEKLY_ON_FRIDAY
from domain.refusals import Refusal
from domain.reviews import ReviewKind
from domain.roles import RoleKind
from domain.rotations import Plan, RotationState
from domain.units import UnitKind
from handlers.routes import Routes
from handlers.said import Said
from handlers.views.page import Document, Message, Picture, Say
from locales import language
from services import access, duties
from services.delivery import Skip
from services.names import pinyin
from storage import (
    accounts,
    check_ins,
    consents,
    needs,
    outcomes,
    pairings,
    people,
    referrals,
    reviews,
    roles,
    rotations,
)
from storage import units as unit_rows
from storage.database import Database, Writer
from storage.tables import (
    check_in,
    duty,
    holiday,
    invite,
    leave,
    need,
    outcome,
    pairing,
    pairing_mentor,
    person,
    referral,
    review,
    role,
    rotation,
    rotation_comment,
    rotation_note,
)

NOW = datetime(2026, 10, 14, 2, 0, tzinfo=UTC)
ADMINISTRATOR = "管理员"
"""An account without a person."""
PLACES = {
    "李明": "A", "王芳": "A", "陈静": "A", "赵强": "B", "孙丽": "B", "郑涛": "B", "吴静": "B", "林一": "B",
    "何敏": "G", "周伟": "C",
}  # fmt: skip
"""李明 is guided by 王芳 and rotates to 郑涛; 孙丽 of the other branch is guided by 赵强. 陈静 and 吴静 are the branches'
secretaries, 何敏 is the one above, 周伟 the committee's officer, 林一 nobody's."""
ROUTES = Routes()
Rows = Mapping[tuple[str, int], tuple[int, Any]]
"""By table and id: the person whom the row concerns, and its values."""
Event = Callable[[Writer], object]
"""Something that happens before an attempt, and is undone with it."""
TABLES: tuple[Table, ...] = (
    check_in, duty, holiday, invite, leave, need, outcome, pairing, pairing_mentor, person, referral, review, role,
    rotation, rotation_comment,
)  # fmt: skip


class _Undone(Exception):
    """Carries the findings out of a unit that must leave nothing."""


def nothing_happens(_: Writer) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Tried:
    """What a press or command showed, and whose rows of which tables it changed."""

    what: str
    shown: str
    changed: frozenset[tuple[str, str]] = frozenset()
    job: str = ""


@dataclass(slots=True)
class World:
    database: Database
    hostile: str = ""
    units: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    def telegram(self, name: str) -> int:
        return 5000 + [*PLACES, ADMINISTRATOR].index(name)

    def found(self, tx: Writer) -> None:
        zone = "Asia/Shanghai"
        above = {"C": None, "G": "C", "A": "G", "B": "G"}
        kinds = {"C": UnitKind.COMMITTEE, "G": UnitKind.GENERAL_BRANCH, "A": UnitKind.BRANCH, "B": UnitKind.BRANCH}
        for position, (place, parent) in enumerate(above.items()):
            over = self.units[parent] if parent else None
            self.units[place] = unit_rows.add(
                tx, kinds[place], f"{self.hostile}组织{place}", over, position=position, zone=zone
            )
        for name, home in PLACES.items():
            self._enrol(tx, name, self.units[home])
        account_id = accounts.add(
            tx, self.telegram(ADMINISTRATOR), person_id=None, display_name=ADMINISTRATOR, locale="zh_Hans", now=NOW
        )
        roles.add(tx, RoleKind.ADMINISTRATOR, unit_id=None, title="", account_id=account_id, now=NOW)
        for name, kind, unit, title in (
            ("陈静", RoleKind.SECRETARY, "A", "支部书记"), ("吴静", RoleKind.SECRETARY, "B", "支部书记"),
            ("何敏", RoleKind.SECRETARY, "G", "总支书记"), ("周伟", RoleKind.OFFICER, "C", "组织干事"),
        ):  # fmt: skip
            roles.add(tx, kind, unit_id=self.units[unit], title=title, person_id=self.people[name], now=NOW)
        self._programme(tx)

    def _enrol(self, tx: Writer, name: str, unit_id: int) -> None:
        number = f"工号{len(self.people) + 1:04}"
        self.people[name] = people.add(
            tx, root_id=self.units["C"], unit_id=unit_id, name=f"{self.hostile}{name}", staff_no=number, staff_key=staff_key(number),
            pinyin=pinyin(name), stage=Stage.ACTIVIST if name in ("李明", "孙丽") else Stage.FULL_MEMBER, backbone=True,
            specialty=f"{self.hostile}变电检修", post=f"{self.hostile}专责", now=NOW,
        )  # fmt: skip
        account_id = accounts.add(
            tx, self.telegram(name), person_id=self.people[name], display_name=name, locale="zh_Hans", now=NOW
        )
        for kind in ConsentKind:
            consents.put(tx, account_id, kind, CURRENT_VERSION, given_at=NOW)

    def _programme(self, tx: Writer) -> None:
        first = self._pair(tx, "李明", "王芳", "甲")
        other = self._pair(tx, "孙丽", "赵强", "乙")
        plan = Plan(
            self.people["李明"], self.units["B"], f"{self.hostile}见习班长", date(2026, 10, 12), date(2026, 12, 18), goals=f"{self.hostile}目标丙", team=f"{self.hostile}一班",
            host_id=self.people["郑涛"], host_name="郑涛",
        )  # fmt: skip
        rotation_id = rotations.add(tx, plan, RotationState.IN_POST, NOW)
        duties.plan_subject(tx, Actor.clock(NOW), SubjectKind.ROTATION, rotation_id)
        tx.insert(
            rotation_note,
            rotation_id=rotation_id,
            kind="midterm",
            first=f"{self.hostile}谈话丙",
            written_by=self.people["郑涛"],
            at=NOW,
        )
        tx.insert(
            rotation_comment, rotation_id=rotation_id, about="midterm", text=f"{self.hostile}导师评丙", written_by=self.people["王芳"], at=NOW
        )  # fmt: skip
        self._report(tx, "李明", SubjectKind.PAIRING, first, f"{self.hostile}汇报甲")
        self._report(tx, "李明", SubjectKind.ROTATION, rotation_id, f"{self.hostile}汇报丙")
        self._report(tx, "孙丽", SubjectKind.PAIRING, other, f"{self.hostile}汇报乙")
        reviews.add(tx, 1, self.people["王芳"], Capacity.MENTOR, ReviewKind.COMMENTED, f"{self.hostile}点评甲", NOW)
        both, alone = NeedAudience.MENTOR_AND_SECRETARY, NeedAudience.SECRETARY_ONLY
        for name, audience, words in (("李明", alone, "难处甲"), ("李明", both, "难处丁"), ("孙丽", alone, "难处乙")):
            needs.add(
                tx, person_id=self.people[name], check_in_id=None, kind=NeedKind.WORK, audience=audience, text=f"{self.hostile}{words}",
                now=NOW,
            )  # fmt: skip
        referrals.add(tx, 2, self.units["G"], f"{self.hostile}上报丁", self.people["陈静"], NOW)

    def _pair(self, tx: Writer, mentee: str, mentor: str, mark: str) -> int:
        terms = Terms(
            self.people[mentee], (self.people[mentor],), Track.BACKBONE_TO_MEMBER, f"{self.hostile}方向{mark}",
            (OutcomeTerms(f"{self.hostile}成效{mark}", f"{self.hostile}现场考核", date(2026, 12, 1)),), WEEKLY_ON_FRIDAY,
        )  # fmt: skip
        pairing_id = pairings.add(tx, terms, from_on=date(2026, 10, 5), now=NOW, created_by=None)
        outcomes.replace(tx, pairing_id, terms.outcomes)
        pairings.update_fields(tx, pairing_id, state=PairingState.ACTIVE, active_on=date(2026, 10, 5))
        duties.plan_subject(tx, Actor.clock(NOW), SubjectKind.PAIRING, pairing_id)
        return pairing_id

    def _report(self, tx: Writer, name: str, kind: SubjectKind, subject_id: int, text: str) -> None:
        person_id = self.people[name]
        owed = [
            one
            for one in duties.reportable(tx, person_id, NOW)
            if (one.subject_kind, one.subject_id) == (kind, subject_id)
        ]
        report = check_ins.add(
            tx, person_id=person_id, month="2026-10", text=text, standing=Standing.ON_TRACK, now=NOW, late=False,
            chat_id=None, message_id=None,
        )  # fmt: skip
        check_ins.answer_duty(tx, report, owed[0].id)
        duties.complete(tx, Actor.clock(NOW), [owed[0].id], NOW)

    async def sweep(self, name: str, after: Event = nothing_happens, *, ids: int | None = None) -> list[Tried]:
        """Every command, and every button with ids of one's own and of others' (or the first few), each undone after."""
        commands = [self.typed(name, f"/{command}") for command in ROUTES.commands]
        return await self.attempts([*commands, *(self.pressed(name, press) for press in presses(ids))], after)

    def typed(self, name: str, words: str) -> Said:
        who = self.telegram(name)
        command = words[1:] if words.startswith("/") else ""
        return Said(1, who, who, private=True, language="", display_name=name, text=words, command=command)

    def pressed(self, name: str, press: str) -> Said:
        who = self.telegram(name)
        verb, *args = press.split(":")
        return Said(
            1, who, who, private=True, language="", display_name=name, press=verb, press_args=tuple(args),
            callback_id="1", message_id=1,
        )  # fmt: skip

    async def attempts(self, updates: Sequence[Said], after: Event = nothing_happens) -> list[Tried]:
        """Each update by itself after something happened, which is the same each time; nothing is left of any."""

        def unit(tx: Writer) -> None:
            after(tx)
            before = _owners(tx)
            raise _Undone([self._attempt(tx, one, before) for one in updates])

        try:
            await self.database.write(unit)
        except _Undone as undone:
            tried: list[Tried] = undone.args[0]
            return tried
        raise AssertionError("every attempt is undone")

    def _attempt(self, tx: Writer, said: Said, before: Rows) -> Tried:
        """One update and, where it began a dialogue, a few words after it."""
        tx.run(text("SAVEPOINT attempt"))
        own = Writer(tx._connection)
        shown, job = self.answered(own, said)
        if own.has_changed("draft"):
            shown += self.answered(own, self.typed(said.display_name, "李"))[0]
        changed = _difference(before, _owners(own)) if own.has_changed(*_NAMES) else frozenset()
        assert not changed or own.has_changed("audit"), said
        tx.run(text("ROLLBACK TO SAVEPOINT attempt"))
        names = {number: one for one, number in self.people.items()}
        what = ":".join((said.command or said.press, *said.press_args))
        return Tried(what, shown, frozenset((table, names.get(owner, "")) for table, owner in changed), job)

    def answered(self, tx: Writer, said: Said) -> tuple[str, str]:
        """What one update shows (a refusal by its code), and the job that it begins."""
        code, message, job = self.looked(tx, said)
        return f"({code})" if code else _all_of(message), job

    def looked(self, tx: Writer, said: Said) -> tuple[str, Message, str]:
        """The code of a refusal, the message, and the job."""
        actor = access.identify(tx, said.telegram_id, NOW, "zh-hans")
        say, code = Say(language("zh_Hans"), actor.zone, NOW), ""
        try:
            answer = ROUTES.answer(tx, actor, said)
            screen = ROUTES.screens[answer.screen]
            data = screen.load(tx, access.identify_again(tx, actor, "zh-hans"), **answer.args)
        except Refusal as refusal:
            code, answer = refusal.code, refused(refusal)
            screen = ROUTES.screens[answer.screen]
            data = screen.load(tx, actor, **answer.args)
        if isinstance(data, Skip):
            return data.reason, Message(""), ""
        return code, screen.view(data, say), answer.job.name if answer.job else ""


async def world(database: Database, hostile: str = "") -> World:
    """`hostile` stands in everything that people write, their names included."""
    made = World(database, hostile)
    await database.write(made.found)
    return made


_NAMES = tuple(table.name for table in TABLES)


def _all_of(message: Message) -> str:
    """The text, what stands on the buttons, and what is in the files."""
    buttons = [f"[{one.text}|{one.press}]" for row in message.buttons for one in row]
    return "\n".join([message.text, *buttons, *map(_inside, message.files)])


def _inside(file: object) -> str:
    if isinstance(file, Picture):
        return file.svg()
    if not isinstance(file, Document):
        return ""
    made = file.make()
    if not made.startswith(b"PK"):
        return made.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist() if "xml" in name)


def _owners(tx: Writer) -> Rows:
    mentees = {row.id: row.mentee_id for row in tx.all(select(pairing.c.id, pairing.c.mentee_id))}
    rotating = {row.id: row.person_id for row in tx.all(select(rotation.c.id, rotation.c.person_id))}
    authors = {row.id: row.person_id for row in tx.all(select(check_in.c.id, check_in.c.person_id))}
    found: dict[tuple[str, int], tuple[int, Any]] = {}
    for table in TABLES:
        for row in tx.all(select(table)):
            values = dict(row._mapping)
            owner = (
                values.get("mentee_id") or values.get("holder_id")
                or (mentees.get(values["pairing_id"]) if "pairing_id" in values else None)
                or (rotating.get(values["rotation_id"]) if "rotation_id" in values else None)
                or (authors.get(values["check_in_id"]) if table is review else None)
                or values.get("person_id") or (values["id"] if table is person else 0)
            )  # fmt: skip
            found[table.name, row.id] = (owner, tuple(values.items()))
    return found


def _difference(before: Rows, after: Rows) -> frozenset[tuple[str, int]]:
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    return frozenset((key[0], (after.get(key) or before[key])[0]) for key in changed)


PEOPLE, UNITS, FEW = range(1, 11), range(1, 5), range(1, 4)
_BY_VERB: Mapping[str, tuple[str, ...]] = {
    "check_in.change_standing": ("{n}:on_track", "{n}:reached"),
    "check_in.reached": ("{n}:{n}",),
    "check_in.reason": ("{d}:0",),
    "check_in.skip": ("{d}",),
    "contact.ask": ("{u}",), "contact.clear": ("{u}",), "entry.for": ("{p}",),
    "proxy.choose": ("outcome:1:{p}", "report:1:{p}", "need:2:{p}", "pairing:1:{p}", "rotation:1:{p}", "rotation:1:0", "duty:1:{p}"),
    "proxy.act": ("claim:1:{p}", "note:1:{p}", "sign:1:{p}", "solve:2:{p}", "ask_change:1:{p}", "final:1:{p}", "evaluate:1:0", "skip:1:{p}"),
    "form.report": ("{p}",), "form.empty": ("pairing", "report", "evaluation"),
    "consents.toggle": ("use",), "consents.withdraw": ("use",), "consents.ask_withdrawal": ("use",),
    "rotation.note": ("{n}:handover", "{n}:midterm"),
    "rotation.comment": ("{n}:midterm", "{n}:evaluation"),
    "stand_in.ask": ("1:{n}:0",), "stand_in.elsewhere": ("1:{n}",), "stand_in.to": ("1:1:{p}",),
    "stand_in.undo": ("1:{n}",),
    "aim.outcome": ("0",), "aim.drop": ("0",),
    "check_in.unskip": ("{d}",), "entry.unskip": ("{d}",),
    "departures.come_back": ("{p}",), "handover.begin": ("{p}",), "handover.undo": ("{p}",), "handover.stop": ("{p}",),
    "handover.kind": ("{p}:leaves", "{p}:hands_over", "{p}:moves"), "handover.units": ("{p}:0",), "handover.unit": ("{u}",),
    "unit_change.begin": ("{u}",), "unit_change.kind": ("{u}:rename", "{u}:split", "{u}:merge"), "unit_change.targets": ("{u}:0",),
    "unit_change.into": ("{u}",), "unit_change.pick": ("{p}",), "unit_change.stop": ("{u}",),
    "announcement.unit": ("{u}",), "announcement.units": ("0",), "group_chat.bind": ("{u}",), "group_chat.unbind": ("{u}",),
    "experience.page": ("0",), "experience.adopt": ("{n}:3", "{n}:4"), "experience.drop": ("{n}:4",),
    "handover.ask": ("guides:{n}", "all:0"), "handover.to": ("guides:{n}:2",), "handover.nobody": ("guides:{n}",),
    "holidays.of": ("{u}",), "holidays.ask": ("{u}:off",), "holidays.remove": ("{u}:2026-10-20",),
    "holidays.put": ("{u}:2026-10-20:off",),
    "invites.make": ("{p}",), "invites.slip": ("{p}:ABCDEFGH",), "invites.ask_unit": ("{u}",), "invites.unit": ("{u}",),
    "leave.week": ("{p}:0:0", "0:{u}:0"), "leave.ask": ("{p}:0:span", "0:{u}:span"), "leave.person": ("{p}",),
    "leave.unit": ("{u}",), "leave.take": ("{p}:0:2026-10-19:2026-10-23", "0:{u}:2026-10-19:2026-10-23"),
    "me.reports": ("0:{p}",),
    "need.take_over": ("{n}:1", "{n}:2"), "need.kind": ("{n}:work",), "need.ask": ("{n}:work:secretary_only", "{n}:work:mentor_and_secretary"),
    "need.share": ("{n}:yes", "{n}:no"), "referral.to": ("{n}:1", "{n}:2"), "referral.helped": ("0",),
    "outcome.open": ("{n}",),
    "pairing.for": ("{p}",), "pairing.mentor_for": ("{n}:2", "{n}:0"), "pairing.mentor_to": ("{n}:2:8", "{n}:4:8"),
    "pairing.swap": ("{n}:2:8", "{n}:4:8"), "pairing.do": ("pause:{n}", "complete:{n}", "reopen:{n}", "answer:{n}"),
    "pairing.often": ("{n}", "{n}:weekly", "{n}:weekly:2"), "pairing.cadence": ("weekly:2",),
    "pairing.track": ("backbone_to_member",), "pairing.guide": ("{p}",),
    "pairings.page": ("{u}:live:0",), "rotations.page": ("{u}:live:0",),
    "people.card": ("{p}",), "rotation.for": ("{p}",), "rotation.link": ("{n}:2",),
    "review.attribution": ("{n}:signed",),
    "roles.unit": ("{u}:0",), "roles.add": ("{u}:0",), "roles.give": ("{u}:0:2", "{u}:0:8"),
    "roles.give_administrator": ("{p}",), "roles.end": ("{u}", "5"), "roles.ask_end": ("{u}", "5"), "roles.take_back_end": ("{u}", "5"),
    "summary.show": ("2026-10:0", "2026-10:{u}"), "summary.units": ("2026-10:0",),
    "summary.picture": ("2026-10:0", "2026-10:{u}"), "summary.workbook": ("2026-10:0", "2026-10:{u}"),
    "summary.plain": ("2026-10:0", "2026-10:{u}"),
}  # fmt: skip
_DRAWN: Mapping[str, range] = {"{n}": FEW, "{p}": PEOPLE, "{u}": UNITS, "{d}": range(1, 10)}


def presses(ids: int | None = None) -> Iterator[str]:
    """Every registered verb: bare, with the ids of whatever it is about, and with one that nobody has."""
    for verb in ROUTES.presses:
        yield f"{verb}:99999"
        for pattern in _BY_VERB.get(verb, ("{n}",)):
            yield from (f"{verb}:{filled}" for filled in _filled(pattern)[:ids])


def _filled(pattern: str) -> list[str]:
    mark = next((mark for mark in _DRAWN if mark in pattern), "")
    return [pattern.replace(mark, str(number)) for number in _DRAWN[mark]] if mark else [pattern]


def seen_by(tried: Mapping[str, list[Tried]], mark: str) -> set[str]:
    return {name for name, attempts in tried.items() if any(mark in one.shown for one in attempts)}


def touched(attempts: list[Tried]) -> dict[str, set[str]]:
    """Whose rows were changed, by table."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in attempts:
        for table, owner in one.changed:
            found[table].add(owner)
    return dict(found)
