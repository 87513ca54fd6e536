"""The rows of the form under its heading, each figure as typed, with its place; what stands under them is no row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.intake.form import asides, block, formulas, headings, labels
from pipeline.intake.form.columns import Heading
from pipeline.intake.form.dates import Period
from pipeline.intake.form.grid import Grid, squeezed
from pipeline.intake.reading import BLANK, SHARED, Sheet
from pipeline.intake.typed import NOWHERE, Entry, Form, Line
from pipeline.records import Cell, Place, Role
from pipeline.rules import Finding, finding
from pipeline.rules.figures import COMMENT_ADDED
from pipeline.rules.files import (
    COLUMN_CHOSEN,
    EXAMPLE_ROW,
    EXTRA_COLUMNS,
    HIDDEN_ROW,
    MISSPELT_HEADING,
    NOT_CUMULATIVE,
    UNCLEAR_HEADING,
    WRONG_UNIT,
)

_STEPS_A_LINE = 100  # with all that is made of it afterwards: names, figures, findings
_STEPS_A_SIGN = 2  # of what is written in it: each finding is looked through for personal data
_SENTENCE = re.compile(r"[\u4e00-\u9fff]{2}[：:]|截[至止]")
NO_VILLAGE = ("", "—", "-", "－", "/", "无")
_FOOT = re.compile(
    r"^(注|备注|说明|填报人|填表人|审核人|负责人|分管领导|联系电话|联系人|制表人?|复核人?|审核)\d*[（：]|^填报(人|日期|单位)|^.{0,20}（(盖章|公章)）"
)


@dataclass(frozen=True)
class Table:
    """One form on a sheet: where its heading stands, what is typed in it, doubts about it as a whole."""

    at: Place
    heading: Heading
    form: Form
    findings: tuple[Finding, ...] = ()

    @property
    def sheet(self) -> str:
        return self.at.sheet


def tables(sheet: Sheet, file: str, period: Period) -> list[Table]:
    """Every form on the sheet, in reading order; a heading repeated at a page break does not start a new one."""
    grid = Grid(sheet, file)
    bands = headings.find(grid, period)
    forms: list[Table] = []
    ends = [*(band.top for band in bands[1:]), grid.last_row + 1]
    for band, until in zip(bands, ends, strict=False):
        lines, examples, end = _lines(grid, band, until, period)
        if forms and band.columns == forms[-1].heading.columns and _continues(forms[-1].form, lines):
            whole = replace(forms[-1].form, lines=(*forms[-1].form.lines, *lines))
            forms[-1] = replace(forms[-1], form=whole)
            continue
        above = range(band.top, band.top) if forms else range(1, band.top)
        at = Place(file=file, sheet=sheet.name, cell=sheet.address(band.top, band.town or band.village))
        below = [row for row in grid.rows if band.bottom < row < until and (row >= end or _are_words(grid, row, band))]
        commented = block.commented(grid, range(above.start, band.bottom + 1), period)
        doubts = (*_examples(at, examples), *block.findings(grid, above, below, period), *commented)
        headline, senders = block.headline(grid, above), block.senders(grid, above)
        notes = (*block.notes(grid, above), *block.notes(grid, below))
        form = Form(file=file, lines=tuple(lines), headline=headline, senders=tuple(senders), notes=notes)
        forms.append(Table(at, band, form, doubts))
    return forms


def _continues(form: Form, lines: list[Line]) -> bool:
    """A page-break repeat goes on with other villages; a second block names the same ones again."""
    seen = {line.village.raw for line in form.lines if line.role is Role.IN_ROW}
    return not seen & {line.village.raw for line in lines if line.role is Role.IN_ROW}


def _lines(grid: Grid, heading: Heading, until: int, period: Period) -> tuple[list[Line], list[Line], int]:
    """The rows under a heading that report something, those that are an example of it, and the row where they end.

    A town written once holds until the next one or an empty line.
    """
    grid.sheet.work(len(grid.rows))
    lines: list[Line] = []
    examples: list[Line] = []
    town, before = NOWHERE, heading.bottom
    for row in grid.rows:
        if not heading.bottom < row < until:
            continue
        if is_foot(grid, row):
            return lines, examples, row
        is_banner = grid.is_banner(row, heading.village, heading.figures)
        if row != before + 1 or is_banner:
            town = NOWHERE
        if is_banner:
            continue
        before = row
        line = _line(grid, row, heading, town, period)
        if labels.is_example(_labels(line)):
            examples.append(line)
        elif not _is_beside(line, has_rows=bool(lines)):
            if line.role is Role.IN_ROW:  # 合计 in the town column holds for its own row only
                town = line.town
            if not _is_empty(line):
                lines.append(line)
    return lines, examples, until


def _line(grid: Grid, row: int, heading: Heading, above: Cell, period: Period) -> Line:
    """above: the town that holds unless this row names one."""
    grid.sheet.work(_STEPS_A_LINE)
    town = grid.found(row, heading.town) if heading.town else NOWHERE
    village = grid.found(row, heading.village)
    entries = [_entry(grid, row, column, heading) for column in heading.figures]
    beside = [column for column, _ in grid.words(row) if column not in heading.known]
    others = tuple(asides.found(grid, row, column, heading.extra.get(column, ""), period) for column in beside)
    remark = _remark(grid, row, heading)
    number = grid.word(row, heading.numbering) if heading.numbering else ""
    grid.sheet.work(_STEPS_A_SIGN * sum(len(cell.raw) for cell in (town, village, remark, *entries)))
    return Line(
        row=row, role=_role(village.raw, town.raw, [number, *(aside.raw for aside in others)]), town=town if squeezed(town.raw) else above,
        village=village, remark=remark, entries=tuple(entries), others=others,
    )  # fmt: skip


def _role(village: str, town: str, others: Sequence[str]) -> Role:
    """By its labels; in a column that is not the form's 合计 counts for one only where both are blank."""
    named = (village, town)
    return labels.role(named if squeezed("".join(named)) else others)


