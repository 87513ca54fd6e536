"""Files of every format, made by real programs where there is one, and hostile ones: what a clerk sees in them."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from pipeline.intake import reading
from pipeline.intake.reading import Book, Sheet, Unreadable
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.sniff import sniff
from tests import programs
from tests.helpers import resaved
from tests.messes import builders as make

FORM = "汇总表|<|<\n区镇|村|完成\n包场镇|东村|45\n^|西村|12"


def cells(sheet: Sheet) -> list[str]:
    """A1 text 汇总表, with [mark] and =formula where there are any."""
    return [
        f"{sheet.address(*place)} {cell.type} {cell.raw}"
        + (f" [{cell.mark}]" if cell.mark else "")
        + (f" ={cell.formula}" if cell.formula else "")
        for place, cell in sorted(sheet.cells.items())
    ]


def first(content: bytes) -> list[str]:
    return cells(reading.read(content).sheets[0])


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        reading.read(content)
    return str(refused.value)


def zipped(**members: str | bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return stream.getvalue()


# ---- one workbook in the formats of LibreOffice ----------------------------------------------------------------


def workbook() -> openpyxl.Workbook:
    """Everything that may be lost on the way."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "周报"
    for row in (["汇总表"], ["包场镇", "东村", 45, 12.5], [None, "西村", "=C2+5", "=1/0"]):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A2:A3")
    sheet["A4"], sheet["B4"], sheet["C4"] = 0.8, "1,015", '=IF(C2>0,"","x")'
    sheet["A4"].number_format = "0%"
    sheet["A5"], sheet["B5"] = 33, 34
    sheet["A5"].font, sheet["B5"].font = Font(strike=True), Font(color="FFFF0000")
    sheet["C5"] = CellRichText("完成", TextBlock(InlineFont(strike=True), "10"), "12户")
    sheet["D5"] = CellRichText("12", TextBlock(InlineFont(vertAlign="superscript"), "2"))
    sheet["A6"], sheet["F1"] = "隐藏行", "隐藏列"
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["F"].hidden = True
    sheet["A7"], sheet["B7"] = 7, "两行\n文字"
    sheet["A7"].comment = Comment("已核实12", "镇长")
    old = book.create_sheet("旧表")
    old["A1"], old.sheet_state = 99, "hidden"
    return book


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str, str], bytes]:
    """Convert by LibreOffice: (source name, target, filter of the source) -> content."""
    programs.skip_without(programs.LIBREOFFICE)
    folder = tmp_path_factory.mktemp("office")
    workbook().save(folder / "book.xlsx")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")

    def convert(name: str, target: str, source: str = "") -> bytes:
        return resaved(folder / name, target, folder, *([source] if source else [])).read_bytes()

    return convert


SEEN = [
    "A1 text 汇总表", "F1 text 隐藏列", "A2 text 包场镇", "B2 text 东村", "C2 number 45", "D2 number 12.5", "B3 text 西村",
    "C3 number 50", "D3 error #DIV/0!", "A4 percent 80%", "B4 text 1,015", "A5 number 33 [struck]", "B5 number 34 [red]",
    "C5 text 完成1012户 [part_struck]", "D5 text 12²", "A6 text 隐藏行", "A7 number 7", "B7 text 两行\n文字",
]  # fmt: skip


@pytest.mark.parametrize("target", ["ods", "xls"])
def test_a_workbook_of_libreoffice_is_seen_as_a_clerk_sees_it(office: Callable[..., bytes], target: str) -> None:
    book = reading.read(office("book.xlsx", target))
    assert (book.format, [(sheet.name, sheet.hidden) for sheet in book.sheets]) == (
        target,
        [("周报", False), ("旧表", True)],
    )
    sheet = book.sheets[0]
    formulas = {"C3": " =C2+5", "D3": " =1/0"} if target == "ods" else {}
    assert cells(sheet) == [line + formulas.get(line.partition(" ")[0], "") for line in SEEN]
    assert sorted(sheet.merges) == [(1, 1, 1, 4), (2, 1, 3, 1)]
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.notes) == ({6}, {6}, {(7, 1): "已核实12"})


def test_a_page_of_libreoffice_keeps_comments_apart(office: Callable[..., bytes]) -> None:
    book = reading.read(office("book.xlsx", "html"))
    seen = cells(book.sheets[0])
    assert (book.format, book.sheets[0].merges) == ("html", [(1, 1, 1, 4), (2, 1, 3, 1)])
    assert {"A5 text 33 [struck]", "B5 text 34 [red]", "D3 text #DIV/0!"} <= set(seen)
    assert "A6 text 7" in seen, "the comment on it is no part of it; LibreOffice leaves out the hidden row"


