"""Figures for the meeting: one question each, answered in its title.

A function takes tables and returns a matplotlib Figure; nothing is read or written. Colours, sizes and the sheet
that all of them are drawn on are in `style`, words that several titles share in `words`.
"""

from pipeline.products.charts.completion import completion_by_town
from pipeline.products.charts.cumulative import cumulative
from pipeline.products.charts.growth import growth_by_week
from pipeline.products.charts.pace import gap_and_pace
from pipeline.products.charts.style import Picture, picture, png
from pipeline.products.charts.submissions import submissions
from pipeline.products.charts.villages import villages

__all__ = [
    "Picture",
    "completion_by_town",
    "cumulative",
    "gap_and_pace",
    "growth_by_week",
    "picture",
    "png",
    "submissions",
    "villages",
]
