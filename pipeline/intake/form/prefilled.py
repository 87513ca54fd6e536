"""A form that `new` made, come back: what its slip says beside what its rows say."""

from pipeline.intake import slip
from pipeline.intake.form.dates import Period
from pipeline.intake.reading.book import Book, Sheet
from pipeline.intake.slip import Slip
from pipeline.rules import finding
from pipeline.tables import DONE, IN_ROW, SENDER, TARGET, Row


def slip_on(sheet: Sheet) -> Slip | None:
    """The slip that this sheet is, or None."""
    return slip.parse({place: cell.raw for place, cell in sheet.cells.items()})


def compared(book: Book, entries: list[Row], doubts: list[Row], period: Period) -> tuple[list[Row], list[Row]]:
    """entries, doubts of a form beside its slip: whose it is, whether it is this week's, whether it was filled in.

    Without a slip (made by hand, or saved as .csv) both stay as they are.
    """
    for sheet in book.sheets:
        found = slip_on(sheet)
        if found:
            sender = _entry(sheet, found)
            if _is_untouched(entries):
                return [sender], [finding("blank_form", "这是程序预填的空白表，还没有填写，不作为报送")]
            return [*entries, sender], _of_week(sheet, found, doubts, period)
    return entries, doubts


def _entry(sheet: Sheet, found: Slip) -> Row:
    row, column = slip.TOWN_PLACE
    return {
        "sheet": sheet.name, "cell": sheet.address(row, column), "row": row, "role": SENDER, "raw": found.town,
    }  # fmt: skip


def _is_untouched(entries: list[Row]) -> bool:
    """Nothing filled in, and nothing in 备注. The 0 of a village without the task is ours."""
    mine = [entry for entry in entries if entry["role"] == IN_ROW]
    no_task = {_key(entry) for entry in mine if entry["measure"] == TARGET and entry["raw"].strip() == "0"}
    asked = [entry for entry in mine if entry["measure"] == DONE and _key(entry) not in no_task]
    return bool(asked) and not any(entry["raw"].strip() or entry["remark"] for entry in asked)


def _key(entry: Row) -> tuple[int, str]:
    return entry["row"], entry["kind"]


def _of_week(sheet: Sheet, found: Slip, doubts: list[Row], period: Period) -> list[Row]:
    """A form of another week is held once: its slip says more than the dates printed on it."""
    if found.week == period.closing:
        return doubts
    row, column = slip.WEEK_PLACE
    made, closing = (f"{day.month}月{day.day}日" for day in (found.week, period.closing))
    message = f"本表是为截至{made}预填的，本期为{closing}，可能是旧表，请改用本期下发的表"
    place = {"sheet": sheet.name, "cell": sheet.address(row, column), "raw": found.week.isoformat()}
    others = [doubt for doubt in doubts if doubt["rule"] != "other_week"]
    return [finding("other_week", message, **place), *others]