PAGE = """\
<html><head><meta charset="utf-8"></head><body><p>填报单位：包场镇</p><table border=1><tr><td colspan=3>汇总表</td></tr>
<tr><td rowspan=2>包场镇</td><td>东村</td><td>45</td></tr><tr><td>西村</td><td><s>12</s>13</td></tr>
<tr><td>注</td><td>12<sup>2</sup></td><td><p>两</p><p>行</p></td></tr></table><p>后</p>
<table><tr><td>第二</td></tr></table></body></html>"""


def test_a_word_document_of_libreoffice(office: Callable[..., bytes]) -> None:
    book = reading.read(office("page.html", "docx:MS Word 2007 XML", "--infilter=HTML (StarWriter)"))
    assert [(sheet.name, cells(sheet), sheet.merges) for sheet in book.sheets] == [
        ("正文", ["行1列1 text 填报单位：包场镇"], []),
        (
            "表格1",
            ["行1列1 text 汇总表", "行2列1 text 包场镇", "行2列2 text 东村", "行2列3 text 45", "行3列2 text 西村",
             "行3列3 text 1213 [part_struck]", "行4列1 text 注", "行4列2 text 12²", "行4列3 text 两\n行"],
            [(1, 1, 1, 3), (2, 1, 3, 1)],
        ),
        ("表格2", ["行1列1 text 第二"], []),
    ]  # fmt: skip


# ---- .xls ------------------------------------------------------------------------------------------------------


def test_a_formula_that_a_program_left_uncalculated_is_no_blank() -> None:
    book = xlwt.Workbook()
    book.add_sheet("表").write(0, 0, xlwt.Formula("2+3"))
    stream = io.BytesIO()
    book.save(stream)
    assert first(stream.getvalue()) == ["A1 uncalculated ="]


# ---- .ods ------------------------------------------------------------------------------------------------------

_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:'
    'text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:'
    'xmlns:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><office:automatic-styles><style:style style:name="s" '
    'style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '</office:automatic-styles><office:body><office:spreadsheet>{}<table:table table:name="表">{}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def ods(rows: str, before: str = "") -> bytes:
    return zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_DOT_xml=_ODS.format(before, rows))


def row(cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{cells}</table:table-row>"


def number(value: str, more: str = "", inside: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}" {more}>{inside}<text:p>{value}</text:p>'
        "</table:table-cell>"
    )


NOTE = "<office:annotation><dc:creator>张三</dc:creator><text:p>张三：</text:p><text:p>含上周3</text:p></office:annotation>"
BOX = "<draw:frame><draw:text-box><text:p>99</text:p></draw:text-box></draw:frame>"
BEFORE = "<table:tracked-changes><table:table-cell><text:p>旧</text:p></table:table-cell></table:tracked-changes>"


@pytest.mark.parametrize(
    ("rows", "seen"),
    [
        (row(number("12", inside=NOTE + BOX)), ["A1 number 12"]),
        (row('<table:table-cell table:formula="of:=SUM([.E4:.E6];[$二.A1])"/>'), ["A1 uncalculated =SUM(E4:E6,二!A1) =SUM(E4:E6,二!A1)"]),
        (row('<table:table-cell table:formula="of:=&quot;&quot;"><text:p/></table:table-cell>'), []),
        (row('<table:table-cell table:formula="of:=[.A9]" office:value-type="string"><text:p>#REF!</text:p></table:table-cell>'),
         ["A1 error #REF! =A9"]),
        (row(number("5"), 'table:number-rows-repeated="2"') + row(number("6", 'table:number-columns-repeated="2"')),
         ["A1 number 5", "A2 number 5", "A3 number 6", "B3 number 6"]),
        (row('<table:table-cell table:number-columns-repeated="2"/>' + number("7"), "") , ["C1 number 7"]),
        ('<table:table-column table:default-cell-style-name="s"/>' + row(number("8")), ["A1 number 8 [struck]"]),
        (row('<table:table-cell office:value-type="string"><text:p>两<text:s text:c="2"/>格</text:p><text:p>行</text:p></table:table-cell>'),
         ["A1 text 两  格\n行"]),
    ],
)  # fmt: skip
def test_cells_of_ods(rows: str, seen: list[str]) -> None:
    assert first(ods(rows, BEFORE)) == seen


