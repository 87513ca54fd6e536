"""The terminal that a command is started from: its streams, whatever became of them, and Ctrl-C.

Standard library only, since every start of the program needs it; readable to old Pythons, as `bootstrap` is.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys

CANNOT_RUN = 2
_INTERRUPTED = "已中断，没有存档。\n"


def prepare() -> None:
    """Streams that can be written to, in UTF-8; Ctrl-C ends the process with one line until `raise_interrupts`."""
    for number in range(3):
        with contextlib.suppress(OSError):
            os.fstat(number)
            continue
        os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest free number: no other file gets it
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - open to the end
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    end_on_interrupt()
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # see `starting`


# ---- Ctrl-C ----------------------------------------------------------------------------------------------------


def end_on_interrupt() -> None:
    """Ctrl-C ends the process at once: nothing is under way yet. Where it is ignored (nohup), it stays so."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)


def raise_interrupts() -> None:
    """From now on Ctrl-C is a KeyboardInterrupt: what is under way is put away first."""
    if signal.getsignal(signal.SIGINT) is _end:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def interrupted() -> int:
    """The status of a command that Ctrl-C has ended; a second one is not to disturb the end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    say(_INTERRUPTED)
    return CANNOT_RUN


@contextlib.contextmanager
def starting():  # type: ignore[no-untyped-def]
    """While another Python is started: Ctrl-C is its to answer, as soon as it can (it is blocked until its `prepare`)."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, lambda *_: None)
    can_block = hasattr(signal, "pthread_sigmask")
    if can_block:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        if can_block:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _end(*_: object) -> None:
    with contextlib.suppress(OSError):
        os.write(2, _INTERRUPTED.encode("utf-8"))
    os._exit(CANNOT_RUN)


# ---- what is written -------------------------------------------------------------------------------------------


def say(words: str) -> None:
    """On stderr, if there is somebody to read it."""
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(words)
        sys.stderr.flush()


def discard() -> None:
    """What could not be written goes nowhere, so that the end of the process does not stumble over it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
