"""Files of every format, made by real programs where there is one, and hostile ones: what a clerk sees in them."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

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
from pipeline.intake.reading.book import RAGGED
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
    formulas = {"C3": " =C2+5", "D3": " =1/0"}
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
        ("正文", ["行1列1 text 填报单位：包场镇", "行2列1 text 后"], []),
        (
            "表格1",
            ["行1列1 text 汇总表", "行2列1 text 包场镇", "行2列2 text 东村", "行2列3 text 45", "行3列2 text 西村",
             "行3列3 text 1213 [part_struck]", "行4列1 text 注", "行4列2 text 12²", "行4列3 text 两\n行"],
            [(1, 1, 1, 3), (2, 1, 3, 1)],
        ),
        ("表格2", ["行1列1 text 第二"], []),
    ]  # fmt: skip


# ---- words that lie over the cells -----------------------------------------------------------------------------


def boxes(book: Book) -> list[tuple[str, str, str]]:
    return [
        (note.rule.name, sheet.address(note.row, note.column) if note.row else "", note.raw)
        for sheet in book.sheets
        for note in sheet.remarks
    ]


@pytest.mark.parametrize("target", ["xlsx", "ods", "xls"])
def test_a_text_box_is_told_with_the_cell_that_it_lies_over(tmp_path: Path, target: str) -> None:
    content = make.with_text_box(make.xlsx(FORM), "东村更正为88座</a:t></a:r></a:p><a:p><a:r><a:t>请以此为准", 3, 3)
    if target != "xlsx":
        programs.skip_without(programs.LIBREOFFICE)
        (tmp_path / "form.xlsx").write_bytes(content)
        content = resaved(tmp_path / "form.xlsx", target, tmp_path).read_bytes()
    book = reading.read(content)
    assert book.format == target
    assert boxes(book) == [("text_box_ignored", "C3", "东村更正为88座 请以此为准")]
    assert book.sheets[0].cells[3, 3].raw == "45"


def test_what_a_shape_repeats_from_a_cell_or_hides_or_leaves_empty_is_not_told() -> None:
    form = make.xlsx(FORM)
    assert boxes(reading.read(make.with_text_box(form, "45", shape='textlink="$C$3"'))) == []
    assert boxes(reading.read(make.with_text_box(form, " "))) == []
    assert boxes(reading.read(make.with_text_box(form, "</broken"))) == []


# ---- .xls ------------------------------------------------------------------------------------------------------


def test_a_formula_that_a_program_left_uncalculated_is_no_blank() -> None:
    book = xlwt.Workbook()
    book.add_sheet("表").write(0, 0, xlwt.Formula("2+3"))
    stream = io.BytesIO()
    book.save(stream)
    assert first(stream.getvalue()) == ["A1 uncalculated =2+3 =2+3"]


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
            f'<w:document xmlns:w="{make._W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:w14="w14">'
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


_INLINE = '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"/></w:drawing>'
_ONE, _TWO = "<m:r><m:t>1</m:t></m:r>", "<m:r><m:t>2</m:t></m:r>"
_CHOICE = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="10"/><w:listEntry w:val="11"/></w:ddList>'


def field(instruction: str, result: str = "", form: str = "") -> str:
    """A field of Word; form: what a form field keeps."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{mark}">{{}}</w:fldChar></w:r>' for mark in ("begin", "separate", "end")]
    begin, separate, end = marks[0].format(f"<w:ffData>{form}</w:ffData>"), marks[1].format(""), marks[2].format("")
    told = instruction if "<" in instruction else f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
    return f"{begin}{told}{separate if result else ''}{result}{end}"


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


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
        (table(p(run("34"))) + p(""), "［嵌套表格］"),
        (p(run("1") + "<w:r><w:softHyphen/></w:r>" + run("2")), "12"),
        (p(run("1") + "<w:r><w:ptab/></w:r>" + run("2")), "1\t2"),
        (p(f'<w:hyperlink r:id="rId9" xmlns:r="r">{run("12")}</w:hyperlink>'), "12"),
        (p(f"<w:ruby><w:rt>{run('shi')}</w:rt><w:rubyBase>{run('12')}</w:rubyBase></w:ruby>"), "12"),
        (p(f"<w:moveTo>{run('12')}</w:moveTo>"), "12"),
        (p('<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>'), "［自动编号］"),
        (p('<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>' + run("12")), "12"),
        (p("<w:r><w:object/></w:r>"), "［对象］"),
        (p(f"<w:r>{_INLINE}</w:r>"), "［图片］"),
        (p(f"<w:r>{_INLINE}</w:r>" + run("12")), "12"),
        (p(_TEXT_BOX), "［文本框 78］"),
        # symbols
        (p('<w:r><w:sym w:font="Symbol" w:char="F031"/><w:sym w:font="Symbol" w:char="F032"/></w:r>'), "12"),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), "✓"),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F08C"/></w:r>'), "［符号］"),
        (p('<w:r><w:sym w:font="宋体" w:char="2460"/></w:r>'), "①"),
        (p('<w:r><w:sym w:font="Wingdings" w:char="D801"/></w:r>'), "［符号］"),
        (p(run("12", '<w:rFonts w:ascii="Wingdings"/>')), "［符号］［符号］"),
        (p(run("12", '<w:rFonts w:ascii="宋体"/>')), "12"),
        # fields
        (p(field("FORMDROPDOWN", form=_CHOICE)), "［下拉框 11］"),
        (p(field("FORMDROPDOWN", run("11"), _CHOICE)), "11"),
        (p(field("FORMDROPDOWN", run("10"), _CHOICE)), "10［下拉框 11］"),
        (p(field("FORMDROPDOWN", form='<w:ddList><w:listEntry w:val="10"/></w:ddList>')), "［下拉框 10］"),
        (p(field("FORMTEXT", run("12"))), "12"),
        (p(field("FORMCHECKBOX", form='<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>')), "☑"),
        (p(field("FORMCHECKBOX", form='<w:checkBox><w:default w:val="0"/></w:checkBox>')), "☐"),
        (p(field("=SUM(ABOVE)", run("12"))), "12"),
        (p(field("=SUM(ABOVE)")), "［域 =SUM(ABOVE)］"),
        (p(run("1") + field(r"EQ \\f(1,2)")), "1［域 EQ \\\\f(1,2)］"),
        (p(run("12") + field("XE 12")), "12"),
        (p(field("REF " + field("=1+2", run("3")), run("12"))), "12"),
        (p(f'<w:fldSimple w:instr="=SUM(ABOVE)">{run("12")}</w:fldSimple>'), "12"),
        (p('<w:fldSimple w:instr="=SUM(ABOVE)"/>'), "［域 =SUM(ABOVE)］"),
        # controls
        (p(control(run("12"))), "12"),
        (p(run("12") + control(run("选择一项。"), "<w:showingPlcHdr/>") + run("座")), "12座"),
        (p(control(run("12"), '<w:showingPlcHdr w:val="0"/>')), "12"),
        (p(control(run("☒"), "<w14:checkbox/>")), "☒"),
        (p(control(run("2023年6月2日"), '<w:date w:fullDate="2023-06-02"/>')), "2023年6月2日"),
        # equations
        (p(f"<m:oMath>{_ONE}{_TWO}</m:oMath>"), "12"),
        (
            p(f"<m:oMathPara><m:oMath><m:f><m:num>{_ONE}</m:num><m:den>{_TWO}</m:den></m:f></m:oMath></m:oMathPara>"),
            "［公式 1 2］",
        ),
        (p(run("9") + f"<m:oMath><m:sSup><m:e>{_ONE}</m:e><m:sup>{_TWO}</m:sup></m:sSup></m:oMath>"), "9［公式 1 2］"),
    ],
)
def test_a_cell_of_word(cell: str, seen: str) -> None:
    assert first(word(table(cell))) == [f"行1列1 text {seen}"]


