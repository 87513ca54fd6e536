"""Readers that are not our own run in a process apart: an abort, a hang or a flood of memory costs one file.

Not multiprocessing: it would run the caller's __main__ again. The worker is started when it is first needed, imports
the readers only, and answers one question at a time through its standard input and output.
"""

import atexit
import contextlib
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from pipeline.intake.reading.book import DAMAGED, TOO_LARGE, Book, Unreadable

Read = Callable[[bytes], Book]

_SERVE = "import sys; sys.path.insert(0, sys.argv[1]); from pipeline.intake.reading.isolation import serve; serve(int(sys.argv[2]))"
_ROOT = str(Path(__file__).resolve().parents[3])
_SECONDS_TO_START = 60.0  # an office PC that scans every file it opens
_LOOK_EVERY = 0.02
_LENGTH = struct.Struct("<Q")


class Worker:
    """One process that reads one file after the other; whatever ends it, the next file starts another."""

    def __init__(self, seconds: float = 10.0, memory: int = 1 << 30) -> None:
        self._seconds, self._memory = seconds, memory
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.stop)

    def run(self, read: Read, content: bytes) -> Book:
        """What `read` gives for the content; Unreadable if that, or the process, came to grief."""
        with self._lock:
            process = self._started()
            reply = self._asked(process, pickle.dumps((read, content)), self._seconds)
            if not reply or _memory_of(process) > self._memory // 2:  # what it does not give back, the next would pay
                self.stop()
        answer = pickle.loads(reply) if reply else Unreadable(DAMAGED)
        if isinstance(answer, Book):
            return answer
        raise answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _SERVE, _ROOT, str(self._memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            if not self._asked(self._process, b"", _SECONDS_TO_START):
                raise Unreadable("读取旧格式文件的程序无法启动，请重新运行；仍不行请另存为 .xlsx")
        return self._process

    def _asked(self, process: subprocess.Popen[bytes], question: bytes, seconds: float) -> bytes:
        """The answer, or nothing if the process ended. Left in any other way, an answer may still be to come.

        Nobody waits for that one any more, and it would be taken for the next file's: so the process goes.
        """
        answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=_exchange, args=(process, question, answers), daemon=True).start()
        until = time.monotonic() + seconds
        try:
            while time.monotonic() < until and _memory_of(process) <= self._memory:
                with contextlib.suppress(queue.Empty):
                    return answers.get(timeout=_LOOK_EVERY)
            raise Unreadable(TOO_LARGE)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the process, if there is one, and leave nothing of it."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if pipe:
                        pipe.close()


def _exchange(process: subprocess.Popen[bytes], question: bytes, answers: queue.SimpleQueue[bytes]) -> None:
    """Put the answer, or nothing if the process has ended."""
    assert process.stdin and process.stdout
    answer = b""
    with contextlib.suppress(OSError, ValueError):
        _send(process.stdin, question)
        answer = _received(process.stdout)
    answers.put(answer)


def _memory_of(process: subprocess.Popen[bytes]) -> int:
    import psutil  # noqa: PLC0415 - most weeks have no file that is read apart

    try:
        return int(psutil.Process(process.pid).memory_info().rss)
    except psutil.Error:  # it has just ended
        return 0


def _send(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def _received(pipe: IO[bytes]) -> bytes:
    """One message; b"" if there is none to come."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return b""
    length = _LENGTH.unpack(head)[0]
    data = pipe.read(length)
    return data if len(data) == length else b""


# ---- in the worker ---------------------------------------------------------------------------------------------


def serve(memory: int) -> None:
    """Answer until the questions end. What a reader prints goes nowhere."""
    _limit(memory)
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _received(questions)
    _send(answers, b"ready")
    while question := _received(questions):
        _send(answers, pickle.dumps(_answer(question)))


def _answer(question: bytes) -> Book | Unreadable:
    try:
        read, content = pickle.loads(question)
        book: Book = read(content)
        return book
    except Unreadable as refusal:
        return refusal
    except MemoryError:
        return Unreadable(TOO_LARGE)
    except BaseException:  # a reader may raise anything, SystemExit too
        return Unreadable(DAMAGED)


def _limit(memory: int) -> None:
    """No more address space than allowed, and no core dumps, where the system can see to it."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - there is none on Windows

        import psutil  # noqa: PLC0415 - see _memory_of

        most = psutil.Process().memory_info().vms + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


read_apart = Worker().run
