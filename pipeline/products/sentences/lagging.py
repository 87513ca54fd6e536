"""Who is behind: by 合计 or by one kind, on this week's figures or on carried ones. None of it hides another."""

from dataclasses import dataclass

from pipeline.params import Lights
from pipeline.printing import percent
from pipeline.products.sentences.story import Story
from pipeline.records import Completion, Kind, Light, Status


@dataclass(frozen=True)
class Lag:
    """A town that is behind (row: its 合计), or one kind of it though its 合计 is not, or is not known.

    holds_old: some of its figures are carried.
    """

    row: Completion
    holds_old: bool

    @property
    def town(self) -> str:
        return self.row.town

    @property
    def name(self) -> str:
        """包场镇, or 余东镇整改."""
        return self.town + ("" if self.is_whole else self.row.kind)

    @property
    def is_whole(self) -> bool:
        return self.row.kind == Kind.TOTAL

    @property
    def is_old(self) -> bool:
        """Whether no figure of this week is in it."""
        return self.row.is_carried

    @property
    def words(self) -> str:
        """包场镇（19.22%，严重滞后）, 四甲镇（22.86%，含沿用）: 慢序时 is what all of them are."""
        light = Status.CARRIED.label if self.is_old else self.row.light if self.row.light is not Light.BEHIND else ""
        mark = f"含{Status.CARRIED.label}" if self.holds_old and not self.is_old else ""
        return f"{self.name}（{'，'.join(filter(None, (percent(self.row.rate), light, mark)))}）"


def lags(story: Story) -> list[Lag]:
    """All of them, lowest first: a town's 合计 if it is behind, else the kinds that are."""
    limits = story.programme.lights
    rows = [
        row
        for whole in story.towns
        for row in ([whole] if _is_behind(whole, limits) else story.kinds(whole.town))
        if _is_behind(row, limits)
    ]
    found = [Lag(row, any(row.kind in (Kind.TOTAL, one.kind) for one in story.borrowed(row.town))) for row in rows]
    return sorted(found, key=lambda lag: lag.row.known_rate)


def _is_behind(row: Completion, limits: Lights) -> bool:
    """By its light; a carried row has none, and is measured by the same limits."""
    if not row.is_carried:
        return row.is_behind
    return bool(row.remaining) and (row.done == 0 or (row.gap is not None and row.gap < limits.behind))
