"""A form that `new` made, come back: what its slip says beside what its rows say."""

from dataclasses import replace

from pipeline.intake import slip
from pipeline.intake.form.dates import Period
from pipeline.intake.reading.book import Book, Sheet
from pipeline.intake.slip import Slip
from pipeline.intake.typed import Form, Line
from pipeline.printing import month_day
from pipeline.records import Cell, Measure, Place
from pipeline.rules import Finding, finding
from pipeline.rules.files import BLANK_FORM, OTHER_WEEK


def slip_on(sheet: Sheet) -> Slip | None:
    """The slip that this sheet is, or None."""
    return slip.parse({place: cell.raw for place, cell in sheet.cells.items()})


def compared(book: Book, form: Form, doubts: list[Finding], period: Period) -> tuple[Form, list[Finding]]:
    """form, doubts beside its slip: whose it is, whether it is this week's, whether it was filled in.

    Without a slip (made by hand, or saved as .csv) both stay as they are.
    """
    for sheet in book.sheets:
        made = slip_on(sheet)
        if made:
            cell = sheet.address(*slip.TOWN_PLACE)
            sender = Cell(file=form.file, sheet=sheet.name, cell=cell, raw=made.town)
            if _is_untouched(form, made):
                return Form(file=form.file, senders=(sender,)), [finding(BLANK_FORM, Place(file=form.file))]
            return replace(form, senders=(*form.senders, sender)), _of_week(sheet, form.file, made, doubts, period)
    return form, doubts


def _is_untouched(form: Form, made: Slip) -> bool:
    """Nothing filled in, and nothing of the town's own in 备注. The 0 of a village without the task is ours."""
    asked = [(line, entry) for line in form.lines for entry in line.done if entry.kind not in _without_task(line)]
    return bool(asked) and not any(entry.raw.strip() or _has_own_remark(line, made) for line, entry in asked)


def _has_own_remark(line: Line, made: Slip) -> bool:
    remark = line.remark.raw.strip()
    return bool(remark) and remark != made.remarks.get(line.village.raw.strip(), "").strip()


def _without_task(line: Line) -> set[str]:
    """The kinds whose target is a typed 0."""
    return {entry.kind for entry in line.entries if entry.measure is Measure.TARGET and entry.raw.strip() == "0"}


def _of_week(sheet: Sheet, file: str, made: Slip, doubts: list[Finding], period: Period) -> list[Finding]:
    """A form of another week is held once: its slip says more than the dates printed on it."""
    if 0 <= (made.week - period.closing).days <= period.ahead:
        return doubts
    cell = sheet.address(*slip.WEEK_PLACE)
    place = Place(file=file, sheet=sheet.name, cell=cell, raw=made.week.isoformat())
    others = [doubt for doubt in doubts if doubt.rule is not OTHER_WEEK]
    return [finding(OTHER_WEEK, place, "prefilled", made=month_day(made.week), closing=period.label), *others]
