"""The guard at the door of a served emulator: no web page from elsewhere may drive it."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class LoopbackOnly:
    """Refuses a foreign Host (a name rebound to loopback) and a foreign Origin (a page of another site)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _from_here(Headers(scope=scope)):
            await PlainTextResponse("The emulator serves this machine only.", 403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _from_here(headers: Headers) -> bool:
    host, origin = headers.get("host", ""), headers.get("origin")
    if urlsplit(f"//{host}").hostname not in LOOPBACK:
        return False
    return origin is None or urlsplit(origin).netloc == host
