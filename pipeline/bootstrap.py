"""Every start: go on in this Python if it has the locked packages, else in .venv, which is made where it is lacking.

Standard library only, no shell, no activation, no administrator; old Pythons get as far as the message that they are
too old. Everything goes to stderr: stdout belongs to the command.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pipeline import apart, environment, terminal

CHECKOUT = Path(__file__).resolve().parent.parent
_OLDEST = (3, 11)
_MAIN = "from pipeline.__main__ import main; sys.exit(main(sys.argv[1:]))"


def ensure(arguments: list[str]) -> int | None:
    """None: go on in this process. A number: the command ran in .venv (or could not), with this exit status."""
    if sys.version_info < _OLDEST:
        return _cannot(f"需要 Python 3.11 或更新的版本，现在是 {sys.version.split()[0]}。请安装后重新运行。")
    lock, home = (CHECKOUT / "requirements.txt").read_text(encoding="utf-8"), CHECKOUT / ".venv"
    wanted = environment.mark(lock)
    if environment.is_running(home):
        if environment.is_whole(home, wanted):
            return None
        # it cannot be renewed from inside
        return _run(sys._base_executable, arguments)  # type: ignore[attr-defined]
    if environment.has_packages(lock):
        return None
    return _provide(home, wanted) or _run(str(environment.python(home)), arguments)


def _provide(home: Path, wanted: str) -> int:
    """0: .venv can be used. Making it needs parts of the standard library that the other starts need not load."""
    ready = environment.is_ready(home, wanted)
    if ready and not environment.leftovers(home):
        return 0
    from pipeline import installation  # noqa: PLC0415 - see above

    if ready:
        installation.sweep(home)
        return 0
    terminal.raise_interrupts()
    try:
        installation.renew(home, wanted)
    except installation.CannotInstall as error:
        return _cannot(str(error))
    terminal.end_on_interrupt()
    return 0


def _run(python: str, arguments: list[str]) -> int:
    """The command's exit status in another Python; Ctrl-C is the command's to answer."""
    with terminal.starting():
        running = subprocess.Popen(apart.command(_MAIN, *arguments, python=python), env=apart.variables())
    status = running.wait()
    return status if status >= 0 else terminal.CANNOT_RUN


def _cannot(why: str) -> int:
    terminal.say(f"{why}\n")
    return terminal.CANNOT_RUN
