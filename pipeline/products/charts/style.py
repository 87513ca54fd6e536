"""What all charts share: the sheet they are drawn on, its two status colours, its text, and the PNG it becomes.

A sheet is 1280 × 720 units, y downwards, one unit = 0.72 pt: a 16:9 slide, or A4 landscape when printed.
What its colours mean is said in `tones`.
"""

import base64
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from pipeline.params.levels import LEVELS
from pipeline.products import fonts

if TYPE_CHECKING:
    from pipeline.params import Programme

# The two-colour pair of the UK Analysis Function: apart for colour-blind readers and in grey print.
# Orange letters are darker, for contrast on white. The light blue lies between both in grey print, and has a blue edge.
BLUE, LIGHT_BLUE, ORANGE, ORANGE_TEXT = "#12436D", "#A9C2DA", "#F46A25", "#B3430B"
INK, GREY, PALE, RULE, TILE = "#1A1A1A", "#595959", "#ECEEF1", "#BFBFBF", "#C9D2DC"
TITLE, HEAD, LABEL, SECOND, NOTE, SMALLEST = 21.0, 15.5, 13.5, 11.5, 10.5, 10.0
WIDTH, HEIGHT, LEFT, RIGHT = 1280, 720, 45, 1235
_POINTS = 0.72
_AREAS: dict[str, dict[str, Any]] = {ORANGE_TEXT: {"facecolor": ORANGE}, GREY: {"facecolor": TILE},
          INK: {"facecolor": LIGHT_BLUE, "edgecolor": BLUE, "linewidth": 1.0}}  # fmt: skip

Part = tuple[str, str]  # a piece of a line of text and its colour


class Sheet:
    """One canvas with its drawing functions; positions and lengths in units."""

    def __init__(self, programme: "Programme") -> None:
        fonts.use(fonts.names_of(programme))
        self.programme = programme
        self.figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=150, facecolor="white")
        self.figure.set_gid(programme.level)  # whose words `picture` names the file in
        self._canvas = FigureCanvasAgg(self.figure)
        self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0))
        self._down = 0.0
        self._axes.axis("off")  # and its limits are fixed: shapes need not tell their extents, as add_patch would

    def lower(self, by: float) -> None:
        """What follows is drawn so much further down, but for the foot."""
        self._down = by

    def text(self, x: float, y: float, words: str, size: float = LABEL, color: str = INK, **look: Any) -> Text:
        """Text whose middle line is at y; look: ha, bold, room (the widest it may be), whole (a figure: never cut)."""
        weight = "bold" if look.pop("bold", False) else "normal"
        room, is_whole = look.pop("room", None), look.pop("whole", False)
        look = {"ha": "left", "va": "center_baseline", **look}
        drawn = self._axes.text(x, y + self._down, words, size=size, color=color, weight=weight, **look)
        if room is not None:
            self._fit(drawn, room, is_whole)
        return drawn

    def line_of(self, x: float, y: float, parts: Iterable[Part], size: float = LABEL) -> None:
        """Pieces of text in their colours, one after the other; what is not grey is bold. A leading ■ is drawn
        as the area that has letters of this colour."""
        for piece, color in parts:
            words = piece.removeprefix("■ ")
            if words != piece:
                self.box(x, y - 8, 16, 16, **_AREAS.get(color, {"facecolor": color}))
                x += 23
            drawn = self.text(x, y, words, size, color, bold=color != GREY)
            x += self.breadth(drawn) + 14

    def box(self, x: float, y: float, width: float, height: float, **look: Any) -> None:
        """A rectangle from its left upper corner."""
        self._axes.add_artist(
            Rectangle((x, y + self._down), width, height, **{"linewidth": 0, "facecolor": BLUE, **look})
        )

    def line(self, xs: Sequence[float], ys: Sequence[float], color: str = INK, width: float = 1.0, **look: Any) -> None:
        """A polyline; NaN interrupts it."""
        ys = [y + self._down for y in ys]
        self._axes.add_artist(Line2D(xs, ys, color=color, linewidth=width, **{"solid_capstyle": "butt", **look}))

    def dot(
        self,
        x: float,
        y: float,
        size: float,
        color: str = BLUE,
        shape: str = "o",
        edge: str = "",
        is_hollow: bool = False,
    ) -> None:
        """A mark (shape: of matplotlib's markers); hollow: the figure is not all of its own week."""
        look: dict[str, Any] = {
            "marker": shape,
            "markersize": size,
            "markerfacecolor": "white" if is_hollow else color,
            "markeredgecolor": edge or color,
            "zorder": 5,
        }
        self._axes.add_artist(Line2D([x], [y + self._down], markeredgewidth=1.6, **look))

    def cased(self, xs: Sequence[float], ys: Sequence[float], color: str, width: float) -> None:
        """A line that stays visible where it crosses dark bars: it has a white edge."""
        self.line(xs, ys, "white", width + 3, zorder=3)
        self.line(xs, ys, color, width, zorder=4)

    def breadth(self, drawn: Text) -> float:
        """How wide a text is."""
        return drawn.get_window_extent().width * WIDTH / self.figure.bbox.width

    def _fit(self, drawn: Text, room: float, is_whole: bool) -> None:
        """Smaller letters down to the smallest size, then fewer letters and …; a figure just becomes smaller."""
        least = 1.0 if is_whole else SMALLEST
        size = float(drawn.get_fontsize())
        while (breadth := self.breadth(drawn)) > room and size > least:  # letters have whole widths: not found at once
            size = max(least, size * min(0.98, room / breadth))
            drawn.set_fontsize(size)
        words = drawn.get_text()
        while self.breadth(drawn) > room and words and not is_whole:
            words = words[:-1]
            drawn.set_text(f"{words}…")

    def head(self, title: str, parts: Iterable[Part]) -> None:
        """The finding (also the figure's label, its text for who cannot see it), and what is measured."""
        self.figure.set_label(title)
        self.text(LEFT, 52, title, TITLE, bold=True, room=RIGHT - LEFT)
        self.line_of(LEFT, 93, parts, 12.5)

    def foot(self, week: dt.date, caveats: Iterable[str]) -> None:
        """As-of date, what a reader must know, the source, and whether the figures are invented."""
        number = self.programme.schedule.week_number(week)
        is_sample = "示例" in self.programme.title + self.programme.office
        sample = ["示例数据。"] if is_sample else []
        sentences = [
            f"截至{week:%Y-%m-%d}（第{number}周）。",
            *caveats,
            f"来源：{self.programme.words.each}每周进展情况汇总表。",
            *sample,
        ]
        self.lower(0)
        lines = _wrapped(sentences, (RIGHT - LEFT) * _POINTS / NOTE)
        for place, words in enumerate(lines):
            self.text(LEFT, 692 + 17 * (place - (len(lines) - 1) / 2), words, NOTE, GREY, room=RIGHT - LEFT)


