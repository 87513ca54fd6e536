"""Real files from short texts: the form as a grid, and every container that it may arrive in."""

import io
import lzma
import random
import re
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import xlwt
from msoffcrypto.method.ecma376_agile import ECMA376Agile
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from tests.helpers import Office
from tests.messes.office import BAO, LAST_DAY, Plan, official


@dataclass(frozen=True)
class Desk:
    """Where a case puts its files: the office and its plan."""

    office: Office
    plan: Plan
    day: str

    @property
    def folder(self) -> Path:
        return self.office.root / "data" / "raw" / self.day

    @property
    def last_folder(self) -> Path:
        return self.office.root / "data" / "raw" / LAST_DAY

    def put(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path


Build = Callable[[Desk], object]
Edit = Callable[[Worksheet], object]


# ---- a form as text --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Grid:
    """Cells as a clerk typed them, and the merged ranges (row, column, height, width), counted from 1."""

    rows: list[list[Any]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


def grid(text: str) -> Grid:
    """A line a row, cells parted by |; `<` is merged into the cell at its left, `^` into the one above.

    A number is a number unless it begins with ' ; \\n is a line break; a line `.` is an empty row.
    """
    marks = [["" if line.strip() == "." else cell.strip() for cell in line.split("|")] for line in _lines(text)]
    merges = []
    for row, line in enumerate(marks):
        for column, mark in enumerate(line):
            if mark in ("<", "^"):
                continue
            width = _run([line[at] for at in range(column + 1, len(line))], "<")
            below = [marks[at][column] if column < len(marks[at]) else "" for at in range(row + 1, len(marks))]
            height = _run(below, "^")
            if (height, width) != (1, 1):
                merges.append((row + 1, column + 1, height, width))
    return Grid([[_value(mark) for mark in line] for line in marks], merges)


def _lines(text: str) -> list[str]:
    return [line for line in text.strip().splitlines() if line.strip()]


def _run(marks: list[str], mark: str) -> int:
    return 1 + next((place for place, found in enumerate(marks) if found != mark), len(marks))


def _value(mark: str) -> Any:
    if mark in ("", "<", "^"):
        return None
    if mark.startswith("'"):
        return mark[1:]
    if re.fullmatch(r"-?\d+", mark):
        return int(mark)
    if re.fullmatch(r"\d+\.\d+", mark):
        return float(mark)
    return mark.replace("\\n", "\n")


def _texts(text: str) -> list[list[str]]:
    """The same grid for formats that know text only."""
    return [["" if value is None else str(value) for value in row] for row in grid(text).rows]


# ---- workbooks -------------------------------------------------------------------------------------------------


def fill(sheet: Worksheet, text: str, **cells: Any) -> Worksheet:
    form = grid(text)
    for row, values in enumerate(form.rows, 1):
        for column, value in enumerate(values, 1):
            if value is not None:
                sheet.cell(row, column, value)
    for row, column, height, width in form.merges:
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + height - 1, end_column=column + width - 1)
    for address, value in cells.items():
        sheet[address] = value
    return sheet


def xlsx(text: str, edit: Edit | None = None, **cells: Any) -> bytes:
    """A workbook with one sheet `Sheet1`; `edit` may do to it what it likes."""
    book = openpyxl.Workbook()
    book.active.title = "Sheet1"
    fill(book.active, text, **cells)
    if edit:
        edit(book.active)
    return _saved(book)


def sheets(hidden: tuple[str, ...] = (), **named: str) -> bytes:
    """A workbook with several sheets: name -> text (names that are no identifiers come by **{…})."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, text in named.items():
        sheet = fill(book.create_sheet(name), text)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xls(text: str, protect: bool = False) -> bytes:
    stream = io.BytesIO()
    _xls_book(text, protect).save(stream)
    return stream.getvalue()


def _xls_book(text: str, protect: bool) -> xlwt.Workbook:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    sheet.protect = protect
    form = grid(text)
    merged = {(row, column): (height, width) for row, column, height, width in form.merges}
    for row, values in enumerate(form.rows, 1):
        for column, value in enumerate(values, 1):
            height, width = merged.get((row, column), (1, 1))
            if (height, width) != (1, 1):
                sheet.write_merge(row - 1, row + height - 2, column - 1, column + width - 2, value)
            elif value is not None:
                sheet.write(row - 1, column - 1, value)
    return book


def encrypted_xls(text: str) -> bytes:
    """An .xls whose stream begins as an encrypted one does: BOF, then FILEPASS."""
    stream = _xls_book(text, False).get_biff_data()
    end = 4 + struct.unpack("<H", stream[2:4])[0]
    filepass = struct.pack("<HHHHH", 0x2F, 6, 0, 0x1234, 0x5678)
    return compound({"Workbook": stream[:end] + filepass + stream[end:]})


def encrypted_xlsx() -> bytes:
    """What Excel saves with a password to open: an OLE container of an encrypted package."""
    descriptor = b'<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"/>'
    return compound(
        {
            "EncryptedPackage": struct.pack("<Q", 6000) + bytes(range(256)) * 24,
            "EncryptionInfo": struct.pack("<HHI", 4, 4, 0x40) + descriptor.ljust(5000),
        }
    )


def locked(content: bytes, password: str) -> bytes:
    """A package encrypted as Excel does it since 2010; the library encrypts no small ones."""
    larger = repacked(content, filler=random.Random(1).randbytes(9000))
    return bytes(ECMA376Agile.encrypt(password, io.BytesIO(larger)))


def old_word() -> bytes:
    """A .doc as far as its container tells: OLE with a stream WordDocument."""
    return compound({"1Table": bytes(5000), "WordDocument": b"\xec\xa5\xc1\x00" + bytes(8000)})


def cached(content: bytes, **values: Any) -> bytes:
    """The workbook with calculated values beside its formulas, as Excel saves it."""

    def put(part: bytes) -> bytes:
        text = part.decode()
        for address, value in values.items():
            pattern = rf'(<c r="{address}"[^>]*><f>.*?</f>)<v\s*(?:/>|></v>)'
            text, count = re.subn(pattern, rf"\g<1><v>{value}</v>", text)
            assert count == 1, f"no formula in {address}"
        return text.encode()

    return repacked(content, {"xl/worksheets/sheet1.xml": put})


def repacked(content: bytes, changes: Mapping[str, Callable[[bytes], bytes]] | None = None, **added: bytes) -> bytes:
    """The zip with some parts changed and others added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, (changes or {}).get(name, bytes)(part))
        for name, part in added.items():
            method = zipfile.ZIP_STORED if len(part) > 1 << 20 else zipfile.ZIP_DEFLATED
            new.writestr(name.replace("__", "/"), part, method)
    return stream.getvalue()


