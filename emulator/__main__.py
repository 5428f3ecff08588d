"""`python -m emulator`: the local Telegram on a port of this machine."""

from __future__ import annotations

import argparse
import asyncio
import socket
import sys
from dataclasses import replace
from datetime import UTC, datetime

import uvicorn

from emulator.app import create_app
from emulator.clock import Clock
from emulator.loopback import LimitedBody, LoopbackOnly
from emulator.world import BOT, TOKEN, World

ENGLISH_NAME = "Shuangpei"


class Server(uvicorn.Server):
    """Sends the long polls home before it waits for connections to end."""

    def __init__(self, config: uvicorn.Config, world: World) -> None:
        super().__init__(config)
        self.world = world

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.world.close()
        await super().shutdown(sockets)


def main(arguments: list[str] | None = None) -> None:
    options = _options(arguments)
    bot = replace(BOT, first_name=ENGLISH_NAME) if options.lang == "en" else BOT
    clock = Clock(options.now, running=not options.frozen)
    world = World(token=options.token, bot=bot, clock=clock, used_ids=options.used_ids)
    world.language = options.lang
    config = uvicorn.Config(
        LoopbackOnly(LimitedBody(create_app(world))), log_level="warning", access_log=False, timeout_graceful_shutdown=5,
        timeout_keep_alive=75,
    )  # fmt: skip
    listener = listen(options.port)
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    asyncio.run(Server(config, world).serve(sockets=[listener]))


def listen(port: int) -> socket.socket:
    listener = socket.socket(proto=socket.IPPROTO_TCP)  # only then asyncio answers without Nagle's 40 ms
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(2048)  # before the port is printed: whoever reads it may connect at once
    except OSError as taken:
        raise SystemExit(f"Port {port} cannot be used: {taken.strerror}. Choose another with --port.") from taken
    return listener


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="emulator", description="A local Telegram on loopback.")
    parser.add_argument("--port", type=int, default=8081, help="0 takes any free one; it is printed as the first line")
    parser.add_argument("--token", default=TOKEN, help="the bot token that is let in (default: %(default)s)")
    parser.add_argument("--now", type=_instant, help="what the clock shows at the start (ISO; default: real time)")
    parser.add_argument("--frozen", action="store_true", help="the clock stands until it is moved")
    parser.add_argument("--used-ids", type=int, default=0, help="begin after these; `used_ids` of the state tells them")
    parser.add_argument(
        "--lang", default="", choices=("", "zh", "en"), help="the page's language (default: the browser's)"
    )
    return parser.parse_args(arguments)


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


if __name__ == "__main__":
    main()
