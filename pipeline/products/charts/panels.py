"""One small panel of 每周增量: a name, the paces in words, a bar a week."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pipeline.products.charts.series import Series
from pipeline.products.charts.style import GREY, INK, LABEL, RULE, SECOND, SMALLEST, Sheet

_MOST_WEEKS, _RECENT = 30, 4


class Look(NamedTuple):
    """Colours of the recent bars and of the words above them."""

    bars: str
    letters: str


GREYED = Look("#B6C0CC", GREY)  # of what is not judged, and of bars of earlier weeks


class Panel:
    """One small chart: a name, the paces in words, bars."""

    def __init__(
        self, sheet: Sheet, left: float, top: float, width: float, height: float, now: int, share: float, low: float
    ) -> None:
        self.sheet, self.now, self.share = sheet, now, share  # share: where the axis ends; low: the deepest bar
        self.left, self.right = left + 32, left + width
        self.top = top
        self.is_small = height < 170
        self.high = top + (68 if self.is_small else 82)
        bottom = top + height - (24 if self.is_small else 38)
        self.zero = bottom - (bottom - self.high) * min(0.25, -low / (share - low))
        self.low = -share * (bottom - self.zero) / max(1.0, self.zero - self.high)  # what the room below shows
        self.bottom = bottom
        self.first = max(1, now - _MOST_WEEKS + 1)

    def x(self, number: int) -> float:
        """Left edge of a week; there is always room for ten."""
        return self.left + (number - self.first) * self.step

    @property
    def step(self) -> float:
        return (self.right - self.left) / max(10, self.now - self.first + 2)

    def y(self, share: float) -> float:
        return self.zero - (self.zero - self.high) * max(self.low, min(share, self.share)) / self.share

    def draw(self, one: Series, paces: Sequence[str], look: Look, is_first: bool) -> None:
        """paces: what the bars are to be held against, in words."""
        size = SECOND if self.is_small else LABEL
        room = self.right - self.left
        self.sheet.text(self.left, self.top + 14, one.name, size, bold=True, room=room)
        self._words(paces, look.letters)
        self._axes(is_first)
        self._bars(one, look.bars)
        for number in one.missed:
            if number >= self.first:
                self.sheet.text(self.x(number) + self.step / 2, self.zero - 9, "×", SECOND, ha="center", bold=True)
        if one.needed:
            start, y = self.x(max(self.first, self.now - _RECENT + 1)), self.y(one.needed)
            self.sheet.line([start, self.right], [y, y], "white", 3.4, zorder=5)
            self.sheet.line([start, self.right], [y, y], INK, 1.6, linestyle=(0, (3, 1.4)), zorder=6)
            if one.needed > self.share:
                self.sheet.text(self.right, y - 9, "↑", SECOND, ha="right")

    def _words(self, parts: Sequence[str], color: str) -> None:
        """On one line, or on two where it would be too small."""
        room, size, y = self.right - self.left, SMALLEST if self.is_small else SECOND, 34 if self.is_small else 40
        drawn = self.sheet.text(self.left, self.top + y, "，".join(parts), size, color)
        if self.sheet.breadth(drawn) > room:
            drawn.set_text(parts[0])
            for line, words in enumerate(parts[1:], 1):
                self.sheet.text(self.left, self.top + y + 16 * line, words, size, color, room=room, whole=True)

    def _axes(self, is_first: bool) -> None:
        for share in (self.share / 2, self.share):
            self.sheet.line([self.left, self.right], [self.y(share)] * 2, "#E3E6EA")
            if is_first:
                self.sheet.text(
                    self.left - 5, self.y(share), f"{share:.0%}", SMALLEST, GREY, ha="right", room=34, whole=True
                )
        self.sheet.line([self.left, self.right], [self.zero] * 2, RULE, zorder=7)
        if is_first:
            self.sheet.text(self.left - 5, self.zero, "0", SMALLEST, GREY, ha="right")
        for number in sorted({self.first, self.now}):
            x = self.x(number) + self.step / 2
            words = f"第{number}周" if number == self.now else str(number)
            if number == self.now or self.x(self.now) - x > 40:
                self.sheet.text(min(x, self.right - 18), self.bottom + 13, words, SMALLEST, GREY, ha="center")

    def _bars(self, one: Series, judged: str) -> None:
        recent = {bar.number for bar in one.bars[-_RECENT:]}
        for bar in one.bars:
            if bar.number < self.first:
                continue
            color = judged if bar.number in recent else GREYED.bars
            fill: dict[str, Any] = {"facecolor": color}
            if bar.is_mixed:
                fill = {"facecolor": "white", "edgecolor": color, "hatch": "/////", "linewidth": 0.8}
            x, y = self.x(bar.number) + self.step * 0.1, self.y(bar.share)
            self.sheet.box(x, min(y, self.zero), self.step * 0.8, abs(self.zero - y), **fill)
            if bar.share > self.share or bar.share < self.low:
                cut = y + 9 if bar.share > 0 else y - 4
                self.sheet.line([x, x + self.step * 0.8], [cut, cut - 5], "white", 2.5, zorder=8)