def _wrapped(sentences: Iterable[str], width: float) -> list[str]:
    """Lines of at most `width` ems, broken between sentences only."""
    lines = [""]
    for sentence in sentences:
        if lines[-1] and _ems(lines[-1] + sentence) > width:
            lines.append("")
        lines[-1] += sentence
    return lines


def _ems(words: str) -> float:
    return sum(1.0 if ord(sign) > 0x2000 else 0.58 for sign in words)


# ---- rows ------------------------------------------------------------------------------------------------------

MOST_ROWS = 30  # that letters of the smallest size can have
_USUAL, _TALLEST, _THICKEST = 46.0, 110.0, 36.0  # heights of a row and of its bar, in units


def row_step(top: float, bottom: float, rows: int) -> float:
    """The height of a row: few rows are taller and fill the sheet."""
    return min(_TALLEST, (bottom - top) / max(1, rows))


def row_size(step: float) -> float:
    """Letters that fit a row of this height."""
    return max(SMALLEST, min(LABEL, step * 0.34)) + max(0.0, step - _USUAL) * 0.03


def small_size(step: float) -> float:
    """Of what stands beside them in a row."""
    size = row_size(step)
    return min(size, SECOND) + max(0.0, size - LABEL) * 0.7


def slack(top: float, bottom: float, used: float) -> float:
    """How far rows that do not fill their room are lowered: they stand a little above the middle of it."""
    return max(0.0, bottom - top - used) / 3


def thickness(step: float, share: float) -> float:
    """How thick the bar of a row is that takes this share of it; never a slab."""
    return min(_THICKEST, step * share)


MOST_RATE = Decimal("1.5")  # an axis of rates ends there at the latest; what is beyond is cut, and printed in full


def rates_top(rates: Iterable[Decimal | None]) -> Decimal:
    """How far an axis of rates reaches: to 100 %, or to the highest rate."""
    return min(max([Decimal(1), *(rate for rate in rates if rate is not None)]), MOST_RATE)


# ---- the picture -----------------------------------------------------------------------------------------------


def png(figure: Figure) -> bytes:
    """1920 × 1080 pixels, the same bytes every time. A character without a glyph raises fonts.MissingGlyph."""
    fonts.require_glyphs(figure.findobj(Text))
    out = io.BytesIO()
    with matplotlib.rc_context({"savefig.bbox": None, "savefig.dpi": "figure"}):
        figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


class Picture:
    """A chart as a notebook cell shows it; the record takes its PNG file from the cell, so both are the same bytes."""

    def __init__(self, name: str, content: bytes, alt: str) -> None:
        self.name, self.content, self.alt = name, content, alt

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, dict[str, str | int]]]:
        """(data, metadata) for IPython, which asks for exactly this name."""
        data = {"image/png": base64.b64encode(self.content).decode("ascii"), "text/plain": self.alt}
        return data, {"image/png": {"name": self.name, "alt": self.alt, "width": 960}}


def picture(name: str, figure: Figure) -> Picture:
    """The chart for display; name: of the file in the record, without .png, as the notebook has it for every level."""
    return Picture(LEVELS[str(figure.get_gid())].spoken(name), png(figure), str(figure.get_label()))
