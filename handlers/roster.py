"""花名册: a workbook sent to the bot is previewed, asked about and imported; `/roster` gives the current one back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from domain.actors import Actor
from domain.refusals import Refusal
from domain.roster import RosterReading, read_roster
from domain.roster_secretaries import SECRETARY_SHEET
from domain.roster_units import UNIT_SHEET, Known
from handlers import home
from handlers.answers import Answer, Job, show
from handlers.areas import Area, Command, Desk, Screen, nothing
from handlers.said import Attached, Said
from handlers.views import roster as views
from locales import N_
from reports.workbook_envelope import LARGEST_FILE
from reports.workbook_reading import read_workbook
from services import deployment, dialogue, roster, roster_export, roster_overview
from services.dialogue import Draft
from services.roster_preview import Question, RosterResult
from storage.database import Reader, Writer

KIND = "roster"
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ods", ".csv", ".numbers")
"""What may be meant as a roster. Only .xlsx can be read; of the others the reading says what to do instead."""


def give(tx: Writer, actor: Actor, said: Said) -> Answer:
    """The roster as it stands; a workbook with the command as its caption is an import."""
    if said.attached is not None:
        return receive(tx, actor, said) or home.unexpected(tx, actor, said)
    roster.may_import(tx, actor)
    if deployment.detail_files_in_chat(tx):
        roster_export.opened(tx, actor)
    return show("roster.current", fresh=True)


def give_template(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    roster.may_import(tx, actor)
    return show("roster.template", fresh=True)


def receive(tx: Writer, actor: Actor, said: Said) -> Answer | None:
    """A workbook begins an import; any other document is somebody else's."""
    held = said.attached
    if held is None or held.kind != "document" or not _may_be_roster(held):
        return None
    roster.may_import(tx, actor)
    if held.size > LARGEST_FILE:
        raise Refusal("workbook_too_large", megabytes=LARGEST_FILE >> 20)
    dialogue.begin(
        tx, actor, KIND, "reading", upload=said.update_id, file_id=held.file_id, name=held.name, columns={}, accepted=[]
    )
    return _reading(said.update_id, held.name)


def _may_be_roster(held: Attached) -> bool:
    return held.name.lower().endswith(WORKBOOKS) or "spreadsheet" in held.mime or "excel" in held.mime


def _reading(upload: int, name: str) -> Answer:
    return show("roster.reading", name=name, job=Job("roster.read", {"upload": upload}))


