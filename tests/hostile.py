"""Small files that would cost seconds, gigabytes or the week: each made anew, none longer than a clerk's own.

name -> what is sent, as `文件名: content`. `python -m tests.bench.hostile` measures what each costs.
"""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

import xlwt

from tests.messes import builders as make
from tests.messes.office import FORM

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ODS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
HEADS = ("区镇", "整村推进村", "目标任务 新建", "目标任务 整改", "完成情况 新建", "完成情况 整改", "备注")


def cell(reference: str, text: str | int) -> str:
    """One cell of a worksheet."""
    if isinstance(text, int):
        return f'<c r="{reference}"><v>{text}</v></c>'
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *texts: str | int) -> str:
    """One row of a worksheet, from column A."""
    cells = (cell(f"{chr(65 + place)}{number}", text) for place, text in enumerate(texts))
    return f'<row r="{number}">{"".join(cells)}</row>'


def form(village: str = "盐灶村", remark: str = "") -> str:
    """The rows of 包场镇's form."""
    return (
        row(1, *HEADS) + row(2, "包场镇", village, 420, 180, 45, 24, remark) + row(3, "包场镇", "盐河村", 165, 0, 12, 0)
    )


def xlsx(rows: str, after: str = "", before: str = "", **parts: str | bytes) -> bytes:
    """A workbook of one sheet; parts: strings, styles, comments, defined_names, sheets (how many times the sheet)."""
    count = int(parts.pop("sheets", "1"))
    names = str(parts.pop("defined_names", ""))
    relations = [f'<Relationship Id="r{place}" Type="{_OFFICE}/worksheet" Target="s.xml"/>' for place in range(count)]
    relations += [
        f'<Relationship Id="{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for name in ("sharedStrings", "styles")
        if name in parts
    ]
    sheets = "".join(f'<sheet name="表{place}" sheetId="{place + 1}" r:id="r{place}"/>' for place in range(count))
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" Type="{_OFFICE}/'
        'officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets>{names}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(relations)}'
        "</Relationships>",
        "xl/s.xml": f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>',
        **{f"xl/{name}.xml": part for name, part in parts.items()},
    }
    if "comments" in parts:
        members["xl/_rels/s.xml.rels"] = (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" Type="{_OFFICE}/comments" '
            'Target="comments.xml"/></Relationships>'
        )
    return zipped(members)


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """A zip; stored, so that nothing is refused for how well it packs alone."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method, compresslevel=9) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def ods(rows: str, columns: str = "") -> bytes:
    """An OpenDocument spreadsheet of one table."""
    content = (
        f'<office:document-content {_ODS}><office:body><office:spreadsheet><table:table table:name="表">{columns}{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def ods_row(*texts: str, **attributes: str) -> str:
    """One row; attributes: rows_repeated, columns_repeated, visibility."""
    repeated = attributes.pop("columns_repeated", "1")
    named = "".join(f' table:number-{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    named = named.replace("number-visibility", "visibility")
    cells = "".join(
        f'<table:table-cell table:number-columns-repeated="{repeated}"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row{named}>{cells}</table:table-row>"


def docx(body: str) -> bytes:
    """A Word document with the form, and this before it."""
    parts = zipfile.ZipFile(io.BytesIO(make.docx(FORM)))
    members = {name: parts.read(name) for name in parts.namelist()}
    document = members["word/document.xml"].replace(b"<w:tbl>", body.encode() + b"<w:tbl>", 1)
    return zipped({**members, "word/document.xml": document})


def nested_zip(depth: int, width: int, core: bytes) -> bytes:
    """Zips in zips: width ** depth times the core."""
    for _ in range(depth):
        core = zipped({f"{place}.zip": core for place in range(width)}, zipfile.ZIP_DEFLATED)
    return core


def xls(rows: int, columns: int) -> bytes:
    """An .xls full of numbers."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for at in range(rows):
        for column in range(columns):
            sheet.write(at, column, at)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xls_of_records(*records: tuple[int, bytes], times: int = 1) -> bytes:
    """An .xls whose one sheet holds these records, over and over."""
    plain = make.xls(FORM)
    at, ends = 512, 0
    while ends < 2:  # of the workbook's globals, then of its sheet
        kind, length = struct.unpack_from("<HH", plain, at)
        ends += kind == 0x0A
        at += 4 + length
    at -= 4
    body = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records) * times
    stream = plain[512:at] + body + struct.pack("<HH", 0x0A, 0)
    return ole(stream)


