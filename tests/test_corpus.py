"""Odd and broken workbooks of public projects: our reader against two others, cell by cell; and files damaged at random.

The others run in a process of their own, since some of these files abort or hang them. Where they differ from us, a
table says why; any other difference fails.
"""

import datetime as dt
import io
import pickle
import random
import re
import signal
import subprocess
import sys
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.intake.reading.book import (
    BLANK,
    CELL_TEXT,
    DATE,
    ERROR,
    NOTHING,
    SHOWN,
    UNCALCULATED,
    Book,
    Cell,
    Unreadable,
)
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.sniff import sniff
from pipeline.intake.reading.xlsx import read

CHECKOUT = Path(__file__).resolve().parent.parent
CORPUS = CHECKOUT.parent / "shared" / "corpus"
SECONDS = 3.0  # of the processor for one file, in a reader that is not ours
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of foreign workbooks is not here")

Place = tuple[str, int, int]
Values = dict[Place, Any]


def workbooks() -> list[Path]:
    """Every file of the corpus that is an .xlsx or .xlsm by its content."""
    found = []
    for path in sorted(CORPUS.rglob("*")):
        if path.is_file():
            try:
                kind = sniff(path.read_bytes(), Budget())
            except Unreadable:
                continue
            if kind == "xlsx":
                found.append(path)
    return found


@pytest.fixture(scope="module")
def books() -> dict[str, Book | str]:
    """What we read in every file, or why not; anything but a book or a refusal fails here."""
    found: dict[str, Book | str] = {}
    for path in workbooks():
        content = path.read_bytes()
        start = time.process_time()
        try:
            found[name_of(path)] = read(content, Budget())
        except Unreadable as refusal:
            found[name_of(path)] = str(refusal)
        assert time.process_time() - start < 3, path
    return found


def name_of(path: Path) -> str:
    return path.relative_to(CORPUS).as_posix()


# ---- the other readers, in a process apart ---------------------------------------------------------------------


def by_calamine(path: Path) -> Values:
    import python_calamine  # noqa: PLC0415 - the tests run without it, and nothing else may load it

    book = python_calamine.load_workbook(io.BytesIO(path.read_bytes()))  # it believes the extension of a path
    return {
        (sheet.name, row, column): value
        for sheet in (book.get_sheet_by_name(name) for name in book.sheet_names)
        for row, values in enumerate(sheet.to_python(skip_empty_area=False), 1)
        for column, value in enumerate(values, 1)
        if value != ""
    }


def by_openpyxl(path: Path) -> Values:
    warnings.simplefilter("ignore")
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.row, cell.column): cell.value
        for sheet in book.worksheets
        for cells in sheet.iter_rows()
        for cell in cells
        if cell.value is not None
    }


OTHERS: dict[str, Callable[[Path], Values]] = {"calamine": by_calamine, "openpyxl": by_openpyxl}


def serve(other: str) -> None:
    """Read the files that standard input names, and write what was found of each; a file that takes too long ends it."""
    for line in sys.stdin:
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            answer: Values | None = OTHERS[other](CORPUS / line.rstrip("\n"))
        except BaseException:  # a Rust panic is no Exception
            answer = None
        pickle.dump(answer, sys.stdout.buffer)
        sys.stdout.flush()


def answers(other: str, names: list[str], folder: Path) -> dict[str, Values | None]:
    """name -> what the other reader found, None where it found nothing or broke down."""
    found: dict[str, Values | None] = {}
    while len(found) < len(names):
        left = names[len(found) :]
        with (folder / other).open("w+b") as file:
            command = [sys.executable, "-m", "tests.test_corpus", other]
            subprocess.run(
                command,
                input="\n".join(left).encode(),
                stdout=file,
                stderr=subprocess.DEVNULL,
                cwd=CHECKOUT,
                check=False,
            )
            file.seek(0)
            given = list(unpickled(file))
        found.update(zip(left, given, strict=False))
        if len(given) < len(left):
            found[left[len(given)]] = None
    return found


