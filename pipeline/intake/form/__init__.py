"""The official form in any file: find it, read it as typed.

`read` turns files into forms (see `typed`: lines and entries as typed, each with its place) and findings (what could
not be read, and why). Nothing is interpreted here: names and figures are `cleaning`'s.
"""

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.intake import households, reading, upward, zero_reports
from pipeline.intake.form import block, choice, given_names, headings, members, prefilled, rows
from pipeline.intake.form.dates import Period
from pipeline.intake.form.grid import Grid, squeezed
from pipeline.intake.form.rows import Table
from pipeline.intake.names import Names
from pipeline.intake.privacy import mask, name_sheets
from pipeline.intake.reading.book import AROUND, Book, Sheet, Unreadable
from pipeline.intake.reading.folder import File
from pipeline.intake.typed import Form, ZeroReport
from pipeline.params import Programme
from pipeline.records import Place
from pipeline.rules import Finding, Said, finding, stated
from pipeline.rules.files import (
    DISOWNED_FORM,
    FILE_DATE_DIFFERS,
    HIDDEN_SHEET,
    HOUSEHOLD_LEDGER,
    NOT_THE_FORM,
    OTHER_WEEK,
    PICTURES_IGNORED,
    PROVISIONAL_FORM,
    UNUSUAL_FORMAT,
    WRONG_EXTENSION,
)

_EXTENSIONS = {
    "xlsx": (".xlsx", ".xlsm"), "xls": (".xls", ".et"), "xlsb": (".xlsb",), "ods": (".ods",), "csv": (".csv", ".txt"),
    "docx": (".docx",), "html": (".htm", ".html", ".mht", ".mhtml"), "xml": (".xml",),
}  # fmt: skip

_A_FEW_LINES = 6  # a message, no table
_MOST_SIGNS = 80  # of words that are only quoted


def read(
    files: Iterable[File], programme: Programme, closing: dt.date, ahead: int = 0
) -> tuple[list[Form], list[Finding]]:
    """forms, findings of the week's files; what office programs leave behind is passed over. ahead: see `Period`."""
    period = Period.of(programme, closing, ahead)
    forms: list[Form] = []
    findings: list[Finding] = []
    for file in files:
        if not (file.is_litter or file.is_excluded or file.withheld):
            form, doubts = _file(file, programme, period)
            forms += [form] if form else []
            findings += doubts
    return forms, findings


def _file(file: File, programme: Programme, period: Period) -> tuple[Form | None, list[Finding]]:
    try:
        if file.trouble:
            raise file.trouble
        book = name_sheets(reading.read(file.content, file.budget))
        if households.holds_ledger(book):
            return _beside_ledger(book, file, programme, period), [finding(HOUSEHOLD_LEDGER, Place(file=file.name))]
        form, doubts = _form(book, file.name, programme, period)
    except Unreadable as refusal:
        said = refusal.said
        return None, [stated(refusal.rule, Place(file=file.name), mask(said.words), ask=said.ask)]
    return form, [*_remarks(file, book, period), *map(_masked, doubts)]


def _beside_ledger(book: Book, file: File, programme: Programme, period: Period) -> Form | None:
    """The form in a book that is withheld for its ledger: whose it is, is all that is asked of it."""
    with contextlib.suppress(Unreadable):
        return _form(book, file.name, programme, period)[0]
    return None


def _masked(doubt: Finding) -> Finding:
    """Without personal data."""
    return replace(doubt, raw=mask(doubt.raw), words=mask(doubt.words))


def _form(book: Book, file: str, programme: Programme, period: Period) -> tuple[Form, list[Finding]]:
    """What the table that counts says, and doubts about it."""
    sent_up = members.read(book, file, programme, period)
    if sent_up:
        return sent_up
    visible = upward.seen(book)
    tables = choice.on(visible, file, period)
    if not tables:
        form = _without_heading(visible, book, file, programme)
        return form, _zero_report_of_another_week(form, period)
    table, doubts = choice.chosen(tables, choice.on(_hidden(book), file, period), period)
    _refuse_another(table, programme)
    shown = next(sheet for sheet in visible if sheet.name == table.sheet)
    doubts = [*doubts, *rows.doubts(table, shown, period)]
    form, further = _with_words_around(table.form, book, period)
    return prefilled.compared(book, form, [*doubts, *further], period)


def _with_words_around(form: Form, book: Book, period: Period) -> tuple[Form, list[Finding]]:
    """What stands in a document or a page before and after its tables is said of the form as what stands on its sheet."""
    around = next((sheet for sheet in book.sheets if book.format in ("docx", "html") and sheet.name == AROUND), None)
    if around is None:
        return form, []
    grid = Grid(around, form.file)
    lines = range(1, grid.last_row + 1)
    said = replace(
        form, headline=form.headline or block.headline(grid, lines),
        senders=(*form.senders, *block.senders(grid, lines)), notes=(*form.notes, *block.notes(grid, lines)),
    )  # fmt: skip
    return said, list(block.findings(grid, lines, (), period))


# ---- no heading ------------------------------------------------------------------------------------------------


