"""Programs that open .7z and .rar: 7-Zip, or bsdtar, which is Windows' own tar. What they give comes by a pipe."""

import shutil
import subprocess
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.intake.reading.book import TOO_LARGE, Unreadable

LOCKED = "压缩包已加密无法打开，请取消密码后重报"
MOST_MEMBERS = 200
MOST_BYTES = 128 << 20

_SECONDS = 60.0
_MOST_TALK = 4 << 20
_SEVEN_ZIPS = ("7zz", "7z", "7za", r"C:\Program Files\7-Zip\7z.exe", r"C:\Program Files (x86)\7-Zip\7z.exe")
_TARS = ("bsdtar", r"C:\Windows\System32\tar.exe")

Members = list[tuple[str, bytes]]


class CannotOpen(Exception):
    """This program does not open this archive; another may."""


@dataclass(frozen=True)
class Program:
    """A program that is installed."""

    path: str
    is_seven_zip: bool


def programs() -> list[Program]:
    """What is at hand, the best first."""
    paths = [(shutil.which(name), name in _SEVEN_ZIPS) for name in (*_SEVEN_ZIPS, *_TARS)]
    return [Program(path, is_seven_zip) for path, is_seven_zip in paths if path]


def refuse_too_much(sizes: Iterable[int]) -> None:
    """Unreadable for more files or bytes than ten towns' forms can be."""
    listed = list(sizes)
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


def by_seven_zip(program: Program, path: str) -> Members:
    """7-Zip: first the list, then all files one after the other; that the list fits them is shown by their checksums."""
    options = ["-sccUTF-8", "-pX", "--", path]  # a password, so that it does not ask for one
    listed = list(_listed(_output([program.path, "l", "-slt", *options], _MOST_TALK).decode("utf-8", "replace")))
    if any(entry.get("Encrypted") == "+" for entry in listed):
        raise Unreadable(LOCKED)
    files = [
        entry for entry in listed if not entry.get("Attributes", "").startswith("D") and entry.get("Folder") != "+"
    ]
    sizes = [int(entry.get("Size") or 0) for entry in files]
    refuse_too_much(sizes)
    data = _output([program.path, "e", "-so", *options], sum(sizes))
    unpacked: Members = []
    at = 0
    for entry, size in zip(files, sizes, strict=True):
        content = data[at : at + size]
        if size and f"{zlib.crc32(content):08X}" != entry.get("CRC"):
            raise CannotOpen
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
    """What the program writes; it is ended when that is too much, or takes too long."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        assert process.stdout and process.stderr
        complaints: list[bytes] = []
        listener = threading.Thread(
            target=lambda pipe: complaints.append(pipe.read()), args=(process.stderr,), daemon=True
        )
        listener.start()
        timer = threading.Timer(_SECONDS, process.kill)
        timer.start()
        try:
            data = process.stdout.read(most + 1)
            if len(data) > most:
                process.kill()
                raise Unreadable(TOO_LARGE)
            status = process.wait()
        finally:
            timer.cancel()
    listener.join()
    if b"encrypted" in b"".join(complaints).lower():
        raise Unreadable(LOCKED)
    if status:
        raise CannotOpen
    return data
