"""The guard at the door of a served emulator: no web page from elsewhere may drive it, and nobody may flood it."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from emulator import limits

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
OURS = frozenset({"same-origin", "none"})
LARGEST_BODY = limits.UPLOAD + 1024 * 1024


class LoopbackOnly:
    """Refuses a foreign Host (a name rebound to loopback) and whatever a page of another site asks for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _from_here(scope):
            await PlainTextResponse("The emulator serves this machine only.", 403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class LimitedBody:
    """Ends a request whose body grows beyond what Telegram takes, whatever length it claims to have."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            return {"type": "http.disconnect"} if came > LARGEST_BODY else message

        await self.app(scope, counted if scope["type"] == "http" else receive, send)


def _from_here(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    host, origin = headers.get("host", ""), headers.get("origin")
    if urlsplit(f"//{host}").hostname not in LOOPBACK:
        return False
    if origin is not None and urlsplit(origin).netloc != host:
        return False
    return headers.get("sec-fetch-site", "none") in OURS or _only_opens_the_page(scope, headers)


def _only_opens_the_page(scope: Scope, headers: Headers) -> bool:
    """A link on some page may lead here; a picture or a form there, which names no origin, may do nothing here."""
    return scope["path"] == "/" and scope["method"] == "GET" and headers.get("sec-fetch-mode") == "navigate"
