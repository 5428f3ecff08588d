"""Reading a call from a request: query string, form, multipart or JSON, as the Bot API takes them all."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.requests import Request

from emulator import limits
from emulator.calls import Call
from emulator.files import Upload
from emulator.refusals import BotApiError, bad_request

MULTIPART, JSON, FORM = "multipart/form-data", "application/json", "application/x-www-form-urlencoded"
ROOM_FOR_FIELDS = 1024 * 1024


async def read_call(request: Request, method: str) -> Call:
    """Raise BotApiError for a body that is too large or no text."""
    values = _pairs(request.url.query)
    uploads: dict[str, Upload] = {}
    if request.method == "POST":
        if int(request.headers.get("content-length") or 0) > limits.UPLOAD + ROOM_FOR_FIELDS:
            raise BotApiError(413, "Request Entity Too Large")
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == MULTIPART:
            fields, uploads = await read_form(request)
            values.update(fields)
        elif kind == JSON:
            values.update(_object(await request.body()))
        elif kind == FORM:
            values.update(_pairs(_decoded(await request.body())))
    return Call(method.lower(), values, uploads)


async def read_form(request: Request) -> tuple[dict[str, str], dict[str, Upload]]:
    fields: dict[str, str] = {}
    uploads: dict[str, Upload] = {}
    async with request.form(max_part_size=ROOM_FOR_FIELDS) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                uploads[name] = Upload(value.filename or name, await value.read(), value.content_type or "")
            else:
                fields[name] = value
    return fields, uploads


def _pairs(text: str) -> dict[str, Any]:
    if not text:
        return {}
    try:
        return dict(parse_qsl(text, keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError as broken:
        raise bad_request("strings must be encoded in UTF-8") from broken


def _object(body: bytes) -> dict[str, Any]:
    if not body.strip():
        return {}
    try:
        value = json.loads(_decoded(body))
    except ValueError as broken:
        raise bad_request("can't parse request body as JSON object") from broken
    if b"\\ud" in body.lower():
        _check_unicode(value)
    if not isinstance(value, dict):
        raise bad_request("can't parse request body as JSON object")
    return {name: field for name, field in value.items() if field is not None}


def _check_unicode(value: object) -> None:
    """JSON can write half a character; no string may hold one."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as broken:
        raise bad_request("strings must be encoded in UTF-8") from broken


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as broken:
        raise bad_request("strings must be encoded in UTF-8") from broken
