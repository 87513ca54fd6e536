"""The files in an archive, in memory: .zip by ourselves, .7z and .rar by a program at hand."""

import io
import unicodedata
import zipfile

from pipeline.intake.reading import unpacker
from pipeline.intake.reading.book import DAMAGED, CannotReadHere, Unreadable
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.package import FAULTS, bounded, refuse_crowds
from pipeline.intake.reading.unpacker import Members

_LONGEST_NAME = 500
_UTF8 = 0x800  # the flag of a zip's member whose name is UTF-8
_SHORTEST = 20  # bytes of an empty .rar; of .7z they are more


def members(kind: str, content: bytes, budget: Budget) -> Members:
    """(name, content) of every file in a `zip`, `7z` or `rar`; a name is only a name, with / and no way out."""
    members_read = _zip(content, budget) if kind == "zip" else _other(kind, content, budget)
    named = [(_safe(name), data) for name, data in members_read]
    if any(len(name) > _LONGEST_NAME for name, _ in named):
        raise Unreadable("压缩包里的文件名异常长，请解压后直接报送 .xlsx")
    if len({unicodedata.normalize("NFC", name) for name, _ in named}) < len(named):
        raise Unreadable("压缩包里有重名文件，请解压后直接报送 .xlsx")
    return named


def _zip(content: bytes, budget: Budget) -> Members:
    refuse_crowds(content, budget)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = [info for info in archive.infolist() if not _is_folder(info)]
            if any(info.flag_bits & 1 for info in files):
                raise Unreadable(unpacker.LOCKED)
            unpacker.refuse_too_much((info.file_size for info in files), budget)
            return [(member_name(info), bounded(archive, info, budget)) for info in files]
    except FAULTS:
        raise Unreadable(DAMAGED) from None


def _is_folder(info: zipfile.ZipInfo) -> bool:
    return info.orig_filename.endswith(("/", "\\")) and not info.file_size


def member_name(info: zipfile.ZipInfo) -> str:
    """Without the flag, zipfile takes the bytes for cp437; Windows wrote GBK there, macOS UTF-8."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    data = info.orig_filename.encode("cp437")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _safe(name: str) -> str:
    """The last parts of a path that lead nowhere else: ../../a.xlsx is a.xlsx, C:\\b\\a.xlsx is b/a.xlsx."""
    parts = name.replace("\\", "/").replace("\0", "").split("/")
    unsafe = [place for place, part in enumerate(parts) if part in ("", ".", "..") or part.endswith(":")]
    return "/".join(parts[unsafe[-1] + 1 :] if unsafe else parts) or "无名文件"


def _other(kind: str, content: bytes, budget: Budget) -> Members:
    """A program lists and opens it; bsdtar gives it as a zip.

    Only where a program that knows the format finds the archive damaged is that told to the town.
    """
    if len(content) < _SHORTEST:  # its first signs alone
        raise Unreadable(DAMAGED)
    programs = unpacker.programs()
    if not programs:
        raise CannotReadHere(unpacker.MISSING)
    is_damaged = False
    for program in programs:
        try:
            with unpacker.on_disc(kind, content) as path:
                if program.is_seven_zip:
                    return unpacker.by_seven_zip(program, path, budget)
                return _zip(unpacker.as_zip(program, path), budget)
        except unpacker.CannotOpen as refusal:
            is_damaged |= refusal.is_sure and program.is_seven_zip and kind == "7z"
    raise Unreadable(unpacker.UNPACK) if is_damaged else CannotReadHere(unpacker.UNABLE)
