"""What number formats make of a figure: the same in every kind of workbook."""

import io
import struct
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font, PatternFill

from pipeline.intake import reading
from pipeline.intake.reading import calculation, colours, formats, xls_formulas, xlsb_styles
from pipeline.intake.reading.book import CELL_TEXT, NUMBER, Cell, Sheet
from tests import programs
from tests.helpers import resaved


def shown(code: str, value: float = 91) -> str:
    """The cell as `number 91`, with its mark."""
    cell = formats.of_code(code).number(value)
    return f"{cell.type} {cell.raw}" + (f" [{cell.mark}]" if cell.mark else "")


# ---- what is the number itself ---------------------------------------------------------------------------------

ORDINARY = [
    "", "General", "0", "0.0", "0.00", "000", "#", "#,##0", "#,##0.00", "0_ ", "0_);[Red](0)", "# ##0", "??0", "@", "# ?/8",
    '0"户"', '0"座"', '#,##0"个"', "0\\户", '0 "座"', '0"（座）"', 'G/通用格式"户"', '[Red]0', "[红色]0;[蓝色]-0", "[颜色 3]0",
    "[DBNum1][$-804]General", "[DBNum2][$-804]0", "0;0;;@", "0;-0;", '0;-0;"-"', '0;-0;"无"', "# ?/?",
    '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "#,##0_);(#,##0)", "[>=100]#,##0;0", '[=1]"已完成";0',
]  # fmt: skip


@pytest.mark.parametrize("code", ORDINARY)
def test_an_ordinary_format_shows_the_number_and_a_unit_at_most(code: str) -> None:
    assert (shown(code), shown(code, 0), shown(code, 1234)) == ("number 91", "number 0", "number 1234")


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("0%", "percent 9100%"), ('0"%"', "shown 91%"), ("0\\%", "shown 91%"), ('0"‰"', "shown 91‰"),
        ('0"万"', "shown 91万"), ('0"万户"', "shown 91万户"), ('0"百座"', "shown 91百座"), ('0"人"', "shown 91人"),
        ('0"组"', "shown 91组"), ("0千", "shown 91千"), ('0"户/天"', "shown 91户/天"), ('0"元"', "shown 91元"),
        ('"约"0', "shown 约91"), ('0"左右"', "shown 91左右"), ('0"以上"', "shown 91以上"), ('"第"0', "shown 第91"),
        ('0"-10"', "shown 91-10"), ('0"/50"', "shown 91/50"), ('0"0"', "shown 910"), ('"1"0', "shown 191"),
        ("0-0", "shown 9-1"), ('0"."0', "shown 9.1"), ("0,", "shown 0"), ("0.0,", "shown 0.1"), ("0!.0,", "shown 0.0"),
        ('[=91]"已完成";0', "shown 已完成"), ('[>=90]"全部完成";[>0]"部分";0', "shown 全部完成"), ('"已完成"', "shown 已完成"),
        ("[>100]0", "shown ######"), ('[=1]"完成";0;"无"', "shown 无"), ("0E+00", "shown 9E+1"), ("0.00E+00", "number 91"), ("?/?", "shown 91/1"),
        ('"¥"#,##0', "shown ¥91"), ("[$¥-804]#,##0", "shown ¥91"), ("+0", "shown +91"), ("(0)", "shown (91)"),
        ("**0", "shown *91"), ("[unknown]0", "shown [unknown]91"), ('General"万"', "shown 91万"), ('@"万"', "shown 91万"),
        ('yyyy"年"m"月"', "date 1900-03-31"), ("[h]:mm", "date 1900-03-31"), ("aaaa", "date 1900-03-31"),
    ],
)  # fmt: skip
def test_what_reads_as_something_else_is_what_a_clerk_sees(code: str, what: str) -> None:
    assert shown(code) == what


@pytest.mark.parametrize("code", [";;;", "", '""', "[White]0", "[白色]0", "0.0;;", "[颜色2]0"])
def test_a_number_that_does_not_show_keeps_its_value_and_is_marked(code: str) -> None:
    is_seen = code in ("", "0.0;;")
    assert (shown(code), shown(code, 0)) == ("number 91" if is_seen else "number 91 [unseen]", "number 0")


