"""What a clerk sees in an .xlsx, fact by fact: workbooks written part by part, and by openpyxl and LibreOffice."""

import io
import time
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from pipeline.intake.reading import budget, xlsx
from pipeline.intake.reading.book import MOST_CELLS, Book, Sheet, Unreadable
from pipeline.intake.reading.budget import Budget
from tests.helpers import needs_libreoffice, resaved
from tests.messes.builders import repacked

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    LINKS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
SPACES = (
    f'xmlns="{MAIN}" xmlns:r="{LINKS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" '
    'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"'
)
Part = str | bytes


def read(content: bytes) -> Book:
    """A file that came alone."""
    return xlsx.read(content, Budget())


def rels(**targets: str) -> str:
    """rId1, rId2 … to targets, each of the kind it is named by (a number behind it is dropped)."""
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{LINKS}/{kind.rstrip("0123456789")}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'
    )


def sheet_of(rows: str, before: str = "", after: str = "") -> str:
    return f"<worksheet {SPACES}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


SHEET, LINK = '<sheet name="表" sheetId="1" r:id="rId1"/>', "xl/_rels/workbook.xml.rels"


def zipped(parts: dict[str, Part], packing: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook(
    sheet: Part, *, strings: str = "", styles: str = "", before: str = "", more: dict[str, Part] | None = None
) -> bytes:
    """A workbook of one sheet; `strings` and `styles` are what stands inside those parts, `more` adds or replaces."""
    targets = {"worksheet": "worksheets/sheet1.xml"}
    parts: dict[str, Part] = {
        "_rels/.rels": rels(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f"<workbook {SPACES}>{before}<sheets>{SHEET}</sheets></workbook>",
        "xl/worksheets/sheet1.xml": sheet,
    }
    if strings:
        targets["sharedStrings"] = "sharedStrings.xml"
        parts["xl/sharedStrings.xml"] = f"<sst {SPACES}>{strings}</sst>"
    if styles:
        targets["styles"] = "styles.xml"
        parts["xl/styles.xml"] = f"<styleSheet {SPACES}>{styles}</styleSheet>"
    return zipped({**parts, LINK: rels(**targets), **(more or {})})


def cells(sheet: Sheet) -> list[str]:
    """A1 text 汇总表, with [mark] and =formula where there are any."""
    return [
        f"{sheet.address(*place)} {cell.type} {cell.raw}"
        + (f" [{cell.mark}]" if cell.mark else "")
        + (f" ={cell.formula}" if cell.formula else "")
        for place, cell in sorted(sheet.cells.items())
    ]


def book_of(rows: str, **parts: Any) -> Book:
    return read(workbook(sheet_of(rows), **parts))


def seen(rows: str, **parts: Any) -> list[str]:
    return cells(book_of(rows, **parts).sheets[0])


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(content)
    return str(refused.value)


DAMAGED = "文件损坏或未传完，请重新发送"
TOO_LARGE = "文件内容异常庞大，不像本表，请用下发的 Excel 模板填报"

# ---- values ----------------------------------------------------------------------------------------------------


def test_every_type_of_value_is_what_it_says() -> None:
    assert seen(
        '<row r="1"><c r="A1"><v>12</v></c><c r="B1" t="n"><v>1.2E+02</v></c><c r="C1" t="s"><v>0</v></c>'
        '<c r="D1" t="str"><v>公式文字</v></c><c r="E1" t="inlineStr"><is><t>内嵌</t></is></c>'
        '<c r="F1" t="b"><v>1</v></c><c r="G1" t="b"><v>0</v></c><c r="H1" t="e"><v>#REF!</v></c>'
        '<c r="I1" t="d"><v>2023-05-05T00:00:00</v></c><c r="J1"/><c r="K1"><v></v></c><c r="L1"><v>29.6</v></c></row>',
        strings="<si><t>东河村</t></si>",
    ) == [
        "A1 number 12", "B1 number 120", "C1 text 东河村", "D1 text 公式文字", "E1 text 内嵌", "F1 boolean TRUE",
        "G1 boolean FALSE", "H1 error #REF!", "I1 date 2023-05-05", "L1 number 29.6",
    ]  # fmt: skip


def test_a_number_typed_as_text_stays_text() -> None:
    """An apostrophe before it (quotePrefix) or the text format make 0123 a text."""
    assert seen(
        '<row r="1"><c r="A1" t="s" s="0"><v>0</v></c></row>',
        strings="<si><t>0123</t></si>", styles='<cellXfs><xf numFmtId="49" quotePrefix="1"/></cellXfs>',
    ) == ["A1 text 0123"]  # fmt: skip


FORMATS = """
<numFmts><numFmt numFmtId="164" formatCode='yyyy"年"m"月"d"日"'/><numFmt numFmtId="165" formatCode='0"day"'/>
<numFmt numFmtId="166" formatCode='[Red]0.00;-0'/><numFmt numFmtId="167" formatCode='[h]:mm'/>
<numFmt numFmtId="168" formatCode="0.0%"/><numFmt numFmtId="169" formatCode='0"%"'/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="57"/><xf numFmtId="164"/><xf numFmtId="165"/>
<xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="9"/><xf numFmtId="168"/><xf numFmtId="169"/></cellXfs>"""


def styled(value: str, count: int = 10) -> str:
    listed = "".join(f'<c s="{style}"><v>{value}</v></c>' for style in range(count))
    return f'<row r="1">{listed}</row>'


def test_a_date_is_what_its_format_shows_as_one_the_chinese_built_in_ones_too() -> None:
    assert seen(styled("45051", 7), styles=FORMATS) == [
        "A1 number 45051", "B1 date 2023-05-05", "C1 date 2023-05-05", "D1 date 2023-05-05", "E1 shown 45051day",
        "F1 number 45051", "G1 date 2023-05-05",
    ]  # fmt: skip


def test_a_percentage_is_read_as_it_is_shown() -> None:
    assert seen(styled("0.8"), styles=FORMATS)[7:] == ["H1 percent 80%", "I1 percent 80%", "J1 shown 1%"]


def test_dates_of_a_mac_count_from_1904_and_extensions_have_no_say_in_it() -> None:
    rows = '<row r="1"><c s="1"><v>43589</v></c></row>'
    mac, other = '<workbookPr date1904="1"/>', '<x15:workbookPr date1904="1"/>'
    assert seen(rows, styles=FORMATS, before=mac) == ["A1 date 2023-05-05"]
    assert seen(rows, styles=FORMATS, before=other) == ["A1 date 2019-05-04"]


def test_signs_that_xml_cannot_hold_are_read_and_white_space_is_kept() -> None:
    assert seen(
        '<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>',
        strings="<si><t>甲_x000D_\n乙_x005F_x000D_</t></si><si><t xml:space='preserve'> 12 </t></si><si><t> 3</t></si>",
    ) == ["A1 text 甲\r\n乙_x000D_", "B1 text  12 ", "C1 text  3"]


def test_what_is_read_aloud_is_no_part_of_a_text() -> None:
    aloud = '<t>东</t><rPh sb="0" eb="1"><t>dong</t></rPh><phoneticPr fontId="1"/>'
    assert seen(
        f'<row r="1"><c t="s"><v>0</v></c><c t="inlineStr"><is>{aloud}</is></c></row>', strings=f"<si>{aloud}</si>"
    ) == ["A1 text 东", "B1 text 东"]


# ---- formulas --------------------------------------------------------------------------------------------------


def test_a_formula_is_known_beside_its_value() -> None:
    assert seen(
        '<row r="1"><c r="A1"><f>12+5</f><v>17</v></c><c r="B1" t="str"><f>A1&amp;"户"</f><v>17户</v></c>'
        '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D1"><f>[1]Sheet1!E5</f><v>3</v></c>'
        '<c r="E1" t="b"><f>TRUE()</f><v>1</v></c></row>'
    ) == [
        "A1 number 17 =12+5", 'B1 text 17户 =A1&"户"', "C1 error #DIV/0! =1/0", "D1 number 3 =[1]Sheet1!E5",
        "E1 boolean TRUE =TRUE()",
    ]  # fmt: skip


def test_a_copy_of_a_shared_formula_is_known_as_a_formula() -> None:
    assert seen(
        '<row r="1"><c r="A1"><f t="shared" ref="A1:C1" si="0">A2*2</f><v>4</v></c>'
        '<c r="B1"><f t="shared" si="0"/><v>6</v></c><c r="C1"><f t="shared" si="0"/></c></row>'
    ) == ["A1 number 4 =A2*2", "B1 number 6 =(shared)", "C1 uncalculated =(shared) =(shared)"]


@pytest.mark.parametrize(("type", "value"), [("n", ""), ("n", "<v/>"), ("n", "<v></v>"), ("str", "")])
def test_a_formula_without_a_value_is_uncalculated_and_no_blank(type: str, value: str) -> None:
    assert seen(f'<row r="1"><c r="A1" t="{type}"><f>SUM(B1:B9)</f>{value}</c></row>') == [
        "A1 uncalculated =SUM(B1:B9) =SUM(B1:B9)"
    ]


def test_a_formula_that_gives_an_empty_text_is_blank() -> None:
    assert seen(
        '<row r="1"><c r="A1" t="str"><f>IF(B1,1,"")</f><v></v></c><c r="B1" t="inlineStr"><f>A1</f><is><t/></is></c></row>'
    ) == ['A1 text  =IF(B1,1,"")', "B1 text  =A1"]


def test_a_picture_in_a_cell_is_blank_and_counted() -> None:
    book = book_of(
        '<row r="1"><c r="A1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'
        '<c r="B1" t="e"><f>DISPIMG("ID_2",1)</f><v>#NAME?</v></c></row>'
    )
    assert cells(book.sheets[0]) == ['A1 text  =_xlfn.DISPIMG("ID_1",1)', 'B1 text  =DISPIMG("ID_2",1)']
    assert book.pictures == 2


def test_pictures_and_macros_are_told_and_never_opened() -> None:
    more: dict[str, Part] = {"xl/media/image1.png": b"x", "xl/media/image2.jpeg": b"x", "xl/vbaProject.bin": b"x"}
    book = read(workbook(sheet_of(""), more=more))
    assert (book.pictures, book.macros) == (2, True)
    assert (book_of("").pictures, book_of("").macros) == (0, False)


# ---- marks -----------------------------------------------------------------------------------------------------

FONTS = """
<fonts><font><sz val="11"/></font><font><strike/></font><font><strike val="0"/></font><font><color rgb="FFFF0000"/></font>
<font><color indexed="10"/></font><font><color rgb="FFC00000"/></font><font><strike val="1"/><color rgb="FFFF0000"/></font></fonts>
<fills><fill><patternFill><fgColor rgb="FFFF0000"/></patternFill></fill></fills>
<borders><border><left><color rgb="FFFF0000"/></left></border></borders><cellStyleXfs><xf fontId="1"/></cellStyleXfs>
<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/><xf fontId="3"/><xf fontId="4"/><xf fontId="5"/><xf fontId="6"/></cellXfs>
<dxfs><dxf><font><strike/></font></dxf></dxfs>"""


def test_a_figure_in_a_struck_or_red_font_is_marked() -> None:
    assert seen(styled("8", 7), styles=FONTS) == [
        "A1 number 8", "B1 number 8 [struck]", "C1 number 8", "D1 number 8 [red]", "E1 number 8 [red]", "F1 number 8",
        "G1 number 8 [struck]",
    ]  # fmt: skip


def run(text: str, font: str | None) -> str:
    return f"<r>{'' if font is None else f'<rPr>{font}</rPr>'}<t>{text}</t></r>"


STRIKE, RED = "<b/><strike/>", '<color rgb="FFFF0000"/>'
TEXTS = {
    run("完成", None) + run("10", STRIKE) + run("12户", ""): ("完成1012户", "完成1012户 [part_struck]"),
    run("10", STRIKE) + run("户", STRIKE) + run(" ", ""): ("10户 ", "10户  [struck]"),
    run("10", '<strike val="0"/>') + run("户", ""): ("10户", "10户"),
    run("已改", "") + run("12", RED): ("已改12", "已改12 [red]"),
    run("12", "") + run("2", '<vertAlign val="superscript"/>'): ("12²", "12²"),
}


@pytest.mark.parametrize("text", list(TEXTS))
def test_a_text_in_several_fonts_shows_what_is_struck_and_what_is_red(text: str) -> None:
    expected = [f"A1 text {TEXTS[text][1]}", f"B1 text {TEXTS[text][1]}"]
    rows = f'<row r="1"><c t="s"><v>0</v></c><c t="inlineStr"><is>{text}</is></c></row>'
    assert seen(rows, strings=f"<si>{text}</si>") == expected


def test_a_run_without_a_font_has_that_of_its_cell_and_one_with_a_font_only_its_own() -> None:
    text = run("10", None) + run("12", "")
    rows = '<row r="1"><c t="s" s="0"><v>0</v></c><c t="s" s="1"><v>0</v></c></row>'
    assert seen(rows, strings=f"<si>{text}</si>", styles=FONTS) == ["A1 text 1012", "B1 text 1012 [part_struck]"]


# ---- places ----------------------------------------------------------------------------------------------------


def test_cells_and_rows_without_addresses_follow_one_another() -> None:
    assert seen("<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c r='D2'><v>3</v></c><c><v>4</v></c></row>") == [
        "A1 number 1", "C1 number 2", "D2 number 3", "E2 number 4",
    ]  # fmt: skip


def test_cells_may_stand_in_any_order() -> None:
    rows = '<row r="3"><c r="B3"><v>4</v></c><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
    assert seen(rows) == ["A1 number 1", "A3 number 3", "B3 number 4"]


def test_a_value_under_a_merged_range_is_kept() -> None:
    merges = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="D2:C1"/></mergeCells>'
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    (sheet,) = read(workbook(sheet_of(rows, after=merges))).sheets
    assert cells(sheet) == ["A1 number 1", "B1 number 2"]
    assert sheet.merges == [(1, 1, 2, 2), (1, 3, 2, 4)]


def test_hidden_rows_and_columns_are_known_as_far_as_there_are_cells() -> None:
    columns = (
        '<sheetFormatPr zeroHeight="1"/><cols><col min="1" max="1" width="9"/><col min="2" max="2" hidden="1"/>'
        '<col min="3" max="3" width="0"/><col min="5" max="16384" hidden="1"/></cols>'
    )
    rows = "".join(
        f'<row r="{row}" {how}><c r="A{row}"><v>1</v></c><c r="F{row}"><v>2</v></c></row>'
        for row, how in enumerate(["", 'hidden="1"', 'hidden="0"', 'ht="0" customHeight="1"'], 1)
    )
    (sheet,) = read(workbook(sheet_of(rows, columns))).sheets
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2, 4}, {2, 3, 5, 6})


