"""What people read besides workbook and charts: tables and sentences in the notebook, the page made from it, the brief.

`shown` is what a notebook cell shows, in the forms of `outputs`; `record` makes weekly_report.html of the executed notebook; `brief` makes the one
page of the week. Both pages are whole in themselves: no script, no address outside, Chinese glyphs embedded.
"""

from pipeline.products.pages.brief import brief_html, brief_text
from pipeline.products.pages.daily import daily_html
from pipeline.products.pages.outputs import Lines
from pipeline.products.pages.record import exporter, weekly_report
from pipeline.products.pages.shown import (
    brief,
    corrections,
    findings,
    key_figures,
    run_facts,
    submissions,
    summary,
    title,
    to_settle,
    towns,
    villages,
)

__all__ = [
    "Lines",
    "brief",
    "brief_html",
    "brief_text",
    "corrections",
    "daily_html",
    "exporter",
    "findings",
    "key_figures",
    "run_facts",
    "submissions",
    "summary",
    "title",
    "to_settle",
    "towns",
    "villages",
    "weekly_report",
]
