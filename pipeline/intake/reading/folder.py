"""The files of one week as they were received: every file below a folder, those in archives too.

A file's name is its path below the folder; a member of an archive is called a.zip/b.xlsx. Nothing is unpacked to disc.
"""

import hashlib
import os
import stat
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from pipeline.intake.reading.book import DAMAGED, TOO_LARGE, CannotReadHere, Scan, Unreadable
from pipeline.intake.reading.budget import Budget, Exhausted
from pipeline.intake.reading.packed import members
from pipeline.intake.reading.sniff import sniff

_LITTER = ("thumbs.db", "desktop.ini", ".ds_store")
_LITTER_STARTS = ("~$", ".~", "._", ".", "~wrl")
_LITTER_FOLDERS = ("__MACOSX",)
_UNFINISHED = (".tmp", ".crdownload", ".part", ".partial", ".download", ".td", ".xltd", ".baiduyun")
_LARGEST = 128 << 20
_DEEPEST = 3
_ARCHIVES = ("zip", "7z", "rar")
_NO_FILE = "不是普通文件（管道、设备之类），没有打开；请从本周文件夹移走，再放入原件"
_NOT_OPENED = "文件打不开（{}），可能正被其他程序占用，或快捷方式指向的文件已不在；请关闭占用的程序、放好原件后重新运行"


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

    trouble: why it cannot be read at all, None if it can. remark: what the town should be told of its packing.
    withheld: of a file that is not read and not kept; its names are without persons then.
    is_excluded: a decision names it by its sha256, so it is not even opened. budget: of the received file.
    """

    name: str
    sha256: str
    container: str
    container_sha256: str
    content: bytes = b""
    container_content: bytes = b""
    trouble: Unreadable | None = None
    remark: str = ""
    withheld: Withheld | None = None
    is_excluded: bool = False
    budget: Budget = field(default_factory=Budget, repr=False, compare=False)

    @property
    def is_scan(self) -> bool:
        """A copy for the files beside the workbook."""
        return isinstance(self.trouble, Scan)

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


def collect(folder: Path, excluded: Collection[str] = ()) -> list[File]:
    """`received`, and in place of an archive the files in it. excluded: sha256 of files that are not to be opened."""
    return [member for file in received(folder) for member in _unpacked(file, frozenset(excluded))]


def received(folder: Path) -> Iterator[File]:
    """Every file below the folder as it lies there, in the order of their names."""
    paths = sorted(_paths(folder), key=lambda path: unicodedata.normalize("NFC", path.as_posix()))
    return (_read(path, path.relative_to(folder).as_posix()) for path in paths)


def _paths(folder: Path) -> Iterator[Path]:
    """Every file below the folder; links to folders elsewhere are not followed."""
    for parent, _, names in os.walk(folder):
        yield from (Path(parent) / name for name in names)


def _read(path: Path, name: str) -> File:
    name = name.encode("utf-8", "replace").decode("utf-8")  # GBK bytes on Linux cannot be written in any table
    if is_litter(name):
        return File(name, "", name, "")
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):  # a pipe or a device might never end, and would be opened to find out
            return File(name, "", name, "", trouble=CannotReadHere(_NO_FILE))
        with path.open("rb") as source:
            if facts.st_size > _LARGEST:
                sha256 = hashlib.file_digest(source, "sha256").hexdigest()
                return File(name, sha256, name, sha256, trouble=Unreadable(TOO_LARGE))
            content = source.read(_LARGEST + 1)
    except OSError as error:
        return File(name, "", name, "", trouble=CannotReadHere(_NOT_OPENED.format(error.strerror)))
    trouble = Unreadable(DAMAGED) if path.suffix.lower() in _UNFINISHED else None
    sha256 = hashlib.sha256(content).hexdigest()
    return File(name, sha256, name, sha256, content, content, trouble)


def _unpacked(file: File, excluded: frozenset[str]) -> list[File]:
    """The received file itself, or the files in it; one that uses up its budget is refused as a whole."""
    try:
        return _opened(file, 1, excluded)
    except Exhausted as refusal:
        return [replace(file, trouble=refusal)]


def _opened(file: File, depth: int, excluded: frozenset[str]) -> list[File]:
    if file.trouble or file.is_litter:
        return [file]
    if file.sha256 in excluded:
        return [replace(file, is_excluded=True)]
    try:
        kind = sniff(file.content, file.budget)
        if kind not in _ARCHIVES:
            return [file]
        if depth > _DEEPEST:
            raise Unreadable("压缩包层数太多，请解压后直接报送 .xlsx")
        inside = members(kind, file.content, file.budget)
    except Exhausted:
        raise
    except Unreadable as refusal:
        return [replace(file, trouble=refusal)]
    if not inside:
        return [replace(file, trouble=Unreadable("压缩包是空的，请解压后直接报送 .xlsx"))]
    plain = kind == "zip" and depth == 1
    remark = "" if plain else "多层压缩或不是 zip 的压缩包已解开读取，下次请直接报送 .xlsx"
    members_read = []
    for name, content in inside:
        sha256 = hashlib.sha256(content).hexdigest()
        remark = remark or file.remark
        member = replace(file, name=f"{file.name}/{name}", sha256=sha256, content=content, remark=remark)
        members_read += _opened(member, depth + 1, excluded)
    return members_read