@pytest.mark.parametrize("code", ["0", "0.0,", '0"户"', "#,##0", '0.0"座"'])
def test_a_number_that_is_shown_rounded_is_the_one_that_is_stored(code: str) -> None:
    assert shown("0" if "," in code else code, 90.6) == "number 90.6"  # W20


@pytest.mark.parametrize("value", [91.00000000000001, 90.99999999999999, 91.0])
@pytest.mark.parametrize("code", ["General", "0", '0"户"', "0.00"])
def test_a_number_has_fifteen_digits(value: float, code: str) -> None:
    assert shown(code, value) == "number 91"
    assert shown("General", 91.0000001) == "number 91.0000001"


def test_zero_may_be_a_blank_a_dash_or_a_word() -> None:
    assert shown('0;-0;"未开工"', 0) == "text 未开工"
    assert shown('0;-0;"10"', 0) == "shown 10"
    assert shown('0"%"', 0) == "shown 0%"


def test_a_negative_number_is_one_whatever_it_looks_like() -> None:
    assert [shown(code, -3) for code in ("0;0;;@", "(0)", '"约"0', "0_);(0)")] == ["number -3"] * 4


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("@", "text 91"), ("0;0;;@", "text 91"), ('@"户"', "text 91户"), ('@"万"', "shown 91万"), ('"约"@', "shown 约91"),
        ('@"0"', "shown 910"), (";;;", "text 91 [unseen]"), ('0;0;0;"见附表"', "shown 见附表"),
    ],
)  # fmt: skip
def test_a_format_has_a_section_for_texts(code: str, what: str) -> None:
    cell = formats.of_code(code).text(Cell("91", CELL_TEXT))
    assert f"{cell.type} {cell.raw}" + (f" [{cell.mark}]" if cell.mark else "") == what


@pytest.mark.parametrize(
    ("number", "what"),
    [(0, "number 91"), (1, "number 91"), (3, "number 91"), (9, "percent 9100%"), (14, "date 1900-03-31"), (31, "date 1900-03-31"),
     (38, "number 91"), (41, "number 91"), (43, "number 91"), (44, "shown ¥ 91.00"), (49, "number 91"), (57, "date 1900-03-31"),
     (163, "number 91"), (999, "number 91")],
)  # fmt: skip
def test_formats_are_known_by_number_and_an_undefined_one_is_the_general(number: int, what: str) -> None:
    cell = formats.of(number).number(91)
    assert f"{cell.type} {cell.raw}" == what


SIGNS = [*'0#?.,%/;@ym"\\_*[]-+()!万户座约1 ', "E+", "[=1]", "[Red]", "[$¥-804]", "General", "#,##0"]


@given(st.lists(st.sampled_from(SIGNS), max_size=14), st.floats())
def test_any_code_gives_a_cell_and_a_count_is_only_what_is_stored(signs: list[str], value: float) -> None:
    cell = formats.of_code("".join(signs)).number(value)
    assert cell.type != NUMBER or cell.raw == formats.GENERAL.number(value).raw


# ---- colours ---------------------------------------------------------------------------------------------------


def test_letters_of_the_colour_of_their_ground_are_not_seen() -> None:
    white = colours.named({"rgb": "FFFFFFFF"})
    assert white == colours.named({"indexed": "9"}) == colours.named({"theme": "0"}) == colours.WHITE
    assert colours.hides("FEFEFE", white)
    assert colours.hides("00FF00", "00FF00")
    assert not colours.hides("F0F0F0", white)
    assert not colours.hides("", "")
    assert not colours.hides("theme 4", "theme 5")


# ---- every kind of workbook ------------------------------------------------------------------------------------

CODES = ["General", '0"户"', "#,##0", "[DBNum1][$-804]General", "0;0;;@", '0"%"', '0"万"', '"约"0', "0,", ";;;",
         '[=91]"已完成";0', '"¥"#,##0', '0"-10"', "0%"]  # fmt: skip
