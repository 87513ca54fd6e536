"""What a colour says: where a completion row stands against 序时进度, or after the schedule's end whether it is finished.

Blue and orange mean a status, everywhere and only that, and never alone: a word, a sign, an edge or a hatch stands beside.
Light blue is what lies within the limit around 序时进度: 按序时, neither ahead nor behind.
"""

from enum import Enum
from typing import Any

from pipeline.params import Lights
from pipeline.products.charts.style import BLUE, GREY, INK, LIGHT_BLUE, ORANGE, ORANGE_TEXT, Part
from pipeline.records import Completion, Light


class Tone(Enum):
    """(colour of areas, of their edges, of letters)"""

    AHEAD = BLUE, BLUE, BLUE
    ON_SCHEDULE = LIGHT_BLUE, BLUE, INK
    BEHIND = ORANGE, ORANGE, ORANGE_TEXT
    UNKNOWN = GREY, GREY, GREY

    def __init__(self, area: str, edge: str, letters: str) -> None:
        self.area, self.edge, self.letters = area, edge, letters

    def fill(self, row: Completion) -> dict[str, Any]:
        """How a bar of this row looks: hatched where the week's own figure is missing."""
        if row.light is Light.NOT_REPORTED:
            return {"facecolor": "white", "edgecolor": self.edge, "hatch": "////", "linewidth": 1.2}
        return {"facecolor": self.area, "edgecolor": self.edge, "linewidth": 0.0 if self.edge == self.area else 1.0}


def tone_of(row: Completion, lights: Lights) -> Tone:
    """The tone of the row's light. A carried figure has that of where it stands; `fill` shows that it is old."""
    if row.rate is None or row.gap is None:
        return Tone.UNKNOWN
    if row.remaining == 0:
        return Tone.AHEAD
    if is_overdue(row) or not row.done or row.gap < lights.behind:
        return Tone.BEHIND
    return Tone.AHEAD if row.gap > -lights.behind else Tone.ON_SCHEDULE


def is_overdue(row: Completion) -> bool:
    """Whether the schedule has ended, so that no pace is needed any more, and the row is not finished."""
    return bool(row.remaining) and row.needed_per_week is None


def legend(lights: Lights, is_over: bool) -> list[Part]:
    """What the colours of a chart are called."""
    if is_over:
        return [("■ 已完成", BLUE), ("■ 未完成", ORANGE_TEXT)]
    zone = f"±{-lights.behind.normalize():f}个百分点以内" if lights.behind else "持平"
    return [("■ 超序时、已完成", BLUE), (f"■ 按序时（{zone}）", INK), ("■ 落后", ORANGE_TEXT)]