def wait(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    """Something is said while a preview waits: another workbook takes its place, all else shows the preview again."""
    answer = receive(tx, actor, said)
    if answer is not None:
        return answer
    if draft.step != "preview":
        dialogue.drop(tx, actor, KIND)
        return home.unexpected(tx, actor, said)
    return show("roster.preview", upload=draft.payload["upload"], fresh=True)


def name_column(tx: Writer, actor: Actor, said: Said) -> Answer:
    """An unknown header is what it resembles: the file is read again."""
    draft = _draft(tx, actor, said.number())
    header, key = _unknown(draft, said.number(1))
    columns = {**draft.payload["columns"], header: key}
    dialogue.begin(tx, actor, KIND, "reading", **{**_kept(draft), "columns": columns})
    return _reading(said.number(), draft.payload["name"])


def _unknown(draft: Draft, place: int) -> tuple[str, str]:
    unknown = draft.payload["overview"]["unknown_columns"]
    column = unknown[place] if place < len(unknown) else {}
    if not column.get("nearest"):
        raise Refusal("gone")
    return column["header"], column["nearest"]


def ignore_column(tx: Writer, actor: Actor, said: Said) -> Answer:
    draft = _draft(tx, actor, said.number())
    overview = draft.payload["overview"]
    left = [one for place, one in enumerate(overview["unknown_columns"]) if place != said.number(1)]
    changed = {**draft.payload, "overview": {**overview, "unknown_columns": left}}
    dialogue.begin(tx, actor, KIND, "preview", **changed)
    return show("roster.preview", upload=said.number())


def answer_question(tx: Writer, actor: Actor, said: Said) -> Answer:
    """A question is said yes to, or the yes is taken back."""
    draft = _draft(tx, actor, said.number())
    if said.word(1) not in tuple(Question):
        raise Refusal("gone")
    accepted = sorted(set(draft.payload["accepted"]) ^ {said.word(1)})
    dialogue.begin(tx, actor, KIND, "preview", **{**draft.payload, "accepted": accepted})
    return show("roster.preview", upload=said.number())


def confirm(tx: Writer, actor: Actor, said: Said) -> Answer:
    draft = _draft(tx, actor, said.number())
    dialogue.begin(tx, actor, KIND, "importing", **_kept(draft))
    return show("roster.importing", name=draft.payload["name"], job=Job("roster.import", {"upload": said.number()}))


def cancel(tx: Writer, actor: Actor, said: Said) -> Answer:
    _draft(tx, actor, said.number())
    dialogue.drop(tx, actor, KIND)
    return show("roster.cancelled")


def _kept(draft: Draft) -> dict[str, Any]:
    return {name: draft.payload[name] for name in ("upload", "file_id", "name", "columns", "accepted")}


def _draft(tx: Reader, actor: Actor, upload: int, *steps: str) -> Draft:
    """The import that a button belongs to: not one that was cancelled, done, or replaced by another file."""
    draft = dialogue.of_kind(tx, actor, KIND)
    if draft is None or draft.payload["upload"] != upload:
        raise Refusal("gone")
    if draft.step not in (steps or ("preview",)):
        raise Refusal("already_done")
    return draft


async def read(desk: Desk, actor: Actor, args: Mapping[str, Any]) -> Answer:
    """Read the file and say what it would change; a file that is refused leaves nothing behind."""
    upload = int(args["upload"])
    draft = await desk.read(lambda tx: _draft(tx, actor, upload, "reading", "preview"))
    try:
        reading = await _read(desk, draft)
        preview = (await desk.read(lambda tx: roster.compare(tx, actor, reading))).preview
    except Refusal:
        await desk.write(lambda tx: dialogue.drop(tx, actor, KIND))
        raise
    shown = roster_overview.to_json(roster_overview.overview(preview))
    await desk.write(lambda tx: dialogue.begin(tx, actor, KIND, "preview", **_kept(draft), overview=shown))
    return show("roster.preview", upload=upload, problems=preview.problems, secretaries=preview.secretary_problems)


async def _read(desk: Desk, draft: Draft) -> RosterReading:
    content = await desk.download(draft.payload["file_id"])
    known = await desk.read(roster.known)
    return await asyncio.to_thread(_read_content, content, known, draft.payload["columns"])


def _read_content(content: bytes, known: Known, columns: Mapping[str, str]) -> RosterReading:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        path.write_bytes(content)
        sheets = read_workbook(path, (UNIT_SHEET, SECRETARY_SHEET))
    return read_roster(sheets, known, columns)


async def carry_out(desk: Desk, actor: Actor, args: Mapping[str, Any]) -> Answer:
    """Read the file once more and import it; begun again after a crash, it finds the draft gone if all was done."""
    upload = int(args["upload"])
    draft = await desk.read(lambda tx: _draft(tx, actor, upload, "importing"))
    reading = await _read(desk, draft)
    accepted = [Question(word) for word in draft.payload["accepted"]]

    def unit(tx: Writer) -> RosterResult:
        _draft(tx, actor, upload, "importing")
        result = roster.apply(tx, actor, reading, accepted)
        dialogue.drop(tx, actor, KIND)
        return result

    try:
        result = await desk.write(unit)
    except Refusal:
        await desk.write(lambda tx: dialogue.drop(tx, actor, KIND))
        raise
    return show("roster.imported", name=draft.payload["name"], result=result)


def load_preview(tx: Reader, actor: Actor, upload: int, **args: Any) -> Mapping[str, Any]:
    draft = _draft(tx, actor, upload)
    payload = draft.payload
    overview = roster_overview.from_json(payload["overview"])
    return {**args, "upload": upload, "name": payload["name"], "accepted": payload["accepted"], "overview": overview}


def load_current(tx: Reader, actor: Actor) -> Mapping[str, Any]:
    if not deployment.detail_files_in_chat(tx):
        return {"roster": None}
    return {"roster": roster_export.current(tx, actor)}


def load_template(tx: Reader, actor: Actor) -> Mapping[str, Any]:
    return {"units": roster_export.template_units(tx, actor)}


def load_imported(tx: Reader, actor: Actor, name: str, result: RosterResult) -> Mapping[str, Any]:
    return {"name": name, "result": result, "top": roster_export.top_unit(tx, actor)}


AREA = Area(
    commands=(
        Command(
            "roster", give, "Roster", offered=lambda offer: offer.secretary or offer.officer or offer.administrator,
            words=("花名册", "名册"), purpose=N_("see the roster, change it and import it again"),
        ),
    ),
    presses={
        "roster.template": give_template,
        "roster.column": name_column,
        "roster.ignore": ignore_column,
        "roster.accept": answer_question,
        "roster.confirm": confirm,
        "roster.cancel": cancel,
    },
    steps={KIND: wait},
    keeps_files=frozenset({KIND}),
    screens={
        "roster.reading": Screen(nothing, views.reading),
        "roster.preview": Screen(load_preview, views.preview),
        "roster.importing": Screen(nothing, views.importing),
        "roster.imported": Screen(load_imported, views.imported),
        "roster.cancelled": Screen(nothing, views.cancelled),
        "roster.current": Screen(load_current, views.current),
        "roster.template": Screen(load_template, views.template),
    },
    jobs={"roster.read": read, "roster.import": carry_out},
    documents=receive,
)  # fmt: skip