def test_comments_are_notes_on_their_cells_without_author_and_advice() -> None:
    advice = "你的Excel版本可读取此线程批注。了解详细信息: https://go.microsoft.com/fwlink/?linkid=870924"
    said = (
        "<authors><author>镇办</author><author>tc={1}</author></authors><commentList>"
        '<comment ref="E4" authorId="0"><text><r><rPr><b/></rPr><t>镇办:</t></r><r><t>\n已核实，12户</t></r></text></comment>'
        f'<comment ref="F4" authorId="1"><text><t>[线程批注]\n\n{advice}\n\n注释:\n    漏报3户\n</t></text></comment>'
        '<comment ref="G4" authorId="0"><text><t>以12为准</t></text></comment>'
        '<comment ref="H4" authorId="0"><text><t>镇办:\n</t></text></comment></commentList>'
    )
    links = rels(legacyDrawing="../drawings/vml1.vml", comments="/xl/comments1.xml", comments2="../gone.xml")
    more: dict[str, Part] = {
        "xl/comments1.xml": f"<comments {SPACES}>{said}</comments>", "xl/worksheets/_rels/sheet1.xml.rels": links,
    }  # fmt: skip
    (sheet,) = read(workbook(sheet_of(""), more=more)).sheets
    assert sheet.notes == {(4, 5): "已核实，12户", (4, 6): "漏报3户", (4, 7): "以12为准"}


