"""`run.py erase`: a person is taken out for good, as the law lets them ask (个人信息保护法 art. 47)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands import speaks_chinese
from commands.shell import database_url, shell, unclear, written
from domain.people import staff_key
from domain.refusals import Refusal

if TYPE_CHECKING:
    from services.erasure import Preview
    from storage.database import Writer

SENTENCES = {
    "preview": (
        (
            "{name}, {unit}: the name, {reports} reports, {needs} requests for support, files and chat go for good. Numbers in "
            "summaries and the audit's chain stay. Backups made before still hold them until they are pruned."
        ),
        (
            "{name}（{unit}）：姓名、{reports}份汇报、{needs}件支持请求及文件、聊天记录将彻底删除，不可恢复；"
            "小结中的数字和审计链保留。此前的备份在到期清理前仍含这些内容。"
        ),
    ),
    "confirm": ("Type the name to erase, anything else to stop", "确认删除请输入姓名，输入其他内容则放弃"),
    "other_name": ("That is not the name; nothing was erased.", "姓名不符，没有删除任何内容。"),
    "nobody": ("Nobody has this staff number.", "没有这个工号。"),
    "erased": ("Erased.", "已彻底删除。"),
    "still_tied": (
        "{name} still has a pairing or a rotation. Please have it ended or handed over first.",
        "{name}同志仍有结对或轮岗，请先结束或移交。",
    ),
    "still_leads": ("{name} still holds a role. Please have it ended first.", "{name}同志仍担任职务，请先免去。"),
    "already_done": ("This person was erased before.", "此人的信息此前已删除。"),
}


def erase(
    staff_no: Annotated[str, typer.Argument(help="Staff number · 工号")],
    name: Annotated[str, typer.Option(help="The name once more, instead of being asked · 再写一遍姓名，免去询问")] = "",
) -> None:
    """Shows what goes and what stays, and asks for the name before it does so. Exit code 1 when nothing was erased."""
    url = database_url()
    found = written(url, lambda tx: _preview(tx, staff_no))
    typer.echo(
        _sentence("preview", name=found.name, unit=found.unit, reports=found.reports, needs=found.needs),
    )
    said = name or typer.prompt(_sentence("confirm"))
    if said.strip() != found.name:
        raise unclear(_sentence("other_name"))
    written(url, lambda tx: _erase(tx, found.person_id))
    typer.echo(_sentence("erased"))


def _preview(tx: Writer, staff_no: str) -> Preview:
    from services import erasure

    found = erasure.preview(tx, staff_key(staff_no))
    if found is None:
        raise unclear(_sentence("nobody"))
    return found


def _erase(tx: Writer, person_id: int) -> None:
    from services import erasure

    try:
        erasure.erase(tx, shell(), person_id)
    except Refusal as refusal:
        raise unclear(_sentence(refusal.code, **refusal.fields)) from None


def _sentence(code: str, **fields: object) -> str:
    return SENTENCES[code][speaks_chinese()].format(**fields)
