"""Forms of 包场镇 as text, and the workbooks and documents that hold them."""

import subprocess
from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests import weeks
from tests.meant.cases import Build
from tests.messes import builders as make
from tests.weeks import HEADS

TITLE = weeks.TITLE.partition(" |")[0]
ONE_LINE = HEADS
HEADING = "区镇 | 整村推进村 | 目标任务 | < | 完成情况 | < | 备注\n^ | ^ | 新建 | 整改 | 新建 | 整改 | ^"
VILLAGE, OTHER = "包场镇 | 盐灶村 | 420 | 180", "包场镇 | 盐河村 | 165 | 0"  # what stands left of the figures
ROW, OTHER_ROW = f"{VILLAGE} | 45 | 24 | ", f"{OTHER} | 12 | 0 | "
BEGUN, OTHER_BEGUN = f"{VILLAGE} | 11 | 3 | ", f"{OTHER} | 5 | 0 | "  # the first week
TOTAL = "585 | 180 | 57 | 24 | "


def form(*lines: str, title: str = TITLE, above: Sequence[str] = (), below: Sequence[str] = ()) -> str:
    """A form of these lines, headings and rows."""
    return "\n".join([*filter(None, [title]), *above, *lines, *below])


def headed(*headings: str, **around: Any) -> str:
    """Other headings over the true rows."""
    return form(*headings, ROW, OTHER_ROW, **around)


def filled(*rows: str, **around: Any) -> str:
    """Other rows under the official headings, the true ones if none are given."""
    return form(HEADING, *(rows or (ROW, OTHER_ROW)), **around)


def old(**around: Any) -> str:
    """Figures near those of last week, in a form that is otherwise in order."""
    return filled(f"{VILLAGE} | 43 | 22 | ", f"{OTHER} | 11 | 0 | ", **around)


def beside(group: str, cells: str, other_cells: str, under: str = "新建 | 整改", width: int = 2) -> str:
    """One more group of columns right of 完成情况."""
    return form(
        f"区镇 | 整村推进村 | 目标任务 | < | 完成情况 | < | {band(group, width)} | 备注",
        f"^ | ^ | 新建 | 整改 | 新建 | 整改 | {under} | ^",
        f"{ROW}{cells} | ",
        f"{OTHER_ROW}{other_cells} | ",
    )


def in_front(group: str, cells: str = "43 | 22", other_cells: str = "11 | 0") -> str:
    """One more group of columns left of 完成情况."""
    return form(
        f"区镇 | 整村推进村 | 目标任务 | < | {group} | < | 完成情况 | < | 备注",
        "^ | ^ | 新建 | 整改 | 新建 | 整改 | 新建 | 整改 | ^",
        f"{VILLAGE} | {cells} | 45 | 24 | ",
        f"{OTHER} | {other_cells} | 12 | 0 | ",
    )


def alone(group: str, cells: str = "43 | 22", other_cells: str = "11 | 0") -> str:
    """The only group of columns beside the targets is this one."""
    return form(
        f"区镇 | 整村推进村 | 目标任务 | < | {group} | < | 备注",
        "^ | ^ | 新建 | 整改 | 新建 | 整改 | ^",
        f"{VILLAGE} | {cells} | ",
        f"{OTHER} | {other_cells} | ",
    )


# what stood in the forms of these weeks, for workbooks with a tab a week
THIS_WEEK = filled()
LAST = filled(f"{VILLAGE} | 40 | 20 | ", f"{OTHER} | 10 | 0 | ")
OLDER = filled(f"{VILLAGE} | 33 | 17 | ", f"{OTHER} | 8 | 0 | ")
EMPTY = filled(f"{VILLAGE} | | | ", f"{OTHER} | | | ")