SEEN = [
    "number 91", "number 91", "number 91", "number 91", "number 91", "shown 91%", "shown 91万", "shown 约91", "shown 0",
    "number 91 [unseen]", "shown 已完成", "shown ¥91", "shown 91-10", "percent 9100%", "number 91 [unseen]", "number 91",
    "number 91 [unseen]",
]  # fmt: skip


def workbook() -> bytes:
    """91 in every format, then white, white on blue, green on green."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row, code in enumerate(CODES, 1):
        sheet.cell(row, 1, 91).number_format = code
    for letters, ground in (("FFFFFFFF", ""), ("FFFFFFFF", "FF0000FF"), ("FF00FF00", "FF00FF00")):
        cell = sheet.cell(sheet.max_row + 1, 1, 91)
        cell.font = Font(color=letters)
        if ground:
            cell.fill = PatternFill("solid", fgColor=ground)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def column(content: bytes) -> list[str]:
    cells = reading.read(content).sheets[0].cells
    return [f"{cell.type} {cell.raw}" + (f" [{cell.mark}]" if cell.mark else "") for _, cell in sorted(cells.items())]


def test_a_workbook_shows_what_its_formats_say() -> None:
    assert column(workbook()) == SEEN


@pytest.mark.parametrize("target", ["xls", "ods", "xlsx"])
def test_libreoffice_hands_the_formats_on(target: str, tmp_path: Path) -> None:
    programs.skip_without(programs.LIBREOFFICE)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xlsx").write_bytes(workbook())
    assert column(resaved(tmp_path / "in" / "a.xlsx", target, tmp_path).read_bytes()) == SEEN


def test_xml_of_excel_2003_names_formats_in_words() -> None:
    named = {
        "a": '0"万"',
        "b": "Percent",
        "c": "Short Date",
        "d": "Currency",
        "e": "Standard",
        "f": ";;;",
        "g": "Yes/No",
    }
    styles = "".join(
        f'<Style ss:ID="{name}"><NumberFormat ss:Format="{code.replace(chr(34), "&quot;")}"/></Style>'
        for name, code in named.items()
    )
    styles += '<Style ss:ID="w"><Font ss:Color="#FFFFFF"/></Style>'
    styles += '<Style ss:ID="x" ss:Parent="w"><Interior ss:Color="#FF0000" ss:Pattern="Solid"/></Style>'
    cells = "".join(
        f'<Cell ss:StyleID="{name}"><Data ss:Type="Number">91</Data></Cell>' for name in ("s", *named, "w", "x")
    )
    text = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>{styles}</Styles>'
        f'<Worksheet ss:Name="表"><Table><Row>{cells}</Row></Table></Worksheet></Workbook>'
    )
    assert column(text.encode()) == [
        "number 91", "shown 91万", "percent 9100%", "date 1900-03-31", "shown ¥91.00", "number 91", "number 91 [unseen]",
        "shown Yes", "number 91 [unseen]", "number 91",
    ]  # fmt: skip


def test_xls_of_a_program_shows_its_formats() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for row, code in enumerate(('0"户"', '0"万"', ";;;")):
        sheet.write(row, 0, 91, xlwt.easyxf(num_format_str=code))
    sheet.write(3, 0, 91, xlwt.easyxf("font: colour white"))
    sheet.write(4, 0, 91, xlwt.easyxf("font: colour white; pattern: pattern solid, fore_colour blue"))
    stream = io.BytesIO()
    book.save(stream)
    assert column(stream.getvalue()) == [
        "number 91", "shown 91万", "number 91 [unseen]", "number 91 [unseen]", "number 91"
    ]  # fmt: skip


# ---- who works out formulas ------------------------------------------------------------------------------------


def sheets(*values: str) -> list[Sheet]:
    return [Sheet("表", cells={(1, place): Cell(raw, NUMBER, "X1") for place, raw in enumerate(values, 1)})]


@pytest.mark.parametrize(
    ("values", "application", "known", "is_calculated"),
    [
        (("0",), "Microsoft Excel", {"is_certain": True}, True),
        (("0",), "Microsoft Excel", {}, False),
        (("0", "7"), "Microsoft Excel", {}, True),
        (("0", "7"), "Microsoft Excel", {"asks": True}, False),
        (("0",), "LibreOffice/7.4.7.2", {}, True),
        (("0",), "WPS 表格", {}, True),
        (("0", "7"), "Microsoft Excel Compatible / Openpyxl 3.1.5", {}, False),
        (("0",), "", {}, False),
    ],
)
def test_a_stored_0_is_a_result_only_of_a_program_that_calculates(
    values: tuple[str, ...], application: str, known: dict[str, bool], is_calculated: bool
) -> None:
    told = sheets(*values)
    calculation.tell(told, application, **known)
    assert told[0].is_calculated is is_calculated


def workbook_of(write: Callable[[xlwt.Worksheet], object]) -> bytes:
    book = xlwt.Workbook()
    write(book.add_sheet("表"))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("written", "known"),
    [("E4+F4", "E4+F4"), ("7+4", "7+4"), ("SUM(E4:F5)", "SUM(E4:F5)"), ("SUM(E4:E5,H7)", "SUM(E4:E5,H7)"),
     ("E4*2-F4/3", "E4*2-F4/3"), ("(E4+F4)", "(E4+F4)"), ("70000+1", "70000+1"), ("IF(E4>1,2,3)", "(shared)"),
     ("MAX(E4,F4)", "(shared)")],
)  # fmt: skip
def test_sums_of_an_xls_are_written_out_and_other_formulas_are_known(written: str, known: str) -> None:
    content = workbook_of(lambda sheet: sheet.write(0, 0, xlwt.Formula(written)))
    assert reading.read(content).sheets[0].cells[1, 1].formula == known


def test_a_formula_that_is_cut_off_is_only_known_to_be_one() -> None:
    data = struct.pack("<HHH8sHIH", 0, 0, 0, bytes(8), 0, 0, 3) + b"\x44\x01\x00"
    stream = struct.pack("<HH", 0x85, 8) + struct.pack("<I", 16) + bytes(4)
    stream += struct.pack("<HH", 0x0A, 0) + struct.pack("<HH", 6, len(data)) + data
    assert xls_formulas.formulas(stream) == [{(1, 1): "(shared)"}]


# ---- .xlsb -----------------------------------------------------------------------------------------------------


def record(kind: int, data: bytes) -> bytes:
    """One record of a part of .xlsb."""
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return number + bytes([len(data)]) + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_styles(*xfs: tuple[int, int, int]) -> bytes:
    """Formats 200 (0"万") and 201 (;;;); a plain font and a white one; no fill, blue; (format, font, fill) of styles."""
    codes = b"".join(
        record(44, struct.pack("<H", 200 + place) + wide(code)) for place, code in enumerate(('0"万"', ";;;"))
    )
    fonts = b"".join(
        record(43, struct.pack("<4H4x", 220, 0, 400, 0) + bytes([kind, 0, 0, 0]) + bytes.fromhex(colour) + b"\xff")
        for kind, colour in ((0, "000000"), (5, "ffffff"))
    )
    fills = b"".join(
        record(45, struct.pack("<I", pattern) + bytes([5, 0, 0, 0]) + bytes.fromhex("0000ffff") + bytes(8))
        for pattern in (0, 1)
    )
    styles = b"".join(record(47, struct.pack("<5H", 0, *xf, 0)) for xf in xfs)
    return codes + fonts + fills + record(617, b"") + styles + record(618, b"")


def test_styles_of_xlsb_tell_formats_and_white_on_white() -> None:
    _, styles = xlsb_styles.styles(binary_styles((0, 0, 0), (200, 0, 0), (201, 0, 0), (0, 1, 0), (0, 1, 1), (9, 0, 0)))
    cells = [style.format.number(91, style.look) for style in styles]
    assert [f"{cell.type} {cell.raw}" + (f" [{cell.mark}]" if cell.mark else "") for cell in cells] == [
        "number 91", "shown 91万", "number 91 [unseen]", "number 91 [unseen]", "number 91", "percent 9100%",
    ]  # fmt: skip
