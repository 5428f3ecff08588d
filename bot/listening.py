"""An HTTP server inside the program's own loop. Imported only where something listens."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.applications import Starlette

from bot.settings import host_and_port

BACKLOG = 2048
FINISH_SECONDS = 10
KEEP_ALIVE_SECONDS = 75  # longer than a proxy keeps a connection, so that it never writes into one just closed
CONNECTIONS = 256


class _Server(uvicorn.Server):
    """Whoever runs the program listens for signals, not the server."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Listener:
    """`bind` takes the address (OSError if it cannot be had), `run` answers on it until it is cancelled."""

    def __init__(self, app: Starlette, address: str) -> None:
        self._address = address
        self._socket: socket.socket | None = None
        self._server = _Server(
            uvicorn.Config(
                app, http="h11", ws="none", loop="none", lifespan="off", log_config=None, access_log=False,
                proxy_headers=False, server_header=False, limit_concurrency=CONNECTIONS,
                timeout_keep_alive=KEEP_ALIVE_SECONDS, timeout_graceful_shutdown=FINISH_SECONDS,
            )
        )  # fmt: skip

    def bind(self) -> int:
        """Listen from now on: whoever calls before `run` is answered then. Gives the port."""
        host, port = host_and_port(self._address)
        self._socket = socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=BACKLOG
        )
        return int(self._socket.getsockname()[1])

    async def run(self) -> None:
        if self._socket is None:
            self.bind()
        assert self._socket is not None
        serving = asyncio.create_task(self._server.serve([self._socket]))
        try:
            await asyncio.shield(serving)
        finally:  # what was begun is answered
            self._server.should_exit = True
            await serving