@pytest.mark.parametrize(
    ("comment", "seen"),
    [
        ("<t>漏报2座\n\t-张三丰</t>", "漏报2座"),
        ("<t>漏报2座\n\t-张三丰\n已核实\n\t-李四</t>", "漏报2座\n已核实"),
        ("<t>漏报2座\n-其中1座在建\n- 1座待建</t>", "漏报2座\n-其中1座在建\n- 1座待建"),
        ("<t>张三:\n漏报2座\n李四：\n已核实</t>", "漏报2座\n已核实"),
        ("<t>李四: 漏报2座，见张三：说明</t>", "漏报2座，见张三：说明"),
        ("<r><rPr><b/></rPr><t>Administrator:</t></r><r><t>\n漏报2座</t></r>", "漏报2座"),
        ("<r><t>漏报</t></r><r><rPr><b/></rPr><t>更正：</t></r><r><t>2座</t></r>", "漏报更正：2座"),
        ("<t>更正：\n88座</t>", "更正：\n88座"),
        ("<t>张三\n漏报2座</t>", "漏报2座"),
    ],
)
def test_the_names_of_those_who_wrote_a_comment_are_no_part_of_it(comment: str, seen: str) -> None:
    said = (
        "<authors><author>张三</author><author>李四</author><author></author></authors><commentList>"
        f'<comment ref="E4" authorId="2"><text>{comment}</text></comment></commentList>'
    )
    more: dict[str, Part] = {
        "xl/comments1.xml": f"<comments {SPACES}>{said}</comments>",
        "xl/worksheets/_rels/sheet1.xml.rels": rels(comments="/xl/comments1.xml"),
    }
    (sheet,) = read(workbook(sheet_of(""), more=more)).sheets
    assert sheet.notes == {(4, 5): seen}