def ole(stream: bytes) -> bytes:
    """A container of one stream of any length, called Workbook."""
    size = 512
    count = -(-max(len(stream), 4096) // size)
    tables = -(-(count + 1) // 127)
    assert tables <= 109, "one header lists 109 tables"
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    first = tables + 1
    numbers = [*[0xFFFFFFFD] * tables, end, *range(first + 1, first + count), end]
    numbers += [free] * (tables * 128 - len(numbers))
    header = make.compound({"Workbook": b""})[:512]
    head = bytearray(header)
    struct.pack_into("<I", head, 44, tables)
    struct.pack_into("<I", head, 48, tables)
    struct.pack_into("<109I", head, 76, *range(tables), *[free] * (109 - tables))
    directory = bytearray(make.compound({"Workbook": b""})[1024:1536])
    struct.pack_into("<II", directory, 128 + 116, first, max(len(stream), 4096))
    return (
        bytes(head) + struct.pack(f"<{len(numbers)}I", *numbers) + bytes(directory) + stream.ljust(count * size, b"\0")
    )


def _wide(first: int, last: int, text: str) -> str:
    """Rows that begin as a heading does, with one cell far at the right."""
    return "".join(f'<row r="{at}">{cell(f"A{at}", text)}{cell(f"GR{at}", 1)}</row>' for at in range(first, last + 1))


def _comments(count: int) -> str:
    listed = "".join(
        f'<comment ref="H{at}" authorId="0"><text><t>批注</t></text></comment>' for at in range(1, count + 1)
    )
    return (
        f'<comments xmlns="{_MAIN}"><authors><author>a</author></authors><commentList>{listed}</commentList></comments>'
    )


def _villages(count: int) -> str:
    lines = "".join(row(at, "包场镇", f"盐{at}村", 1, 1, 1, 1) for at in range(2, count + 2))
    return row(1, *HEADS) + lines


def _rich(runs: int) -> str:
    piece = "<r><rPr><strike/></rPr><t>村</t></r>" * runs
    return f'<sst xmlns="{_MAIN}"><si>{piece}</si></sst>'


def _styles(xfs: int = 0, formats: int = 0, code: str = "0") -> str:
    listed = "".join(f'<numFmt numFmtId="{164 + at}" formatCode="{code}"/>' for at in range(formats))
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts>{listed}</numFmts><fonts><font/></fonts><cellXfs>'
        f'{"<xf/>" * xfs}<xf numFmtId="164"/></cellXfs></styleSheet>'
    )


def _shared(count: int) -> str:
    return "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, count + 1))


def _merge(reference: str, count: int = 1) -> str:
    return f"<mergeCells>{f'<mergeCell ref={chr(34)}{reference}{chr(34)}/>' * count}</mergeCells>"


def _steps(count: int) -> str:
    listed = "".join(f'<mergeCell ref="A{at}:GR{at + 500}"/>' for at in range(1, count + 1))
    return f"<mergeCells>{listed}</mergeCells>"


_TABLE = "<tr><td>包场镇</td></tr>"
_SPREADSHEETML = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook '
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    '<Worksheet ss:Name="表"><Table>{}</Table></Worksheet></Workbook>'
)

