"""OLE containers (.xls, .et, .doc, encrypted .xlsx): which streams lie at the top, and what is in one of them.

A stream's own chain of sectors is followed, and nothing else of the container believed: programs that are not Excel
leave a root that points into the workbook, or tables that say too much, and every office program opens their files.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.intake.reading.book import DAMAGED, Unreadable

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA  # sector numbers from here on mean: no more
_ENTRY = 128
_NONE = 0xFFFFFFFF
_SMALL = 64  # a sector of the small streams, which all lie in the root's stream


def top_names(content: bytes) -> set[str]:
    """The names of streams and storages at the top, in lower case; those of embedded documents lie deeper."""
    try:
        return {entry.name for entry in _Container(content).top()}
    except (struct.error, ValueError):
        raise Unreadable(DAMAGED) from None


def stream(content: bytes, *names: str) -> bytes:
    """The stream at the top that bears the first of these names which is there; Unreadable if it is not whole."""
    try:
        container = _Container(content)
        entries = {entry.name: entry for entry in container.top()}
        data = container.content(next(entries[name] for name in names if name in entries))
    except (struct.error, ValueError, StopIteration):
        raise Unreadable(DAMAGED) from None
    return data


class _Entry(NamedTuple):
    """One stream or storage: its name in lower case, where it begins, how long it is, whom it lies beside and above."""

    name: str
    left: int
    right: int
    below: int
    start: int
    size: int


class _Container:
    """The sectors of a container, and which follows which."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        shift = struct.unpack_from("<H", content, 30)[0]
        if shift not in (9, 12):
            raise ValueError(shift)
        self._size = 1 << shift
        self._count = -(-len(content) // self._size)  # the last one may be cut short
        self._tables = list(self._listed())
        self._directory = b"".join(self._chain(struct.unpack_from("<I", content, 48)[0]))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._content[start : start + self._size].ljust(self._size, b"\0")

    def _listed(self) -> Iterator[int]:
        """The sectors that say which sector follows which: 109 in the header, the others in a chain of their own."""
        yield from struct.unpack_from("<109I", self._content, 76)
        following = struct.unpack_from("<I", self._content, 68)[0]
        for _ in range(self._count):
            if following >= self._count:
                return
            *numbers, following = struct.unpack(f"<{self._size // 4}I", self._sector(following))
            yield from numbers

    def _after(self, number: int) -> int:
        table, place = divmod(number, self._size // 4)
        following: int = struct.unpack_from("<I", self._sector(self._tables[table]), 4 * place)[0]
        return following

    def _chain(self, number: int) -> Iterator[bytes]:
        """The sectors of one stream; a chain that runs in a circle or out of the file ends there."""
        seen: set[int] = set()
        while number < min(_LAST, self._count) and number not in seen:
            seen.add(number)
            yield self._sector(number)
            if number // (self._size // 4) >= len(self._tables):
                return
            number = self._after(number)

    def _entry(self, number: int) -> _Entry:
        start = number * _ENTRY
        length, _, _, left, right, below = struct.unpack_from("<HBBIII", self._directory, start + 64)
        name = self._directory[start : start + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace").lower()
        return _Entry(name, left, right, below, *struct.unpack_from("<II", self._directory, start + 116))

    def top(self) -> Iterator[_Entry]:
        """The entries that hang from the root: a tree, by the numbers of left and right neighbours."""
        waiting = [self._entry(0).below]
        seen = {_NONE}
        while waiting:
            number = waiting.pop()
            if number in seen or (number + 1) * _ENTRY > len(self._directory):
                continue
            seen.add(number)
            entry = self._entry(number)
            yield entry
            waiting += [entry.left, entry.right]

    def content(self, entry: _Entry) -> bytes:
        """All of a stream; ValueError if its chain ends before it does."""
        is_small = entry.size < struct.unpack_from("<I", self._content, 56)[0]
        data = b"".join(self._small(entry) if is_small else self._chain(entry.start))
        if len(data) < entry.size:
            raise ValueError("the stream goes on after its last sector")
        return data[: entry.size]

    def _small(self, entry: _Entry) -> Iterator[bytes]:
        """The sectors of a small stream, in the root's stream, with a table of their own."""
        held = b"".join(self._chain(self._entry(0).start))
        table = b"".join(self._chain(struct.unpack_from("<I", self._content, 60)[0]))
        number, seen = entry.start, set[int]()
        while number < len(held) // _SMALL and number not in seen:
            seen.add(number)
            yield held[number * _SMALL : (number + 1) * _SMALL]
            number = struct.unpack_from("<I", table, 4 * number)[0]
