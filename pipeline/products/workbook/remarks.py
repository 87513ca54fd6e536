"""What a town said in 备注 last time, as its next form begins with it."""

import re
from collections.abc import Mapping

from pipeline import caveats
from pipeline.records import Key, Previous

_OF_ITS_WEEK = re.compile(r"[本这上]\s*(?:周|期|星期)|今[天日]|昨[天日]")
_COMPARED = 80  # signs: Excel takes 255 in a rule


def last(town: str, previous: Mapping[Key, Previous]) -> dict[str, str]:
    """Village -> 备注 of its newest accepted figures; not one that speaks of its own week: it is not true of the next."""
    newest: dict[str, Previous] = {}
    for key, before in previous.items():
        if key.town == town and before.week > newest.get(key.village, Previous()).week:
            newest[key.village] = before
    return {village: before.remark for village, before in newest.items() if before.remark and _lasts(before.remark)}


def _lasts(remark: str) -> bool:
    is_of_week = _OF_ITS_WEEK.search(remark) or caveats.denies_progress(remark) or caveats.of_day(remark)
    return not is_of_week


def is_new(cell: str, given: str) -> str:
    """The condition of a formula that a cell says something else than it was given; the first signs and the length are
    compared."""
    is_filled = f"LEN(TRIM({cell}))>0"
    if not given:
        return is_filled
    start = given[:_COMPARED].replace('"', '""')
    return f'AND({is_filled},OR(LEN({cell})<>{len(given)},LEFT({cell},{_COMPARED})<>"{start}"))'
