"""The records that the parts of an .xlsb are made of: a kind, a length, fields one after the other."""

import struct
from collections.abc import Iterator

_NULL = 0xFFFFFFFF


class Record:
    """The fields of one record, taken from its beginning; struct.error where it ends too early."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def _taken(self, form: str, size: int) -> tuple[int | float, ...]:
        value_read = struct.unpack_from(form, self._data, self._at)
        self._at += size
        return value_read

    def skip(self, count: int) -> None:
        self._at += count

    def byte(self) -> int:
        return int(self._taken("<B", 1)[0])

    def short(self) -> int:
        return int(self._taken("<H", 2)[0])

    def number(self) -> int:
        return int(self._taken("<I", 4)[0])

    def real(self) -> float:
        return float(self._taken("<d", 8)[0])

    def packed(self) -> float:
        """A number in 30 bits: a whole one or the beginning of a real one, perhaps in hundredths."""
        value = self.number()
        if value & 2:
            value_read: float = (value >> 2) - ((value >> 2 & 0x20000000) << 1)
        else:
            value_read = struct.unpack("<d", struct.pack("<Q", (value & ~3) << 32))[0]
        return value_read / 100 if value & 1 else value_read

    def text(self) -> str:
        """A length and UTF-16; "" for none at all."""
        length = self.number()
        if length == _NULL:
            return ""
        data = self._data[self._at : self._at + 2 * length]
        if len(data) < 2 * length:
            raise struct.error("the text goes on after its record")
        self._at += 2 * length
        return data.decode("utf-16-le", "replace")


def records(data: bytes) -> Iterator[tuple[int, Record]]:
    """(kind, record) one after the other; a record that is cut off is an error, not the end."""
    at = 0
    while at < len(data):
        kind, at = _variable(data, at, 2)
        length, at = _variable(data, at, 4)
        if at + length > len(data):
            raise struct.error("the part ends within a record")
        yield kind, Record(data[at : at + length])
        at += length


def _variable(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number in seven bits a byte, and where the next field begins."""
    value = 0
    for place in range(most):
        byte = data[at + place]
        value |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            return value, at + place + 1
    return value, at + most
