"""Archives: names in every encoding, names that lead out, bombs, passwords; .7z and .rar by a program at hand."""

import io
import shutil
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from pipeline.intake import reading
from pipeline.intake.reading import Unreadable, unpacker
from pipeline.intake.reading.book import CannotReadHere
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.packed import members
from tests import programs
from tests.messes import builders as make
from tests.programs import BSDTAR, SEVEN_ZIP, UNPACKER


def names(kind: str, content: bytes) -> list[str]:
    return [name for name, _ in members(kind, content, Budget())]


def refusal(kind: str, content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        members(kind, content, Budget())
    return str(refused.value)


# ---- zip -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_name_is_read_in_the_encoding_it_was_written_in(encoding: str) -> None:
    assert names("zip", make.archive({"三星镇/包场镇.xlsx": b"1"}, encoding)) == ["三星镇/包场镇.xlsx"]


def test_a_name_in_utf8_without_the_flag_as_macos_writes_it() -> None:
    plain = make.archive({"abcdef.xlsx": b"1"})
    assert names("zip", plain.replace(b"abcdef", "包场".encode())) == ["包场.xlsx"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/a.xlsx", "etc/a.xlsx"),
        ("/etc/a.xlsx", "etc/a.xlsx"),
        ("C:\\表\\a.xlsx", "表/a.xlsx"),
        ("表/./../a.xlsx", "a.xlsx"),
        ("..", "无名文件"),
    ],
)
def test_a_name_leads_nowhere_else(name: str, safe: str) -> None:
    assert names("zip", make.archive({name: b"1"})) == [safe]


def test_folders_are_passed_over() -> None:
    assert names("zip", make.archive({"空/": b"", "表/": b"", "表/a.csv": b"1"})) == ["表/a.csv"]


def test_two_files_of_one_name_are_refused() -> None:
    assert "重名" in refusal("zip", make.archive({"a.xlsx": b"1", "../a.xlsx": b"2"}))


