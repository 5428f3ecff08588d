"""Starting from nothing: what `run.py` builds, when it builds again, and what it says when it cannot. No network is needed:
the one package there is to install is made here."""

from __future__ import annotations

import ast
import base64
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

RUN = Path(__file__).resolve().parent.parent / "run.py"
COMMANDS = """
import sys
def main():
    from shuangpei_sample import VERSION
    print(VERSION, *sys.argv[1:])
"""


def make_wheel(folder: Path, version: str) -> str:
    """Write a wheel of one module, and return the line that locks it."""
    files = {
        "shuangpei_sample.py": f"VERSION = {version!r}\n",
        f"shuangpei_sample-{version}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: shuangpei-sample\nVersion: {version}\n",
        f"shuangpei_sample-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = f"shuangpei_sample-{version}.dist-info/RECORD"
    sums = {
        name: base64.urlsafe_b64encode(hashlib.sha256(body.encode()).digest()).decode().rstrip("=")
        for name, body in files.items()
    }
    files[record] = "".join(f"{name},sha256={total},\n" for name, total in sums.items()) + f"{record},,\n"
    wheel = folder / f"shuangpei_sample-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return f"shuangpei-sample=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


@dataclass(frozen=True, slots=True)
class Clone:
    """A fresh clone of a very small program, and a shelf of wheels."""

    root: Path
    wheels: Path

    def lock(self, version: str, name: str = "requirements.lock") -> None:
        (self.root / name).write_text(make_wheel(self.wheels, version))

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.root),
            "LANG": "C.UTF-8",
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
            "PIP_CONFIG_FILE": os.devnull,
        }
        command = [sys.executable, "run.py", *arguments]
        return subprocess.Popen(command, cwd=self.root, env=environment, stdout=-1, stderr=-1, text=True)

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, what it said, and what it told of its building."""
        process = self.start(*arguments)
        said, told = process.communicate(timeout=120)
        return process.returncode, said, told


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    clone = Clone(root=tmp_path / "双培 clone", wheels=tmp_path / "wheels")
    clone.wheels.mkdir()
    (clone.root / "commands").mkdir(parents=True)
    (clone.root / "commands" / "__init__.py").write_text(COMMANDS)
    shutil.copy(RUN, clone.root)
    clone.lock("1.0")
    clone.lock("1.0", "requirements-dev.lock")
    return clone


def test_it_builds_once_follows_a_new_lock_and_refuses_another_package(clone: Clone) -> None:
    """One clone's life, for a build takes seconds."""
    two_first_starts_build_once_and_the_next_builds_nothing(clone)
    a_new_lock_is_followed_and_the_developers_lock_only_adds(clone)
    a_package_that_is_not_the_locked_one_is_refused(clone)


def two_first_starts_build_once_and_the_next_builds_nothing(clone: Clone) -> None:
    both = [clone.start("serve", "--now"), clone.start("serve", "--now")]
    ends = [process.communicate(timeout=120) for process in both]
    assert [said for said, _ in ends] == ["1.0 serve --now\n"] * 2
    steps = [line.split()[0] for _, told in ends for line in told.splitlines()]
    assert sorted(step for step in steps if step != "Waiting") == ["Creating", "Installing", "Ready"]
    assert clone.run("serve") == (0, "1.0 serve\n", "")


def a_new_lock_is_followed_and_the_developers_lock_only_adds(clone: Clone) -> None:
    mark = clone.root / ".venv" / "made-by-hand"
    mark.touch()
    clone.lock("1.1")
    clone.lock("1.1", "requirements-dev.lock")
    code, said, told = clone.run("test")
    assert (code, said) == (0, "1.1 test\n")
    assert "Installing 1 packages" in told
    assert "Creating" not in told
    assert clone.run("serve") == (0, "1.1 serve\n", "")
    assert mark.exists()


def a_package_that_is_not_the_locked_one_is_refused(clone: Clone) -> None:
    clone.lock("1.2")
    lock = clone.root / "requirements.lock"
    lock.write_text(lock.read_text()[:-9] + "00000000\n")
    code, said, told = clone.run("serve")
    assert (code, said) == (1, "")
    assert "differs from the one that was locked" in told
    assert (clone.root / ".venv" / ".built-from").read_text() == ""


