"""Safe writing of .xlsx."""

import io
import time

import openpyxl
import pytest

from pipeline.products import sheets
from pipeline.products.sheets import Workbook


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "#N/A", '=HYPERLINK("http://x")', "a\x07b", "x" * 40_000])
def test_text_stays_text(text: str) -> None:
    book = Workbook()
    sheets.put(book.active, 1, 1, text)
    cell = openpyxl.load_workbook(io.BytesIO(sheets.to_bytes(book))).active["A1"]
    assert cell.data_type == "s"
    assert cell.value == text.replace("\x07", "�")[:32_767]


def test_the_same_content_gives_the_same_bytes_at_any_time() -> None:
    made = []
    for _ in range(2):
        book = Workbook()
        sheets.put(book.active, 1, 1, "示例")
        made.append(sheets.to_bytes(book))
        time.sleep(1.1)  # the times in an .xlsx have seconds, those of its zip two
    assert made[0] == made[1]


def test_a_number_stays_a_number() -> None:
    book = Workbook()
    sheets.put(book.active, 1, 1, 0)
    assert openpyxl.load_workbook(io.BytesIO(sheets.to_bytes(book))).active["A1"].value == 0
