"""What lies in OLE containers: a sound workbook in a careless one, and files locked by the password nobody is asked for."""

import hashlib
import io
import struct

import pytest
from msoffcrypto.method.rc4 import DocumentRC4

from pipeline.intake import reading
from pipeline.intake.reading import Unreadable, compound
from tests.messes import builders as make

FORM = "汇总表|<|<\n区镇|村|完成\n包场镇|东村|45\n^|西村|12"
EVERYBODYS = "VelvetSweatshop"
ENCRYPTED = "文件已加密无法打开，请取消密码后重报"
DAMAGED = "文件损坏或未传完，请重新发送"
_END, _DIRECTORY = 0xFFFFFFFE, 1024  # where make.compound puts the directory
_WORKBOOK = _DIRECTORY + 128


def words(content: bytes) -> list[str]:
    return [cell.raw for _, cell in sorted(reading.read(content).sheets[0].cells.items())]


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        reading.read(content)
    return str(refused.value)


SEEN = ["汇总表", "区镇", "村", "完成", "包场镇", "东村", "45", "西村", "12"]


def with_record(kind: int, data: bytes) -> bytes:
    """The stream of an .xls with one more record behind its first."""
    plain = bytearray(make._xls_book(FORM, False).get_biff_data())
    place = plain.index(struct.pack("<H", 0x85)) + 4  # where the one sheet begins
    struct.pack_into("<I", plain, place, struct.unpack_from("<I", plain, place)[0] + 4 + len(data))
    begin = 4 + struct.unpack_from("<H", plain, 2)[0]
    return bytes(plain[:begin] + struct.pack("<HH", kind, len(data)) + data + plain[begin:])


# ---- containers ------------------------------------------------------------------------------------------------


def contained(**changes: int) -> bytes:
    """An .xls with some numbers of its container changed: at `_12` of the file."""
    content = bytearray(make.compound({"Workbook": make._xls_book(FORM, False).get_biff_data()}))
    for place, number in changes.items():
        struct.pack_into("<I", content, int(place.removeprefix("_")), number)
    return bytes(content)


LOOSE = {
    "the root begins within the workbook": {f"_{_DIRECTORY + 116}": 3, f"_{_DIRECTORY + 120}": 4096},
    "no byte order": {"_28": 0x9FFFE},
    "a table of sectors that is not there": {"_80": 0xFFFFFFEA},
    "small streams that are none": {"_60": 77, "_64": 5},
}


@pytest.mark.parametrize("what", LOOSE)
def test_a_workbook_whose_own_sectors_are_sound_is_read(what: str) -> None:
    assert words(contained(**LOOSE[what])) == SEEN


def test_a_defined_name_that_cannot_be_worked_out_costs_nothing() -> None:
    """A range beside the cell that uses it (AreaN), which no name may hold."""
    name = struct.pack("<HBBHHHBBBB", 0, 0, 1, 9, 0, 0, 0, 0, 0, 0) + b"\0a" + b"\x2d" + bytes(8)
    assert words(make.compound({"Workbook": with_record(0x18, name)})) == SEEN


BROKEN = {
    "longer than its sectors": {f"_{_WORKBOOK + 120}": 1 << 20},
    "in a circle": {f"_{512 + 4 * 5}": 2},
    "out of the file": {f"_{512 + 4 * 3}": 500},
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_workbook_whose_own_sectors_are_not_whole_is_refused(what: str) -> None:
    assert refusal(contained(**BROKEN[what])) == DAMAGED


def test_a_small_stream_lies_in_the_roots() -> None:
    """64 bytes a sector, in a table of its own: here its second half comes first."""
    held = b"b" * 36 + bytes(28) + b"a" * 64
    content = bytearray(make.compound({"Held": held, "Table": struct.pack("<II", _END, 0)}))
    struct.pack_into("<I", content, 60, 10)  # the small streams' table is the second stream
    struct.pack_into("<II", content, _DIRECTORY + 116, 2, 4096)  # the root's own stream is the first
    struct.pack_into("<II", content, _DIRECTORY + 128 + 116, 1, 100)  # which is said to be small itself
    assert compound.stream(bytes(content), "held") == b"a" * 64 + b"b" * 36


# ---- the password that Excel tries by itself -------------------------------------------------------------------


def locked_xls(password: str) -> bytes:
    """An .xls encrypted as Excel 97 to 2003 do it: RC4, over all but the heads of records and the first ones."""
    salt, verifier = bytes(range(16)), b"v" * 16
    checked = DocumentRC4.decrypt(password, salt, io.BytesIO(verifier + hashlib.md5(verifier).digest())).read()
    plain = with_record(0x2F, struct.pack("<HHH", 1, 1, 1) + salt + checked)
    at, kept = 0, []
    while at < len(plain):
        kind, length = struct.unpack_from("<HH", plain, at)
        is_plain = kind in (0x809, 0x2F)
        kept.append((at, at + 4 + (length if is_plain else 4 if kind == 0x85 else 0)))
        at += 4 + length
    hidden = bytearray(DocumentRC4.decrypt(password, salt, io.BytesIO(plain), 1024).read())
    for start, end in kept:
        hidden[start:end] = plain[start:end]
    return make.compound({"Workbook": bytes(hidden)})


def test_what_is_locked_by_everybodys_password_is_read() -> None:
    assert words(make.locked(make.xlsx(FORM), EVERYBODYS)) == SEEN
    assert words(locked_xls(EVERYBODYS)) == SEEN
    assert reading.read(make.locked(make.docx(FORM), EVERYBODYS)).format == "docx"


def test_what_is_locked_by_somebodys_own_password_goes_back() -> None:
    assert refusal(make.locked(make.xlsx(FORM), "包场镇")) == ENCRYPTED
    assert refusal(locked_xls("secret")) == ENCRYPTED


def test_a_lock_that_would_take_minutes_to_open_goes_back_at_once() -> None:
    content = make.locked(make.xlsx(FORM), EVERYBODYS)
    assert b'spinCount="100000"' in content
    assert refusal(content.replace(b'spinCount="100000" ', b'spinCount="9999999"')) == ENCRYPTED


def test_what_lies_inside_must_be_a_table() -> None:
    assert refusal(make.locked(make.archive({"包场镇.xlsx": make.xlsx(FORM)}), EVERYBODYS)) == ENCRYPTED