@pytest.mark.parametrize(
    "cell",
    [
        p(control(run("单击或点击此处输入文字。"), "<w:showingPlcHdr/>")),
        p(control(f"<w:r>{_INLINE}</w:r>", "<w:showingPlcHdr/><w:picture/>")),
        p(field("FORMTEXT", run("\u2002\u2002\u2002"))),
        p('<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'),
        p("<w:del><w:r><w:delText>12</w:delText></w:r></w:del>"),
    ],
)
def test_a_cell_of_word_that_is_not_filled_in(cell: str) -> None:
    assert first(word(table(cell, p(run("村"))))) == ["行1列2 text 村"]


def test_a_control_around_cells_and_rows_of_word_changes_no_column() -> None:
    prompt = control("<w:tc>" + p(run("选择一项。")) + "</w:tc>", "<w:showingPlcHdr/>")
    rows = control(f"<w:tr>{prompt}<w:tc>{p(run('45'))}</w:tc></w:tr>")
    assert first(word(f"<w:tbl>{rows}</w:tbl>")) == ["行1列2 text 45"]


def test_a_row_of_word_that_a_tracked_change_took_away_is_none() -> None:
    gone = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>{p(run('45'))}</w:tc></w:tr>"
    kept = f"<w:tr><w:trPr><w:ins w:id='2'/></w:trPr><w:tc>{p(run('46'))}</w:tc></w:tr>"
    assert first(word(f"<w:tbl>{gone}{kept}</w:tbl>")) == ["行2列1 text 46"]


