"""The slip in a pre-filled form: a hidden sheet that says for which week, for whom and in which layout it was made, and
which 备注 was in it when it went out.

Text only, known by its first words and not by the sheet's name, so that it outlives a save as .xls and a renamed tab.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

SHEET_NAME = "填报信息"
VERSION = "1"  # of the form's layout
_MARK = "本表由汇总程序预填，此页供程序核对，请勿改动"
_WEEK, _TOWN, _VERSION, _REMARK = "截至日期", "区镇", "表样版本", "上次备注："

Place = tuple[int, int]
WEEK_PLACE, TOWN_PLACE, _VERSION_PLACE = (2, 2), (3, 2), (4, 2)


@dataclass(frozen=True)
class Slip:
    """For which week and town a form was made. remarks: of a village, the 备注 that it was given to begin with."""

    week: dt.date
    town: str
    version: str = VERSION
    remarks: Mapping[str, str] = field(default_factory=dict)


def cells(slip: Slip) -> dict[Place, str]:
    """What stands on the hidden sheet: (row, column) -> text."""
    remarks = ((f"{_REMARK}{village}", remark) for village, remark in slip.remarks.items())
    facts = ((_WEEK, slip.week.isoformat()), (_TOWN, slip.town), (_VERSION, slip.version), *remarks)
    listed = {(row, column): text for row, pair in enumerate(facts, 2) for column, text in enumerate(pair, 1)}
    return {(1, 1): _MARK, **listed}


def parse(texts: Mapping[Place, str]) -> Slip | None:
    """The slip on a sheet with these texts; None for any other sheet, and for a slip that was changed."""
    if texts.get((1, 1)) != _MARK:
        return None
    remarks = {
        label.removeprefix(_REMARK): texts.get((row, 2), "")
        for (row, column), label in sorted(texts.items())
        if column == 1 and row > _VERSION_PLACE[0]
    }
    try:
        week = dt.date.fromisoformat(texts.get(WEEK_PLACE, ""))
        slip = Slip(week, texts.get(TOWN_PLACE, ""), texts.get(_VERSION_PLACE, ""), remarks)
    except ValueError:
        return None
    return slip if cells(slip) == dict(texts) else None
