"""`run.py demo` in a real terminal: whatever ends it, and whenever, it ends with a sentence at most and leaves nothing behind."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from commands import COMMANDS, assemble
from commands.demo.processes import ROOT
from commands.demo.showing import HELD, LEFT

CTRL_C = b"\x03"
SECONDS = 30
MAKING, GOODBYE = "正在建立示例组织", "演示结束。"


ITS_TERMINAL = (
    "import fcntl, os, signal, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
)
"""Makes the terminal on its standard input that of its session, so that Ctrl+C and hanging up reach who runs in it.

What a shell starts in the background ignores Ctrl+C, and so does all that it starts: the tests may run there.
"""


class Terminal:
    """The demonstration in a terminal of its own, with its temporary files in `folder`."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.heard = b""
        self.fd, inner = pty.openpty()
        run = [sys.executable, str(ROOT / "run.py"), "demo", "--no-open", "--lang", "zh", *options]
        self.process = subprocess.Popen(
            [sys.executable, "-c", ITS_TERMINAL, *run], stdin=inner, stdout=inner, stderr=inner, start_new_session=True,
            env=os.environ | {"TMPDIR": str(folder)},
        )  # fmt: skip
        os.close(inner)

    def hears(self, words: str) -> None:
        while words not in self.heard.decode(errors="ignore"):
            assert select.select([self.fd], [], [], SECONDS)[0], self.heard.decode(errors="ignore")
            self.heard += os.read(self.fd, 4096)

    def types(self, key: bytes) -> None:
        os.write(self.fd, key)

    def is_closed(self) -> None:
        os.close(self.fd)

    def ends(self) -> int:
        return self.process.wait(SECONDS)


def test_ctrl_c_while_it_begins(tmp_path: Path) -> None:
    """Twice, as somebody does who is in a hurry; the next time it is made anew."""
    terminal = Terminal(tmp_path, "--keep", str(tmp_path / "kept"))
    terminal.hears(MAKING)
    terminal.types(CTRL_C)
    terminal.types(CTRL_C)
    terminal.hears("接着用")
    assert terminal.ends() == 0
    assert "Traceback" not in terminal.heard.decode()
    assert not (tmp_path / "kept" / LEFT).exists()


def test_a_folder_serves_one_at_a_time(tmp_path: Path) -> None:
    with (tmp_path / HELD).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        terminal = Terminal(tmp_path, "--keep", str(tmp_path))
        terminal.hears("正由另一个演示使用")
        assert terminal.ends() == 1


def test_the_terminal_is_closed(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.hears(MAKING)
    terminal.is_closed()
    assert terminal.ends() == 0
    assert list(tmp_path.iterdir()) == []


def test_it_is_told_to_end(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.hears(MAKING)
    terminal.process.terminate()
    terminal.hears(GOODBYE)
    assert terminal.ends() == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "端口 {} 已被占用，请用 --port 换一个。"), ("en", "Port {} is taken. Choose another with --port.")],
)
def test_the_port_is_taken(language: str, said: str) -> None:
    """Told at once, not after the organisation has been made."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = [sys.executable, str(ROOT / "run.py"), "demo", "--no-open", "--lang", language, "--port", str(port)]
        ended = subprocess.run(run, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, said.format(port) + "\n", "")


def test_a_language_that_is_not_spoken_here_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    app = assemble([command for command in COMMANDS if command.name in ("demo", "test")])
    said = CliRunner().invoke(app, ["demo", "--no-open", "--lang", "fr"])
    assert said.exit_code == 2
    assert "--lang 请写 zh 或 en" in said.output
