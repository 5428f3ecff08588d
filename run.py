"""双培助手 · Shuangpei: the one way in.

Builds `.venv` beside this file from the lock on first use, then hands over to `commands`. It runs before anything is
installed, so it imports only the standard library, and it parses on old Pythons to tell their owners what is missing:
hence no newer syntax and no future import here.
"""

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".built-from"  # what .venv was built from, as JSON; empty while a build is under way
LOCKS = ("requirements.lock", "requirements-dev.lock")  # each contains the one before it
DEVELOPER_COMMANDS = ("test", "bench", "screenshots")
PACKAGE_SOURCES = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX", "PIP_CONFIG_FILE")


def in_words(english: str, chinese: str) -> str:
    """The sentence in the language of the terminal."""
    settings = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return chinese if next(filter(None, settings), "").startswith("zh") else english


def problem_with(version: "tuple[int, ...]", has_venv: bool) -> str:  # noqa: FBT001 - two facts about one Python
    """What keeps this Python from running the program, and how to mend it; empty if nothing does."""
    if version < (3, 11):
        found = "{}.{}".format(*version[:2])
        return in_words(
            f"Python 3.11 or newer is needed, this is {found}. Install one and start again with it: python3.11 run.py",
            f"需要 Python 3.11 或更高版本，当前为 {found}。请安装后用它重新运行：python3.11 run.py",
        )
    if not has_venv:
        package = "python{}.{}-venv".format(*version[:2])
        return in_words(
            f"This Python lacks the venv module. Install it (apt install python3-venv or {package}) and start again.",
            f"当前 Python 缺少 venv 模块。请先安装（apt install python3-venv 或 {package}），再重新运行。",
        )
    return ""


def found_problem() -> str:
    if os.name != "posix":
        return in_words(
            "This system is not supported: use Linux or macOS, or WSL on Windows.",
            "不支持当前系统：请在 Linux、macOS 或 Windows 的 WSL 中运行。",
        )
    has_venv = all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
    return problem_with(sys.version_info[:3], has_venv or bool(uv()))


def uv() -> str:
    """Where uv is, or nothing. It does not read pip's settings, so where these name a source of packages, pip it is."""
    return "" if any(os.environ.get(name) for name in PACKAGE_SOURCES) else shutil.which("uv") or ""


class BuildFailed(Exception):
    """A step of the build went wrong; carries what it printed last."""


NO_NETWORK = "(?i)connection|name resolution|timed? ?out|proxy|dns error|error sending request|failed to fetch|SSLError"


def explain(output: str) -> str:
    """The likely cause of a failed build, read from what the tool printed."""
    if re.search("No space left", output):
        return in_words("The disk is full.", "磁盘空间不足。")
    if re.search("Permission denied|Read-only file system", output):
        return in_words(
            f"No permission to write to {ROOT}: start it as the owner of that folder.",
            f"没有写入 {ROOT} 的权限：请用该目录的所有者运行。",
        )
    if re.search("DO NOT MATCH|[Hh]ash mismatch", output):
        return in_words(
            "A package differs from the one that was locked, so it was refused. Check where your packages come from.",
            "有软件包与锁定的版本不一致，已拒绝安装。请检查软件包来源。",
        )
    if re.search(NO_NETWORK, output):
        return in_words(
            "The package index cannot be reached: check the network, or the proxy and mirror settings of pip.",
            "无法连接软件包源：请检查网络，或 pip 的代理、镜像设置。",
        )
    return in_words("The tool's own words are above.", "具体原因见上。")


def announce(english: str, chinese: str) -> None:
    print(in_words(english, chinese), file=sys.stderr, flush=True)


