"""Making .venv: beside the one in use, whole and compiled, then swapped in. What fails leaves the old one as it is.

`.venv.new` is being made or waits to be swapped in, `.venv.old` was swapped out; both are gone after a start that went
well. Standard library only.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from types import SimpleNamespace
from typing import IO

from pipeline import environment, locks

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
_IN_USE = (
    "运行环境（.venv）正被其他程序占用，没有更换，原来的还在。新的已经备好，下次不必重新安装。\n"
    "请关闭 JupyterLab 等程序后重新运行 python -m pipeline。"
)
_NEVER_IMPORTED = r"[/\\]tests[/\\]"  # a fifth of all modules


class CannotInstall(Exception):
    """The environment cannot be made; str(error) says why, in Chinese."""


def renew(home: Path, wanted: str) -> None:
    """Make .venv fit its mark; CannotInstall if that is not possible, and then the one that was there still is."""
    try:
        with _alone(home, wait=True) as lock:
            _put_back(home)
            _make(home, wanted, lock)
            _remove(*environment.leftovers(home))
    except KeyboardInterrupt:
        raise CannotInstall(f"安装已中断。重新运行时会从头安装。{_kept(home)}") from None
    except (OSError, subprocess.CalledProcessError) as error:
        raise _failure(home, str(error)) from error


def sweep(home: Path) -> None:
    """Remove what earlier installs left beside a .venv that is ready, unless one is running or the folder read-only."""
    with contextlib.suppress(OSError), _alone(home, wait=False):
        _remove(*environment.leftovers(home))


def _put_back(home: Path) -> None:
    """A start that was killed between the two renames left no .venv: until the new one is in, the last one is."""
    retired = home.with_name(environment.RETIRED)
    if retired.is_dir() and not environment.is_there(home):
        retired.rename(home)


def _make(home: Path, wanted: str, lock: int) -> None:
    """By the least that is needed: a link, a rename or an install; nothing if another window was first."""
    if environment.is_ready(home, wanted):
        return
    if environment.is_whole(home, wanted):
        _link(home)
        return
    fresh = home.with_name(environment.FRESH)
    if not environment.is_ready(fresh, wanted):
        _say(
            f"{'程序包或 Python 有更新' if environment.is_there(home) else '首次使用'}：正在建立运行环境（约需几分钟，仅一次）…\n"
        )
        _build(fresh, wanted, lock)
    _swap(fresh, home)
    _say("运行环境已装好。\n")


def _link(home: Path) -> None:
    """Its packages are whole, but its Python was moved, updated or is another PC's: this one is its Python now."""
    for program in environment.python(home).parent.glob("python*"):
        if program.is_symlink():
            program.unlink()
    _Builder(symlinks=os.name != "nt").create(home)


def _swap(fresh: Path, home: Path) -> None:
    retired = home.with_name(environment.RETIRED)
    _remove(retired)
    try:
        if environment.is_there(home):
            home.rename(retired)
        try:
            fresh.rename(home)
        except OSError:
            _put_back(home)
            raise
    except OSError as error:
        raise CannotInstall(f"{_IN_USE}\n  {error}") from error


def _remove(*folders: Path) -> None:
    """As far as the system lets go of them; the rest goes at a later start."""
    for folder in folders:
        if folder.is_symlink():
            folder.unlink()
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _alone(home: Path, wait: bool) -> contextlib.AbstractContextManager[int]:
    """One installer at a time; OSError if another is at work and this one will not wait.

    On POSIX the programs started here hold the lock too, so that a pip whose installer was killed is waited for, not
    joined.
    """
    return locks.held(home.with_name(".venv.lock"), wait, lambda: _say("另一个窗口正在安装运行环境，请稍候…\n"))


# ---- building --------------------------------------------------------------------------------------------------


class _Builder(venv.EnvBuilder):
    """Without scripts for activation: they would hold the path of the place where the environment is only built."""

    def setup_scripts(self, context: SimpleNamespace) -> None:
        """Nothing."""


def _build(fresh: Path, wanted: str, lock: int) -> None:
    """Anew from the start; the stamp comes last. What could not be finished is removed, its log stays."""
    _remove(fresh)
    try:
        _Builder(with_pip=True, symlinks=os.name != "nt").create(fresh)
        _install(fresh, lock)
        _compile(fresh, lock)
        environment.stamp(fresh).write_text(wanted, encoding="utf-8")
    except BaseException:  # also Ctrl-C
        _remove(fresh)
        raise


