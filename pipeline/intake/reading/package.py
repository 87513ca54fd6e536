"""Zip packages of XML parts (.xlsx, .docx, .ods), opened within bounds; a DTD is refused, so no bomb of entities is."""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from xml.parsers import expat

from pipeline.intake.reading.book import DAMAGED, ENCRYPTED, TOO_LARGE, Unreadable
from pipeline.intake.reading.budget import Budget

MOST_MEMBERS = 2_000
MOST_BYTES = 64 << 20
_LARGEST_PART = 40 << 20  # of what is parsed: its texts are then held several times over
USUAL_SIZE = 1 << 16  # of a part that is worth remembering
_MOST_RATIO = 200
_STEPS_A_MEMBER = 16
_LISTED = b"PK\x01\x02"  # one stands before each entry of a zip's directory
SPACE = " "  # between namespace and name in what expat gives
_CHOICE = f"http://schemas.openxmlformats.org/markup-compatibility/2006{SPACE}Choice"
_RELATIONSHIP = f"http://schemas.openxmlformats.org/package/2006/relationships{SPACE}Relationship"

# what zipfile, zlib, expat and a reader's own steps raise on a damaged package
FAULTS = (
    zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, LookupError, ValueError, ArithmeticError, EOFError,
    OSError, StopIteration, RuntimeError, NotImplementedError,
)  # fmt: skip

Attributes = dict[str, str]


class Parts:
    """The members of a package by name (case and direction of slashes do not matter), read within bounds."""

    def __init__(self, content: bytes, budget: Budget) -> None:
        self._archive, self._members = directory(content, budget)
        self._budget = budget
        if len(self._members) != len(self._archive.infolist()):
            raise Unreadable("文件里有重名的部分，可能被改动过，请用 WPS 或 Excel 打开后另存再报")

    @property
    def names(self) -> list[str]:
        """The names of all members, in lower case."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def read(self, name: str) -> bytes:
        """The content of one member; Unreadable if it, or all that was read so far, is out of all proportion.

        What a reader does with it is counted before it is done: by its tags, or by the bytes of binary records.
        """
        info = self._members[name.lower()]
        if info.file_size > _LARGEST_PART:
            raise Unreadable(TOO_LARGE)
        data = bounded(self._archive, info, self._budget)
        self._budget.work(len(data) // 4 if name.lower().endswith(".bin") else steps_of_markup(data))
        return data


def steps_of_markup(data: bytes) -> int:
    """What it takes to go through XML or HTML: its tags, its attributes, its text."""
    return data.count(b"<") + data.count(b"=") // 4 + len(data) // 256


def directory(content: bytes, budget: Budget) -> tuple[zipfile.ZipFile, Mapping[str, zipfile.ZipInfo]]:
    """A zip, and its members by name; Unreadable if they are a crowd."""
    refuse_crowds(content, budget)
    return _listed(content)


@lru_cache(maxsize=1)  # a file is looked at by `sniff` and then read: one look at its directory serves both
def _listed(content: bytes) -> tuple[zipfile.ZipFile, Mapping[str, zipfile.ZipInfo]]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return archive, {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in archive.infolist()}


def refuse_crowds(content: bytes, budget: Budget) -> None:
    """zipfile lists every member at once, and believes no count that the zip gives: so they are counted first."""
    members = content.count(_LISTED)
    if members > MOST_MEMBERS:
        raise Unreadable(TOO_LARGE)
    budget.work(_STEPS_A_MEMBER * members)


def bounded(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    """One member of a zip; a bomb is refused by what it declares, and zipfile gives no more than is declared."""
    if info.flag_bits & 1:
        raise Unreadable(ENCRYPTED)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable(DAMAGED)
    if info.file_size > MOST_BYTES or (
        info.file_size > 1 << 20 and info.file_size > _MOST_RATIO * max(info.compress_size, 1)
    ):
        raise Unreadable(TOO_LARGE)
    budget.unpack(info.file_size)
    with archive.open(info) as member:
        return member.read()


def relations(parts: Parts, part: str) -> Mapping[str, tuple[str, str]]:
    """id -> (type's last word, target part) of the relationships of `part` ("" for the package)."""
    folder, _, name = part.rpartition("/")
    source = f"{folder}/_rels/{name}.rels".lstrip("/")
    if source not in parts:
        return {}
    data = parts.read(source)
    return _targets(data, folder) if len(data) < USUAL_SIZE else _targets.__wrapped__(data, folder)


@lru_cache(maxsize=64)  # towns fill copies of one template
def _targets(data: bytes, folder: str) -> Mapping[str, tuple[str, str]]:
    targets: dict[str, tuple[str, str]] = {}

    def start(attributes: Attributes) -> None:
        if attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"].replace("\\", "/")))
            targets[attributes["Id"]] = (attributes["Type"].rpartition("/")[2], target.lstrip("/"))

    dispatch(data, {_RELATIONSHIP: "Relationship"}, {"Relationship": start}, {})
    return targets


class _Names(dict[str, str | None]):
    """What `local` makes of each name, asked once."""

    def __init__(self, local: Callable[[str], str | None]) -> None:
        self._local = local

    def __missing__(self, name: str) -> str | None:
        self[name] = bare = self._local(name)
        return bare


def parse(
    data: bytes,
    local: Callable[[str], str | None],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] = lambda _: None,
    text: Callable[[str], None] = lambda _: None,
) -> None:
    """Run expat over a part. `local` gives the handlers' name of an element from `namespace name`; none: not shown.

    Of alternative contents only the fallback is shown: the choices need extensions, and would say everything twice.
    """

    names = _Names(local)
    parser = _parser()

    def started(name: str, attributes: Attributes) -> None:
        tag = names[name]
        if tag:
            start(tag, attributes)
        elif name == _CHOICE:
            _pass_over(parser)

    def ended(name: str) -> None:
        tag = names[name]
        if tag:
            end(tag)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = started, ended, text
    parser.Parse(data, True)


def dispatch(
    data: bytes,
    names: Mapping[str, str],
    starts: Mapping[str, Callable[[Attributes], None]],
    ends: Mapping[str, Callable[[], None]],
    text: Callable[[str], None] | None = None,
) -> None:
    """`parse` where every call counts: each element has handlers of its own, and text goes straight into a list."""
    parser = _parser()
    opening = {name: starts[tag] for name, tag in names.items() if tag in starts}
    opening[_CHOICE] = lambda _: _pass_over(parser)
    closing = {name: ends[tag] for name, tag in names.items() if tag in ends}

    def started(name: str, attributes: Attributes) -> None:
        handler = opening.get(name)
        if handler:
            handler(attributes)

    def ended(name: str) -> None:
        handler = closing.get(name)
        if handler:
            handler()

    parser.StartElementHandler, parser.CharacterDataHandler = started, text
    parser.EndElementHandler = ended if ends else None
    parser.Parse(data, True)


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=SPACE)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    raise Unreadable("文件里含有不允许的内容（DTD），请用 WPS 或 Excel 打开后另存再报")


def _pass_over(parser: expat.XMLParserType) -> None:
    """Show the handlers nothing more until the element that has just started ends."""
    handlers = parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler
    depth = 1

    def started(*_: object) -> None:
        nonlocal depth
        depth += 1

    def ended(_: str) -> None:
        nonlocal depth
        depth -= 1
        if not depth:
            parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = handlers

    parser.StartElementHandler, parser.EndElementHandler = started, ended
    parser.CharacterDataHandler = lambda _: None