def _labels(line: Line) -> tuple[str, ...]:
    return line.town.raw, line.village.raw, *(aside.raw for aside in line.others)


def _are_codes(line: Line) -> bool:
    return labels.are_codes(_labels(line), [entry.raw for entry in line.entries])


def _is_beside(line: Line, *, has_rows: bool) -> bool:
    """Column codes above the first row, 完成率 below the last, a line of words: no village's, and no total."""
    if not has_rows and _are_codes(line):
        return True
    if not "".join(_own_labels(line)).strip() and _are_sentences(line):
        return True
    is_in_words = not any(sign.isdigit() for entry in line.entries for sign in entry.raw)
    return labels.is_summary(_own_labels(line)) or (is_in_words and labels.is_hint(_own_labels(line)))


def _are_sentences(line: Line) -> bool:
    """Whether all that stands in its figures are words with a colon: 填报日期：5月5日, under 完成情况."""
    written = [entry.raw for entry in line.entries if entry.raw.strip()]
    return bool(written) and all(_SENTENCE.search(text) for text in written)


def _own_labels(line: Line) -> tuple[str, str]:
    return line.town.raw, line.village.raw


def _is_empty(line: Line) -> bool:
    """A row that names nothing and holds nothing is no row of the form; nor is one of words that say how to fill it in."""
    if squeezed(line.village.raw) not in NO_VILLAGE:
        return False
    is_hint = not line.others and not any(sign.isdigit() for entry in line.entries for sign in entry.raw)
    return is_hint or all(entry.type == BLANK for entry in line.entries)


def _remark(grid: Grid, row: int, heading: Heading) -> Cell:
    """备注 with the comments of the row behind it, in its cell (without 备注 in that of the first comment)."""
    is_own = heading.remark and not grid.is_merged_with(row, heading.remark, heading.figures)
    written = grid.at(row, heading.remark).raw.strip() if is_own else ""
    at = grid.found(row, heading.remark, written) if written else NOWHERE
    notes = {place: text.strip() for place, text in grid.notes.get(row, {}).items()}
    if not notes:
        return at
    words = "；".join(filter(None, (written, *(f"批注：{text}" for text in notes.values()))))
    cell = at.cell or grid.sheet.address(*min(notes))
    return Cell(file=grid.file, sheet=grid.sheet.name, cell=cell, raw=words)


