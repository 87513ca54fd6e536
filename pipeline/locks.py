"""One program at a time: a lock on a file, which the system lets go of even if the program is killed."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path


@contextlib.contextmanager
def held(path: Path, wait: bool = True, waiting: Callable[[], None] = lambda: None) -> Iterator[int]:
    """Alone with this lock; OSError if another holds it and this one will not wait. waiting: called before it does.

    Gives the number of the open file: on POSIX a program that inherits it holds the lock too.
    """
    with path.open("w") as file:
        try:
            _lock(file.fileno(), wait=False)
        except OSError:
            if not wait:
                raise
            waiting()
            _lock(file.fileno(), wait=True)
        yield file.fileno()


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
                time.sleep(0.2)

else:
    import fcntl

    def _lock(number: int, wait: bool) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
