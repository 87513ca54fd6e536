"""Programs that some tests need, and not every machine has: such a test is skipped, and counted by name at the end."""

import shutil
from collections import Counter
from collections.abc import Iterable
from importlib.util import find_spec

import pytest

SEVEN_ZIP, BSDTAR, UNPACKER = "7-Zip", "bsdtar", "7-Zip or bsdtar"
LIBREOFFICE, CHROMIUM, FAKETIME, NPM, GIT = "LibreOffice", "Chromium", "faketime", "npm", "git"
DASK = "Dask"
_SEVEN_ZIPS = ("7zz", "7z", "7za", r"C:\Program Files\7-Zip\7z.exe", r"C:\Program Files (x86)\7-Zip\7z.exe")
_TARS = ("bsdtar", r"C:\Windows\System32\tar.exe")
COMMANDS = {
    SEVEN_ZIP: _SEVEN_ZIPS,
    BSDTAR: _TARS,
    UNPACKER: (*_SEVEN_ZIPS, *_TARS),
    LIBREOFFICE: ("soffice",),
    CHROMIUM: ("chromium", "chromium-browser", "google-chrome"),
    FAKETIME: ("faketime",),
    NPM: ("npm",),
    GIT: ("git",),
}
MODULES = {DASK: "distributed"}  # programs that are a package of Python
_REASON = "not installed: "


def path(program: str) -> str | None:
    """Where the program is, by the first of its commands that is there, or by its package."""
    if program in MODULES:
        found = find_spec(MODULES[program])
        return found.origin if found else None
    return next(filter(None, map(shutil.which, COMMANDS[program])), None)


def needs(program: str) -> pytest.MarkDecorator:
    """The mark of a test that is skipped without the program."""
    return pytest.mark.skipif(path(program) is None, reason=f"{_REASON}{program}")


def skip_without(program: str) -> None:
    """The same from inside a test or a fixture."""
    if path(program) is None:
        pytest.skip(f"{_REASON}{program}")


def summary(reasons: Iterable[str]) -> list[str]:
    """How many tests were skipped for want of each program, by why they were skipped."""
    counts = Counter(reason.partition(_REASON)[2] for reason in reasons if _REASON in reason)
    return [f"skipped, {program} is not installed: {count}" for program, count in sorted(counts.items())]