def test_a_comment_of_ods_is_kept_without_its_author() -> None:
    assert reading.read(ods(row(number("12", inside=NOTE)))).sheets[0].notes == {(1, 1): "含上周3"}


def test_a_million_empty_rows_and_columns_of_ods_cost_nothing() -> None:
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    hidden = 'table:visibility="collapse" table:number-rows-repeated="1000000"'
    book = reading.read(ods(row(empty, hidden) + row(number("1"))))
    assert cells(book.sheets[0]) == ["A1000001 number 1"]
    assert "异常庞大" in refusal(ods(row(number("1", 'table:number-columns-repeated="16384"'), hidden)))


# ---- Word ------------------------------------------------------------------------------------------------------


def word(body: str) -> bytes:
    """The document of tests.messes, with another body."""

    def put(_: bytes) -> bytes:
        return (
            f'<w:document xmlns:w="{make._W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<w:body>{body}</w:body></w:document>"
        ).encode()

    return make.repacked(make.docx(FORM), {"word/document.xml": put})


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def table(*cells: str) -> str:
    return f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"


def p(content: str) -> str:
    return f"<w:p>{content}</w:p>"


_TRACKED = (
    "<w:del><w:r><w:delText>45</w:delText></w:r></w:del><w:moveFrom>"
    + run("9")
    + "</w:moveFrom><w:ins>"
    + run("46")
    + "</w:ins>"
)
_TEXT_BOX = "<w:r><w:pict><w:txbxContent>" + p(run("78")) + "</w:txbxContent></w:pict></w:r>"
_ALTERNATIVE = f"<mc:AlternateContent><mc:Choice>{_TEXT_BOX}</mc:Choice><mc:Fallback>{_TEXT_BOX}</mc:Fallback></mc:AlternateContent>"


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        (p(_TRACKED), "46"),
        (p(run("12", "<w:strike/>")), "12 [struck]"),
        (p(run("12", '<w:dstrike w:val="1"/>') + run("13")), "1213 [part_struck]"),
        (p(run("12", '<w:strike w:val="0"/>')), "12"),
        (p(run("12", "<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>")), "12"),
        (p("<w:pPr><w:rPr><w:strike/></w:rPr></w:pPr>" + run("12")), "12"),
        (p(run("12", '<w:color w:val="FF0000"/>')), "12 [red]"),
        (p(run("1") + run("9", "<w:vanish/>") + run("2")), "12"),
        (p(run("12") + run("2", '<w:vertAlign w:val="superscript"/>')), "12²"),
        (p(run("12") + _ALTERNATIVE), "12"),
        (p(run("12")) + table(p(run("34"))) + p(run("户")), "12\n户"),
    ],
)
def test_a_cell_of_word(cell: str, seen: str) -> None:
    assert first(word(table(cell))) == [f"行1列1 text {seen}"]


def test_a_table_in_a_cell_is_a_sheet_of_its_own() -> None:
    book = reading.read(word(p(run("说明")) + table(p(run("12")) + table(p(run("34"))), p(run("56"))) + p(run("后"))))
    assert [(sheet.name, cells(sheet)) for sheet in book.sheets] == [
        ("正文", ["行1列1 text 说明"]),
        ("表格1", ["行1列1 text 12", "行1列2 text 56"]),
        ("表格2", ["行1列1 text 34"]),
    ]


def test_rows_of_word_that_begin_further_right_and_lie_under_a_merged_cell() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(run(text))}</w:tc>"

    book = reading.read(
        word(
            "<w:tbl><w:tr>"
            + cell("镇", '<w:vMerge w:val="restart"/>')
            + cell("宽", '<w:gridSpan w:val="2"/>')
            + "</w:tr>"
            "<w:tr>" + cell("看不见", "<w:vMerge/>") + cell("乙") + cell("丙") + "</w:tr>"
            '<w:tr><w:trPr><w:gridBefore w:val="2"/><w:hidden/></w:trPr>' + cell("丁") + "</w:tr></w:tbl>"
        )
    )
    assert cells(book.sheets[0]) == [
        "行1列1 text 镇", "行1列2 text 宽", "行2列2 text 乙", "行2列3 text 丙", "行3列3 text 丁",
    ]  # fmt: skip
    assert (sorted(book.sheets[0].merges), book.sheets[0].hidden_rows) == ([(1, 1, 2, 1), (1, 2, 1, 3)], {3})


