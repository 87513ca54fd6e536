"""Zip packages of XML parts (.xlsx, .docx, .ods), opened within bounds; a DTD is refused, so no bomb of entities is."""

import io
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from pipeline.reading.book import ENCRYPTED, TOO_LARGE, Unreadable

MOST_MEMBERS = 2_000
MOST_BYTES = 64 << 20
_MOST_RATIO = 200
_END_OF_DIRECTORY = b"PK\x05\x06"
SPACE = " "  # between namespace and name in what expat gives

# what zipfile, zlib, expat and a reader's own steps raise on a damaged package
FAULTS = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, LookupError, ValueError, ArithmeticError, EOFError, OSError,
    StopIteration, RuntimeError, NotImplementedError,
)  # fmt: skip

Attributes = dict[str, str]


class Parts:
    """The members of a package by name (case and direction of slashes do not matter), read within bounds."""

    def __init__(self, content: bytes) -> None:
        refuse_crowds(content)
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        listed = self._archive.infolist()
        self._members = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in listed}
        if len(self._members) != len(listed):
            raise Unreadable("文件里有重名的部分，可能被改动过，请用 WPS 或 Excel 打开后另存再报")

    @property
    def names(self) -> list[str]:
        """The names of all members, in lower case."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def read(self, name: str) -> bytes:
        """The content of one member; Unreadable if it is out of all proportion."""
        return bounded(self._archive, self._members[name.lower()])


def refuse_crowds(content: bytes) -> None:
    """zipfile lists every member at once, so their number is looked up first, where the zip itself says it."""
    end = content.rfind(_END_OF_DIRECTORY)
    if end >= 0 and int.from_bytes(content[end + 10 : end + 12], "little") > MOST_MEMBERS:
        raise Unreadable(TOO_LARGE)


def bounded(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """One member of a zip; a bomb is refused by what it declares, and by what it gives if it declares less."""
    if info.flag_bits & 1:
        raise Unreadable(ENCRYPTED)
    if info.file_size > MOST_BYTES or (
        info.file_size > 1 << 20 and info.file_size > _MOST_RATIO * max(info.compress_size, 1)
    ):
        raise Unreadable(TOO_LARGE)
    with archive.open(info) as member:
        data = member.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Unreadable(TOO_LARGE)
    return data


def parse(
    data: bytes,
    local: Callable[[str], str],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] = lambda _: None,
    text: Callable[[str], None] = lambda _: None,
) -> None:
    """Run expat over a part. `local` gives the handlers' name of an element from `namespace name`."""

    def refuse(*_: object) -> None:
        raise Unreadable("文件里含有不允许的内容（DTD），请用 WPS 或 Excel 打开后另存再报")

    known: dict[str, str] = {}

    def named(name: str) -> str:
        found = known.get(name)
        if found is None:
            found = known[name] = local(name)
        return found

    parser = expat.ParserCreate(namespace_separator=SPACE)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(named(name), attributes)
    parser.EndElementHandler = lambda name: end(named(name))
    parser.CharacterDataHandler = text
    parser.Parse(data, True)
