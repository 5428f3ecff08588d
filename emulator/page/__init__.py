"""The page with the phones: plain files, served with headers under which nothing but them can run."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

FOLDER = Path(__file__).parent
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
RULES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
HEADERS = {
    "content-security-policy": "; ".join(RULES),
    "permissions-policy": "microphone=(self), camera=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-cache",
}
FILES = {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.rglob("*") if path.suffix in KINDS}
"""Only these can be asked for, so that no path leads anywhere else."""


def routes() -> list[BaseRoute]:
    return [Route("/", index), Route("/page/{path:path}", part)]


async def index(_request: Request) -> Response:
    return _served(FOLDER / "index.html", "text/html")


async def part(request: Request) -> Response:
    path = FILES.get(request.path_params["path"])
    if path is None:
        return PlainTextResponse("There is no such part of the page.", 404, HEADERS)
    return _served(path, KINDS[path.suffix])


def _served(path: Path, kind: str) -> Response:
    return FileResponse(path, media_type=f"{kind}; charset=utf-8", headers=HEADERS)
