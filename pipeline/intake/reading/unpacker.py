"""Programs that open .7z and .rar: 7-Zip, or bsdtar, which is Windows' own tar. What they give comes by a pipe."""

import contextlib
import shutil
import subprocess
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from pipeline.intake.reading.book import TOO_LARGE, CannotReadHere, Unreadable
from pipeline.intake.reading.budget import Budget

LOCKED = "压缩包已加密无法打开，请取消密码后重报"
UNPACK = "请解压后直接报送 .xlsx"
_ELSE = "代为解压：把里面的文件放入本周文件夹，再在处理单里选“不用这份文件”"
MISSING = f"本机无法打开，请安装解压程序或代为解压（装 7-Zip 后重新运行。{_ELSE}）"
UNABLE = f"本机无法打开，请安装解压程序或代为解压（装的 7-Zip 太旧或不全的，装新版后重新运行。{_ELSE}）"
FAILED = f"本机无法打开，解压程序没有正常运行，请重新运行，仍不行请重装 7-Zip 或代为解压（{_ELSE}）"
MOST_MEMBERS = 200
MOST_BYTES = 96 << 20

_SECONDS = 30.0  # of CPU time
_SECONDS_AT_REST = 60.0  # by the clock: a program that does nothing for so long waits for something
_LOOK_EVERY = 0.05
_REFUSED = (1, 2)  # the status of a program that does not open the archive; with any other it came to grief itself
_EMPTY_ARCHIVE = 64  # bytes: no empty one is larger
_MOST_TALK = 4 << 20
_DAMAGED = (b"headers error", b"data error", b"crc failed", b"unexpected end", b"is not archive", b"can not open")
_SEVEN_ZIPS = ("7zz", "7z", "7za", r"C:\Program Files\7-Zip\7z.exe", r"C:\Program Files (x86)\7-Zip\7z.exe")
_TARS = ("bsdtar", r"C:\Windows\System32\tar.exe")

Members = list[tuple[str, bytes]]


class CannotOpen(Exception):
    """This program does not open this archive; another may. is_sure: it knows the format, so it is the archive's fault."""

    def __init__(self, is_sure: bool = False) -> None:
        self.is_sure = is_sure
        super().__init__()


class _CutOff(Exception):
    """The program was ended, or could not run."""


@dataclass(frozen=True)
class Program:
    """A program that is installed."""

    path: str
    is_seven_zip: bool


def programs() -> list[Program]:
    """What is at hand, the best first."""
    paths = [(shutil.which(name), name in _SEVEN_ZIPS) for name in (*_SEVEN_ZIPS, *_TARS)]
    return [Program(path, is_seven_zip) for path, is_seven_zip in paths if path]


def refuse_too_much(sizes: Iterable[int], budget: Budget) -> None:
    """Unreadable for more files or bytes than ten towns' forms can be; the bytes are spent as they are unpacked."""
    listed = list(sizes)
    budget.hold(len(listed))
    if len(listed) > MOST_MEMBERS or sum(listed) > MOST_BYTES:
        raise Unreadable(TOO_LARGE)


@contextmanager
def on_disc(kind: str, content: bytes) -> Iterator[str]:
    """The archive itself as a file: these programs jump about in it. Its members never become files."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"archive.{kind}"
        path.write_bytes(content)
        yield str(path)


def as_zip(program: Program, path: str) -> bytes:
    """bsdtar: the archive as a zip."""
    options = ["-c", "-f", "-", "--format", "zip", "--options", "zip:compression=store", f"@{path}"]
    return _output([program.path, *options], MOST_BYTES + _MOST_TALK)


def by_seven_zip(program: Program, path: str, budget: Budget) -> Members:
    """7-Zip: first the list, then all files one after the other; that the list fits them is shown by their checksums."""
    options = ["-sccUTF-8", "-pX", "--", path]  # a password, so that it does not ask for one
    listed = list(_listed(_output([program.path, "l", "-slt", *options], _MOST_TALK).decode("utf-8", "replace")))
    if any(entry.get("Encrypted") == "+" for entry in listed):
        raise Unreadable(LOCKED)
    if not listed and Path(path).stat().st_size > _EMPTY_ARCHIVE:  # 7-Zip lists nothing of some that are cut off
        raise CannotOpen(is_sure=True)
    files = [
        entry for entry in listed if not entry.get("Attributes", "").startswith("D") and entry.get("Folder") != "+"
    ]
    sizes = [int(entry.get("Size") or 0) for entry in files]
    refuse_too_much(sizes, budget)
    budget.unpack(sum(sizes))
    data = _output([program.path, "e", "-so", *options], sum(sizes))
    unpacked: Members = []
    at = 0
    for entry, size in zip(files, sizes, strict=True):
        content = data[at : at + size]
        if size and f"{zlib.crc32(content):08X}" != entry.get("CRC"):
            raise CannotOpen(is_sure=True)
        unpacked.append((entry["Path"], content))
        at += size
    return unpacked


def _listed(text: str) -> Iterator[dict[str, str]]:
    """One entry a paragraph, a property a line, after a line of dashes."""
    _, _, entries = text.replace("\r\n", "\n").partition("\n----------\n")
    for paragraph in entries.split("\n\n"):
        pairs = [line.partition(" =") for line in paragraph.split("\n")]
        entry = {key: value.removeprefix(" ") for key, equals, value in pairs if equals}
        if "Path" in entry:
            yield entry


def _output(command: list[str], most: int) -> bytes:
    """What the program writes. Ended twice, for its CPU time or for nothing at all, it is this machine's fault."""
    try:
        return _written(command, most)
    except (_CutOff, OSError):
        pass
    try:
        return _written(command, most)
    except (_CutOff, OSError):
        raise CannotReadHere(FAILED) from None


def _written(command: list[str], most: int) -> bytes:
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        assert process.stdout and process.stderr
        said: dict[str, bytes] = {}
        readers = [
            threading.Thread(target=_keep, args=(said, "data", process.stdout, most + 1), daemon=True),
            threading.Thread(target=_keep, args=(said, "complaints", process.stderr, _MOST_TALK), daemon=True),
        ]
        for reader in readers:
            reader.start()
        was_ended = _watched(process, readers[0])
        if len(said.get("data", b"")) > most or was_ended:
            process.kill()
        status = process.wait()
        readers[1].join()
    if len(said.get("data", b"")) > most:
        raise Unreadable(TOO_LARGE)
    complaints = said.get("complaints", b"").lower()
    if b"encrypted" in complaints:
        raise Unreadable(LOCKED)
    if was_ended or status not in (0, *_REFUSED):
        raise _CutOff
    if status:
        raise CannotOpen(is_sure=any(words in complaints for words in _DAMAGED))
    return said["data"]


def _keep(said: dict[str, bytes], name: str, pipe: IO[bytes], most: int) -> None:
    said[name] = pipe.read(most)


def _watched(process: subprocess.Popen[bytes], reader: threading.Thread) -> bool:
    """Wait until all that the program writes is read; whether it had to be ended before."""
    import psutil  # noqa: PLC0415 - most weeks have no such archive

    busy, since = 0.0, time.monotonic()
    while reader.is_alive():
        reader.join(_LOOK_EVERY)
        with contextlib.suppress(psutil.Error):
            times = psutil.Process(process.pid).cpu_times()
            now = times.user + times.system
            if now > busy:
                busy, since = now, time.monotonic()
        if busy > _SECONDS or time.monotonic() - since > _SECONDS_AT_REST:
            process.kill()
            return True
    return False
