"""The files of one week as they were received: every file below a folder, those in archives too.

A file's name is its path below the folder; a member of an archive is called a.zip/b.xlsx. Nothing is unpacked to disc.
"""

import hashlib
import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pipeline.intake.reading.book import DAMAGED, TOO_LARGE, Scan, Unreadable
from pipeline.intake.reading.packed import members
from pipeline.intake.reading.sniff import sniff

_LITTER = ("thumbs.db", "desktop.ini", ".ds_store")
_LITTER_STARTS = ("~$", ".~", "._", ".", "~wrl")
_LITTER_FOLDERS = ("__MACOSX",)
_UNFINISHED = (".tmp", ".crdownload", ".part", ".partial", ".download", ".td", ".xltd", ".baiduyun")
_LARGEST = 256 << 20
_DEEPEST = 3
_ARCHIVES = ("zip", "7z", "rar")


@dataclass(frozen=True)
class Withheld:
    """What is known of a file that is withheld for the household ledger in what was received: whose form it holds.

    town: of whom it is, "" if it cannot be told. holds_form: whether the form lies in it too.
    """

    town: str
    holds_form: bool


@dataclass(frozen=True)
class File:
    """One file: `container` is the file on disc that it lies in (itself, or its archive), each with its sha256.

    trouble: why it cannot be read at all, "" if it can. remark: what the town should be told of its packing.
    withheld: of a file that is not read and not kept; its names are without persons then.
    """

    name: str
    sha256: str
    container: str
    container_sha256: str
    content: bytes = b""
    container_content: bytes = b""
    trouble: str = ""
    is_scan: bool = False
    remark: str = ""
    withheld: Withheld | None = None

    @property
    def is_litter(self) -> bool:
        """What office programs leave behind; it is never opened."""
        return is_litter(self.name)


def is_litter(name: str) -> bool:
    """Whether a file of this name is what office programs leave behind: ~$x.xlsx, Thumbs.db."""
    path = PurePosixPath(name)
    return (
        path.name.lower() in _LITTER
        or path.name.lower().startswith(_LITTER_STARTS)
        or any(part in _LITTER_FOLDERS for part in path.parts)
    )


def collect(folder: Path) -> list[File]:
    """Every file below the folder, in the order of their names."""
    paths = sorted(_paths(folder), key=lambda path: unicodedata.normalize("NFC", path.as_posix()))
    return [file for path in paths for file in _opened(_read(path, path.relative_to(folder).as_posix()), 1)]


def _paths(folder: Path) -> Iterator[Path]:
    """Every file below the folder; links to folders elsewhere are not followed."""
    for parent, _, names in os.walk(folder):
        yield from (Path(parent) / name for name in names)


def _read(path: Path, name: str) -> File:
    name = name.encode("utf-8", "replace").decode("utf-8")  # GBK bytes on Linux cannot be written in any table
    if is_litter(name):
        return File(name, "", name, "")
    try:
        with path.open("rb") as source:
            if path.stat().st_size > _LARGEST:
                sha256 = hashlib.file_digest(source, "sha256").hexdigest()
                return File(name, sha256, name, sha256, trouble=TOO_LARGE)
            content = source.read()
    except OSError as error:
        reason = f"文件打不开（{error.strerror}），可能正被其他程序占用，请关闭后重新运行"
        return File(name, "", name, "", trouble=reason)
    trouble = DAMAGED if path.suffix.lower() in _UNFINISHED else ""
    sha256 = hashlib.sha256(content).hexdigest()
    return File(name, sha256, name, sha256, content, content, trouble)


def _opened(file: File, depth: int) -> list[File]:
    """The file itself, or the files in it."""
    if file.trouble or file.is_litter:
        return [file]
    try:
        kind = sniff(file.content)
        if kind not in _ARCHIVES:
            return [file]
        if depth > _DEEPEST:
            raise Unreadable("压缩包层数太多，请解压后直接报送 .xlsx")
        inside = members(kind, file.content)
    except Unreadable as refusal:
        return [replace(file, trouble=str(refusal), is_scan=isinstance(refusal, Scan))]
    if not inside:
        return [replace(file, trouble="压缩包是空的，请解压后直接报送 .xlsx")]
    plain = kind == "zip" and depth == 1
    remark = "" if plain else "多层压缩或不是 zip 的压缩包已解开读取，下次请直接报送 .xlsx"
    members_read = []
    for name, content in inside:
        sha256 = hashlib.sha256(content).hexdigest()
        remark = remark or file.remark
        member = replace(file, name=f"{file.name}/{name}", sha256=sha256, content=content, remark=remark)
        members_read += _opened(member, depth + 1)
    return members_read
