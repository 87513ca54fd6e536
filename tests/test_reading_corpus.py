"""1,265 odd and broken workbooks of public projects: each ends as a book or a refusal, and says what another reader says."""

from collections import Counter
from pathlib import Path

import pytest

from pipeline.intake import reading
from pipeline.intake.reading import CELL_TEXT, ERROR, NUMBER, Book, Cell, Unreadable
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.isolation import Worker

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
COMPARED = ("xls", "xlsb", "ods")

# calamine reads these wrongly: one row too high; Chinese in BIFF5 runs as noise
NO_ORACLE = {"WrongFormulaRecordType.xls", "biff5-rich-text-string.xls"}

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")


@pytest.fixture(scope="module")
def books() -> dict[Path, Book]:
    """Every file that gives a book; all others are refused in words."""
    found = {}
    refused: Counter[str] = Counter()
    for path in sorted(CORPUS.rglob("*.*")):
        if path.is_file() and path.suffix not in (".md", ".tsv"):
            try:
                found[path] = reading.read(path.read_bytes())
            except Unreadable as refusal:
                refused[str(refusal)] += 1
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in reason) for reason in refused)
    return found


def test_every_file_ends_as_a_book_or_a_refusal(books: dict[Path, Book]) -> None:
    counts = Counter(book.format for book in books.values())
    assert counts["xlsx"] >= 620
    assert counts["xls"] >= 258
    assert counts["xlsb"] >= 250
    assert counts["ods"] >= 38


@pytest.mark.usefixtures("readers_of_the_tests")
def test_old_and_odd_formats_say_what_calamine_says(books: dict[Path, Book]) -> None:
    """Cell by cell. Explained: calamine gives errors as blanks or 0, shows no percent, and some dates as numbers."""
    readers = pytest.importorskip("tests.other_readers")
    worker = Worker(20.0, 2 << 30)
    equal: Counter[str] = Counter()
    different = []
    for path, book in books.items():
        if book.format in COMPARED and path.name not in NO_ORACLE:
            try:
                other = worker.run(readers.calamine, path.read_bytes(), Budget())
            except Unreadable:  # calamine cannot read it, or came to grief
                continue
            for place, ours, theirs in _pairs(book, other):
                if _agree(ours, theirs):
                    equal[book.format] += 1
                else:
                    different.append(f"{path.name} {place} {ours} {theirs}")
    worker.stop()
    assert different == []
    assert equal["xls"] > 36_900 and equal["xlsb"] > 94_000 and equal["ods"] > 5_200, equal


def _pairs(book: Book, other: Book) -> list[tuple[str, Cell | None, Cell | None]]:
    """Cells that either reader takes for ordinary texts and numbers; sheets of charts are none of ours."""
    named = {sheet.name: sheet for sheet in other.sheets}
    return [
        (f"{sheet.name}!{sheet.address(*place)}", ours, theirs)
        for sheet in book.sheets
        if sheet.name in named
        for place in {**sheet.cells, **named[sheet.name].cells}
        for ours, theirs in [(sheet.cells.get(place), named[sheet.name].cells.get(place))]
        if not (ours and ours.type not in (CELL_TEXT, NUMBER, ERROR))
    ]


_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _agree(ours: Cell | None, theirs: Cell | None) -> bool:
    """The same text; an error that calamine does not tell; a raised digit that it glues on; a span of time."""
    if ours and ours.type == ERROR:
        return theirs is None or theirs.raw == "0"
    if ours is None or theirs is None:
        return False
    return ours.raw.translate(_LOWERED) == theirs.raw.translate(_LOWERED) or theirs.type == "date"