def unpickled(file: BinaryIO) -> Iterator[Values | None]:
    while True:
        try:
            yield pickle.load(file)
        except (EOFError, pickle.UnpicklingError):
            return


# ---- what may differ, and why ----------------------------------------------------------------------------------

Difference = Callable[[Cell, Any], bool]


def same(cell: Cell, value: Any) -> bool:
    """The same content in the other reader's way of saying it."""
    if cell.type in ("number", "percent"):
        ours = float(cell.raw) if cell.type == "number" else float(cell.raw[:-1]) / 100
        return type(value) in (int, float) and abs(ours - value) <= 1e-12 * abs(ours)
    if cell.type == "date":
        return isinstance(value, dt.time | dt.timedelta) or (
            isinstance(value, dt.date) and value.isoformat()[:10] == cell.raw[:10]
        )
    if cell.type == "boolean":
        return type(value) is bool and cell.raw == str(value).upper()
    return bool(cell.raw == (value or ""))


def bare(text: Any) -> str:
    """A text without white space, control characters and their escapes."""
    return "".join(sign for sign in ESCAPED.sub("", str(text or "")) if sign.isprintable() and not sign.isspace())


def is_near(cell: Cell, value: Any) -> bool:
    """A day off."""
    if cell.type != DATE or not isinstance(value, dt.date):
        return False
    return abs(dt.date.fromisoformat(cell.raw).toordinal() - value.toordinal()) == 1


ESCAPED = re.compile("_x[0-9A-F]{4}_")
PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
IN_BOTH: dict[str, Difference] = {
    "they do not see what a format shows": lambda cell, value: cell.type == SHOWN and value is not None,
    "a formula without a value is blank to them": lambda cell, value: cell.type == UNCALCULATED and value is None,
    "a raised digit is glued to the figure by them": lambda cell, value: cell.raw.translate(PLAIN) == value,
    "29 February 1900, and a last second rounded up": is_near,
    "a date outside the calendar": lambda cell, value: (
        cell.type == DATE and (type(value) is float or value == "#VALUE!")
    ),
}
EXPLAINED: dict[str, dict[str, Difference]] = {
    "calamine": {
        **IN_BOTH,
        "an error is blank to it": lambda cell, value: cell.type == ERROR and value is None,
        "it trims every text and run": lambda cell, value: cell.type == CELL_TEXT and bare(cell.raw) == bare(value),
    },
    "openpyxl": {
        **IN_BOTH,
        "it knows fewer numbers of date formats": lambda cell, value: cell.type == DATE and type(value) in (int, float),
        "it leaves escapes as they are": lambda cell, value: cell.type == CELL_TEXT and bare(cell.raw) == bare(value),
        "a link without a text": lambda cell, value: cell.type == BLANK and str(value).startswith("mailto:"),
    },
}
# Files in which the other finds no sheet, or not one cell: Strict ones, UTF-16. It dies of others, or refuses them.
MOST_UNSEEN = {"calamine": 10, "openpyxl": 20}


@needs_corpus
def test_every_foreign_workbook_is_read_or_refused(books: dict[str, Book | str]) -> None:
    assert Counter("read" if isinstance(book, Book) else book for book in books.values()) == {
        "read": 634,
        "文件损坏或未传完，请重新发送": 15,
        "文件里含有不允许的内容（DTD），请用 WPS 或 Excel 打开后另存再报": 2,
        "文件里有重名的部分，可能被改动过，请用 WPS 或 Excel 打开后另存再报": 1,
        "文件内容异常庞大，不像本表，请用下发的 Excel 模板填报": 1,
        "工作表多达 10000 张，不像本表，请用下发的 Excel 模板填报": 1,
    }


