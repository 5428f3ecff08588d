"""PTB's way to HTTP, over aiohttp: its default client slows down with many requests in flight."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

SOCKS = ("socks4", "socks5", "socks5h")
JSON = {"Content-Type": "application/json"}


@dataclass(slots=True)
class Timeouts:
    """Seconds; `read` is added to what a long poll waits for."""

    connect: float = 10.0
    read: float = 15.0
    write: float = 30.0
    pool: float = 30.0


class AiohttpRequest(BaseRequest):
    """One session, opened at `initialize` and closed at `shutdown`, also after a failed start."""

    def __init__(self, *, connections: int = 64, proxy: str = "", timeouts: Timeouts | None = None) -> None:
        self._connections = connections
        self._proxy = proxy
        self._timeouts = timeouts or Timeouts()
        self._session: aiohttp.ClientSession | None = None
        self._of_environment: dict[str, str | None] = {}

    @property
    def read_timeout(self) -> float:
        return self._timeouts.read

    async def initialize(self) -> None:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(connector=self._connector())

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _connector(self) -> aiohttp.BaseConnector:
        if urlsplit(self._proxy).scheme in SOCKS:
            from aiohttp_socks import ProxyConnector

            return ProxyConnector.from_url(self._proxy, limit=self._connections)
        return aiohttp.TCPConnector(limit=self._connections)

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
        if self._session is None:
            raise RuntimeError("the request was not initialised")
        ours = self._timeouts
        connect, pool = _or(connect_timeout, ours.connect), _or(pool_timeout, ours.pool)
        read, write = _or(read_timeout, ours.read), _or(write_timeout, ours.write)
        timeout = aiohttp.ClientTimeout(
            total=connect + read + write, connect=pool, sock_connect=connect, sock_read=read
        )
        body, headers = _body(request_data)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, proxy=self._proxy_to(url)
            ) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"{type(error).__name__}: the request did not get through") from error

    def _proxy_to(self, url: str) -> str | None:
        """Ours, or the environment's; that is asked once for each host: aiohttp would ask it in a thread at every call."""
        if self._proxy:
            return None if urlsplit(self._proxy).scheme in SOCKS else self._proxy
        scheme, host = urlsplit(url).scheme, urlsplit(url).hostname or ""
        if host not in self._of_environment:
            self._of_environment[host] = None if proxy_bypass(host) else getproxies().get(scheme)
        return self._of_environment[host]


def _or(value: ODVInput[float], ours: float) -> float:
    return ours if value is None or isinstance(value, DefaultValue) else float(value)


def _body(request_data: RequestData | None) -> tuple[aiohttp.FormData | bytes | None, dict[str, str]]:
    """Without files as JSON: a form writes three signs for each byte of a Chinese one, which takes many times as long."""
    if request_data is None:
        return None, {}
    if not request_data.contains_files:
        return request_data.json_payload, JSON
    form = aiohttp.FormData(quote_fields=False)  # else Chinese file names arrive percent-encoded
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in (request_data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form, {}
