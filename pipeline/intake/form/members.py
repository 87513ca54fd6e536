"""上报表 of an office below, read by the office above: the slip leads to the sheet, which is read as any form.

What the slip says beyond the figures is told: a draft, parts that are not of this week, another week, figures that do not
belong to the check code.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.intake import upward
from pipeline.intake.form import rows
from pipeline.intake.form.dates import Period
from pipeline.intake.form.grid import squeezed
from pipeline.intake.form.rows import Table
from pipeline.intake.names import Names, place_of
from pipeline.intake.reading.book import Book
from pipeline.intake.typed import Entry, Form
from pipeline.intake.upward import Below, Sum, Upward
from pipeline.params import Programme
from pipeline.printing import month_day
from pipeline.records import KINDS, Cell, Measure, Place, Role
from pipeline.rules import Finding, finding
from pipeline.rules.files import EXTRA_COLUMNS, OTHER_WEEK
from pipeline.rules.members import CODE_DIFFERS, DRAFT_SUBMISSION, OTHER_TIER, PARTS_NOT_OWN

_MEASURES = (Measure.TARGET, Measure.DONE)


def read(book: Book, file: str, programme: Programme, period: Period) -> tuple[Form, list[Finding]] | None:
    """form, doubts of the 上报表 of one of our members; None for a workbook that is none."""
    sent = upward.found(book)
    if sent is None:  # as of every form of a town
        return None
    names = Names(programme)
    town, table = names.town(place_of(sent.slip.office)), _table(book, file, sent, period)
    if not town or table is None:
        return None
    sheet = next(each for each in book.sheets if each.name == table.sheet)
    of_form = [doubt for doubt in rows.doubts(table, sheet, period) if doubt.rule not in (EXTRA_COLUMNS, OTHER_WEEK)]
    lines = [replace(line, others=()) for line in table.form.lines]  # 未采用 is told from the slip
    others = [line for line in lines if not names.village(town, line.village.raw)]
    sender = Cell(file=file, sheet=table.sheet, raw=place_of(sent.slip.office))
    form = replace(
        table.form, lines=tuple(line for line in lines if line not in others), senders=(sender,), notes=(), upward=sent
    )
    left_out = [finding(OTHER_TIER, Place(**_cell(line.village)), tier=line.village.raw) for line in others]
    return form, [*of_form, *left_out, *_of_slip(form, table.sheet, period), *_of_figures(form)]


def _table(book: Book, file: str, sent: Upward, period: Period) -> Table | None:
    """The table whose rows are the office's tiers, whatever its sheet is called now."""
    office = place_of(sent.slip.office)
    expected = {(office, upward.place_of(tier)) for tier, _ in sent.sums()}
    seen = (sheet for sheet in book.sheets if not sheet.hidden)
    for sheet in sorted(seen, key=lambda sheet: sheet.name != upward.SHEET):
        for table in rows.tables(sheet, file, period):
            lines = [line for line in table.form.lines if line.role is Role.IN_ROW]
            if expected == {(squeezed(line.town.raw), squeezed(line.village.raw)) for line in lines}:
                return table
    return None


def below(forms: Iterable[Form]) -> Below:
    """What the figures in the cells of every 上报表 are made of; any other form has none."""
    return {
        (form.file, entry.cell): form.upward.below(tier, entry.kind)
        for form in forms
        if form.upward
        for tier, entry in _entries(form)
        if entry.measure is Measure.DONE
    }


def _entries(form: Form) -> Iterator[tuple[str, Entry]]:
    """(tier, entry) of the targets and figures of each row."""
    for line in form.lines:
        tier = upward.tier_of(squeezed(line.village.raw))
        yield from ((tier, entry) for entry in line.entries if entry.measure in _MEASURES and entry.kind in KINDS)


def _of_slip(form: Form, sheet: str, period: Period) -> Iterator[Finding]:
    assert form.upward is not None
    slip, at = form.upward.slip, Place(file=form.file, sheet=sheet)
    if not 0 <= (slip.week - period.closing).days <= period.ahead:
        words = {"made": month_day(slip.week), "closing": period.label}
        yield finding(OTHER_WEEK, replace(at, raw=slip.week.isoformat()), "member", **words)
    if not form.upward.is_sealed:
        yield finding(CODE_DIFFERS, at, code=slip.check_code)
    if not slip.is_final:
        yield finding(DRAFT_SUBMISSION, at, revision=slip.revision)


def _of_figures(form: Form) -> Iterator[Finding]:
    """Cells that are not the sum of what the slip lists, and those of which a part is carried or lacking."""
    assert form.upward is not None
    sums = form.upward.sums()
    for tier, entry in _entries(form):
        known, at = sums.get((tier, entry.kind)), Place(**_cell(entry))
        if known is None:
            continue
        wanted = _wanted(known, entry.measure)
        if entry.raw.strip() != wanted:
            yield finding(CODE_DIFFERS, at, "cell", written=entry.raw, sum=wanted)
        elif entry.measure is Measure.DONE and known.done is not None and known.not_own:
            yield finding(PARTS_NOT_OWN, at, tier=tier, kind=entry.kind, parts=known.not_own)


def _wanted(known: Sum, measure: Measure) -> str:
    return str(known.target) if measure is Measure.TARGET else known.words


def _cell(entry: Cell) -> dict[str, str]:
    return {"file": entry.file, "sheet": entry.sheet, "cell": entry.cell, "raw": entry.raw}