Pair = tuple[Any, Any]  # 新建 and 整改
DONE: tuple[Pair, Pair] = ((45, 24), (12, 0))
DONE_LAST_WEEK: tuple[Pair, Pair] = ((40, 20), (10, 0))
DONE_FIRST_WEEK: tuple[Pair, Pair] = ((11, 3), (5, 0))
NOTHING: tuple[Pair, Pair] = (("", ""), ("", ""))
TOO_MANY: tuple[Pair, Pair] = ((60, 30), (20, 0))  # plausible, and not what was done
TOO_MANY_NEW: tuple[Pair, Pair] = ((60, 24), (12, 0))


def official(
    remark: str = "",
    other_remark: str = "",
    *,
    done: Sequence[Pair] = DONE,
    title: str = TITLE,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
    columns: Sequence[tuple[str, str, str]] = (),
) -> str:
    """The official form with these remarks, and further columns (heading, cell, other cell) after 备注.

    The title, and a line above or below unless it is parted by |, is merged over the table.
    """
    width = 7 + len(columns)
    head, under = HEADING.splitlines()
    (new, renovated), (other_new, other_renovated) = done
    return form(
        " | ".join([head, *(column[0] for column in columns)]),
        " | ".join([under, *("^" for _ in columns)]),
        " | ".join(map(str, (VILLAGE, new, renovated, remark, *(column[1] for column in columns)))),
        " | ".join(map(str, (OTHER, other_new, other_renovated, other_remark, *(column[2] for column in columns)))),
        title=band(title, width),
        above=[spread(words, width) for words in above],
        below=[spread(words, width) for words in below],
    )


def band(words: str, width: int) -> str:
    """Words in a cell that is merged over so many columns."""
    return words + " | <" * (width - 1)


def spread(line: str, width: int) -> str:
    """A line above or below a table: words merged over it, or cells as they are parted by |."""
    cells = [cell.strip() for cell in line.split("|")]
    if line == "." or len(cells) == 1:
        return line if line == "." else band(line, width)
    return " | ".join(cells + [""] * (width - len(cells)))


def tabs(named: Mapping[str, str], hidden: tuple[str, ...] = ()) -> Build:
    """A workbook with these tabs."""
    return partial(make.sheets, hidden, **named)


def open_documents(workbooks: Sequence[Build]) -> list[Build]:
    """The workbooks as LibreOffice saves them in .ods: it is started once, when the first of them is sent."""

    @cache
    def saved() -> list[bytes]:
        with TemporaryDirectory() as place:
            paths = [Path(place) / f"{number}.xlsx" for number in range(len(workbooks))]
            for path, workbook in zip(paths, workbooks, strict=True):
                path.write_bytes(workbook())
            command = ["soffice", f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to", "ods"]
            subprocess.run([*command, "--outdir", place, *paths], check=True, capture_output=True, timeout=120)
            return [path.with_suffix(".ods").read_bytes() for path in paths]

    return [partial(lambda number: saved()[number], number) for number in range(len(workbooks))]


def word(
    text: str = "",
    before: Sequence[str] = ("附件2",),
    after: Sequence[str] = (),
    swaps: Mapping[str, str] | None = None,
) -> Build:
    """A Word document: paragraphs, the form as a table (if there is one), paragraphs; swaps: XML in place of XML."""
    breaks = "</w:t></w:r></w:p><w:p><w:r><w:t>"

    def change(part: bytes) -> bytes:
        body = part.decode()
        if not text:
            body = body.partition("<w:tbl>")[0] + body.partition("</w:tbl>")[2]
        for was, now in (swaps or {}).items():
            assert body.count(was) == 1, f"{was} stands {body.count(was)} times in the document"
            body = body.replace(was, now)
        paragraphs = "".join(f"<w:p>{run(words)}</w:p>" for words in after)
        return body.replace("<w:p/></w:body>", f"{paragraphs}<w:p/></w:body>").encode()

    return lambda: make.repacked(make.docx(text or "x", breaks.join(before)), {"word/document.xml": change})


def run(words: str, properties: str = "") -> str:
    """A run of a Word paragraph."""
    return f"<w:r>{properties and f'<w:rPr>{properties}</w:rPr>'}<w:t>{words}</w:t></w:r>"
