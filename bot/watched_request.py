"""Any way to HTTP, watched: what was asked of Telegram and how it ended, without the address (the token is in it)."""

from __future__ import annotations

from collections.abc import Callable

from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, RequestData

Told = Callable[[str, int | None], None]
"""Is told the method (`file` for a download) and the HTTP status, None where no answer came."""


class WatchedRequest(BaseRequest):
    def __init__(self, inner: BaseRequest, told: Told) -> None:
        self._inner = inner
        self._told = told

    @property
    def read_timeout(self) -> float | None:
        return self._inner.read_timeout

    async def initialize(self) -> None:
        await self._inner.initialize()

    async def shutdown(self) -> None:
        await self._inner.shutdown()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        name = "file" if method == "GET" else url.rpartition("/")[2]
        status = None
        try:
            status, body = await self._inner.do_request(
                url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
            )
        except Exception:
            self._told(name, None)
            raise
        self._told(name, status)
        return status, body