# ---- sheets and parts ------------------------------------------------------------------------------------------

ONE = sheet_of('<row r="1"><c r="A1"><v>1</v></c></row>')


def test_hidden_sheets_are_known_and_charts_and_dialogs_are_none() -> None:
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}" {state}/>'
        for number, (name, state) in enumerate(
            [("本周", ""), ("图", ""), ("旧", 'state="hidden"'), ("藏", 'state="veryHidden"'), ("框", "")], 1
        )
    )
    links = rels(worksheet1="s1.xml", chartsheet="c.xml", worksheet2="s2.xml", worksheet3="s3.xml", dialogsheet="d.xml")
    more: dict[str, Part] = {
        "xl/workbook.xml": f"<workbook {SPACES}><sheets>{listed}</sheets></workbook>",
        LINK: links, "xl/s1.xml": ONE, "xl/s2.xml": ONE, "xl/s3.xml": ONE, "xl/c.xml": "<chartsheet/>", "xl/d.xml": "<d/>",
    }  # fmt: skip
    found = read(workbook(ONE, more=more)).sheets
    assert [(sheet.name, sheet.hidden) for sheet in found] == [("本周", False), ("旧", True), ("藏", True)]


def test_the_strict_dialect_says_the_same() -> None:
    more: dict[str, Part] = {}
    with zipfile.ZipFile(io.BytesIO(workbook(ONE, strings="<si><t>x</t></si>", styles=FONTS))) as source:
        for name in source.namelist():
            text = source.read(name).decode()
            for usual, strict in STRICT.items():
                text = text.replace(usual, strict)
            more[name] = text
    assert cells(read(zipped(more)).sheets[0]) == ["A1 number 1"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig"])
def test_parts_may_be_written_in_utf_16(encoding: str) -> None:
    text = sheet_of('<row r="1"><c r="A1" t="inlineStr"><is><t>东河村</t></is></c></row>')
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    assert cells(read(workbook(mark + text.encode(encoding))).sheets[0]) == ["A1 text 东河村"]


@pytest.mark.parametrize(
    "target",
    ["worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "../xl/./worksheets/sheet1.xml", "worksheets\\Sheet1.XML"],
)
def test_a_part_is_found_however_its_name_is_written(target: str) -> None:
    assert cells(read(workbook(ONE, more={LINK: rels(worksheet=target)})).sheets[0]) == ["A1 number 1"]


def test_names_with_backslashes_and_capitals_are_the_same_parts() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(ONE))) as source:
        parts: dict[str, Part] = {name.replace("/", "\\").upper(): source.read(name) for name in source.namelist()}
    assert cells(read(zipped(parts)).sheets[0]) == ["A1 number 1"]