def macro_workbook(text: str) -> bytes:
    """An .xlsm: another content type, and a macro project beside the sheets."""
    plain, macro = (
        b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"ms-excel.sheet.macroEnabled.main+xml",
    )
    change = {
        "[Content_Types].xml": lambda part: part.replace(plain, macro).replace(
            b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
        ),
        "xl/_rels/workbook.xml.rels": lambda part: part.replace(
            b"</Relationships>",
            b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
            b'Target="vbaProject.bin"/></Relationships>',
        ),
    }
    return repacked(xlsx(text), change, **{"xl/vbaProject.bin": compound({"PROJECT": bytes(5000)})})


def inflated(text: str, rows: int = 60_000) -> bytes:
    """The workbook with cells that hold a format and nothing else, down to row 60 000."""

    def put(part: bytes) -> bytes:
        last = len(_lines(text))
        empty = "".join(
            f'<row r="{row}">' + "".join(f'<c r="{column}{row}" s="0"/>' for column in "ABCDEFG") + "</row>"
            for row in range(last + 1, rows + 1)
        )
        return part.replace(b"</sheetData>", empty.encode() + b"</sheetData>")

    return repacked(xlsx(text), {"xl/worksheets/sheet1.xml": put})


def text_box_only(words: str) -> bytes:
    """A sheet without cells: what there is to read stands in a text box."""
    return with_text_box(_saved(openpyxl.Workbook()), words)


def with_text_box(content: bytes, words: str, row: int = 2, column: int = 2, shape: str = "") -> bytes:
    """The workbook with a text box over its first sheet; shape: further attributes of the shape."""
    a, xdr = "http://schemas.openxmlformats.org/drawingml/2006/main", "spreadsheetDrawing"
    ends = "".join(
        f"<xdr:{end}><xdr:col>{column + more}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row + more}</xdr:row>"
        f"<xdr:rowOff>0</xdr:rowOff></xdr:{end}>"
        for end, more in (("from", -1), ("to", 7))
    )
    drawing = (
        f'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/{xdr}" xmlns:a="{a}">'
        f'<xdr:twoCellAnchor>{ends}<xdr:sp macro="" {shape}><xdr:nvSpPr><xdr:cNvPr id="2" name="文本框 1"/>'
        '<xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr/><xdr:txBody><a:bodyPr/><a:p><a:r>'
        f"<a:t>{words}</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{office}/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    changes = {
        "xl/worksheets/sheet1.xml": lambda part: part.replace(
            b"</worksheet>", f'<drawing xmlns:r="{office}" r:id="rId1"/></worksheet>'.encode()
        ),
        "[Content_Types].xml": lambda part: part.replace(
            b"</Types>",
            b'<Override PartName="/xl/drawings/drawing1.xml" ContentType="application/vnd.openxmlformats-officedocument'
            b'.drawing+xml"/></Types>',
        ),
    }
    added = {
        "xl/worksheets/_rels/sheet1.xml.rels": relation.encode(),
        "xl/drawings/drawing1.xml": drawing.encode(),
    }
    return repacked(content, changes, **added)


