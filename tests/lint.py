"""What is wrong with a drawn chart: text over text, text crossed by a line or covered by a mark, text in the margin or
cut at the edge of the canvas, shapes outside it, letters too small or too pale for their ground, a title that does not
fit, a sign that the font does not have."""

from itertools import combinations
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from pipeline.products import fonts

_MARGIN = 0.03  # of the width: nothing comes nearer to the left or right edge
_FAINT = 0.8  # grey of grid lines, which may pass behind text
_SMALLEST, _SMALLEST_FIGURE, _SMALLEST_TITLE = 10.0, 8.0, 16.0  # points, on a slide of 12.8 inches
_CONTRAST = 4.5  # WCAG 2, of letters with their ground
_TOUCH = 2.0  # pixels that two boxes of text may share: they hold ascent and descent that no sign fills


def faults(figure: Figure) -> list[str]:
    """One sentence a fault; none for a clean chart."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    drawn = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    boxes = [(text.get_text(), text.get_window_extent(canvas.get_renderer())) for text in drawn]
    return [
        *_cut(boxes, figure),
        *_outside(figure),
        *_overlapping(boxes),
        *_struck(drawn, figure),
        *_covered(boxes, figure),
        *_small(drawn),
        *_title(drawn, figure),
        *_pale(drawn, figure),
        *_without_glyph(drawn),
    ]


def _cut(boxes: list[tuple[str, Bbox]], figure: Figure) -> list[str]:
    width, height = figure.bbox.width, figure.bbox.height
    return [
        f"cut: {words}"
        for words, box in boxes
        if box.x0 < width * _MARGIN or box.y0 < 0 or box.x1 > width * (1 - _MARGIN) or box.y1 > height
    ]  # fmt: skip


def _overlapping(boxes: list[tuple[str, Bbox]]) -> list[str]:
    found = []
    for (one, a), (other, b) in combinations(boxes, 2):
        wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        if wide > _TOUCH and high > _TOUCH:
            found.append(f"overlap: {one} / {other}")
    return found


def _struck(drawn: list[Text], figure: Figure) -> list[str]:
    """Text without a ground of its own that a dark line runs through."""
    bare = [text for text in drawn if text.get_bbox_patch() is None]
    lines = [
        line for line in figure.findobj(Line2D) if min(to_rgb(line.get_color())) < _FAINT and len(line.get_xdata()) > 1
    ]
    paths = [line.get_path().transformed(line.get_transform()) for line in lines]
    return [
        f"struck: {text.get_text()}"
        for text in bare
        if any(path.intersects_bbox(text.get_window_extent().padded(-_TOUCH), filled=False) for path in paths)
    ]


def _without_glyph(drawn: list[Text]) -> list[str]:
    try:
        fonts.require_glyphs(drawn)
    except fonts.MissingGlyph as error:
        return [f"glyph: {error}"]
    return []


def _shapes(figure: Figure, kind: type) -> list[Any]:
    """What was drawn, of a kind; not the ticks and frames of axes that are off."""
    children = [child for axes in figure.axes for child in axes.get_children() if child is not axes.patch]
    return [child for child in (*children, *figure.artists) if isinstance(child, kind)]


def _outside(figure: Figure) -> list[str]:
    """Shapes that leave the canvas."""
    width, height = figure.bbox.width, figure.bbox.height
    extents = [shape.get_window_extent() for kind in (Rectangle, Line2D) for shape in _shapes(figure, kind)]
    return [
        f"outside: {box.x0:.0f}, {box.y0:.0f}"
        for box in extents
        if box.x0 < -_TOUCH or box.y0 < -_TOUCH or box.x1 > width + _TOUCH or box.y1 > height + _TOUCH
    ]


def _covered(boxes: list[tuple[str, Bbox]], figure: Figure) -> list[str]:
    """Text under a mark, or over it."""
    marks = [line for line in _shapes(figure, Line2D) if line.get_marker() not in ("None", "", None)]
    found = []
    for mark in marks:
        x, y = mark.get_transform().transform((mark.get_xdata()[0], mark.get_ydata()[0]))
        half = mark.get_markersize() * figure.dpi / 72 / 2 - _TOUCH
        spot = Bbox.from_extents(x - half, y - half, x + half, y + half)
        found += [f"covered: {words}" for words, box in boxes if box.padded(-_TOUCH).overlaps(spot)]
    return found


def _small(drawn: list[Text]) -> list[str]:
    """Words below the smallest size, and long figures, which are never cut, far below it."""
    least = [_SMALLEST if any(sign > "\u4e00" for sign in text.get_text()) else _SMALLEST_FIGURE for text in drawn]
    return [
        f"small: {text.get_text()} ({text.get_fontsize():.1f})"
        for text, size in zip(drawn, least, strict=True)
        if text.get_fontsize() < size - 0.01
    ]


def _title(drawn: list[Text], figure: Figure) -> list[str]:
    """The figure's label stands on it whole and large."""
    titles = [text for text in drawn if text.get_text() == figure.get_label()]
    return [] if any(text.get_fontsize() >= _SMALLEST_TITLE for text in titles) else [f"title: {figure.get_label()}"]


def _pale(drawn: list[Text], figure: Figure) -> list[str]:
    """Letters that do not stand out from white, or from a shape that they stand on."""
    filled = [box for box in _shapes(figure, Rectangle) if to_rgba(box.get_facecolor())[3] and not box.get_hatch()]
    grounds = [(box.get_window_extent(), box.get_facecolor()) for box in filled]
    found = []
    for text in drawn:
        extent = text.get_window_extent().padded(-_TOUCH)
        under = [color for box, color in grounds if text.get_bbox_patch() is None and box.overlaps(extent)]
        if contrast(text.get_color(), under[-1] if under else "white") < _CONTRAST:
            found.append(f"pale: {text.get_text()}")
    return found


def contrast(one: Any, other: Any) -> float:
    """WCAG 2, of two colours of any notation."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Any) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