def test_strings_and_styles_that_nothing_needs_may_be_missing() -> None:
    links = rels(worksheet="worksheets/sheet1.xml", styles="styles.xml", sharedStrings="sharedStrings.xml")
    assert cells(read(workbook(ONE, more={LINK: links})).sheets[0]) == ["A1 number 1"]


def test_extensions_and_choices_add_nothing() -> None:
    after = (
        "<extLst><ext><x14:conditionalFormattings><x14:cfRule><xm:f>9</xm:f><x14:c r='A9'><x14:v>9</x14:v></x14:c>"
        "</x14:cfRule></x14:conditionalFormattings></ext></extLst>"
    )
    rows = (
        '<row r="1"><mc:AlternateContent><mc:Choice Requires="x14"><c r="A1"><v>1</v></c></mc:Choice>'
        '<mc:Fallback><c r="A1"><v>2</v></c></mc:Fallback></mc:AlternateContent><c r="B1"><v>3</v></c></row>'
    )
    assert cells(read(workbook(sheet_of(rows, after=after))).sheets[0]) == ["A1 number 2", "B1 number 3"]


# ---- what may be read in two ways is damage --------------------------------------------------------------------

TWO_WAYS = {
    "two values in one place": '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
    "the same row twice": '<row r="1"><c><v>1</v></c></row><row r="1"><c><v>2</v></c></row>',
    "two values in one cell": '<row r="1"><c r="A1" t="inlineStr"><is><t>1</t></is><v>2</v></c></row>',
    "a cell in another row": '<row r="1"><c r="A2"><v>1</v></c></row>',
    "a string counted from the end": '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
    "a string that is not there": '<row r="1"><c r="A1" t="s"><v>1</v></c></row>',
    "digits of another width": '<row r="1"><c r="A1"><v>１２</v></c></row>',
    "a number in parts": '<row r="1"><c r="A1"><v>1_0</v></c></row>',
    "no number": '<row r="1"><c r="A1"><v>NaN</v></c></row>',
    "a number without end": '<row r="1"><c r="A1"><v>1e999</v></c></row>',
    "a truth of its own": '<row r="1"><c r="A1" t="b"><v>2</v></c></row>',
    "a type of its own": '<row r="1"><c r="A1" t="q"><v>2</v></c></row>',
    "a row outside the sheet": '<row r="1048577"><c><v>1</v></c></row>',
    "a column outside the sheet": '<row r="1"><c r="XFE1"><v>1</v></c></row>',
    "a small address": '<row r="1"><c r="a1"><v>1</v></c></row>',
    "broken markup": '<row r="1"><c r="A1"><v>1</c></row>',
}