def picture(format: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(stream, format)
    return stream.getvalue()


def photograph(sheet: Worksheet, address: str = "B2") -> None:
    """A picture that lies on the sheet."""
    sheet.add_image(SheetImage(io.BytesIO(picture())), address)


# ---- text, web pages, Word -------------------------------------------------------------------------------------


def csv(text: str, encoding: str, comma: str = ",") -> bytes:
    return "".join(comma.join(row) + "\r\n" for row in _texts(text)).encode(encoding)


def html(text: str, encoding: str = "utf-8") -> bytes:
    """The page that a system exports, named .xls."""
    return (
        f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv="Content-Type" '
        f'content="text/html; charset={encoding}"><style>td {{mso-number-format:"\\@"}}</style></head><body>'
        f"<p>打印时间</p>{_table(text)}</body></html>"
    ).encode(encoding)


def _table(text: str) -> str:
    form = grid(text)
    spans = {(row, column): (height, width) for row, column, height, width in form.merges}
    covered = {
        (row + down, column + right)
        for (row, column), (height, width) in spans.items()
        for down in range(height)
        for right in range(width)
    } - set(spans)
    lines = []
    for row, values in enumerate(form.rows, 1):
        cells = []
        for column, value in enumerate(values, 1):
            if (row, column) not in covered:
                height, width = spans.get((row, column), (1, 1))
                words = "&nbsp;" if value is None else escape(str(value))
                cells.append(f'<td rowspan="{height}" colspan={width}>{words}</td>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table border=1>{''.join(lines)}</table>"


def mhtml(text: str) -> bytes:
    """A page saved from a browser: MIME, quoted-printable."""
    message = EmailMessage()
    message["Subject"] = "sheet"
    message["Snapshot-Content-Location"] = "http://10.1.1.1/report"
    message.add_alternative(html(text).decode(), subtype="html", cte="quoted-printable")
    return bytes(message)


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(text: str, before: str = "附件2") -> bytes:
    """A Word document with a paragraph and one table."""
    form = grid(text)
    spans = {(row, column): (height, width) for row, column, height, width in form.merges}
    down = {
        (row + further, column): width
        for (row, column), (height, width) in spans.items()
        for further in range(1, height)
    }
    lines = []
    for row, values in enumerate(form.rows, 1):
        cells, skip = "", 0
        for column, value in enumerate(values, 1):
            if skip:
                skip -= 1
                continue
            height, width = spans.get((row, column), (1, down.get((row, column), 1)))
            skip = width - 1
            kind = f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""
            kind += "<w:vMerge/>" if (row, column) in down else '<w:vMerge w:val="restart"/>' if height > 1 else ""
            words = "" if value is None else escape(str(value))
            cells += f"<w:tc><w:tcPr>{kind}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"
        lines.append(f"<w:tr>{cells}</w:tr>")
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>{before}</w:t></w:r>'
        f"</w:p><w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * len(form.rows[0])}</w:tblGrid>{''.join(lines)}</w:tbl>"
        "<w:p/></w:body></w:document>"
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
        'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
        'document.main+xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    parts = {"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": document}
    return archive({name: part.encode() for name, part in parts.items()})


# ---- containers ------------------------------------------------------------------------------------------------


def archive(members: Mapping[str, bytes], encoding: str = "utf-8") -> bytes:
    """A zip; names in another encoding are written as old programs do, without the UTF-8 flag."""
    stream = io.BytesIO()
    names = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for place, (name, content) in enumerate(members.items()):
            if encoding == "utf-8":
                new.writestr(name, content)
            else:
                true = name.encode(encoding)
                names[f"{place:0{len(true)}d}".encode()] = true
                new.writestr(f"{place:0{len(true)}d}", content)
    packed = stream.getvalue()
    for stand_in, true in names.items():
        assert packed.count(stand_in) == 2, "local and central name"
        packed = packed.replace(stand_in, true)
    return packed


def seven_zip(name: str, content: bytes) -> bytes:
    """A .7z of one file, compressed by LZMA2."""
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 23}]
    packed = lzma.compress(content, lzma.FORMAT_RAW, filters=filters)
    coder = b"\x01\x21\x21\x01\x16"  # one coder, LZMA2, properties: dictionary of 8 MB
    crc = struct.pack("<I", zlib.crc32(content))
    words = name.encode("utf-16-le") + b"\0\0"
    header = b"".join(
        [
            b"\x01\x04",
            b"\x06\x00\x01\x09" + _number(len(packed)) + b"\x00",
            b"\x07\x0b\x01\x00" + coder + b"\x0c" + _number(len(content)) + b"\x00",
            b"\x08\x0a\x01" + crc + b"\x00",
            b"\x00",
            b"\x05\x01\x11" + _number(len(words) + 1) + b"\x00" + words + b"\x00",
            b"\x00",
        ]
    )
    start = struct.pack("<QQI", len(packed), len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\x00\x04" + struct.pack("<I", zlib.crc32(start)) + start + packed + header


def _number(value: int) -> bytes:
    """A number as .7z writes it: the leading ones of the first byte say how many bytes follow."""
    extra = next(extra for extra in range(8) if value < 1 << 7 * (extra + 1))
    head = (0xFF00 >> extra) & 0xFF | value >> 8 * extra
    return bytes([head]) + (value % (1 << 8 * extra)).to_bytes(extra, "little")


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container of up to three streams: header, one FAT sector, one directory sector, the streams."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    fat, body, entries = [0xFFFFFFFD, end], b"", []
    ordered = sorted(streams.items(), key=lambda item: (len(item[0]), item[0].upper()))
    for place, (name, content) in enumerate(ordered, 1):
        content = content.ljust(4096, b"\0")  # noqa: PLW2901  (below that it would be a mini stream)
        count = -(-len(content) // 512)
        start = len(fat)
        fat += [*range(start + 1, start + count), end]
        body += content.ljust(count * 512, b"\0")
        right = place + 1 if place < len(ordered) else free
        entries.append(_entry(name, 2, right, free, start, len(content)))
    assert len(fat) <= 128, "one FAT sector holds 64 KB"
    directory = _entry("Root Entry", 5, free, 1, end, 0) + b"".join(entries)
    directory = directory.ljust(512, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0)
    header += struct.pack("<I", free) * ((512 - len(header)) // 4)
    return header + struct.pack("<128I", *fat, *[free] * (128 - len(fat))) + directory + body


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    words = name.encode("utf-16-le")
    return (
        words.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(words) + 2, kind, 1, 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


@cache
def converted(text: str, target: str, source: str = "xlsx") -> bytes:
    """The form as LibreOffice saves it in another format."""
    with TemporaryDirectory() as place:
        path = Path(place) / f"form.{source}"
        path.write_bytes(docx(text) if source == "docx" else xlsx(text))
        command = ["soffice", f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to", target]
        subprocess.run([*command, "--outdir", place, str(path)], check=True, capture_output=True, timeout=120)
        return path.with_suffix(f".{target}").read_bytes()


# ---- what a case does ------------------------------------------------------------------------------------------


def cells(town: str = BAO, /, **changes: Any) -> Build:
    """The town's official form with some cells changed: E4 is 新建, F4 整改, G4 备注 of the first village."""
    return lambda desk: desk.put(f"{town}.xlsx", xlsx(official(desk.plan, town), **changes))


def form(text: str, file: str = f"{BAO}.xlsx", edit: Edit | None = None) -> Build:
    """A form of one's own."""
    return lambda desk: desk.put(file, xlsx(text, edit))


def worded(old: str, new: str, town: str = BAO, file: str = "") -> Build:
    """The town's official form with other words in it."""

    def build(desk: Desk) -> None:
        text = official(desk.plan, town)
        assert old in text, f"{old!r} is not in the form"
        desk.put(file or f"{town}.xlsx", xlsx(text.replace(old, new)))

    return build


def edited(edit: Edit, **changes: Any) -> Build:
    """The official form of 包场镇, and something done to its sheet."""
    return lambda desk: desk.put(f"{BAO}.xlsx", xlsx(official(desk.plan, BAO), edit, **changes))


def calculated(values: Mapping[str, Any], **formulas: Any) -> Build:
    """The official form of 包场镇 with formulas, some with the values that Excel saved beside them."""
    return lambda desk: desk.put(f"{BAO}.xlsx", cached(xlsx(official(desk.plan, BAO), **formulas), **values))


def raw(name: str, content: bytes | Callable[[], bytes]) -> Build:
    """A file of these bytes."""
    return lambda desk: desk.put(name, content if isinstance(content, bytes) else content())


def together(*builds: Build) -> Build:
    """One after the other."""
    return lambda desk: [build(desk) for build in builds]
