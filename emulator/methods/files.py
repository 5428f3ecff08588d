"""Files on their way in and out."""

from __future__ import annotations

from emulator import limits
from emulator.calls import Call
from emulator.files import FileKind, StoredFile
from emulator.refusals import Json, bad_request
from emulator.world import World

ATTACHED = "attach://"


def get_file(world: World, call: Call) -> Json:
    stored = world.files.by_id(call.text("file_id").strip())
    if stored is None:
        raise bad_request("invalid file_id" if call.text("file_id") else "file_id not specified")
    if len(stored.data) > limits.DOWNLOAD:
        raise bad_request("file is too big")
    return {**stored.as_json(), "file_path": stored.path}


def given_file(world: World, call: Call, kind: FileKind) -> StoredFile:
    """The file a call brings along, attaches under another name, or names by its file_id."""
    named = call.text(kind).strip()
    upload = call.uploads.get(named.removeprefix(ATTACHED) if named.startswith(ATTACHED) else kind)
    if upload is not None:
        return world.files.keep(kind, upload)
    if not named or named.startswith(ATTACHED):
        raise bad_request(f"there is no {kind} in the request")
    if "://" in named:
        raise bad_request("failed to get HTTP URL content")
    stored = world.files.by_id(named)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind is not kind:
        raise bad_request(f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}")
    return stored
