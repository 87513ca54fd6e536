"""What the products of a week say, as plain text."""

import html
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from unittest import mock

import docx

from pipeline import archive
from pipeline.products import bulletin, charts, pages
from pipeline.products.charts.style import Sheet
from pipeline.week import Result

Row = list[str]


@dataclass(frozen=True)
class Said:
    """The words of each product; tables as rows of cells; charts by their titles."""

    texts: dict[str, str]
    tables: dict[str, list[Row]]
    titles: dict[str, str]
    matters: str  # what the brief puts to the meeting
    problems: str  # what the 通报 says is wrong


def of(result: Result) -> Said:
    text = pages.brief_text(result.story, result.findings, result.is_final).decode("utf-8-sig")
    page = pages.brief_html(result.story, result.findings, result.is_final, "", "0" * 64).decode()
    draft = docx.Document(io.BytesIO(bulletin.draft(result.story, result.findings)))
    words = "\n".join(paragraph.text for paragraph in draft.paragraphs)
    return Said(
        texts={
            "brief.txt": text,
            "brief.html": "\n".join(_pieces(page)),
            "本周要点": pages.summary(result.story).text,
            "与上周相比": pages.brief(result.story, result.findings).text,
            "通报": words.partition("各区镇（街道）：")[2].rpartition(result.programme.office)[0],
        },
        tables={
            "brief.html": _rows(page),
            "通报": [[cell.text for cell in row.cells] for table in draft.tables for row in table.rows],
        },
        titles=_titles(result),
        matters=text.partition("需要会上研究：")[2],
        problems=words.partition("二、存在问题")[2].partition("三、下一步要求")[0],
    )


def _pieces(page: str) -> list[str]:
    """The sentences of the brief: its paragraph, its lists."""
    found = re.findall(r'<p class="story">(.*?)</p>|<li>(.*?)</li>', page, re.DOTALL)
    return [html.unescape("".join(piece)) for piece in found]


def _rows(page: str) -> list[Row]:
    """The key figures and the table of the brief; cells as they are read."""
    keys = re.findall(r'<dt>(.*?)</dt><dd class="value">(.*?)</dd><dd>(.*?)</dd>', page)
    lines = re.findall("<tr.*?</tr>", page, re.DOTALL)[1:]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines]
    return [*map(list, keys), *([re.sub("<[^>]*>", "", cell) for cell in line] for line in cells)]


def _titles(result: Result) -> dict[str, str]:
    of, day = result.programme, result.week.week
    reporting = [*result.history.reporting, *archive.reporting(result.submissions, result.day)]
    return {
        "1": _title(charts.completion_by_town, result.completion, of, day),
        "2": _title(charts.gap_and_pace, result.season, of, day),
        "3": _title(charts.cumulative, result.season, of, day),
        "4": _title(charts.growth_by_week, result.season, of, day),
        "5": _title(charts.villages, result.completion, of, day),
        "6": _title(charts.submissions, reporting, of, day),
    }


class _Titled(Exception):
    """A chart as soon as it has its title: it need not be drawn."""


def _title(chart: Callable[..., object], *given: object) -> str:
    def head(_: Sheet, title: str, *__: object) -> None:
        raise _Titled(title)

    with mock.patch.object(Sheet, "head", head):
        try:
            chart(*given)
        except _Titled as titled:
            return str(titled)
    raise AssertionError(f"{chart} has no title")
