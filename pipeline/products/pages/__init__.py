"""What people read besides workbook and charts: tables and sentences in the notebook, the page made from it, the brief.

`shown` is what a notebook cell shows; `record` makes weekly_report.html of the executed notebook; `brief` makes the one
page of the week. Both pages are whole in themselves: no script, no address outside, Chinese glyphs embedded.
"""

from pipeline.products.pages.brief import brief_html, brief_text
from pipeline.products.pages.daily import daily_html
from pipeline.products.pages.record import exporter, weekly_report
from pipeline.products.pages.shown import (
    Sentences,
    Shown,
    brief,
    corrections,
    findings,
    run_facts,
    submissions,
    summary,
    towns,
    villages,
)

__all__ = [
    "Sentences",
    "Shown",
    "brief",
    "brief_html",
    "brief_text",
    "corrections",
    "daily_html",
    "exporter",
    "findings",
    "run_facts",
    "submissions",
    "summary",
    "towns",
    "villages",
    "weekly_report",
]
