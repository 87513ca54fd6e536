"""The first start on a fresh machine: make .venv from requirements.txt, then run inside it.

Standard library only, no shell, no activation, no administrator; old Pythons get as far as the message that they are
too old. Inside an environment that has the locked packages nothing is done. Everything goes to stderr: stdout belongs
to the command.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import subprocess
import sys
import venv
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import IO

CHECKOUT = Path(__file__).resolve().parent.parent
CANNOT_RUN = 2
_OLDEST = (3, 11)
_REQUIREMENT = re.compile(r"^([\w.-]+)==([^\s;\\]+)\s*(?:;\s*([^\\]+?))?\s*\\?$", re.MULTILINE)
# what pip says -> what the officer should do
_REASONS = (
    (r"No space left|Errno 28|WinError 112", "磁盘空间不足（需要约 1 GB），请清理后重新运行。"),
    (r"DO NOT MATCH THE HASHES", "下载到的程序包与锁定的指纹不符，没有安装。请换网络或软件源后重新运行。"),
    (
        r"NewConnectionError|ConnectTimeout|ReadTimeout|Name or service|name resolution|getaddrinfo|ProxyError|SSLError|ConnectionError",
        "连不上软件源。请检查网络；不能上网的电脑，把程序包文件夹 wheelhouse 放到本文件夹后重新运行。",
    ),
    (r"Permission denied|PermissionError|WinError 5|WinError 32|拒绝访问", "没有写入权限，或 .venv 正被占用。请关闭 JupyterLab 等程序后重新运行。"),
    (r"No matching distribution|from versions", "缺少适合本机的程序包（wheelhouse 不全，或 Python 版本太新）。"),
    (r"ensurepip", "这个 Python 不能建立虚拟环境（Debian/Ubuntu 请先装 python3-venv）。"),
)  # fmt: skip
_UNKNOWN = "请把下面的原因告诉维护人员。"


class CannotInstall(Exception):
    """The environment cannot be made; str(error) says why, in Chinese."""


def ensure(arguments: list[str]) -> int | None:
    """None: go on in this process. A number: the command ran in .venv (or could not), with this exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    if sys.version_info < _OLDEST:
        return _cannot(f"需要 Python 3.11 或更新的版本，现在是 {sys.version.split()[0]}。请安装后重新运行。")
    lock, home = CHECKOUT / "requirements.txt", CHECKOUT / ".venv"
    if _is_ready(lock, home):
        return None
    if Path(sys.prefix) == home:  # .venv cannot renew itself while it runs
        return _run([sys._base_executable, "-m", "pipeline", *arguments])  # type: ignore[attr-defined]
    try:
        with _alone(CHECKOUT / ".venv.lock"):
            if not _is_current(lock, home):
                _install(lock, home)
    except KeyboardInterrupt:
        return _cannot("安装已中断。重新运行时会从头安装。")
    except (CannotInstall, OSError, subprocess.CalledProcessError) as error:
        return _cannot(f"运行环境没有装好：{_reason(str(error))}\n  完整记录（如有）：.venv/install.log")
    return _run([str(_python(home)), "-m", "pipeline", *arguments])


# ---- is it there? ----------------------------------------------------------------------------------------------


def _is_ready(lock: Path, home: Path) -> bool:
    """Whether this very interpreter has what the lock names."""
    if Path(sys.prefix) == home:
        return _is_current(lock, home)
    return has_packages(lock.read_text(encoding="utf-8"))


def _is_current(lock: Path, home: Path) -> bool:
    """Whether .venv was installed to its end, from this lock, by this Python, in this place."""
    stamp = home / "installed"
    return stamp.is_file() and _python(home).is_file() and stamp.read_text(encoding="utf-8") == _stamp(lock)


def _stamp(lock: Path) -> str:
    basis = [hashlib.sha256(lock.read_bytes()).hexdigest(), sys.version, str(CHECKOUT)]
    return hashlib.sha256("\n".join(basis).encode()).hexdigest()


def has_packages(lock: str) -> bool:
    """Whether the running environment has every package of the lock that is meant for it, in its version."""
    try:
        return all(metadata.version(name) == version for name, version in locked(lock))
    except ImportError:  # also metadata.PackageNotFoundError; packaging itself may be lacking
        return False


