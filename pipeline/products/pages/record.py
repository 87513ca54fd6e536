"""weekly_report.html: the executed notebook as a page for people who have no notebook program.

nbconvert renders it by our own template: its stock ones load scripts from the network, which takes half a minute behind a
firewall that stays silent.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.params import Programme
from pipeline.params.levels import Words
from pipeline.products.pages import html

if TYPE_CHECKING:
    from nbconvert import HTMLExporter
    from nbformat import NotebookNode

_HEADING = re.compile("<h2>(.*?)</h2>", re.DOTALL)
_CONTENTS = "<p>目录</p>"


@cache
def exporter() -> "HTMLExporter":
    """What renders the page; half a second until it is there, so it may be asked for before there is a notebook."""
    from nbconvert import HTMLExporter  # noqa: PLC0415 - which the notebook's kernel need not pay

    return HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="weekly_report", extra_template_basedirs=[str(html.TEMPLATES)], exclude_anchor_links=True
    )


def weekly_report(notebook: "NotebookNode", programme: Programme, week: str, check_code: str) -> bytes:
    """The page; notebook: executed, as nbformat reads it. week: 第8周（截至…）　定稿; the code stands at the foot of paper."""
    resources = {
        "title": f"{programme.title}每周进展",
        "week": week,
        "office": programme.office,
        "check_code": check_code,
        "style": html.style("weekly_report.css"),
        "policy": html.POLICY,
    }
    page, _ = exporter().from_notebook_node(_spoken(notebook, programme.words), resources=resources)
    return html.closed(_with_contents(page.replace("<section>\n</section>\n", "")))


def _spoken(notebook: "NotebookNode", words: Words) -> "NotebookNode":
    """The notebook with its headings, the same for every office, in the words of this one's level."""
    cells = [
        {**cell, "source": words.spoken(cell.source)} if cell.cell_type == "markdown" else cell
        for cell in notebook.cells
    ]
    return type(notebook)({**notebook, "cells": [type(notebook)(cell) for cell in cells]})


def _with_contents(page: str) -> str:
    """Headings that can be jumped to, and the list of them."""
    headings = _HEADING.findall(page)
    for number, words in enumerate(headings, 1):
        page = page.replace(f"<h2>{words}</h2>", f'<h2 id="s{number}">{words}</h2>', 1)
    items = "".join(f'<li><a href="#s{number}">{words}</a></li>' for number, words in enumerate(headings, 1))
    return page.replace(_CONTENTS, f"{_CONTENTS}<ol>{items}</ol>", 1)