@pytest.mark.long
def test_a_build_that_was_killed_is_done_again(clone: Clone) -> None:
    with clone.start("serve") as process:
        assert process.stderr
        assert any(line.startswith("Installing") for line in process.stderr)
        process.kill()
    (clone.root / ".venv" / "half-written").touch()
    code, said, _ = clone.run("serve")
    assert (code, said) == (0, "1.0 serve\n")
    assert not (clone.root / ".venv" / "half-written").exists()


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bootstrap() -> ModuleType:
    return load(RUN)


@pytest.mark.parametrize(
    ("stamp", "sound"),
    [
        ({}, True),
        ({"requirements.lock": "of an older lock"}, True),
        ({"folder": "where the clone stood before it was moved"}, False),
        ({"python": "an interpreter that was since removed"}, False),
    ],
)
def test_what_was_built_for_another_place_is_not_built_upon(
    clone: Clone, stamp: dict[str, str], *, sound: bool
) -> None:
    house = load(clone.root / "run.py")
    house.PYTHON.parent.mkdir(parents=True)
    house.PYTHON.symlink_to(sys.executable)
    assert house.is_sound()
    house.STAMP.write_text(json.dumps({**house.fingerprint("requirements.lock"), **stamp}))
    assert house.is_sound() is sound
    assert house.is_current("requirements.lock") is (stamp == {})
    assert not house.is_current("requirements-dev.lock")


def test_it_parses_on_old_pythons() -> None:
    source = RUN.read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    assert "from __future__" not in source


@pytest.mark.parametrize(
    ("language", "version", "has_venv", "words"),
    [
        ("en_GB.UTF-8", (3, 8, 18), True, "Python 3.11 or newer is needed, this is 3.8"),
        ("zh_CN.UTF-8", (3, 6, 0), False, "需要 Python 3.11 或更高版本，当前为 3.6"),
        ("C", (3, 12, 1), False, "apt install python3-venv or python3.12-venv"),
        ("zh_CN.GB18030", (3, 11, 2), False, "apt install python3-venv 或 python3.11-venv"),
    ],
)
def test_it_says_what_this_python_lacks(
    bootstrap: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    version: tuple[int, ...],
    words: str,
    *,
    has_venv: bool,
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    assert words in bootstrap.problem_with(version, has_venv)
    assert bootstrap.problem_with((3, 11, 0), has_venv=True) == ""


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        (
            "NewConnectionError: Failed to establish a new connection: [Errno 111] Connection refused",
            "cannot be reached",
        ),
        ("error: Request failed\n  Caused by: dns error: failed to lookup address information", "cannot be reached"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "differs from the one that was locked",
        ),
        ("error: Hash mismatch for `segno==1.6.6`", "differs from the one that was locked"),
        ("ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied", "No permission to write"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("error: something else", "own words are above"),
    ],
)
def test_it_explains_a_failed_build(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, printed: str, words: str
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert words in bootstrap.explain(printed)


def commands_say(tmp_path: Path, *arguments: str, **settings: str) -> tuple[int, str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(RUN.parent), "COLUMNS": "200", **settings}
    command = [sys.executable, "-c", "from commands import main; main()", *arguments]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_without_a_token_it_says_how_to_get_one(tmp_path: Path) -> None:
    _, said = commands_say(tmp_path, LANG="C.UTF-8")
    assert "send /newbot to @BotFather" in said
    _, said = commands_say(tmp_path, LANG="zh_CN.UTF-8", PYTHONUTF8="1")
    assert "向 @BotFather 发送 /newbot" in said


def test_with_a_token_it_shows_the_commands(tmp_path: Path) -> None:
    _, said = commands_say(tmp_path, TELEGRAM_BOT_TOKEN="123:abc")
    assert "BotFather" not in said
    (tmp_path / ".env").write_text("TELEGRAM_BOT_TOKEN_FILE=/run/secrets/token\n")
    _, said = commands_say(tmp_path)
    assert "BotFather" not in said
    assert "Run all checks" in said


def test_a_mistyped_command_is_named(tmp_path: Path) -> None:
    code, said = commands_say(tmp_path, "tset")
    assert code == 2
    assert "tset" in said
