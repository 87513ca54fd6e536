"""处理单 as a person fills it: rows found by what they are about, answers chosen from the list of the row."""

from collections.abc import Callable
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.commands.deciding import decide
from tests.helpers import Office

SIGNED = {"理由": "电话核实", "经办人": "张三", "日期": "2023-04-07"}


class Paper:
    """One week's 处理单 on disc, as openpyxl opens it; `decide` is run first."""

    def __init__(self, office: Office, day: str, folder: str = "params") -> None:
        self.path = office.root / folder / f"{day} 处理单.xlsx"
        decide(office.root, day)

    def edited(self, change: Callable[[Worksheet], None]) -> "Paper":
        """Opened, changed, saved."""
        book = openpyxl.load_workbook(self.path)
        change(book.active)
        book.save(self.path)
        return self

    def rows(self) -> list[dict[str, Any]]:
        """What each row says, by its heading's first word; 选项: what it offers; 行: its row."""
        return listed(openpyxl.load_workbook(self.path).active)

    def answer(self, about: str, option: str, figure: Any = None, **signed: Any) -> "Paper":
        """Choose an option (by its beginning) in the one row about this, and sign it."""

        def fill(sheet: Worksheet) -> None:
            row = only_row(sheet, about)
            chosen = next((text for text in row["选项"] if text.startswith(option)), option)
            for name, value in {"处理": chosen, "采用数": figure, **SIGNED, **signed}.items():
                sheet.cell(row["行"], column(sheet, name)).value = value

        return self.edited(fill)


def column(sheet: Worksheet, heading: str) -> int:
    return next(cell.column for cell in sheet[3] if str(cell.value).split("　")[0] == heading)


def listed(sheet: Worksheet) -> list[dict[str, Any]]:
    head = [str(cell.value).split("　")[0] for cell in sheet[3]]
    rows = []
    for number in range(4, sheet.max_row + 1):
        said = dict(zip(head, (cell.value for cell in sheet[number]), strict=True))
        options = [text for name, text in said.items() if name.startswith("选项") and text]
        rows.append({**said, "选项": options, "行": number})
    return rows


def only_row(sheet: Worksheet, about: str) -> dict[str, Any]:
    """The row whose town, village, kind, file say this: 甲镇 东河村 新建."""
    rows = [row for row in listed(sheet) if about == named(row)]
    assert len(rows) == 1, (about, [named(row) for row in listed(sheet)])
    return rows[0]


def named(row: dict[str, Any]) -> str:
    return " ".join(str(row[name]) for name in ("区镇", "村", "类别") if row[name]) or str(row["文件"])
