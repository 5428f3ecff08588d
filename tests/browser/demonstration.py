"""`run.py demo` as a newcomer meets it: the real assistant behind the phones, and a clock to turn."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from commands.demo.keeping import free_port

ROOT = Path(__file__).resolve().parents[2]
SLOWEST = 20_000  # milliseconds for a journey of some days


@contextmanager
def demo(*options: str) -> Iterator[str]:
    """The page's address; at the end it must have closed in order."""
    command = [sys.executable, "-u", str(ROOT / "run.py"), "demo", "--no-open", "--port", str(free_port()), *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = next((line for line in process.stdout if "http://" in line), "")
        assert line, "the demonstration ended before it began"
        try:
            yield line[line.index("http://") :].strip()
        finally:
            process.send_signal(signal.SIGINT)
            process.stdout.read()
    assert process.returncode == 0


def phone(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=f"{name}的手机")


def travels(page: Page, way: str) -> None:
    page.get_by_role("button", name=way).click()
    expect(page.get_by_role("button", name="+1 小时")).to_be_visible(timeout=SLOWEST)
