"""The line to the emulator's control API: in-process, without a socket, or by URL."""

from __future__ import annotations

import json
from http import HTTPStatus
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

import httpx

from emulator.direct import call
from emulator.world import World

if TYPE_CHECKING:
    from starlette.applications import Starlette

IN_PROCESS = "http://telegram.test"


class PhoneError(Exception):
    """The emulator's sentence on what cannot be done on this phone."""


class Line:
    """Use it as an async context manager."""

    def __init__(self, http: httpx.AsyncClient, app: Starlette | None = None) -> None:
        self.http = http
        self._app = app

    @classmethod
    def in_process(cls, world: World | None = None) -> Self:
        """A new emulator in this process; `transport()` puts it beneath a bot's httpx client."""
        from emulator.app import create_app  # the server is needed in-process only

        app = create_app(world)
        return cls(httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=IN_PROCESS), app)

    @classmethod
    def at(cls, url: str) -> Self:
        return cls(httpx.AsyncClient(base_url=url, timeout=90, trust_env=False))

    @property
    def world(self) -> World:
        """The world itself; only in-process."""
        world: World = self.app.state.world
        return world

    @property
    def app(self) -> Starlette:
        """The emulator as an application; only in-process."""
        assert self._app is not None, "the emulator itself can be reached in-process only"
        return self._app

    def transport(self) -> httpx.ASGITransport:
        return httpx.ASGITransport(app=self.app)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._app is not None:
            await self.world.shut_down()
        await self.http.aclose()

    async def get(self, path: str, **params: Any) -> Any:
        if self._app is None:
            return await self.ask("GET", path, params=params)
        return _read(*await call(self._app, "GET", f"/control{path}", query=urlencode(params)))

    async def post(self, path: str, **fields: object) -> Any:
        body = {name: value for name, value in fields.items() if value is not None}
        if self._app is None:
            return await self.ask("POST", path, json=body)
        return _read(
            *await call(self._app, "POST", f"/control{path}", body=json.dumps(body).encode(), kind="application/json")
        )

    async def send(self, path: str, data: dict[str, str], name: str, content: bytes) -> Any:
        return await self.ask("POST", path, data=data, files={"file": (name, content)})

    async def download(self, file_id: str) -> bytes:
        answer = await self.http.get(f"/control/files/{file_id}")
        return answer.raise_for_status().content

    async def ask(self, verb: str, path: str, **request: Any) -> Any:
        answer = await self.http.request(verb, f"/control{path}", **request)
        return _read(answer.status_code, answer.content)


def _read(status: int, answer: bytes) -> Any:
    body = json.loads(answer)
    if status >= HTTPStatus.BAD_REQUEST:
        raise PhoneError(body["error"])
    return body