@pytest.mark.parametrize("what", list(TWO_WAYS))
def test_what_may_be_read_in_two_ways_is_refused(what: str) -> None:
    content = workbook(sheet_of(TWO_WAYS[what]), strings="<si><t>甲</t></si>", styles=FONTS)
    assert refusal(content) == DAMAGED


def test_a_style_that_the_file_does_not_define_is_the_general_one() -> None:
    row = '<row r="1"><c s="99"><v>91</v></c><c s="-1"><v>38</v></c></row>'
    assert seen(row, styles=FONTS) == seen(row) == ["A1 number 91", "B1 number 38"]


def test_the_same_cell_twice_with_the_same_content_is_no_question() -> None:
    assert seen('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>1</v></c><c r="A1"/></row>') == ["A1 number 1"]


def test_a_value_beside_the_text_of_a_cell_is_shown_with_it_where_they_differ() -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><v>1.0</v><is><r><t>1.</t></r></is></c>{}</row>'
    same = '<c r="B1" t="inlineStr"><v>12</v><is><t>12</t></is></c>'
    assert seen(rows.format(same)) == ["A1 text 1.0 | 1.", "B1 text 12"]


def test_hidden_sheets_of_macros_that_have_no_part_are_none() -> None:
    listed = b'<sheet name="Module1" sheetId="9" state="veryHidden" r:id=""/></sheets>'
    content = workbook(ONE)
    with_macros = repacked(content, {"xl/workbook.xml": lambda part: part.replace(b"</sheets>", listed)})
    assert [sheet.name for sheet in read(with_macros).sheets] == [sheet.name for sheet in read(content).sheets]


