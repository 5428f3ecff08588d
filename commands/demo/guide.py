"""The guided story on the page: eight steps with somebody new, from the invitation to the month's summary.

The local Telegram gets it as data: what to do on which phone, and by which words or button it is known to be done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from commands.demo.cast import MENTOR, NEWCOMER, SECRETARY, player
from commands.demo.guide_words import TOLD
from commands.demo.names import called
from commands.demo.script import SCRIPTS, Script
from domain.check_ins import Standing
from domain.consents import ConsentKind
from locales import language

FRIDAY, NEXT_MONDAY, NEXT_FRIDAY = "2026-10-16T09:00", "2026-10-19T09:00", "2026-10-23T09:00"
MONTH_OVER = "2026-11-02T09:00"
Signs = list[dict[str, Any]]


def told(locale: str, digits: str) -> dict[str, Any]:
    """The story for `/control/story`; `digits` are those of the newcomer's staff number that an invitation asks for."""
    names = {
        role: called(name, locale)
        for role, name in (("newcomer", NEWCOMER), ("mentor", MENTOR), ("secretary", SECRETARY))
    }
    steps = [
        {
            "title": step.title,
            "why": step.why.format(**names),
            "moves": [{**sign, "words": words.format(**names)} for sign, words in zip(signs, step.moves, strict=True)],
        }
        for step, signs in zip(TOLD[locale], Signing(SCRIPTS[locale], locale, digits).steps(), strict=True)
    ]
    return {"steps": steps, "phones": [player(name).telegram_id for name in (NEWCOMER, MENTOR, SECRETARY)]}


@dataclass(frozen=True, slots=True)
class Signing:
    """By what each move is known to be done."""

    script: Script
    locale: str
    digits: str

    def steps(self) -> Iterator[Signs]:
        yield self._invitation()
        consents = [tap(NEWCOMER, "consents.toggle", kind) for kind in ConsentKind]
        yield [start(), write(NEWCOMER, self.digits), *consents]
        yield self._pairing()
        yield self._agreement()
        yield self._report()
        yield self._review()
        yield self._need()
        yield self._month()

    def _invitation(self) -> Signs:
        return [
            self._press("People"), write(SECRETARY, self._shown(NEWCOMER)), tap(SECRETARY, "people.card", label=self._shown(NEWCOMER)),
            tap(SECRETARY, "invites.make"), hears(SECRETARY, "invites.slip"),
        ]  # fmt: skip

    def _pairing(self) -> Signs:
        return [
            self._press("Pairings"), tap(SECRETARY, "pairing.new"), write(SECRETARY, self._shown(NEWCOMER)),
            tap(SECRETARY, "pairing.for", label=self._shown(NEWCOMER)), write(SECRETARY, self._shown(MENTOR)),
            tap(SECRETARY, "pairing.guide", label=self._shown(MENTOR)),
            write(SECRETARY, self.script.direction), write(SECRETARY, self.script.outcome),
            tap(SECRETARY, "pairing.submit"),
        ]  # fmt: skip

    def _agreement(self) -> Signs:
        return [
            hears(MENTOR, "pairing.fill", soon()), tap(MENTOR, "pairing.fill"), write(MENTOR, self.script.completion),
            tap(MENTOR, "pairing.filled"), hears(NEWCOMER, "pairing.confirm", soon()), tap(NEWCOMER, "pairing.confirm"),
        ]  # fmt: skip

    def _report(self) -> Signs:
        return [
            hears(NEWCOMER, "check_in.begin", {"to": FRIDAY}), tap(NEWCOMER, "check_in.begin"),
            write(NEWCOMER, self.script.report), tap(NEWCOMER, "check_in.standing"), tap(NEWCOMER, "check_in.send"),
        ]  # fmt: skip

    def _review(self) -> Signs:
        return [
            hears(MENTOR, "review.next", {"to": NEXT_MONDAY}), tap(MENTOR, "review.next"),
            tap(MENTOR, "review.comment"), write(MENTOR, self.script.comment),
        ]  # fmt: skip

    def _need(self) -> Signs:
        return [
            hears(NEWCOMER, "check_in.begin", {"to": NEXT_FRIDAY}), tap(NEWCOMER, "check_in.begin"),
            write(NEWCOMER, self.script.second_report), tap(NEWCOMER, "check_in.standing", Standing.NEEDS_SUPPORT),
            tap(NEWCOMER, "check_in.need_kind"), tap(NEWCOMER, "check_in.need_audience"),
            write(NEWCOMER, self.script.need), tap(NEWCOMER, "check_in.send"),
            hears(SECRETARY, "need.take_on", soon()), tap(SECRETARY, "need.take_on"),
        ]  # fmt: skip

    def _month(self) -> Signs:
        return [
            hears(SECRETARY, "confirmation.words", {"to": MONTH_OVER}), tap(SECRETARY, "confirmation.words"),
            write(SECRETARY, self.script.words), tap(SECRETARY, "confirmation.confirm"),
        ]  # fmt: skip

    def _shown(self, name: str) -> str:
        return called(name, self.locale)

    def _press(self, title: str) -> dict[str, Any]:
        return {"user_id": player(SECRETARY).telegram_id, "sign": "press", "value": language(self.locale).text(title)}


def start() -> dict[str, Any]:
    """The newcomer opens the link that stands on the secretary's phone."""
    ids = (player(name).telegram_id for name in (NEWCOMER, SECRETARY))
    return dict(zip(("user_id", "link_of"), ids, strict=True)) | {"sign": "start"}


def write(name: str, proposal: str) -> dict[str, Any]:
    return {"user_id": player(name).telegram_id, "sign": "write", "value": proposal}


def tap(name: str, verb: str, last: str = "", label: str = "") -> dict[str, Any]:
    """A button of the bot's whose data begin with a verb, perhaps with a last part, and which bears this label."""
    return {"user_id": player(name).telegram_id, "sign": "tap", "value": _data(verb, last), "label": label}


def hears(name: str, verb: str, travel: dict[str, Any] | None = None) -> dict[str, Any]:
    """A message comes that has such a button; `travel` is how the clock gets there."""
    return {"user_id": player(name).telegram_id, "sign": "hears", "value": _data(verb), "travel": travel}


def soon() -> dict[str, Any]:
    """Long enough that what others are told because of a tap goes out."""
    return {"seconds": 120}


def _data(verb: str, last: str = "") -> str:
    return f"^{re.escape(verb)}:(.*:)?{last}$" if last else f"^{re.escape(verb)}(:|$)"
