"""`/summary` (小结): a month of one's units, live or final; and the notice that brings drafts and finals by themselves."""

from __future__ import annotations

from typing import Any

from domain.actors import Actor
from handlers import unit_picker
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Screen
from handlers.said import Said
from handlers.views import summaries as views
from locales import N_
from services import summary_reading
from services.menu import Offer
from services.summary_reading import Choice, Reading, Ready
from storage.database import Reader, Writer


def leads_units(offer: Offer) -> bool:
    return offer.secretary or offer.officer


def ask(tx: Writer, actor: Actor, said: Said) -> Answer:
    """`/summary`, `/summary 2026-10`, `/summary 2026-10 变电检修党支部`."""
    month, unit_id = summary_reading.asked(tx, actor, said.argument)
    return show("summary", month=str(month), unit_id=unit_id, fresh=True)


def turn_to(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("summary", month=said.word(), unit_id=said.number(1))


def choose_unit(tx: Writer, actor: Actor, said: Said) -> Answer:
    answer = show("summary.units", month=said.word(), page=said.number(1))
    month = summary_reading.choice(tx, actor, said.word(), 0).month
    readable = summary_reading.units_to_read(tx, actor)
    return unit_picker.listed(tx, actor, answer, f"summary.show:{month}:{{unit}}", readable)


def send_picture(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("summary.picture", month=said.word(), unit_id=said.number(1), fresh=True)


def send_workbook(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("summary.workbook", month=said.word(), unit_id=said.number(1), fresh=True)


def send_document(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("summary.document", month=said.word(), unit_id=said.number(1), fresh=True)


def send_plain(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("summary.plain", month=said.word(), unit_id=said.number(1), fresh=True)


def load(tx: Reader, actor: Actor, month: str, unit_id: int) -> Reading:
    return summary_reading.reading(tx, actor, month, unit_id)


def load_detail_file(tx: Reader, actor: Actor, month: str, unit_id: int) -> Reading:
    return summary_reading.for_detail_file(tx, actor, month, unit_id)


def load_units(tx: Reader, actor: Actor, month: str, page: int) -> Choice:
    return summary_reading.choice(tx, actor, month, page)


def load_ready(tx: Reader, actor: Actor, month: str, units: list[int], edition: str) -> Ready | Any:
    return summary_reading.ready(tx, actor, month, units, edition)


AREA = Area(
    commands=(
        Command(
            "summary", ask, "Monthly summary", words=("小结", "月报", "月度总结"), offered=leads_units,
            purpose=N_(
                "read the month of your units, live, add a few words and confirm it upwards, and get it as picture, workbook, paper or text to forward"
            ),
        ),
    ),
    presses={
        "summary.show": turn_to,
        "summary.units": choose_unit,
        "summary.picture": send_picture,
        "summary.workbook": send_workbook,
        "summary.document": send_document,
        "summary.plain": send_plain,
    },
    screens={
        "summary": Screen(load, views.summary),
        "summary.units": Screen(load_units, views.units),
        "summary.picture": Screen(load, views.picture_alone),
        "summary.workbook": Screen(load_detail_file, views.workbook_alone),
        "summary.document": Screen(load_detail_file, views.document_alone),
        "summary.plain": Screen(load, views.plain),
        "summary.ready": Screen(load_ready, views.ready),
    },
)  # fmt: skip
