"""Small inputs after public bug reports: what a program shows for a cell, and what a formula gives; their neighbours.

A letter names the kind: n number formats, x formulas that were never calculated, t structured references, f fifteen
digits, y undefined styles.
"""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

import pytest
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from tests.messes import builders as make
from tests.messes.office import DAY
from tests.weeks import BEGUN, E3, FIRST, FORM, TRUTH, Desk, exact, safe, told, unused

# ---- n: what a number format shows --------------------------------------------------------------------------------

OTHER_WORDS = (
    *(
        '0"%"',
        "0\\%",
        '0"万"',
        '"约"0',
        '0"左右"',
        '0"百座"',
        '"已完成"',
        '0"（预计）"',
        '0"人"',
        '"不足"0',
        '0"多户"',
        "0,",
        '0"0"',
    ),
    *('"近"0', '0"/500"', '0"~50"', '[>0]0"万";0', '0"栋院"'),
)
HARMLESS = (
    '0"户"',
    '0"座"',
    "#,##0",
    "0;0;;@",
    "[DBNum1][$-804]General",
    '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    "0_ ",
    "0;[Red]-0",
)


def formatted(code: str) -> bytes:
    def put(sheet: Worksheet) -> None:
        sheet["E3"].number_format = code

    return make.xlsx(FORM, put)