def test_a_sheet_that_is_not_there_is_not_passed_over() -> None:
    assert refusal(workbook(ONE, more={LINK: rels(worksheet="worksheets/gone.xml")})) == DAMAGED


# ---- bounds ----------------------------------------------------------------------------------------------------


def bomb(size: int) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook(ONE))) as source:
        parts: dict[str, Part] = {name: source.read(name) for name in source.namelist()}
    return zipped({**parts, "xl/worksheets/sheet1.xml": sheet_of("") + " " * size}, zipfile.ZIP_DEFLATED)


def crowded() -> bytes:
    return zipped({str(number): "" for number in range(2_001)})


def encrypted() -> bytes:
    return workbook(ONE).replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


def twice() -> bytes:
    return workbook(ONE, more={"XL/Workbook.xml": "<x/>"})


def packed_otherwise() -> bytes:
    return zipped({"_rels/.rels": rels(officeDocument="xl/workbook.xml")}, zipfile.ZIP_LZMA)


EMPTY = "<row>" + '<c s="0"/>' * 7 + "</row>"
COLUMN = '<col min="1" max="16384" hidden="1"/>'
WIDE = "".join(f"<c r='{letter}1'><v>1</v></c>" for letter in ("A", "XFD"))
NINE = f"<row>{'<c><v>1</v></c>' * 9}</row>"
SHEETS = "".join(f'<sheet name="{number}" sheetId="1" r:id="rId1"/>' for number in range(51))
BOUNDS = {
    "a bomb of one part": (lambda: bomb(65 << 20), TOO_LARGE),
    "a part out of proportion": (lambda: bomb(8 << 20), TOO_LARGE),
    "more parts than a workbook has": (crowded, TOO_LARGE),
    "more cells than a form has": (lambda: workbook(sheet_of(NINE * 25_000)), TOO_LARGE),
    "more strings": (lambda: workbook(ONE, strings="<si><t>a</t></si>" * (MOST_CELLS + 1)), TOO_LARGE),
    "more styles than Excel keeps": (lambda: workbook(ONE, styles=f"<cellXfs>{'<xf/>' * 1_000_000}</cellXfs>"), TOO_LARGE),
    "more fonts": (lambda: workbook(ONE, styles=f"<fonts>{'<font/>' * 1_000_000}</fonts>"), TOO_LARGE),
    "hidden columns over and over": (lambda: workbook(sheet_of(WIDE, f"<cols>{COLUMN * 9_999}</cols>")), TOO_LARGE),
    "more merged ranges": (
        lambda: workbook(sheet_of("", after='<mergeCell ref="A1:XFD1048576"/>' * 10_001)),
        "合并单元格异常多，请用下发的 Excel 模板填报",
    ),
    "more sheets": (
        lambda: workbook(ONE, more={"xl/workbook.xml": f"<workbook {SPACES}><sheets>{SHEETS}</sheets></workbook>"}),
        "工作表多达 51 张，不像本表，请用下发的 Excel 模板填报",
    ),
    "a DTD": (
        lambda: workbook(f'<!DOCTYPE x [<!ENTITY a "aaaa">]>{ONE}'),
        "文件里含有不允许的内容（DTD），请用 WPS 或 Excel 打开后另存再报",
    ),
    "encrypted parts": (encrypted, "文件已加密无法打开，请取消密码后重报"),
    "two parts of one name": (twice, "文件里有重名的部分，可能被改动过，请用 WPS 或 Excel 打开后另存再报"),
    "a packing that Excel does not know": (packed_otherwise, DAMAGED),
}  # fmt: skip


