"""A form that `new` made, come back: what its slip says beside what its rows say."""

from pipeline.intake import slip
from pipeline.intake.form.dates import Period
from pipeline.intake.reading.book import Book, Sheet
from pipeline.intake.slip import Slip
from pipeline.printing import month_day
from pipeline.records import Entry, Measure, Place, Role
from pipeline.rules import Finding, finding
from pipeline.rules.files import BLANK_FORM, OTHER_WEEK


def slip_on(sheet: Sheet) -> Slip | None:
    """The slip that this sheet is, or None."""
    return slip.parse({place: cell.raw for place, cell in sheet.cells.items()})


def compared(
    book: Book, file: str, entries: list[Entry], doubts: list[Finding], period: Period
) -> tuple[list[Entry], list[Finding]]:
    """entries, doubts of a form beside its slip: whose it is, whether it is this week's, whether it was filled in.

    Without a slip (made by hand, or saved as .csv) both stay as they are.
    """
    for sheet in book.sheets:
        made = slip_on(sheet)
        if made:
            row, column = slip.TOWN_PLACE
            cell = sheet.address(row, column)
            sender = Entry(file=file, sheet=sheet.name, cell=cell, raw=made.town, row=row, role=Role.SENDER)
            if _is_untouched(entries):
                return [sender], [finding(BLANK_FORM, Place(file=file))]
            return [*entries, sender], _of_week(sheet, file, made, doubts, period)
    return entries, doubts


def _is_untouched(entries: list[Entry]) -> bool:
    """Nothing filled in, and nothing in 备注. The 0 of a village without the task is ours."""
    in_rows = [entry for entry in entries if entry.role is Role.IN_ROW]
    no_task = {
        (entry.row, entry.kind) for entry in in_rows if entry.measure is Measure.TARGET and entry.raw.strip() == "0"
    }
    asked = [entry for entry in in_rows if entry.is_done and (entry.row, entry.kind) not in no_task]
    return bool(asked) and not any(entry.raw.strip() or entry.remark for entry in asked)


def _of_week(sheet: Sheet, file: str, made: Slip, doubts: list[Finding], period: Period) -> list[Finding]:
    """A form of another week is held once: its slip says more than the dates printed on it."""
    if made.week == period.closing:
        return doubts
    cell = sheet.address(*slip.WEEK_PLACE)
    place = Place(file=file, sheet=sheet.name, cell=cell, raw=made.week.isoformat())
    others = [doubt for doubt in doubts if doubt.rule is not OTHER_WEEK]
    return [finding(OTHER_WEEK, place, "prefilled", made=month_day(made.week), closing=period.label), *others]