def locked() -> bytes:
    """A zip whose only member says that it is encrypted."""
    content = bytearray(make.archive({"a.xlsx": b"1"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (locked(), "已加密"),
        (make.archive({"a.xlsx": b"1" * 99})[:-30], "损坏"),
        (make.archive({"a.xlsx": b"123456"}).replace(struct.pack("<I", zlib.crc32(b"123456")), bytes(4)), "损坏"),
        (make.archive({str(number): b"" for number in range(201)}), "异常庞大"),
        (make.archive({"a": bytes(30 << 20)}), "异常庞大"),
    ],
    ids=["locked", "cut off", "wrong checksum", "too many members", "too large a member"],
)
def test_a_zip_that_is_no_use_is_refused(content: bytes, words: str) -> None:
    assert words in refusal("zip", content)


def test_declared_sizes_together_are_bounded() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for number in range(5):
            archive.writestr(str(number), bytes(30 << 20))
    assert "异常庞大" in refusal("zip", stream.getvalue())


def test_unpack_says_what_is_no_archive() -> None:
    assert reading.unpack(make.archive({"a.csv": b"1"})) == [("a.csv", b"1")]
    assert reading.unpack(make.xlsx("1")) is None
    assert reading.unpack(b"1,2\n") is None


# ---- 7z and rar ------------------------------------------------------------------------------------------------

seven_zip = programs.needs(SEVEN_ZIP)
bsdtar = programs.needs(BSDTAR)


def seven(folder: Path, *options: str, **files: bytes) -> bytes:
    """A .7z by 7-Zip itself."""
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    subprocess.run(
        [str(programs.path(SEVEN_ZIP)), "a", *options, "packed.7z", "."], cwd=folder, check=True, capture_output=True
    )
    return (folder / "packed.7z").read_bytes()


def only(monkeypatch: pytest.MonkeyPatch, *commands: str) -> None:
    """As if no other program were installed."""
    which = shutil.which
    monkeypatch.setattr(
        "pipeline.intake.reading.unpacker.shutil.which", lambda name: which(name) if name in commands else None
    )


@seven_zip
@pytest.mark.parametrize("program", [SEVEN_ZIP, pytest.param(BSDTAR, marks=bsdtar)])
def test_a_7z_is_opened_by_any_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    content = seven(tmp_path, 镇__表_DOT_csv=b"\xd5\xf2,1\n", b_DOT_csv=b"2\n", 空_DOT_txt=b"")
    (tmp_path / "empty").mkdir()
    only(monkeypatch, *programs.COMMANDS[program])
    assert sorted(members("7z", content, Budget())) == [
        ("b.csv", b"2\n"),
        ("空.txt", b""),
        ("镇/表.csv", b"\xd5\xf2,1\n"),
    ]


@programs.needs(UNPACKER)
def test_a_7z_made_by_hand() -> None:
    assert members("7z", make.seven_zip("包场镇.csv", b"1,2\n"), Budget()) == [("包场镇.csv", b"1,2\n")]


@bsdtar
def test_a_rar_is_opened_by_bsdtar() -> None:
    assert reading.unpack(rar("包场镇.csv", b"1,2\n")) == [("包场镇.csv", b"1,2\n")]


def rar(name: str, content: bytes) -> bytes:
    """A RAR 5 archive of one file, stored: no program that may be installed here makes one."""

    def block(*fields: bytes) -> bytes:
        body = b"".join(fields)
        sized = bytes([len(body)]) + body
        return struct.pack("<I", zlib.crc32(sized)) + sized

    encoded, size = name.encode(), bytes([len(content)])
    crc = struct.pack("<I", zlib.crc32(content))
    main = block(b"\x01", b"\x00", b"\x00")
    file = block(b"\x02\x02", size, b"\x04", size, b"\x20", crc, b"\x00", b"\x01", bytes([len(encoded)]), encoded)
    return b"Rar!\x1a\x07\x01\x00" + main + file + content + block(b"\x05", b"\x00", b"\x00")


@seven_zip
@pytest.mark.parametrize("options", [["-psecret"], ["-psecret", "-mhe=on"]])
def test_a_7z_with_a_password_is_refused(tmp_path: Path, options: list[str]) -> None:
    assert refusal("7z", seven(tmp_path, *options, a_DOT_csv=b"1")) == "压缩包已加密无法打开，请取消密码后重报"


@seven_zip
@pytest.mark.parametrize("program", [SEVEN_ZIP, pytest.param(BSDTAR, marks=bsdtar)])
def test_a_bomb_in_a_7z_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    content = seven(tmp_path, "-mx1", a=bytes(140 << 20))
    only(monkeypatch, *programs.COMMANDS[program])
    assert "异常庞大" in refusal("7z", content)


@pytest.mark.parametrize("kind", ["7z", "rar"])
def test_without_a_program_it_is_the_offices_to_install_one(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    only(monkeypatch)
    with pytest.raises(CannotReadHere, match="请安装解压程序或代为解压"):
        members(kind, make.seven_zip("a.csv", b"1"), Budget())


@seven_zip
def test_a_damaged_7z_is_refused() -> None:
    content = make.seven_zip("a.csv", b"1,2\n" * 99)
    assert refusal("7z", content[:40] + b"\0\0\0\0" + content[44:]) == "请解压后直接报送 .xlsx"


@programs.needs(UNPACKER)
def test_a_rar_that_no_program_opens_may_be_the_programs_want() -> None:
    """Not every 7-Zip knows .rar, and they say the same of an unknown format and of a damaged file."""
    with pytest.raises(CannotReadHere, match="请安装解压程序或代为解压"):
        members("rar", b"Rar!\x1a\x07\x01\x00" + bytes(40), Budget())


def ended(source: str) -> str:
    """What is told of a program that comes to grief."""
    with pytest.raises(CannotReadHere) as refused:
        unpacker._output([sys.executable, "-c", source], 100)
    return str(refused.value)


@pytest.mark.parametrize(
    "source",
    ["while True: pass", "import time; time.sleep(60)", "import os; os.abort()", "raise SystemExit(8)"],
    ids=["busy for too long", "doing nothing", "crashed", "without memory"],
)
def test_a_program_that_comes_to_grief_is_no_fault_of_the_archive(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    monkeypatch.setattr(unpacker, "_SECONDS", 0.2)
    monkeypatch.setattr(unpacker, "_SECONDS_AT_REST", 1.0)
    assert ended(source).startswith("本机无法打开，解压程序没有正常运行")


def test_a_program_that_cannot_be_started_is_no_fault_of_the_archive() -> None:
    with pytest.raises(CannotReadHere, match="没有正常运行"):
        unpacker._output(["/nowhere/7z"], 100)