def perform(*command: str) -> None:
    """Run one step of the build, showing on a terminal which package it has come to. The step holds the lock with us."""
    last: deque[str] = deque(maxlen=15)
    with subprocess.Popen(  # noqa: S603 - our own words
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", close_fds=False
    ) as process:
        for line in process.stdout or ():
            last.append(line)
            package = re.match(r"Collecting ([\w.-]+)", line)
            if package and sys.stderr.isatty():
                print(f"\r\033[K  {package[1]}", end="\r", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print("\033[K", end="", file=sys.stderr, flush=True)
    if process.returncode:
        raise BuildFailed("".join(last))


def digest(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def fingerprint(lock: str) -> "dict[str, str]":
    """What `.venv` must come from to serve this lock; a moved folder or another interpreter makes it useless."""
    locks = LOCKS[: LOCKS.index(lock) + 1]
    return {"folder": str(VENV), "python": os.path.realpath(PYTHON), **{name: digest(name) for name in locks}}


def stamp() -> "dict[str, str]":
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def is_current(lock: str) -> bool:
    return PYTHON.exists() and fingerprint(lock).items() <= stamp().items()


def is_sound() -> bool:
    """Whether `.venv` may be added to: built to its end for this place, or made by hand, with its interpreter."""
    if not STAMP.exists():
        return PYTHON.exists()
    built, wanted = stamp(), fingerprint(LOCKS[0])
    return PYTHON.exists() and all(built.get(name) == wanted[name] for name in ("folder", "python"))


def create(builder: str) -> None:
    announce("Creating .venv ...", "正在创建 .venv ……")
    if VENV.exists():
        shutil.rmtree(VENV)
    VENV.mkdir()
    STAMP.touch()
    interpreter = os.path.realpath(sys.executable) if sys.prefix != sys.base_prefix else sys.executable
    if builder:
        perform(builder, "venv", "--quiet", "--allow-existing", "--python", interpreter, str(VENV))
    else:
        perform(interpreter, "-m", "venv", str(VENV))


def install(builder: str, lock: str) -> None:
    count = sum("==" in line for line in (ROOT / lock).read_text().splitlines())
    announce(f"Installing {count} packages, once ...", f"正在安装 {count} 个软件包，仅此一次 ……")
    STAMP.write_text("")
    pip = [builder, "pip"] if builder else [str(PYTHON), "-m", "pip", "--no-input"]
    target = ["--python", str(PYTHON)] if builder else []
    perform(*pip, "install", *target, "--require-hashes", "-r", str(ROOT / lock))
    STAMP.write_text(json.dumps(fingerprint(lock), indent=1))


def build(builder: str, lock: str) -> None:
    """Bring `.venv` up to the lock: in place, since a bot may be running from it; an unfinished one is made anew."""
    has_pip = bool(builder) or any(VENV.glob("lib/*/site-packages/pip"))
    if not (is_sound() and has_pip):
        create(builder)
    install(builder, lock)


@contextmanager
def alone() -> "Iterator[None]":
    """One builder at a time, and the steps it started: the lock is on this very file, so nothing is left when all have ended."""
    import fcntl

    with Path(__file__).open() as file:
        os.set_inheritable(file.fileno(), True)  # noqa: FBT003 - the system's own signature
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            announce("Waiting for another start that is building .venv ...", "另一个进程正在创建 .venv，请稍候 ……")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def prepare(lock: str) -> None:
    started = time.monotonic()
    with alone():
        if is_current(lock):
            return
        try:
            build(uv(), lock)
        except BuildFailed:
            if not uv():
                raise
            announce("uv could not do it; trying pip ...", "uv 未能完成，改用 pip ……")
            build("", lock)
    seconds = round(time.monotonic() - started)
    announce(f"Ready in {seconds} s.", f"准备就绪，用时 {seconds} 秒。")


def main(arguments: "list[str]") -> None:
    lock = LOCKS[1] if arguments[:1] and arguments[0] in DEVELOPER_COMMANDS else LOCKS[0]
    inside = Path(sys.prefix).resolve() == VENV.resolve()
    if not is_current(lock):
        problem = found_problem()
        if problem:
            sys.exit(problem)
        try:
            prepare(lock)
        except BuildFailed as failure:
            sys.exit(f"{failure}\n{explain(str(failure))}")
        except OSError as failure:
            sys.exit(f"{failure}\n{explain(os.strerror(failure.errno or 0))}")
        inside = False
    if not inside:
        os.execv(PYTHON, [str(PYTHON), str(ROOT / "run.py"), *arguments])  # noqa: S606 - our own interpreter, no shell wanted
    from commands import main as hand_over

    hand_over()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