def formatted_xls(code: str) -> bytes:
    book = make._xls_book(FORM.replace("| 45 |", "| |"), False)
    book.get_sheet(0).write(2, 4, 45, xlwt.easyxf(num_format_str=code))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods(before: str = "", after: str = "") -> bytes:
    """The form as .ods; 盐灶村's 45 is shown between these words."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{of}:1.0"'
        for name, of in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
            ("number", "datastyle"),
        )
    )
    words = [f"<number:text>{escape(text)}</number:text>" if text else "" for text in (before, after)]
    style = (
        f'<number:number-style style:name="N1">{words[0]}<number:number number:min-integer-digits="1"/>{words[1]}'
        '</number:number-style><style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
    )
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in make.grid(FORM).rows)
    rows = rows.replace(
        'office:value="45"><text:p>45',
        f'office:value="45" table:style-name="ce1"><text:p>{escape(before)}45{escape(after)}',
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        f'<office:automatic-styles>{style}</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Sheet1">'
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type={quoteattr(kind)}/></manifest:manifest>'
    )
    return make.archive(
        {"mimetype": kind.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()}
    )


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


@pytest.mark.parametrize("code", OTHER_WORDS)
def test_n_a_number_that_is_shown_as_something_else_goes_back(desk: Desk, code: str) -> None:
    assert unused(desk.send(formatted(code)), E3) == ""


@pytest.mark.parametrize("code", ['0"%"', '0"万"', '"约"0', '"已完成"', '0"人"'])
def test_n_in_an_old_workbook_too(desk: Desk, code: str) -> None:
    assert unused(desk.send(formatted_xls(code), "包场镇.xls"), E3) == ""


@pytest.mark.parametrize("before, after", [("", "%"), ("", "万"), ("约", ""), ("", "左右")])
def test_n_and_in_an_open_document(desk: Desk, before: str, after: str) -> None:
    assert unused(desk.send(ods(before, after), "包场镇.ods"), E3) == ""


@pytest.mark.parametrize("code", HARMLESS)
def test_n_what_is_shown_as_the_same_number_is_used(desk: Desk, code: str) -> None:
    assert exact(desk.send(formatted(code))) == ""


@pytest.mark.parametrize("after", ["", "户", "座"])
def test_n_in_an_open_document_as_well(desk: Desk, after: str) -> None:
    assert exact(desk.send(ods("", after), "包场镇.ods")) == ""


@pytest.mark.parametrize("code", [";;;", ";;", '""'])
def test_n_a_number_that_is_not_shown_is_told(desk: Desk, code: str) -> None:
    assert told(desk.send(formatted(code))) == ""


# ---- x, t: formulas -----------------------------------------------------------------------------------------------

NEVER = {
    "of two cells": {"E3": "=H3+I3", "H3": 7, "I3": 4},
    "of a range": {"E3": "=SUM(H3:I3)", "H3": 7, "I3": 4},
    "of numbers": {"E3": "=7+4"},
    "of numbers in brackets": {"E3": "=(7+4)"},
    "of another sheet": {"E3": "=SUM(台账!C2:C9)"},
    "of a search": {"E3": '=VLOOKUP(B3,台账!A:B,2,0)'},
    "of a count": {"E3": '=COUNTIF(H3:I3,"完成")'},
}  # fmt: skip


@pytest.mark.parametrize("what", NEVER)
@pytest.mark.parametrize("saved", [0, None])
def test_x_a_formula_that_no_program_has_calculated_is_worked_out_or_goes_back(
    desk: Desk, what: str, saved: int | None
) -> None:
    """openpyxl, like many a library, asks Excel to calculate when it opens the file."""
    content = make.xlsx(BEGUN, **NEVER[what])
    content = content if saved is None else make.cached(content, E3=saved)
    assert safe(desk.send(content, day=FIRST)) == ""


@pytest.mark.parametrize("saved", [10, 7, 4, 1])
def test_x_nor_is_a_saved_result_that_the_cells_do_not_give(desk: Desk, saved: int) -> None:
    content = make.cached(make.xlsx(BEGUN, E3="=H3+I3", H3=7, I3=4), E3=saved)
    assert safe(desk.send(content, day=FIRST)) == ""


@pytest.mark.parametrize("formula", ["H3+I3", "SUM(H3:I3)", "7+4"])
def test_x_an_old_workbook_of_a_program_that_does_not_calculate(desk: Desk, formula: str) -> None:
    """xlwt saves 0 as the result of every formula."""
    book = make._xls_book(BEGUN.replace("| 11 |", "| |"), False)
    sheet = book.get_sheet(0)
    sheet.write(2, 4, xlwt.Formula(formula))
    sheet.write(2, 7, 7)
    sheet.write(2, 8, 4)
    stream = io.BytesIO()
    book.save(stream)
    assert safe(desk.send(stream.getvalue(), "包场镇.xls", FIRST)) == ""


@pytest.mark.parametrize(
    "formula", ["SUM(表1[[#This Row],[一组]:[二组]])", "表1[[#This Row],[合计]]", "SUM(表1[@一组],表1[@二组])"]
)
def test_t_a_reference_to_a_table_of_the_same_workbook_is_no_external_link(desk: Desk, formula: str) -> None:
    out = desk.send(make.cached(make.xlsx(FORM, E3=f"={formula}"), E3=45))
    assert exact(out) == ""
    assert "external_link" not in out.rules


@pytest.mark.parametrize("formula", ["[1]台账!B2", "SUM([1]台账!B2:B9)", "'D:\\\\上报\\\\[台账.xlsx]台账'!B2"])
def test_t_one_to_another_workbook_is(desk: Desk, formula: str) -> None:
    assert "external_link" in desk.send(make.cached(make.xlsx(FORM, E3=f"={formula}"), E3=45)).rules


# ---- f: a number as Excel shows it ----------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [45.00000000000001, 44.99999999999999, 45.000000000000007])
def test_f_fifteen_digits_are_what_excel_shows(desk: Desk, value: float) -> None:
    assert exact(desk.send(make.xlsx(FORM, E3=value))) == ""


@pytest.mark.parametrize("value", [45.01, 45.00001, 44.5])
def test_f_and_more_than_that_is_no_whole_number(desk: Desk, value: float) -> None:
    assert unused(desk.send(make.xlsx(FORM, E3=value)), "盐灶村 新建") == ""


# ---- y: a style that is not there ------------------------------------------------------------------------------


@pytest.mark.parametrize("style", [1, 7, 4000])
@pytest.mark.parametrize("has_part", [True, False])
def test_y_a_style_that_the_file_does_not_define_is_no_style(desk: Desk, style: int, has_part: bool) -> None:
    content = make.repacked(
        make.xlsx(FORM),
        {"xl/worksheets/sheet1.xml": lambda part: part.replace(b'<c r="E3"', f'<c s="{style}" r="E3"'.encode())},
    )
    if not has_part:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            parts = {name: old.read(name) for name in old.namelist() if name != "xl/styles.xml"}
        for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            parts[name] = b"".join(
                piece for piece in parts[name].replace(b"/>", b"/>\0").split(b"\0") if b"styles" not in piece
            )
        content = make.archive(parts)
    assert exact(desk.send(content)) == ""


def test_the_form_itself_is_used_in_every_format(desk: Desk) -> None:
    for name, content in (
        ("x.xlsx", make.xlsx(FORM)),
        ("x.xls", make.xls(FORM)),
        ("x.docx", make.docx(FORM)),
        ("x.ods", ods()),
    ):
        assert exact(desk.send(content, f"包场镇{name}")) == ""
    assert TRUTH[DAY][E3] == 45
