"""PTB's way to an emulator in the same process: what the bot asks arrives as over a wire, only that there is none."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import httpx
from starlette.types import ASGIApp
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from emulator.direct import call

FORM = "application/x-www-form-urlencoded"


class Unplugged(BaseRequest):
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - nothing is late unless it is told to
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - no wire, no wait
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - no wire, no wait
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - no wire, no wait
    ) -> tuple[int, bytes]:
        kind, body = _body(request_data)
        try:
            return await call(self._app, method, urlsplit(url).path, body=body, kind=kind)
        except httpx.TimeoutException as error:
            raise TimedOut from error
        except httpx.HTTPError as error:
            raise NetworkError(f"{type(error).__name__}: {error}") from error


def _body(request_data: RequestData | None) -> tuple[str, bytes]:
    if request_data is None:
        return "", b""
    if not request_data.contains_files:
        return FORM, urlencode(request_data.json_parameters).encode()
    fields, files = request_data.json_parameters, request_data.multipart_data
    written = httpx.Request("POST", "http://telegram.test", data=fields, files=files)
    return written.headers["content-type"], written.read()