def test_a_field_of_word_that_never_ends_hides_no_other_cell() -> None:
    open_field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    assert first(word(p(open_field) + table(p(run("1") + open_field + run("2")), p(run("3"))))) == [
        "行1列1 text 1［域 PAGE］",
        "行1列2 text 3",
    ]


def test_text_boxes_of_word_are_told() -> None:
    book = reading.read(word(p(_TEXT_BOX.replace("78", "附件2")) + table(p(run("12") + _TEXT_BOX)) + p(_TEXT_BOX)))
    assert [sheet.name for sheet in book.sheets] == ["正文", "表格1"]
    assert [(note.row, note.column, note.raw) for note in book.sheets[1].remarks] == [
        (1, 1, "78"), (0, 0, "附件2"), (0, 0, "78"),
    ]  # fmt: skip


def test_comments_and_footnotes_of_word_are_notes_on_their_cells() -> None:
    marks = '<w:commentRangeStart w:id="4"/>{}<w:r><w:commentReference w:id="4"/></w:r>'
    body = table(p(marks.format(run("12"))), p(run("3") + '<w:r><w:footnoteReference w:id="2"/></w:r>'))
    space = f'xmlns:w="{make._W}"'
    comments = (
        f'<w:comments {space}><w:comment w:id="4" w:author="张三">{p(run("张三："))}{p(run("含上周漏报2座"))}'
        "</w:comment></w:comments>"
    )
    footnotes = f'<w:footnotes {space}><w:footnote w:id="2">{p(run("含在建"))}</w:footnote></w:footnotes>'
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="n{kind}" Type="{kinds}/{kind}" Target="{kind}.xml"/>' for kind in ("comments", "footnotes")
    )
    relations = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    )
    added = {
        "word/comments.xml": comments, "word/footnotes.xml": footnotes, "word/_rels/document.xml.rels": relations,
    }  # fmt: skip
    content = make.repacked(word(body), **{name: part.encode() for name, part in added.items()})
    (sheet,) = reading.read(content).sheets
    assert cells(sheet) == ["行1列1 text 12", "行1列2 text 3"]
    assert sheet.notes == {(1, 1): "含上周漏报2座", (1, 2): "含在建"}