@needs_corpus
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="nothing would stop a reader that hangs")
@pytest.mark.parametrize("other", list(OTHERS))
def test_ordinary_cells_are_the_same_in_other_readers(books: dict[str, Book | str], other: str, tmp_path: Path) -> None:
    if other == "calamine":
        pytest.importorskip("python_calamine")
    asked = {
        name: cells_of(book)
        for name, book in books.items()
        if isinstance(book, Book) and not (other == "openpyxl" and name.startswith("own/"))  # made to kill it
    }
    theirs = answers(other, list(asked), tmp_path)
    unseen = [name for name, cells in asked.items() if not theirs[name] and (theirs[name] is None or shows(cells))]
    assert len(unseen) <= MOST_UNSEEN[other], unseen
    told: Counter[str] = Counter()
    for name in asked.keys() - set(unseen):
        ours, values = asked[name], theirs[name] or {}
        told.update(verdict(other, name, place, ours.get(place, NOTHING), values.get(place)) for place in ours | values)
    assert told.keys() == {"same", *EXPLAINED[other]}
    assert told["same"] > 90_000


def shows(cells: dict[Place, Cell]) -> bool:
    """Whether there is anything that the others do not take for blank."""
    return any(cell.raw and cell.type not in (ERROR, UNCALCULATED) for cell in cells.values())


def cells_of(book: Book) -> dict[Place, Cell]:
    return {(sheet.name, *place): cell for sheet in book.sheets for place, cell in sheet.cells.items()}


def verdict(other: str, name: str, place: Place, cell: Cell, value: Any) -> str:
    """`same`, why it differs, or the difference itself."""
    if same(cell, value):
        return "same"
    reasons = (reason for reason, holds in EXPLAINED[other].items() if holds(cell, value))
    return next(reasons, f"{name} {place}: {cell} is not {value!r}")


# ---- damage ----------------------------------------------------------------------------------------------------

FORM = "汇总表|<|<|<\n区镇|村|完成|备注\n包场镇|东村|45|按计划\n^|西村|12|\n合计||57|"


def form() -> bytes:
    """The form with everything that hangs on other parts: a date, a percentage, strikes, runs, a comment."""

    from tests.messes import builders  # noqa: PLC0415 - the processes apart need not wait for what it imports

    def edit(sheet: Worksheet) -> None:
        sheet["E3"], sheet["E4"] = dt.date(2023, 5, 5), 0.8
        sheet["E4"].number_format = "0%"
        sheet["C3"].font = Font(strike=True)
        sheet["D4"] = CellRichText("完成", TextBlock(InlineFont(strike=True), "10"), "12户")
        sheet["C4"].comment = Comment("已核实", "镇办")

    return builders.xlsx(FORM, edit)


def test_a_byte_changed_anywhere_in_the_file_leaves_the_right_cells_or_none() -> None:
    chance, whole = random.Random(1), form()
    right, told = cells_of(read(whole, Budget())), Counter[str]()
    for _ in range(1_500):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        try:
            assert cells_of(read(bytes(damaged), Budget())) == right
            told["right"] += 1
        except Unreadable:
            told["refused"] += 1
    assert min(told["right"], told["refused"]) > 100


def test_a_file_cut_off_anywhere_is_refused() -> None:
    whole = form()
    for length in range(0, len(whole) - 1, 53):
        with pytest.raises(Unreadable):
            read(whole[:length], Budget())


@pytest.mark.parametrize("seed", range(4))
def test_parts_damaged_inside_a_sound_zip_end_as_a_book_or_a_refusal(seed: int) -> None:
    """No checksum tells of these: whatever the parts say, nothing but Unreadable is raised."""
    chance, told = random.Random(seed), Counter[str]()
    with zipfile.ZipFile(io.BytesIO(form())) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    for _ in range(250):
        name = chance.choice(list(parts))
        try:
            told[type(read(zipped({**parts, name: damaged(parts[name], chance)}), Budget())).__name__] += 1
        except Unreadable:
            told["refused"] += 1
    assert told["Book"] + told["refused"] == 250


def damaged(part: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, cut out or put in twice."""
    at, until = sorted(chance.randrange(len(part)) for _ in range(2))
    until = min(until, at + 40)
    noise = bytes(chance.choice(b'019-<>/"=& aZ_:\x00\xff') for _ in range(chance.randrange(4)))
    return part[:at] + chance.choice((noise, b"", part[at:until] * 2)) + part[until:]


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


if __name__ == "__main__":
    serve(sys.argv[1])
