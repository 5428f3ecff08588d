"""`run.py test`: every check the project has, in one go."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import typer

from commands.advisories import advise

ROOT = Path(__file__).resolve().parent.parent
SIDE_BY_SIDE = ["-q", "-n", "3", "--dist", "worksteal"]  # one more than cores: some always wait for a process
ON_POSTGRES = ["tests/dialogues", "tests/bot", "--stage-on", "postgres"]
EVERY_MARK = ["-m", ""]  # the settings leave out the tests marked long; the last -m wins


def test(ctx: typer.Context) -> None:
    """Run every check, so that all that is wrong is seen at once; with arguments for pytest, pytest alone.

    The last line on standard output is always pytest's summary.
    """
    chosen = [part for argument in ctx.args for part in (EVERY_MARK if argument == "--long" else [argument])]
    if set(ctx.args) - {"--long"}:
        raise typer.Exit(tested(*chosen))
    with ThreadPoolExecutor(1) as beside:
        checked = beside.submit(failures)
        code = tested(*SIDE_BY_SIDE, *ON_POSTGRES) if "--long" in ctx.args else 0
        code = tested(*SIDE_BY_SIDE, *chosen) or code
        failed = checked.result()
    if failed:
        print(f"failed beside the tests: {', '.join(failed)}", file=sys.stderr)
    raise typer.Exit(code or bool(failed))


def failures() -> list[str]:
    """Which of the checks failed; how each ended is told as it ends, while the tests wait for processes and the disk."""
    failed = [name for name, arguments in checks() if not passes(name, arguments)]
    advice = advise()
    print(f"advisories: {advice}", file=sys.stderr, flush=True)
    return failed if advice.passes else [*failed, "advisories"]


def checks() -> list[tuple[str, list[str]]]:
    return [
        ("ruff", ["check", "--quiet", "."]),
        ("ruff", ["format", "--check", "--quiet", "."]),
        ("mypy", ["--no-error-summary", *typed_places()]),
    ]


def typed_places() -> list[str]:
    """The packages that mypy's settings name, as far as they exist, and the way in."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    return ["run.py", *(name for name in settings["packages"] if any((ROOT / name).rglob("*.py")))]


def passes(name: str, arguments: list[str]) -> bool:
    started = time.monotonic()
    ended = run(name, *arguments, capture=True)
    told = f"\n{name}: {'FAILED' if ended.returncode else 'passed'} in {time.monotonic() - started:.1f} s\n"
    print(ended.stdout + ended.stderr + told, end="", file=sys.stderr, flush=True)
    return ended.returncode == 0


def tested(*arguments: str) -> int:
    return run("pytest", *arguments).returncode


def run(module: str, *arguments: str, capture: bool = False) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(), capture_output=capture, text=True, check=False)  # noqa: S603 - our own tools


def environment() -> dict[str, str]:
    """Ours, but compiled code is kept: the tests start dozens of processes, each of which would compile everything again."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