# ---- web pages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        ("<td><s>12</s></td>", ["A1 text 12 [struck]"]),
        ('<td>1<span style="text-decoration: line-through">2</span></td>', ["A1 text 12 [part_struck]"]),
        (
            '<style>.x1 {color:black;text-decoration:line-through}</style><td class="a x1">12</td>',
            ["A1 text 12 [struck]"],
        ),
        ('<td>12<span style="display: none">3</span></td>', ["A1 text 12"]),
        ("<td>12<sup>2</sup></td>", ["A1 text 12²"]),
        ('<td>45<a class=msocomanchor href="#_msocom_1">[1]</a></td>', ["A1 text 45"]),
        ('<td><input value="12"><input type=hidden value="9"></td>', ["A1 text 12"]),
        ("<td><select><option>11<option selected>12<option>13</select></td>", ["A1 text 12"]),
        ("<td><s>12<td>13<tr><td>14", ["A1 text 12 [struck]", "B1 text 13", "A2 text 14"]),
        ("<td>甲\r\n  乙<br>丙&nbsp;</td><td>&nbsp;</td>", ["A1 text 甲 乙\n丙"]),
        ("<td>12<script>var a = '<td>34</td>'</script><!-- <td>56</td> --></td>", ["A1 text 12"]),
        ("<td rowspan=9 colspan=2>甲<td>乙<tr><td>丙", ["A1 text 甲", "C1 text 乙", "C2 text 丙"]),
        ("<td>12<table><tr><td>34</table>户</td>", ["A1 text 12户"]),
    ],
)
def test_a_cell_of_a_page(cell: str, seen: list[str]) -> None:
    assert first(f"<html><table><tr>{cell}</table></html>".encode()) == seen


def test_hidden_rows_columns_and_tables_of_a_page() -> None:
    page = (
        '<table><col><col style="display:none"><tr><td>一<td>二</tr><tr style="display:none"><td>三</table>'
        '<table style="display:none"><tr><td>旧</table>'
    )
    shown, hidden = reading.read(page.encode()).sheets
    assert (cells(shown), shown.hidden_rows, shown.hidden_columns) == (
        ["A1 text 一", "B1 text 二", "A2 text 三"],
        {2},
        {2},
    )
    assert (hidden.hidden, cells(hidden)) == (True, ["A1 text 旧"])


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "gbk", "x-unknown"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_page_is_decoded_whatever_it_declares(declared: str, encoding: str) -> None:
    page = f'<html><meta charset="{declared}"><table><tr><td>东河村㐀</table>'
    assert first(page.encode(encoding)) == ["A1 text 东河村㐀"]


def test_a_saved_page_of_several_sheets() -> None:
    """Excel's 单个文件网页: the sheets are parts of their own, and so is what they look like."""
    part = '--B\r\nContent-Type: {}; charset="utf-8"\r\n\r\n{}\r\n'
    content = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n' + "".join(
        [
            part.format("text/html", "<html><frameset><frame src=1></frameset></html>"),
            part.format("text/html", "<table><tr><td class=xl1>12</table>"),
            part.format("text/html", "<table><tr><td>34"),
            part.format("text/css", ".xl1 {text-decoration:line-through}"),
            "--B--\r\n",
        ]
    )
    book = reading.read(content.encode())
    assert [(sheet.name, cells(sheet)) for sheet in book.sheets] == [
        ("表格1", ["A1 text 12 [struck]"]),
        ("表格2", ["A1 text 34"]),
    ]


# ---- XML 2003 --------------------------------------------------------------------------------------------------