def _are_words(grid: Grid, row: int, heading: Heading) -> bool:
    """Whether a row holds words only, in no figure's cell or in one cell merged over them: （截至5月5日）."""
    if grid.is_banner(row, heading.village, heading.figures):
        return True
    written = [grid.word(row, column) for column in heading.figures]
    return all(not word or _SENTENCE.search(word) for word in written)


def is_foot(grid: Grid, row: int) -> bool:
    """注：… 填报人：… — what stands under the table is not part of it."""
    return bool(_FOOT.match(grid.first_word(row)))


def _entry(grid: Grid, row: int, column: int, heading: Heading) -> Entry:
    measure, kind = heading.figures[column]
    cell, computed = formulas.judged(grid.at(row, column), grid.sheet)
    return Entry(
        file=grid.file, sheet=grid.sheet.name, cell=grid.place(row, column), raw=cell.raw, measure=measure, kind=kind,
        type=SHARED if grid.is_shared(row, column, heading.figures) else cell.type,
        formula=cell.formula, mark=cell.mark, computed=computed, is_linked=formulas.is_linked(cell.formula),
    )  # fmt: skip


def _examples(at: Place, examples: list[Line]) -> Iterator[Finding]:
    for line in examples:
        yield finding(EXAMPLE_ROW, replace(at, cell=line.village.cell, raw=line.village.raw), row=line.row)


# ---- doubts about a table --------------------------------------------------------------------------------------


def doubts(table: Table, sheet: Sheet, period: Period) -> Iterator[Finding]:
    """What a person should know of how this table was read."""
    yield from table.findings
    heading, on_sheet = table.heading, Place(file=table.at.file, sheet=table.sheet)
    for cell, written, meant in heading.typos:
        yield finding(MISSPELT_HEADING, replace(on_sheet, cell=cell, raw=written), meant=meant)
    if heading.extra:
        yield finding(EXTRA_COLUMNS, on_sheet, columns="、".join(dict.fromkeys(heading.extra.values())))
    if heading.weekly:
        yield finding(NOT_CUMULATIVE, table.at, heading=heading.weekly, closing=period.label)
    yield from _unclear(table, period)
    yield from _hidden(table, sheet)
    yield from _comments(table, sheet)


def _unclear(table: Table, period: Period) -> Iterator[Finding]:
    """Which done columns were taken, and which were left; held where it is not certain that they are the right ones."""
    heading = table.heading
    if heading.unit:
        yield finding(WRONG_UNIT, table.at, written=heading.unit, unit=period.unit)
    elif heading.unclear:
        is_several = len(heading.unclear) > len(heading.chosen)
        words = {"heading": "、".join(heading.unclear), "closing": period.label}
        yield finding(UNCLEAR_HEADING, table.at, "several" if is_several else "", **words)
    if heading.left:
        yield finding(COLUMN_CHOSEN, table.at, chosen="、".join(heading.chosen), left="、".join(heading.left))


def _hidden(table: Table, sheet: Sheet) -> Iterator[Finding]:
    on_sheet = Place(file=table.at.file, sheet=table.sheet)
    for row in sorted({line.row for line in table.form.lines} & sheet.hidden_rows):
        yield finding(HIDDEN_ROW, on_sheet, row=row)
    for column in sorted({*table.heading.figures, table.heading.village} & sheet.hidden_columns):
        yield finding(HIDDEN_ROW, on_sheet, "column", column=sheet.address(1, column).removesuffix("1"))


def _comments(table: Table, sheet: Sheet) -> Iterator[Finding]:
    rows = {line.row for line in table.form.lines if line.role is Role.IN_ROW}
    for row, column in sorted(sheet.notes):
        if row in rows:
            yield finding(COMMENT_ADDED, replace(table.at, cell=sheet.address(row, column)))
