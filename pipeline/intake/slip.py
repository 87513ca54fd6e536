"""The slip in a pre-filled form: a hidden sheet that says for which week, for whom and in which layout it was made.

Text only, known by its first words and not by the sheet's name, so that it outlives a save as .xls and a renamed tab.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

SHEET_NAME = "填报信息"
VERSION = "1"  # of the form's layout
_MARK = "本表由汇总程序预填，此页供程序核对，请勿改动"
_WEEK, _TOWN, _VERSION = "截至日期", "区镇", "表样版本"

Place = tuple[int, int]
WEEK_PLACE, TOWN_PLACE = (2, 2), (3, 2)


@dataclass(frozen=True)
class Slip:
    """For which week and town a form was made."""

    week: dt.date
    town: str
    version: str = VERSION


def cells(slip: Slip) -> dict[Place, str]:
    """What stands on the hidden sheet: (row, column) -> text."""
    facts = ((_WEEK, slip.week.isoformat()), (_TOWN, slip.town), (_VERSION, slip.version))
    listed = {(row, column): text for row, pair in enumerate(facts, 2) for column, text in enumerate(pair, 1)}
    return {(1, 1): _MARK, **listed}


def parse(texts: Mapping[Place, str]) -> Slip | None:
    """The slip on a sheet with these texts; None for any other sheet, and for a slip that was changed."""
    if texts.get((1, 1)) != _MARK:
        return None
    try:
        slip = Slip(dt.date.fromisoformat(texts.get(WEEK_PLACE, "")), texts.get(TOWN_PLACE, ""), texts.get((4, 2), ""))
    except ValueError:
        return None
    return slip if cells(slip) == dict(texts) else None
