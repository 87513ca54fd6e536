"""What is wrong with a drawn chart: text over text, text crossed by a line, text in the margin or cut at the edge of
the canvas, a sign that the font does not have."""

from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from pipeline.products import fonts

_MARGIN = 0.03  # of the width: nothing comes nearer to the left or right edge
_FAINT = 0.8  # grey of grid lines, which may pass behind text
_TOUCH = 2.0  # pixels that two boxes of text may share: they hold ascent and descent that no sign fills


def faults(figure: Figure) -> list[str]:
    """One sentence a fault; none for a clean chart."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    drawn = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    boxes = [(text.get_text(), text.get_window_extent(canvas.get_renderer())) for text in drawn]
    return [*_cut(boxes, figure), *_overlapping(boxes), *_struck(drawn, figure), *_without_glyph(drawn)]


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