def test_a_table_in_a_cell_is_a_sheet_of_its_own() -> None:
    book = reading.read(word(p(run("说明")) + table(p(run("12")) + table(p(run("34"))), p(run("56"))) + p(run("后"))))
    assert [(sheet.name, cells(sheet)) for sheet in book.sheets] == [
        ("正文", ["行1列1 text 说明", "行2列1 text 后"]),
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
        "A1 text 东河村", "C1 percent 80%", "D1 error #REF!", "B4 uncalculated =SUM(B2:B3) =SUM(B2:B3)",
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


HEADING = "区镇,村,目标新建,目标整改,完成新建,完成整改,备注\n"
OTHER = "包场镇,西村,165,0,35,0,\n"


def line(text: str, heading: str = HEADING, other: str = OTHER) -> str:
    """The first row under the heading, | between its cells; ! after what may be another column's."""
    sheet = reading.read((heading + text + "\n" + other).encode()).sheets[0]
    row = heading.count("\n") + 1
    found = sorted((column, cell) for (at, column), cell in sheet.cells.items() if at == row)
    return "|".join(cell.raw + ("!" if cell.type == RAGGED else "") for _, cell in found)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("包场镇,东村,1,420,180,91,38,", "包场镇|东村|1!|420!|180!|91!|38!"),
        ("包场镇,东村,1,420,180,91,38", "包场镇|东村|1!|420!|180!|91!|38!"),
        ("包场镇,东村,1,420,180,91,38,已整改", "包场镇|东村|1!|420!|180!|91!|38!|已整改!"),
        ("包场镇,东村,1,420,180,91,,", "包场镇|东村|1!|420!|180!|91!|（缺）!"),
        ('包场镇,东村, "1,420",180,91,未开工,好', '包场镇|东村|"1!|420"!|180!|91!|未开工!|好!'),
        ("包场镇,东村,一组,420,180,91,38,好", "包场镇|东村|一组!|420!|180!|91!|38!|好!"),
        ("包场镇,东村,420,180,91,38,,好", "包场镇|东村|420!|180!|91!|38!|（缺）!|好!"),
        ("包场镇,东村,420,91,38,", "包场镇|东村|420!|91!|38!|（缺）!|（缺）!"),
        ("包场镇,东村,420,180,91", "包场镇|东村|420!|180!|91!|（缺）!|（缺）!"),
    ],
)
def test_a_row_that_does_not_fit_the_heading_is_never_moved_into_it(text: str, seen: str) -> None:
    assert line(text) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("包场镇,东村,420,180,91,38", "包场镇|东村|420|180|91|38"),
        ("包场镇,东村,420,180,91,38,,", "包场镇|东村|420|180|91|38"),
        ("包场镇,东村,420,180,91,38,已整改,", "包场镇|东村|420|180|91|38|已整改"),
        ('包场镇,东村,"1,420",180,91,38,"已整改,好"', "包场镇|东村|1,420|180|91|38|已整改,好"),
        ('包场镇,东村,420,180,91,38,"已整改"5座', "包场镇|东村|420|180|91|38|已整改5座"),
        ('="包场镇","东村",="420",="180",="091",="38",="含""上周"""', '包场镇|东村|420|180|091|38|含"上周"'),
    ],
)
def test_a_row_that_fits_the_heading_is_read(text: str, seen: str) -> None:
    assert line(text) == seen


def test_a_comma_at_every_end_is_a_habit() -> None:
    assert line("包场镇,东村,5,120,5,38,,", other="包场镇,西村,165,0,35,0,,\n") == "包场镇|东村|5|120|5|38"


def test_a_remark_with_commas_is_put_together_and_told() -> None:
    content = f"{HEADING}包场镇,东村,420,180,91,38,已整改,未安装5座,待验收\n{OTHER}"
    sheet = reading.read(content.encode()).sheets[0]
    assert sheet.cells[2, 7].raw == "已整改,未安装5座,待验收"
    assert [(note.rule.name, note.row, note.column, note.raw) for note in sheet.remarks] == [
        ("comma_in_remark", 2, 7, "已整改,未安装5座,待验收")
    ]


def test_titles_and_signatures_may_be_of_any_length() -> None:
    above = "每周进展情况汇总表\n填报单位：包场镇,截至：6月2日,单位：座\n区镇,村,目标任务,,完成情况,,备注\n,,新建,整改,新建,整改\n"
    assert line("包场镇,东村,420,180,91,38", above) == "包场镇|东村|420|180|91|38"
    assert line("填报人：甲,审核人：乙", above) == "填报人：甲|审核人：乙"
    assert line("填报人：甲,审核人：乙,a,b,c,d,e,f,g", above) == "填报人：甲|审核人：乙|a|b|c|d|e|f|g"


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
    "pdf": (b"%PDF-1.7 xl/workbook.bin", "扫描件（PDF）只作留存依据，不能取数，请同时报送 Excel 版"),
    "ofd": (zipped(OFD_DOT_xml="<ofd/>"), "扫描件（OFD）只作留存依据，不能取数，请同时报送 Excel 版"),
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
