"""Safe writing of .xlsx."""

import io
import re
import time

import openpyxl
import openpyxl.reader.strings
import pytest

from pipeline.products import packing, sheets
from pipeline.products.sheets import Workbook


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "#N/A", '=HYPERLINK("http://x")', "a\x07b", "x" * 40_000])
def test_text_stays_text(text: str) -> None:
    book = Workbook()
    sheets.put(book.active, 1, 1, text)
    cell = openpyxl.load_workbook(io.BytesIO(sheets.to_bytes(book, "示例", "示例局"))).active["A1"]
    assert cell.data_type == "s"
    assert cell.value == text.replace("\x07", "�")[:32_767]


def test_the_same_content_gives_the_same_bytes_at_any_time() -> None:
    made = []
    for _ in range(2):
        book = Workbook()
        sheets.put(book.active, 1, 1, "示例")
        made.append(sheets.to_bytes(book, "示例", "示例局"))
        time.sleep(1.1)  # the times in an .xlsx have seconds, those of its zip two
    assert made[0] == made[1]


def test_a_number_stays_a_number() -> None:
    book = Workbook()
    sheets.put(book.active, 1, 1, 0)
    assert openpyxl.load_workbook(io.BytesIO(sheets.to_bytes(book, "示例", "示例局"))).active["A1"].value == 0


def test_it_is_written_in_offices_dialect() -> None:
    """Relative targets, texts once in a list of their own, the list of contents first, nothing of the library's name."""
    book = Workbook()
    for row, text in enumerate(["区镇", "甲 & 乙", "甲 & 乙", " 空格 "], 1):
        sheets.put(book.active, row, 1, text)
    sheets.listing(book.active, "表", 1, 1, 3)
    parts = packing.parts(sheets.to_bytes(book, "示例", "示例局"))
    assert list(parts)[:2] == ["[Content_Types].xml", "_rels/.rels"]
    targets = {
        name: re.findall(r' Target="([^"]*)"', part.decode()) for name, part in parts.items() if name.endswith(".rels")
    }
    assert targets == {
        "_rels/.rels": ["xl/workbook.xml", "docProps/core.xml", "docProps/app.xml"],
        "xl/_rels/workbook.xml.rels": ["worksheets/sheet1.xml", "styles.xml", "theme/theme1.xml", "sharedStrings.xml"],
        "xl/worksheets/_rels/sheet1.xml.rels": ["../tables/table1.xml"],
    }
    texts = openpyxl.reader.strings.read_string_table(io.BytesIO(parts["xl/sharedStrings.xml"]))
    assert texts == ["区镇", "甲 & 乙", " 空格 "]
    assert b'count="4" uniqueCount="3"' in parts["xl/sharedStrings.xml"]
    assert re.findall(rb't="s"><v>(\d)</v>', parts["xl/worksheets/sheet1.xml"]) == [b"0", b"1", b"1", b"2"]
    assert b'PartName="/xl/sharedStrings.xml"' in parts["[Content_Types].xml"]
    assert all(part.startswith(b"<?xml") for part in parts.values())
    assert not any(b"openpyxl" in part.lower() for part in parts.values())


def test_no_text_is_an_empty_cell() -> None:
    book = Workbook()
    sheets.put(book.active, 1, 1, "")
    assert openpyxl.load_workbook(io.BytesIO(sheets.to_bytes(book, "示例", "示例局"))).active["A1"].value is None


def test_a_table_names_its_columns_as_excel_does_where_a_heading_breaks() -> None:
    """Otherwise Excel finds the workbook damaged."""
    book = Workbook()
    sheets.put(book.active, 1, 1, "新建\n目标（座）")
    sheets.put(book.active, 2, 1, 1)
    sheets.listing(book.active, "表", 1, 1, 1)
    table = packing.parts(sheets.to_bytes(book, "示例", "示例局"))["xl/tables/table1.xml"]
    assert 'name="新建_x000a_目标（座）"' in table.decode()