@pytest.mark.parametrize("what", list(BOUNDS))
def test_a_hostile_file_is_refused_in_words_and_at_once(what: str) -> None:
    make, said = BOUNDS[what]
    content = make()
    start = time.process_time()
    assert refusal(content) == said
    assert time.process_time() - start < 5  # the largest that is read to its bound takes one, on a quiet machine


def test_parts_that_are_large_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each part alone would pass: four sheets of 40 kB where 100 kB are allowed."""
    monkeypatch.setattr(budget, "MOST_BYTES", 100_000)
    listed = "".join(f'<sheet name="{number}" sheetId="1" r:id="rId1"/>' for number in range(4))
    more: dict[str, Part] = {"xl/workbook.xml": f"<workbook {SPACES}><sheets>{listed}</sheets></workbook>"}
    assert refusal(workbook(sheet_of("") + " " * 40_000, more=more)) == TOO_LARGE


def test_empty_cells_with_formats_down_to_row_60000_cost_nothing() -> None:
    assert seen(f"{EMPTY * 60_000}<row><c><v>7</v></c></row>") == ["A60001 number 7"]


# ---- workbooks of real programs --------------------------------------------------------------------------------


def made() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["汇总表"], ["东河村", 30, "=B2+5"], ["0123", True, 0.8]):
        sheet.append(row)
    sheet["C3"].number_format = "0%"
    sheet["B2"].font = openpyxl.styles.Font(strike=True)
    sheet["A2"].comment = Comment("已核实", "镇办")
    sheet.merge_cells("A1:C1")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    return book


def test_a_workbook_of_openpyxl_is_read_whole() -> None:
    out = io.BytesIO()
    made().save(out)
    (sheet,) = read(out.getvalue()).sheets
    assert cells(sheet) == [
        "A1 text 汇总表", "A2 text 东河村", "B2 number 30 [struck]", "C2 uncalculated =B2+5 =B2+5", "A3 text 0123",
        "B3 boolean TRUE", "C3 percent 80%",
    ]  # fmt: skip
    assert (sheet.notes, sheet.merges) == ({(2, 1): "已核实"}, [(1, 1, 1, 3)])
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({3}, {2})


@needs_libreoffice
def test_a_workbook_that_libreoffice_saved_is_read_whole(tmp_path: Path) -> None:
    made().save(tmp_path / "甲.xlsx")
    (sheet,) = read(resaved(tmp_path / "甲.xlsx", "xlsx", tmp_path / "out").read_bytes()).sheets
    assert cells(sheet) == [
        "A1 text 汇总表", "A2 text 东河村", "B2 number 30 [struck]", "C2 number 35 =B2+5", "A3 text 0123",
        "B3 boolean TRUE =TRUE()", "C3 percent 80%",
    ]  # fmt: skip
    assert (sheet.notes, sheet.merges) == ({(2, 1): "已核实"}, [(1, 1, 1, 3)])
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({3}, {2})
