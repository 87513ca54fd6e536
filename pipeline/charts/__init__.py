"""Figures for the meeting: one question each, answered in its title.

A function takes tables and returns a matplotlib Figure; nothing is read or written. Colours, sizes and the sheet
that all of them are drawn on are in `style`.
"""

from pipeline.charts.completion import completion_by_town
from pipeline.charts.cumulative import cumulative
from pipeline.charts.style import Picture, picture, png
from pipeline.charts.submissions import submissions

__all__ = ["Picture", "completion_by_town", "cumulative", "picture", "png", "submissions"]
