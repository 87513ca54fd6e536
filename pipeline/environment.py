"""The folder .venv: where its Python is, whether it can be used, what the lock asks of it.

Every start asks this, so only light parts of the standard library are used.
"""

from __future__ import annotations

import os
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

FRESH, RETIRED = ".venv.new", ".venv.old"  # beside .venv while it is made anew: the next one, the last one


def python(home: Path) -> Path:
    """The interpreter of an environment."""
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def mark(lock: str) -> str:
    """What an environment is made for: the lock, and the Python and system its compiled modules belong to.

    The suffix of such modules names both (.cpython-311-x86_64-linux-gnu.so, .cp311-win_amd64.pyd). Neither the patch
    version nor the place is in it: a folder that was moved is as good as before.
    """
    return f"{EXTENSION_SUFFIXES[0]}\n{lock}"


def stamp(home: Path) -> Path:
    """The file that holds the mark; it is written last, so an interrupted install has none."""
    return home / "installed"


def is_whole(home: Path, wanted: str) -> bool:
    """Whether an environment was installed to its end, for this mark."""
    return stamp(home).is_file() and stamp(home).read_text(encoding="utf-8", errors="replace") == wanted


def is_ready(home: Path, wanted: str) -> bool:
    """Whether it can be used: whole, and the Python that it was made with is still there."""
    return is_whole(home, wanted) and python(home).is_file() and _base(home).is_file()


def _base(home: Path) -> Path:
    """The installed Python behind an environment; the environment's own folder if it names none."""
    settings = home / "pyvenv.cfg"
    lines = settings.read_text(encoding="utf-8").splitlines() if settings.is_file() else []
    return next((Path(line.partition(" = ")[2]) for line in lines if line.startswith("executable = ")), home)


def is_running(home: Path) -> bool:
    """Whether this process is the environment's, by whatever path it was started."""
    return home.is_dir() and home.samefile(sys.prefix)


def leftovers(home: Path) -> list[Path]:
    """What a killed install, or one that could not take the old environment's place, left beside it."""
    return [path for path in (home.with_name(FRESH), home.with_name(RETIRED)) if is_there(path)]


def is_there(path: Path) -> bool:
    """Also of a link that leads nowhere."""
    return path.is_symlink() or path.exists()


def requirements(lock: str) -> list[tuple[str, str, str]]:
    """(name, version, marker) of every package in the lock, those of other systems included."""
    pins = []
    for line in lock.splitlines():
        if "==" in line and not line.startswith((" ", "#")):
            pinned, _, marker = line.rstrip("\\ ").partition(" ; ")
            name, _, version = pinned.partition("==")
            pins.append((name, version, marker))
    return pins


def has_packages(lock: str) -> bool:
    """Whether the running interpreter has every package of the lock that is meant for it, in its version."""
    here = _installed()
    absent = [marker for name, version, marker in requirements(lock) if here.get(_plain(name)) != version]
    if "" in absent:  # meant for every system
        return False
    try:
        from packaging.markers import Marker  # noqa: PLC0415 - one of the locked packages; slow to import
    except ImportError:
        return False
    return not any(Marker(marker).evaluate() for marker in absent)


def _installed() -> dict[str, str]:
    """Versions by name, as the folders *.dist-info tell: their metadata would take ten times as long to read."""
    versions: dict[str, str] = {}
    for folder in sys.path:
        for entry in Path(folder).glob("*.dist-info"):
            name, _, version = entry.stem.rpartition("-")
            versions.setdefault(_plain(name), version)  # the first on the path is the one that is imported
    return versions


def _plain(name: str) -> str:
    """A package's name as the lock writes it."""
    return name.replace("_", "-").replace(".", "-").lower()