XML = """\
<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:html="http://www.w3.org/TR/REC-html40">
<Styles><Style ss:ID="Default" ss:Name="Normal"><Font ss:Color="#000000"/></Style>
<Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style><Style ss:ID="s"><Font ss:StrikeThrough="1"/></Style></Styles>
<Worksheet ss:Name="周报"><Table><Column ss:Index="4" ss:Hidden="1" ss:Span="100"/><Column ss:Index="200" ss:StyleID="s"/>
<Row><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">东河村</Data></Cell><Cell ss:StyleID="p">\
<Data ss:Type="Number">0.8</Data></Cell><Cell><Data ss:Type="Error">#REF!</Data></Cell></Row>
<Row ss:Index="4" ss:Hidden="1"><Cell ss:Index="2" ss:Formula="=SUM(R[-2]C:R[-1]C)"/><Cell ss:StyleID="s" \
ss:Formula="=12+5"><Data ss:Type="Number">17</Data><Comment ss:Author="张三"><ss:Data xmlns="http://www.w3.org/TR/REC-html40">\
<B>张三:</B><Font>&#10;含上周3</Font></ss:Data></Comment></Cell><Cell><Data ss:Type="DateTime">2023-05-12T00:00:00.000</Data>\
</Cell><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">\
完成<S>10</S>12户</ss:Data></Cell><Cell ss:Index="200"><Data ss:Type="Number">3</Data></Cell></Row></Table></Worksheet>
<Worksheet ss:Name="旧表"><Table><Row><Cell><Data ss:Type="Number">99</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
</Workbook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "utf-16"])
def test_xml_of_excel_2003(encoding: str) -> None:
    book = reading.read(XML.format(encoding=encoding).encode(encoding))
    sheet, old = book.sheets
    assert (book.format, old.name, old.hidden, sheet.hidden) == ("xml", "旧表", True, False)
    assert cells(sheet) == [
        "A1 text 东河村", "C1 percent 80%", "D1 error #REF!", "B4 uncalculated =SUM(R[-2]C:R[-1]C) =SUM(R[-2]C:R[-1]C)",
        "C4 number 17 [struck] =12+5", "D4 date 2023-05-12", "E4 boolean TRUE", "F4 text 完成1012户 [part_struck]",
        "GR4 number 3 [struck]",
    ]  # fmt: skip
    assert (sheet.merges, sheet.notes) == ([(1, 1, 2, 2)], {(4, 3): "含上周3"})
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({4}, set(range(4, 105)))


# ---- CSV -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("东村,12,\"甲;乙;丙\"\n西村,3,\"丁;戊\"\n", ["A1 text 东村", "B1 text 12", "C1 text 甲;乙;丙", "A2 text 西村", "B2 text 3", "C2 text 丁;戊"]),
        ("东村\t\"1,015\"\n西村\t\"1,016\"\n", ["A1 text 东村", "B1 text 1,015", "A2 text 西村", "B2 text 1,016"]),
        ("东村;12,5\n西村;3\n", ["A1 text 东村", "B1 text 12,5", "A2 text 西村", "B2 text 3"]),
        ("\x1a", []),
    ],
)  # fmt: skip
def test_the_separator_is_the_one_of_most_lines(text: str, seen: list[str]) -> None:
    assert first(text.encode("gb18030")) == seen


@pytest.mark.parametrize(
    "content",
    [
        "东村,\ufffd\n".encode(),
        "东村,锟斤拷\n".encode(),
        "东河村,12\n".encode() + b"\xd5\xf2\xd5",
        "东村\x01,12\n".encode(),
        "东村,\x9c12\n".encode(),
        ("村,\ue000\ue001\ue002\n" * 9).encode(),
    ],
)
def test_mojibake_and_binary_signs_are_refused(content: bytes) -> None:
    assert refusal(content) == "编码无法识别，请用 .xlsx 上报"


def test_a_quotation_mark_that_never_closes_does_not_swallow_the_table() -> None:
    assert "已损坏" in refusal('东村,"12\n西村,3\n'.encode())


# ---- what is no table ------------------------------------------------------------------------------------------


def in_ole(*names: str) -> bytes:
    return make.compound({name: bytes(100) for name in names})


REFUSED = {
    "empty": (b"", "文件是空的（0 字节），可能没有传完，请重新发送"),
    "cut off": (make.xlsx(FORM)[:2000], "文件损坏或未传完，请重新发送"),
    "binary": (bytes(range(256)) * 9, "文件损坏或未传完，请重新发送"),
    "encrypted xlsx": (make.encrypted_xlsx(), "文件已加密无法打开，请取消密码后重报"),
    "encrypted xls": (make.encrypted_xls(FORM), "文件已加密无法打开，请取消密码后重报"),
    "encrypted ods": (
        zipped(
            mimetype="application/vnd.oasis.opendocument.spreadsheet", content_DOT_xml=b"\x07" * 99,
            **{"META-INF__manifest_DOT_xml": "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"},
        ),
        "文件已加密无法打开，请取消密码后重报",
    ),
    "doc": (make.old_word(), "暂不支持 .doc/.wps，请用下发的 Excel 模板填报"),
    "doc that names a workbook": (in_ole("WordDocument", "Data") + "Workbook".encode("utf-16-le"), "暂不支持 .doc/.wps，请用下发的 Excel 模板填报"),
    "rtf": (b"{\\rtf1 Workbook}", "暂不支持 .doc/.wps，请用下发的 Excel 模板填报"),
    "ole without a table": (in_ole("Something"), "文件损坏或不是表格，请用下发的 Excel 模板填报"),
    "pdf": (b"%PDF-1.7 xl/workbook.bin", "扫描件（PDF）只作留存依据，不能取数；请同时报送 Excel 版"),
    "ofd": (zipped(OFD_DOT_xml="<ofd/>"), "扫描件（OFD）只作留存依据，不能取数；请同时报送 Excel 版"),
    "picture": (make.picture("JPEG"), "图片不能取数，请报送 Excel 版"),
    "bitmap": (make.picture("BMP"), "图片不能取数，请报送 Excel 版"),
    "gzip": (b"\x1f\x8b\x08" + bytes(20), "暂不支持这种压缩包，请解压后直接报送 .xlsx"),
    "xml of something else": (b'<?xml version="1.0"?><data/>', "文件是 XML，不是表格，请用下发的 Excel 模板填报"),
    "slides": (zipped(**{"[Content_Types]_DOT_xml": "", "ppt__presentation_DOT_xml": ""}), "文件是幻灯片，不是表格，请用下发的 Excel 模板填报"),
    "text document": (zipped(mimetype="application/vnd.oasis.opendocument.text", content_DOT_xml=""), "文件是 OpenDocument 文档，不是表格，请用下发的 Excel 模板填报"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_table_is_refused_in_words(what: str) -> None:
    content, words = REFUSED[what]
    assert refusal(content) == words


def test_a_name_inside_a_file_does_not_make_its_format() -> None:
    """The names of members decide, not what the members say."""
    assert sniff(make.xlsx("word/document.xml|OFD.xml|xl/workbook.bin"), Budget()) == "xlsx"
    assert sniff(make.archive({"包场镇.xlsx": make.xlsx(FORM), "四甲镇.docx": make.docx(FORM)}), Budget()) == "zip"
    assert sniff("东村,WordDocument Workbook,12\n".encode(), Budget()) == "csv"


# ---- hostile files ---------------------------------------------------------------------------------------------

_LOTS = "<!DOCTYPE x [<!ENTITY a '" + "x" * 99 + "'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>"
HOSTILE = {
    "bomb in ods": zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_DOT_xml=bytes(30 << 20)),
    "bomb in docx": make.repacked(make.docx(FORM), {"word/document.xml": lambda _: b" " * (30 << 20)}),
    "entities in ods": zipped(
        mimetype="application/vnd.oasis.opendocument.spreadsheet", content_DOT_xml=_LOTS + _ODS.format("", "")
    ),
    "entities in docx": make.repacked(make.docx(FORM), {"word/document.xml": lambda part: _LOTS.encode() + part[55:]}),
    "entities in xml": XML.format(encoding="utf-8").replace("<Workbook", _LOTS + "<Workbook").encode(),
    "cells outside the grid": XML.format(encoding="utf-8").replace('Index="200"', 'Index="20000"').encode(),
    "tables in tables": b"<html>" + b"<table><tr><td>" * 10_000,
    "rows that reach down": b"<html><table>" + b"<tr>" + b"<td rowspan=60000 colspan=100>1" * 11_000,
    "table in a cell of ods": ods(row("<table:table-cell><table:table/></table:table-cell>")),
    "tables of word in tables": word("<w:tbl><w:tr><w:tc>" * 1000 + "</w:tc></w:tr></w:tbl>" * 1000),
    "many members": make.archive({str(number): b"" for number in range(3000)}),
    "long csv": b"1,1\n" * 200_000,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_are_refused(what: str) -> None:
    assert refusal(HOSTILE[what])


def test_deep_and_broken_markup_is_read() -> None:
    deep = b"<html><table><tr><td>" + b"<b><i></p></s>" * 20_000 + b"12</table>"
    assert first(deep) == ["A1 text 12"]


SEEDS = [
    make.xlsx(FORM), make.xls(FORM), make.docx(FORM), make.html(FORM), make.mhtml(FORM), ods(row(number("1"))),
    XML.format(encoding="utf-8").encode(), make.archive({"a.csv": b"1"}), make.seven_zip("a.csv", b"1"),
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SEEDS), st.integers(0, 1 << 16), st.binary(max_size=8), st.integers(0, 1 << 16))
def test_any_bytes_end_as_a_book_or_a_refusal(seed: bytes, at: int, noise: bytes, cut: int) -> None:
    at %= len(seed)
    changed = seed[:at] + noise + seed[at + len(noise) :]
    for content in (changed, changed[: cut % len(changed)], noise):
        try:
            book = reading.read(content)
        except Unreadable:
            continue
        assert isinstance(book, Book)
