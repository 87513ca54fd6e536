"""The directory of an OLE container (.xls, .et, .doc, encrypted .xlsx): which streams lie at its top."""

import struct
from collections.abc import Iterator

from pipeline.intake.reading.book import DAMAGED, Unreadable

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA  # sector numbers from here on mean: no more
_ENTRY = 128
_NONE = 0xFFFFFFFF


def top_names(content: bytes) -> set[str]:
    """The names of streams and storages at the top, in lower case; those of embedded documents lie deeper."""
    try:
        entries = b"".join(_Sectors(content).chain(struct.unpack_from("<I", content, 48)[0]))
        return set(_siblings(entries))
    except (struct.error, ValueError):
        raise Unreadable(DAMAGED) from None


class _Sectors:
    """The sectors of a container, and which follows which."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        shift = struct.unpack_from("<H", content, 30)[0]
        if shift not in (9, 12):
            raise ValueError(shift)
        self._size = 1 << shift
        self._count = len(content) // self._size
        self._tables = list(self._listed())

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

    def chain(self, number: int) -> Iterator[bytes]:
        """The sectors of one stream; a chain that runs in a circle or out of the file ends there."""
        for _ in range(self._count):
            if number >= min(_LAST, self._count):
                return
            yield self._sector(number)
            if number // (self._size // 4) >= len(self._tables):
                return
            number = self._after(number)


def _siblings(entries: bytes) -> Iterator[str]:
    """Names of the entries that hang from the root: a tree, by the numbers of left and right neighbours."""
    waiting = [struct.unpack_from("<I", entries, 76)[0]]
    seen = {_NONE}
    while waiting:
        number = waiting.pop()
        if number in seen or (number + 1) * _ENTRY > len(entries):
            continue
        seen.add(number)
        start = number * _ENTRY
        length, _, _, left, right = struct.unpack_from("<HBBII", entries, start + 64)
        yield entries[start : start + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace").lower()
        waiting += [left, right]