FILES: dict[str, Callable[[], tuple[str, bytes]]] = {
    # what was found
    "same merge 10,000 times": lambda: ("包场镇.xlsx", xlsx(form() + row(5_000, 1), _merge("A1:AM5000", 10_000))),
    "village of 3,000 signs": lambda: ("包场镇.xlsx", xlsx(form("村" * 3_000))),
    "title of 32k brackets": lambda: ("包场镇.xlsx", xlsx(row(1, "（" * 32_000 + "厕统计表") + _down())),
    "shared string of 100,000 runs": lambda: ("包场镇.xlsx", xlsx(_shared(2_000), sharedStrings=_rich(100_000))),
    "paragraphs of 15 MB": lambda: ("包场镇.docx", docx("<w:p><w:r><w:t>字</w:t></w:r></w:p>" * 400_000)),
    "hidden rows beyond the grid": lambda: (
        "包场镇.ods",
        ods(ods_row("1") + ods_row("", rows_repeated="1000000", visibility="collapse") * 3_000 + ods_row("2")),
    ),
    "nested bomb": lambda: (
        "包场镇.zip",
        nested_zip(2, 50, zipped({"a.xlsx": bytes(900 << 10)}, zipfile.ZIP_DEFLATED)),
    ),
    "5,000 numbers": lambda: ("包场镇.xlsx", xlsx("".join(row(at, *[10_000 + at] * 10) for at in range(1, 501)))),
    # invented
    "zips eight deep": lambda: ("包场镇.zip", nested_zip(8, 1, xlsx(form()))),
    "fifty sheets of 4,000 cells": lambda: ("包场镇.xlsx", xlsx(_villages(600), sheets="50")),
    "ten thousand sheets": lambda: ("包场镇.xlsx", xlsx(form(), sheets="10000")),
    "a defined name of 20 MB": lambda: (
        "包场镇.xlsx",
        xlsx(
            form(),
            defined_names=f'<definedNames><definedName name="a">{"A1+" * 7_000_000}</definedName></definedNames>',
        ),
    ),
    "number formats by the ten thousand": lambda: (
        "包场镇.xlsx",
        xlsx(form(), styles=_styles(formats=60_000, code="&quot;[" * 100)),
    ),
    "a number format of 5 MB": lambda: ("包场镇.xlsx", xlsx(form(), styles=_styles(formats=1, code="_[" * 2_500_000))),
    "a million styles": lambda: ("包场镇.xlsx", xlsx(form(), styles=_styles(xfs=1_000_000))),
    "comments by the thousand": lambda: ("包场镇.xlsx", xlsx(_villages(10_000), comments=_comments(30_000))),
    "wide merges": lambda: ("包场镇.xlsx", xlsx(form() + row(9_000, 1) + _wide(9_001, 9_001, "a"), _steps(9_000))),
    "a long text merged over the sheet": lambda: (
        "包场镇.xlsx",
        xlsx(row(1, "村" * 32_000) + f'<row r="900">{cell("GR900", 1)}</row>', _merge("A1:GR900")),
    ),
    "a thousand texts of 32k": lambda: (
        "包场镇.xlsx",
        xlsx("".join(row(at, "第审核人（单位（" * 4_000) for at in range(1, 1_001))),
    ),
    "one text of 32k in 20,000 cells": lambda: (
        "包场镇.xlsx",
        xlsx(_shared(20_000), sharedStrings=f'<sst xmlns="{_MAIN}"><si><t>{"第" * 32_000}</t></si></sst>'),
    ),
    "dates by the thousand in a title": lambda: ("包场镇.xlsx", xlsx(row(1, "第周期1.1" * 5_000 + "表") + _down())),
    "headings without end": lambda: ("包场镇.xlsx", xlsx(_wide(1, 20_000, "完成情况"))),
    "a form in every row": lambda: ("包场镇.xlsx", xlsx("".join(row(at, *HEADS) for at in range(1, 20_001)))),
    "a figure of 32k digits": lambda: ("包场镇.xlsx", xlsx(form().replace("<v>45</v>", f"<v>{'9' * 32_000}</v>"))),
    "a figure of 32k signs": lambda: (
        "包场镇.xlsx",
        xlsx(row(1, *HEADS) + row(2, "包场镇", "盐灶村", 1, 1, "1,1 " * 8_000, "一百" * 16_000)),
    ),
    "a remark that parts in many ways": lambda: ("包场镇.xlsx", xlsx(form(remark="完成数" * 10_000))),
    "a remark of short clauses": lambda: ("包场镇.xlsx", xlsx(form(remark="完成数完成数完成数，" * 3_200))),
    "a title that parts in many ways": lambda: ("包场镇.xlsx", xlsx(row(1, "20231月" * 6_000 + "汇总表") + _down())),
    "a label of totals": lambda: ("包场镇.xlsx", xlsx(form("累计1" * 10_000))),
    "a remark of 32k signs": lambda: ("包场镇.xlsx", xlsx(form(remark="户主李 1户 完成 138 " * 2_000))),
    "groups without end in a village": lambda: ("包场镇.xlsx", xlsx(form("村1" * 1_500 + "x"))),
    "stars behind a village": lambda: ("包场镇.xlsx", xlsx(form("★" * 32_000 + "x"))),
    "offices behind a town": lambda: ("包场镇.xlsx", xlsx(form().replace("包场镇", "建设局" * 10_000 + "x"))),
    "a formula of 100k signs": lambda: (
        "包场镇.xlsx",
        xlsx(form().replace("<v>45</v>", f"<f>{'1+' * 50_000}x</f><v>45</v>")),
    ),
    "a formula of one number of 32k digits": lambda: (
        "包场镇.xlsx",
        xlsx(form().replace("<v>45</v>", f"<f>{'1' * 32_000}</f>")),
    ),
    "sums of sums": lambda: (
        "包场镇.xlsx",
        xlsx(_villages(1_000).replace("<v>1</v>", f"<f>{'SUM(H1:H1000)+' * 500}1</f>")),
    ),
    "a sheet's name of 1 MB": lambda: ("包场镇.xlsx", _named("第1周" * 300_000)),
    "a csv of one line of 10 MB": lambda: ("包场镇.csv", b"1," * 5_000_000),
    "a csv of one text of 10 MB": lambda: ("包场镇.csv", b"\xe6\x9d\x91" * 3_500_000),
    "a csv of 18 MB of empty lines": lambda: ("包场镇.csv", b"1,2\n" + b"\n" * 18_000_000),
    "a csv of 18 MB of one sign": lambda: ("包场镇.csv", "村".encode() * 6_000_000),
    "a page of 36 MB of text": lambda: ("包场镇.xls", b"<html><table><tr><td>" + "村".encode() * 12_000_000),
    "a saved page of 36 MB": lambda: (
        "包场镇.mht",
        b"MIME-Version: 1.0\nContent-Type: text/html\n\n<table><tr><td>" + b"abcdefghijk\n" * 3_000_000,
    ),
    "an XML table of 30 MB of text": lambda: (
        "包场镇.xml",
        _SPREADSHEETML.format(f'<Row><Cell><Data ss:Type="String">{"村" * 10_000_000}</Data></Cell></Row>').encode(),
    ),
    "a text of 39 MB in a cell": lambda: ("包场镇.xlsx", xlsx(form(remark="村" * 13_000_000))),
    "a text of 39 MB in Word": lambda: ("包场镇.docx", docx(f"<w:p><w:r><w:t>{'a' * 39_000_000}</w:t></w:r></w:p>")),
    "a comment of 39 MB": lambda: (
        "包场镇.xlsx",
        xlsx(form(), comments=_comments(1).replace("批注", "138 " * 10_000_000).replace("H1", "E2")),
    ),
    "a csv of separators": lambda: ("包场镇.csv", b",;\t" * 3_000_000),
    "a page of 100,000 tables": lambda: ("包场镇.xls", b"<html>" + b"<table><tr><td>" * 100_000),
    "a page of open tags": lambda: ("包场镇.xls", b"<html><table>" + b"<td <td" * 200_000),
    "a page of comments never closed": lambda: ("包场镇.xls", b"<html><table>" + b"<!--<a>" * 200_000),
    "a page of declarations never closed": lambda: ("包场镇.xls", b"<html><table>" + b"<![a" * 300_000),
    "a page of comments never closed before much text": lambda: (
        "包场镇.xls",
        b"<html><table>" + b"<!--" * 50_000 + b"a" * 8_000_000,
    ),
    "a page of ends never closed before much text": lambda: (
        "包场镇.xls",
        b"<html><table>" + b"</a" * 50_000 + b"a" * 8_000_000,
    ),
    "a page of sections never closed": lambda: (
        "包场镇.xls",
        b"<html><table>" + b"<![CDATA[" * 50_000 + b"a" * 4_000_000,
    ),
    "a page of instructions never closed": lambda: (
        "包场镇.xls",
        b"<html><table>" + b"<?a" * 50_000 + b"a" * 4_000_000,
    ),
    "a page of quotes never closed": lambda: ("包场镇.xls", b"<html><table>" + b"<a b='" * 50_000 + b"a" * 4_000_000),
    "a page of ampersands": lambda: ("包场镇.xls", b"<html><table><tr><td>" + b"&" * 5_000_000),
    "a page of classes": lambda: (
        "包场镇.xls",
        b"<html><style>.a{color:red}</style><table><tr>" + b"<td class='" + b"a " * 2_000_000 + b"'>1",
    ),
    "a page of spans": lambda: ("包场镇.xls", b"<html><table>" + b"<tr>" + b"<td rowspan=60000 colspan=1000>a" * 2_000),
    "a page of rows that cells reach into": lambda: (
        "包场镇.xls",
        b"<html><table><tr>" + b"<td rowspan=60000>a" * 20_000 + b"<tr><td>b" * 20_000,
    ),
    "a page of styles": lambda: ("包场镇.xls", b"<html><table><style>" + b".a" * 3_000_000 + b"</style>"),
    "a page 100,000 elements deep": lambda: (
        "包场镇.xls",
        b"<html><table><tr><td>" + b"<b>" * 300_000 + b"</i>" * 300_000,
    ),
    "a saved page of many parts": lambda: (
        "包场镇.mht",
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n"
        + b"--a\nContent-Type: text/html\n\n<table>\n" * 50_000,
    ),
    "XML a million deep": lambda: ("包场镇.xlsx", xlsx("<a>" * 1_000_000 + "</a>" * 1_000_000)),
    "an element of 200,000 attributes": lambda: (
        "包场镇.xlsx",
        xlsx(form() + "<row " + " ".join(f'a{at}="1"' for at in range(200_000)) + "/>"),
    ),
    "an element under 50,000 namespaces": lambda: (
        "包场镇.xlsx",
        xlsx(form() + "<row " + " ".join(f'xmlns:a{at}="u{at}"' for at in range(50_000)) + "/>"),
    ),
    "a million columns in a table of XML": lambda: (
        "包场镇.xml",
        _SPREADSHEETML.format(
            '<Column ss:Span="5" ss:StyleID="a"/>' * 5_000
            + "<Row>"
            + '<Cell ss:Index="16384"><Data ss:Type="String">a</Data></Cell>' * 1
            + "<Cell/>" * 16_000
            + "</Row>"
            + ("<Row>" + "<Cell/>" * 300 + "</Row>") * 200
        ).encode(),
    ),
    "hidden rows in a table of XML": lambda: (
        "包场镇.xml",
        _SPREADSHEETML.format(
            '<Row ss:Index="1" ss:Span="1000000" ss:Hidden="1"/>' * 5_000
            + '<Row ss:Index="1048576"><Cell><Data ss:Type="String">a</Data></Cell></Row>'
        ).encode(),
    ),
    "a million equal rows": lambda: ("包场镇.ods", ods(ods_row("1", rows_repeated="1000000", columns_repeated="10"))),
    "columns of .ods without end": lambda: (
        "包场镇.ods",
        ods(
            "".join(
                "<table:table-row>"
                + "<table:table-cell><text:p>a</text:p></table:table-cell>" * 1_000
                + "</table:table-row>"
                for _ in range(20)
            ),
            '<table:table-column table:default-cell-style-name="a"/>' * 20_000,
        ),
    ),
    "spans inside spans in .ods": lambda: (
        "包场镇.ods",
        ods(ods_row("<text:span>" * 5_000 + "a<text:s/>" * 5_000 + "</text:span>" * 5_000)),
    ),
    "spaces in .ods": lambda: ("包场镇.ods", ods(ods_row('<text:s text:c="1000"/>' * 100_000))),
    "an .xls of 400,000 cells": lambda: ("包场镇.xls", xls(4_000, 100)),
    "an .xls of blank cells": lambda: (
        "包场镇.xls",
        xls_of_records(
            *((0xBE, struct.pack("<HH", at, 0) + bytes(500) + struct.pack("<H", 249)) for at in range(9, 13_000))
        ),
    ),
    "an .xls of merges": lambda: (
        "包场镇.xls",
        xls_of_records((0xE5, struct.pack("<H", 1_000) + struct.pack("<4H", 0, 60_000, 0, 255) * 1_000), times=600),
    ),
    "an .xls of hidden rows": lambda: (
        "包场镇.xls",
        xls_of_records((0x208, struct.pack("<8H", 9, 0, 1, 0x20, 0, 0, 0x20, 15)), times=300_000),
    ),
    "an .xls whose sectors run in a circle": lambda: ("包场镇.xls", _circle()),
    "an .xls of columns": lambda: (
        "包场镇.xls",
        xls_of_records((0x7D, struct.pack("<6H", 0, 255, 9, 15, 1, 0)), times=300_000),
    ),
    "one member 2,000 times": lambda: ("包场镇.zip", _overlapping()),
    "a zip of 190 forms": lambda: ("包场镇.zip", zipped({f"{at}.xlsx": xlsx(_villages(500)) for at in range(190)})),
    "a Word table a thousand deep": lambda: (
        "包场镇.docx",
        docx("<w:tbl><w:tr><w:tc>" * 40 + "</w:tc></w:tr></w:tbl>" * 40),
    ),
    "a Word row of 60,000 cells": lambda: (
        "包场镇.docx",
        docx(
            "<w:tbl><w:tr>"
            + '<w:tc><w:tcPr><w:gridSpan w:val="63"/><w:vMerge w:val="restart"/></w:tcPr><w:p/></w:tc>' * 60_000
            + "</w:tr></w:tbl>"
        ),
    ),
    "names in a zip": lambda: ("包场镇.zip", zipped({"目" * 20_000 + f"{at}.csv": b"1" for at in range(150)})),
}


def _down() -> str:
    """The form one row further down."""
    return row(2, *HEADS) + row(3, "包场镇", "盐灶村", 420, 180, 45, 24) + row(4, "包场镇", "盐河村", 165, 0, 12, 0)


def _named(name: str) -> bytes:
    """The form on a sheet of this name."""
    plain = zipfile.ZipFile(io.BytesIO(xlsx(form())))
    members = {each: plain.read(each) for each in plain.namelist()}
    main = members["xl/workbook.xml"].replace("表0".encode(), name.encode())
    return zipped({**members, "xl/workbook.xml": main})


def _circle() -> bytes:
    content = bytearray(make.xls(FORM))
    struct.pack_into("<I", content, 512 + 4 * 1, 1)
    return bytes(content)


def _overlapping() -> bytes:
    """A directory that lists one and the same megabyte 150 times."""
    plain = zipped({"a.csv": b"1," * (1 << 20)})
    at = plain.index(b"PK\x01\x02")
    end = plain.index(b"PK\x05\x06")
    entry = plain[at:end]
    entries = b"".join(entry.replace(b"a.csv", f"{number:05}".encode()) for number in range(150))
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 150, 150, len(entries), at, 0)
    return plain[:at] + entries + tail