def _install(fresh: Path, lock: int) -> None:
    """The lock names every package, so pip need not look for what is missing (a test keeps it complete)."""
    checkout = fresh.parent
    command = [*_tool(fresh, "pip"), "install", "--require-hashes", "--no-deps", "--only-binary", ":all:"]
    command += ["--no-compile", "--no-input", "--disable-pip-version-check", "--no-warn-script-location"]
    locks = [checkout / "requirements.txt", *_extra(checkout)]
    command += ["--progress-bar", "off", *(word for lock_file in locks for word in ("-r", str(lock_file)))]
    wheelhouse = checkout / "wheelhouse"
    if wheelhouse.is_dir():
        command += ["--no-index", "--find-links", str(wheelhouse)]
    total = len({pin for lock_file in locks for pin in environment.requirements(lock_file.read_text(encoding="utf-8"))})
    with (checkout / ".venv.log").open("w", encoding="utf-8") as log, _started(command, lock) as pip:
        _follow(pip, log, total)
    if pip.returncode:
        raise _failure(checkout / ".venv", (checkout / ".venv.log").read_text(encoding="utf-8"))


def _extra(checkout: Path) -> list[Path]:
    """The lock of what somebody has put into the environment that is in use, for `fleet` on a cluster."""
    of_packages = ("lib/python*/site-packages", "Lib/site-packages")
    has_it = any(any((checkout / ".venv").glob(f"{folder}/distributed-*.dist-info")) for folder in of_packages)
    return [checkout / "pipeline" / "requirements-cluster.txt"] if has_it else []


def _compile(fresh: Path, lock: int) -> None:
    """On all cores, as pip would on one. What is no Python of this version is left out: nobody can import it.

    Packages never change: their compiled modules hold whatever the files' times are, as in a copy. Ours do change.
    """
    _progress("正在编译…")
    packages = sysconfig.get_path("purelib", "venv", {"base": str(fresh)})
    never, edited = ("--invalidation-mode", "unchecked-hash"), ("--invalidation-mode", "checked-hash")
    tool = [*_tool(fresh, "compileall"), "-qq", "-j", "0"]
    _started([*tool, *never, "-x", _NEVER_IMPORTED, "."], lock, folder=packages).communicate()
    _started([*tool, *edited, "pipeline"], lock, folder=str(fresh.parent)).communicate()


def _tool(fresh: Path, module: str) -> list[str]:
    """Deaf to the user's own settings of Python; -X, since -I is deaf to PYTHONUTF8 too."""
    return [str(environment.python(fresh)), "-I", "-X", "utf8", "-m", module]


def _started(command: list[str], lock: int, folder: str | None = None) -> subprocess.Popen[str]:
    unwanted = {"PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV"}
    variables = {name: value for name, value in os.environ.items() if name not in unwanted}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=variables, cwd=folder, encoding="utf-8",
        errors="replace", pass_fds=() if os.name == "nt" else (lock,),
    )  # fmt: skip


def _follow(pip: subprocess.Popen[str], log: IO[str], total: int) -> None:
    """Keep all that pip says, and show how far it is."""
    assert pip.stdout is not None
    seen = 0
    for line in pip.stdout:
        log.write(line)
        if line.startswith(("Collecting ", "Processing ")):
            seen += 1
            _progress(f"正在读取程序包 {seen}/{total}")
        elif line.startswith("Installing collected"):
            _progress("正在安装（约一分钟）…")


# ---- saying it -------------------------------------------------------------------------------------------------


def _failure(home: Path, words: str) -> CannotInstall:
    return CannotInstall(f"运行环境没有装好：{_reason(words)}\n  完整记录（如有）：.venv.log{_kept(home)}")


def _kept(home: Path) -> str:
    return "\n原有的运行环境没有改动。" if environment.is_there(home) else ""


def _reason(words: str) -> str:
    """What to do, by what pip or the system said; else its last words."""
    advice = next((advice for sign, advice in _REASONS if re.search(sign, words, re.IGNORECASE)), _UNKNOWN)
    errors = [line for line in words.splitlines() if line.startswith("ERROR")] or words.strip().splitlines() or [""]
    return f"{advice}\n  {errors[-1]}"


def _progress(words: str) -> None:
    """One line that is written over; a file or pipe gets only the stages."""
    if sys.stderr.isatty():
        _say(f"\r{words:<50}")
    elif not words.startswith("正在读取"):
        _say(f"{words}\n")


def _say(words: str) -> None:
    sys.stderr.write(words)
    sys.stderr.flush()