def _without_heading(sheets: list[Sheet], book: Book, file: str, programme: Programme) -> Form:
    """P03: a sentence that there is no progress is a report. All else goes back, with the reason that fits."""
    grids = [grid for sheet in sheets if (grid := Grid(sheet, file)).cells]
    names = Names(programme)
    for grid in grids:
        sentence = "".join(squeezed(cell.raw) for _, cell in sorted(grid.cells.items()))
        villages = zero_reports.covered(sentence, names)
        if villages is not None:
            at = grid.place(*min(grid.cells))
            said = ZeroReport(file=file, sheet=grid.sheet.name, cell=at, raw=sentence, villages=villages)
            return Form(file=file, zero_report=said)
    raise Unreadable(str(_why_no_heading(grids, book, programme)), NOT_THE_FORM)


def _zero_report_of_another_week(form: Form, period: Period) -> list[Finding]:
    sentence = form.zero_report
    if not sentence or not period.is_other_time(sentence.raw):
        return []
    other = period.speaks_of_another(sentence.raw) or sentence.raw
    at = Place(file=form.file, sheet=sentence.sheet, cell=sentence.cell, raw=sentence.raw)
    return [finding(OTHER_WEEK, at, written=other, closing=period.label)]


def _why_no_heading(grids: list[Grid], book: Book, programme: Programme) -> Said:
    if not grids:
        return NOT_THE_FORM.say("empty")
    spoken = [cell.raw for grid in grids for cell in grid.cells.values()]
    if len(spoken) <= _A_FEW_LINES and any(map(zero_reports.speaks, spoken)):
        return NOT_THE_FORM.say("unclear_zero", **programme.words.terms)
    if any(headings.lacks_kinds(grid) for grid in grids):
        return NOT_THE_FORM.say("no_kinds")
    for grid in grids:
        title = block.title(grid, range(1, grid.last_row + 1))
        if title and block.is_another(title[2]):
            return NOT_THE_FORM.say("another", programme=programme.title, title=title[2])
    if book.format == "csv" and all(grid.last_column == 1 for grid in grids):
        return NOT_THE_FORM.say("prose")
    return NOT_THE_FORM.say(**programme.words.terms)


def _refuse_another(table: Table, programme: Programme) -> None:
    """F22: the columns fit, but the title says that it is another table."""
    headline = table.form.headline
    if headline and block.is_another(headline.raw):
        said = NOT_THE_FORM.say("another", programme=programme.title, title=headline.raw)
        raise Unreadable(str(said), NOT_THE_FORM)


# ---- the file itself -------------------------------------------------------------------------------------------


def _remarks(file: File, book: Book, period: Period) -> Iterator[Finding]:
    """Notes on a file that could be read."""
    path, at = PurePosixPath(file.name), Place(file=file.name)
    extension = path.suffix.lower()
    if extension not in _EXTENSIONS[book.format] and book.format != "html":
        yield finding(WRONG_EXTENSION, at)
    yield from _formats(file, book, extension)
    yield from _of_cells(book, at)
    if book.pictures:
        yield finding(PICTURES_IGNORED, at, count=book.pictures)
    yield from _of_name(path.stem, at, period)
    for sheet in _hidden(book):
        yield finding(HIDDEN_SHEET, replace(at, sheet=sheet.name), sheet=sheet.name)


def _hidden(book: Book) -> list[Sheet]:
    """The hidden sheets, but for the slips of our own."""
    hidden = (sheet for sheet in book.sheets if sheet.hidden)
    return [sheet for sheet in hidden if not (prefilled.slip_on(sheet) or upward.is_slip(sheet))]


def _of_name(stem: str, at: Place, period: Period) -> Iterator[Finding]:
    """What the file's name says of it: another week's, no report, a draft."""
    if other := given_names.other_time(stem, period):
        yield finding(FILE_DATE_DIFFERS, at, written=other, closing=period.label)
    if disowned := given_names.disowned(stem, period):
        yield finding(DISOWNED_FORM, at, "file", words=disowned, closing=period.label)
    elif draft := given_names.draft(stem):
        yield finding(PROVISIONAL_FORM, at, "file", words=draft)


def _of_cells(book: Book, at: Place) -> Iterator[Finding]:
    """What the reader has to say about visible sheets, its words without personal data and not too long."""
    for sheet in book.sheets:
        for rule, row, column, words in [] if sheet.hidden else sheet.remarks:
            cell = sheet.address(row, column) if row else ""
            yield finding(rule, replace(at, sheet=sheet.name, cell=cell, raw=_shortened(mask(words))))


def _shortened(words: str) -> str:
    return words if len(words) <= _MOST_SIGNS else f"{words[:_MOST_SIGNS]}…"


def _formats(file: File, book: Book, extension: str) -> Iterator[Finding]:
    at = Place(file=file.name)
    if file.remark:
        yield finding(UNUSUAL_FORMAT, at, remark=file.remark)
    if book.format in UNUSUAL_FORMAT.words:
        yield finding(UNUSUAL_FORMAT, at, book.format)
    if book.format == "xls" and extension == ".et":
        yield finding(UNUSUAL_FORMAT, at, "et")
    if book.macros:
        yield finding(UNUSUAL_FORMAT, at, "macros")