def locked(lock: str) -> Iterator[tuple[str, str]]:
    """(name, version) of the lock's lines that are meant for this interpreter and system."""
    from packaging.markers import Marker  # noqa: PLC0415 - one of the locked packages

    for name, version, marker in _REQUIREMENT.findall(lock):
        if not marker or Marker(marker).evaluate():
            yield name, version


# ---- making it -------------------------------------------------------------------------------------------------


def _install(lock: Path, home: Path) -> None:
    """Anew from the start: what an interrupted install left is removed."""
    _say("首次使用：正在建立运行环境（约需几分钟，仅一次）…\n")
    venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(home)
    command = [str(_python(home)), "-I", "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:"]
    command += ["--no-compile", "--no-input", "--disable-pip-version-check", "--progress-bar", "off", "-r", str(lock)]
    wheelhouse = CHECKOUT / "wheelhouse"
    if wheelhouse.is_dir():
        command += ["--no-index", "--find-links", str(wheelhouse)]
    log = home / "install.log"
    if _pip(command, log, _count(lock)):
        raise CannotInstall(log.read_text(encoding="utf-8"))
    (home / "installed").write_text(_stamp(lock), encoding="utf-8")
    _say("\r运行环境已装好。                                        \n")


def _count(lock: Path) -> int:
    """About how many packages will come: the lock also names those of other systems."""
    return len(_REQUIREMENT.findall(lock.read_text(encoding="utf-8")))


def _pip(command: list[str], log: Path, total: int) -> int:
    """Run pip with a progress line; its whole output is kept in the log."""
    unwanted = {"PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV"}
    environment = {name: value for name, value in os.environ.items() if name not in unwanted}
    environment.update(PYTHONUTF8="1", PYTHONIOENCODING="utf-8")
    with log.open("w", encoding="utf-8") as kept:
        pip = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, encoding="utf-8", errors="replace"
        )  # fmt: skip
        with pip:
            _follow(pip, kept, total)
    return pip.returncode


def _follow(pip: subprocess.Popen[str], kept: IO[str], total: int) -> None:
    assert pip.stdout is not None
    seen = 0
    for line in pip.stdout:
        kept.write(line)
        if line.startswith("Collecting "):
            seen += 1
            name = re.split(r"[=<>~ ]", line[len("Collecting ") :])[0]
            _progress(f"正在下载 {seen}/{total}：{name}")
        elif line.startswith("Installing collected"):
            _progress("正在安装（约一分钟）…")


def _progress(words: str) -> None:
    """One line that is written over; a file or pipe gets only the last stage."""
    if sys.stderr.isatty():
        _say(f"\r{words:<50}")
    elif words.startswith("正在安装"):
        _say(f"{words}\n")


def _reason(said: str) -> str:
    """What to do, by what pip or the system said; else its own last words."""
    advice = next((told for sign, told in _REASONS if re.search(sign, said, re.IGNORECASE)), _UNKNOWN)
    errors = [line for line in said.splitlines() if line.startswith("ERROR")] or said.strip().splitlines() or [""]
    return f"{advice}\n  {errors[-1]}"


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One installer at a time; the system lets go of the lock even if the program is killed."""
    with path.open("w") as file:
        try:
            _lock(file.fileno(), wait=False)
        except OSError:
            _say("另一个窗口正在安装运行环境，请稍候…\n")
            _lock(file.fileno(), wait=True)
        yield


if sys.platform == "win32":
    import msvcrt
    import time

    def _lock(number: int, wait: bool) -> None:
        while True:
            try:
                return msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    raise
                time.sleep(1)

else:
    import fcntl

    def _lock(number: int, wait: bool) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


# ---- running in it ---------------------------------------------------------------------------------------------


def _python(home: Path) -> Path:
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _run(command: list[str]) -> int:
    """The command's exit status; Ctrl-C is the command's to answer."""
    path = os.pathsep.join(filter(None, [str(CHECKOUT), os.environ.get("PYTHONPATH", "")]))
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONHASHSEED": "0", "PYTHONPATH": path}
    with subprocess.Popen(command, env=environment) as running:
        while True:
            try:
                status = running.wait()
                return status if status >= 0 else CANNOT_RUN
            except KeyboardInterrupt:
                continue


def _cannot(why: str) -> int:
    _say(f"{why}\n")
    return CANNOT_RUN


def _say(words: str) -> None:
    sys.stderr.write(words)
    sys.stderr.flush()
