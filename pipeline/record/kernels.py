"""Kernels that have imported what a notebook needs before there is one to execute.

Where a process can be forked and watched (Linux), one server imports, and forks a kernel for each notebook: each is
fresh, since the server itself executes none. Elsewhere a process imports, and becomes the kernel once it is told of a
notebook; then the next one is started. All are plain subprocesses: multiprocessing would run a caller's `__main__`
again, and its daemonic workers may have no children.

A warm kernel differs from a cold one in nothing that a notebook sees, so wherever there is none, a cold one will do.
"""

import contextlib
import gc
import importlib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
from functools import cache
from multiprocessing import connection
from pathlib import Path
from typing import NoReturn

from pipeline import apart, machine

_IMPORTED = (
    "ipykernel.kernelapp",
    "pipeline.products.charts",
    "pipeline.products.pages",
    "pipeline.record.tracing",
    "pipeline.week",
)
COLD = "from pipeline.record.kernels import serve_cold; serve_cold()"
_FORK = "from pipeline.record.kernels import serve_forks; serve_forks(int(sys.argv[1]))"
_BECOME = "from pipeline.record.kernels import serve_one; serve_one()"
_NO_SETTINGS = "matplotlibrc"
_FILES = 256  # open at once: far more than the kernel's channels need
_SECONDS_TO_START = 60.0  # an office PC that scans every file it opens


def environment() -> dict[str, str]:
    """So that a kernel finds nothing but the program, reads and writes UTF-8, and prints the same every time."""
    return apart.variables(
        IPYTHONDIR=own(),
        MATPLOTLIBRC=own(_NO_SETTINGS),  # people's own may hold what matplotlib warns of
        IPYKERNEL_CELL_NAME="weekly_report",
        MPLBACKEND="agg",
        OPENBLAS_NUM_THREADS="1",  # a process with threads should not be forked; nothing here multiplies matrices
    )


def own(name: str = "") -> str:
    """A path in a folder of our own, without settings or files to run at the start, where kernels look for them and first stand."""
    return str(Path(_folder().name) / name)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="kernels-", ignore_cleanup_errors=True)
    (Path(folder.name) / _NO_SETTINGS).touch()
    return folder


class ForkedKernel:
    """A kernel that is the server's child, with what jupyter_client asks of a Popen."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._watched = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """None while it lives; then 0, since its status is its parent's to know."""
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int:
        """As `poll`, once it has ended; TimeoutExpired if it has not by then."""
        if self._ended(timeout) is None:
            raise subprocess.TimeoutExpired(f"kernel {self.pid}", timeout or 0)
        return 0

    def send_signal(self, number: int) -> None:
        """Nothing if it has ended: its number may be another process's by now."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._watched, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _ended(self, seconds: float | None) -> int | None:
        return 0 if connection.wait([self._watched], seconds) else None

    def __del__(self) -> None:
        with contextlib.suppress(AttributeError):  # it had ended before it could be watched
            os.close(self._watched)


class ForkServer:
    """One process that imports, and forks a kernel for each notebook."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pipe, theirs = multiprocessing.Pipe()
        with theirs:
            self._process = subprocess.Popen(
                apart.command(_FORK, str(theirs.fileno())),
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # what breaks a kernel is told by the run
                pass_fds=[theirs.fileno()],
                env=environment(),
                cwd=own(),
                start_new_session=True,  # Ctrl-C is for the owner
            )

    def start(self, arguments: list[str], folder: str) -> ForkedKernel | None:
        """A kernel with these arguments of ipykernel's that works in `folder`; None if the server has come to grief."""
        with self._lock, contextlib.suppress(EOFError, OSError):
            self._pipe.send((arguments, folder))
            if self._pipe.poll(_SECONDS_TO_START):
                return ForkedKernel(self._pipe.recv())
            self._process.kill()  # lest its answer be taken for the next one's
        return None

    def cpu_seconds(self) -> float:
        """What the server and its kernels that have ended took of the processors; 0 if it has come to grief."""
        import psutil  # noqa: PLC0415 - for a fleet only

        try:
            return float(
                sum(psutil.Process(self._process.pid).cpu_times()[:4])
            )  # user, system: its own, its children's
        except psutil.Error:
            return 0.0

    def close(self) -> None:
        """End the server. A kernel that still lives sees that it has lost its parent."""
        self._process.kill()
        self._process.wait()
        self._pipe.close()


class EarlyKernels:
    """A process always on the way to be the next kernel, while notebooks are `expected`."""

    def __init__(self, expected: int) -> None:
        self._lock = threading.Lock()
        self._expected = expected
        self._next = self._launched()

    def start(self, arguments: list[str], folder: str) -> "subprocess.Popen[bytes] | None":
        """A kernel with these arguments of ipykernel's that works in `folder`; None if there is none on the way, or it has come to grief."""
        with self._lock:
            process, self._next = self._next, self._launched()
        if process is None or process.stdin is None:
            return None
        try:
            with process.stdin as request:
                request.write(json.dumps([arguments, folder]).encode())
        except OSError:
            return None
        return process

    def close(self) -> None:
        """End the one that nobody has asked for."""
        if self._next:
            self._next.kill()
            self._next.communicate()

    def _launched(self) -> "subprocess.Popen[bytes] | None":
        """By jupyter_client, for its events by which a kernel on Windows is interrupted and sees its parent die."""
        from jupyter_client.launcher import launch_kernel  # noqa: PLC0415 - a fork server has no need of it

        if not self._expected:
            return None
        self._expected -= 1
        return launch_kernel(
            apart.command(_BECOME),
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            cwd=own(),
        )


Kernels = ForkServer | EarlyKernels


def can_fork() -> bool:
    """Whether a kernel can be forked, and watched by who is not its parent. (macOS has a fork that is not safe.)"""
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return True


def warm(expected: int) -> contextlib.closing[Kernels]:
    """Kernels for that many notebooks, warming from now on, and closed at the end of the `with`."""
    machine.require_files(_FILES)
    return contextlib.closing(ForkServer() if can_fork() else EarlyKernels(expected))


# ---- in the process that warms ---------------------------------------------------------------------------------


def serve_forks(number: int) -> None:
    """Fork a kernel for each request that comes through the pipe of this number, until its owner has gone."""
    _prepare()
    asked = connection.Connection(number)
    signal.signal(signal.SIGCHLD, _bury)
    with contextlib.suppress(EOFError):
        while True:
            wanted = asked.recv()
            pid = os.fork()
            if pid == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                asked.close()
                _become(*wanted, parent_handle=os.getppid())
            with contextlib.suppress(OSError):  # it has ended already
                os.setpgid(pid, pid)  # signals are sent to the whole group
            asked.send(pid)


def _bury(*_: object) -> None:
    """By hand: the system would not count their time as the server's."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def serve_one() -> None:
    """Become the kernel that is told of on standard input; nothing if the owner has gone."""
    _prepare()
    request = sys.stdin.buffer.read()
    if request:
        _become(*json.loads(request))


def serve_cold() -> None:
    """Become the kernel that the command line tells of: the folder, then ipykernel's arguments."""
    _prepare()
    _become(sys.argv[2:], sys.argv[1])


def _prepare() -> None:
    for name in _IMPORTED:
        importlib.import_module(name)
    for thread in set(threading.enumerate()) - {threading.main_thread()}:
        thread.join()  # matplotlib's, on a fresh machine: it says that the list of fonts takes long
    gc.freeze()


def _become(arguments: list[str], folder: str, **look: int) -> NoReturn:
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415 - only here

    os.chdir(folder)
    IPKernelApp.launch_instance(arguments, **look)
    sys.exit()
