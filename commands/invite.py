"""`run.py invite`: invitations from the shell, for a first secretary or where nobody leads in chat yet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.shell import database_url, either, shell, tongue, unclear, written
from domain.people import Person, folded, staff_key
from reports.slips import Slip, grouped, slips

if TYPE_CHECKING:
    from services.invites import Made
    from storage.database import Reader, Writer


def invite(
    who: Annotated[str, typer.Argument(help="Name, pinyin or staff number · 姓名、拼音或工号")] = "",
    unit: Annotated[str, typer.Option(help="Everybody of this unit not registered · 该组织全部未注册人员")] = "",
    slips_file: Annotated[
        Path | None, typer.Option("--slips", help="Write slips to print, .docx · 生成可打印的邀请单")
    ] = None,
) -> None:
    """Prints codes and links, or writes them as slips. Exit code 1 when nobody, or more than one, is meant."""
    if bool(who) == bool(unit):
        raise typer.BadParameter(
            either("Name one person, or a unit with --unit.", "请写一个人，或用 --unit 写一个组织。")
        )
    made = written(database_url(), (lambda tx: _one(tx, who)) if who else (lambda tx: _everybody(tx, unit)))
    if slips_file is None:
        typer.echo("\n".join(_line(one) for one in made))
    else:
        printed = [Slip(one.name, one.unit, one.code, one.link or one.code, one.expires_on) for one in made]
        slips_file.write_bytes(slips(printed, tongue()))
        typer.echo(slips_file)


def _one(tx: Writer, who: str) -> list[Made]:
    from services import invites

    found = _meant(tx, who)
    if len(found) != 1:
        for person in found:
            typer.echo(f"{person.name} {person.staff_no}", err=True)
        raise unclear(_nobody(who) if not found else _several(who))
    return [invites.make(tx, shell(), found[0].id)]


def _nobody(who: str) -> str:
    return either(
        f"Nobody is found by “{who}”. Give a name, its pinyin or a staff number; new people come in with import-roster.",
        f"没有找到“{who}”。可写姓名、拼音或工号；新同志请先用 import-roster 导入名册。",
    )


def _several(who: str) -> str:
    return either(f"“{who}” fits several: give one of these staff numbers.", f"“{who}”不止一人：请改写上列工号之一。")


def _meant(tx: Reader, who: str) -> list[Person]:
    """Those of exactly this name or number, else all that the words fit."""
    from services import people
    from storage.people import found

    fitting = found(tx, who, within=people.scope(tx, shell()), limit=9)
    exact = [one for one in fitting if folded(one.name) == folded(who) or staff_key(one.staff_no) == staff_key(who)]
    return exact or list(fitting)


def _everybody(tx: Writer, name: str) -> list[Made]:
    from services import invites
    from storage import units

    named = [unit for unit in units.everything(tx) if folded(unit.name) == folded(name)]
    if len(named) != 1:
        raise unclear(
            either(f"There is no unit “{name}”, or more than one.", f"没有“{name}”这个组织，或不止一个同名。")
        )
    return invites.make_for_unit(tx, shell(), named[0].id)


def _line(made: Made) -> str:
    until = tongue().text("Valid until {day}", day=tongue().date(made.expires_on))
    return "  ".join(part for part in (made.unit, made.name, grouped(made.code), made.link, until) if part)
