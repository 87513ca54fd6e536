"""One figure reads the same wherever it is read: chart, title, notebook, workbook, page, brief, draft, receipt.

The sample's newest week: 包场镇 has done 113 of 585 新建 and 34 of 180 整改, 147 of 765 together (19.22 %) where 30.60 %
are due (234); 618 are left for 127 days.
"""

import html
import io
import re
from collections.abc import Iterator

import docx
import openpyxl
import pytest
from matplotlib.text import Text

from pipeline.products import bulletin, feedback, pages
from pipeline.record import recording
from pipeline.week import Result
from tests import cases
from tests.refresh_notebook import sample

DAY = "2023-05-26"


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return sample(tmp_path_factory.mktemp("figure") / "o").compute(DAY)


@pytest.fixture(scope="module")
def charts(result: Result) -> dict[str, list[str]]:
    drawn = cases.drawn(result.programme, result.season, result.reporting, DAY)
    return {name: [text.get_text() for text in figure.findobj(Text)] for name, figure in drawn.items()}  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def brief(result: Result) -> str:
    text = pages.brief_html(result.story, result.findings, result.is_final, result.check_code, result.seal).decode()
    return html.unescape(re.sub("<[^>]*>", " ", text.partition("<body")[2]))


@pytest.fixture(scope="module")
def book(result: Result) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(recording.official_workbook(result)))


def line(book: openpyxl.Workbook, sheet: str, *first: str) -> list[object]:
    """The first row of a list that begins with, or holds, these words."""
    rows: Iterator[tuple[object, ...]] = book[sheet].iter_rows(values_only=True)
    return list(next(row for row in rows if set(first) <= set(row)))


def test_a_towns_rate(result: Result, charts: dict[str, list[str]], brief: str, book: openpyxl.Workbook) -> None:
    assert {"19.32%", "18.89%", "113 / 585", "34 / 180"} <= set(charts["1-分镇完成率"])
    assert "9个有任务区镇中4个落后序时进度，包场镇完成率最低；另有三厂街道、三星镇新建落后" in charts["1-分镇完成率"]
    assert {0.1932, 0.1889, 0.1922, -11.38, 147} <= set(line(book, "分镇汇总", "包场镇"))
    assert re.search(r"9\s+包场镇\s+19\.32%\s+18\.89%\s+19\.22%\s+−11\.38\s+−87\s+34\.1\s+严重滞后", brief)
    shown = pages.towns(result.completion, result.programme)._repr_mimebundle_()["text/plain"]
    assert "包场镇　765　147　19.22%　−11.38　17　18.8　34.1　9　严重滞后" in shown.splitlines()
    draft = docx.Document(io.BytesIO(bulletin.draft(result.story, result.findings)))
    assert ["9", "包场镇", "19.32%", "18.89%", "19.22%", "−11.38", "严重滞后"] in [
        [c.text for c in row.cells] for row in draft.tables[0].rows
    ]
    assert "包场镇（19.22%）" in "".join(paragraph.text for paragraph in draft.paragraphs)
    assert "包场镇（19.22%，严重滞后）" in pages.brief_text(result.story, result.findings, True).decode("utf-8-sig")


def test_a_towns_gap_and_pace(charts: dict[str, list[str]], brief: str, book: openpyxl.Workbook) -> None:
    assert {"−87", "−66", "−21", "18.8 → 34.1"} <= set(charts["2-差距与速度"])
    assert (
        "落后的4个区镇合计比序时进度少139座，包场镇最多，少87座；另有三厂街道、三星镇新建落后" in charts["2-差距与速度"]
    )
    assert "周均18.8，需34.1座" in charts["4-每周增量"]
    assert "包场镇（周均18.8，需34.1）" in brief
    assert {18.8, 34.1, 618} <= set(line(book, "分镇汇总", "包场镇"))


def test_the_districts_total(charts: dict[str, list[str]], brief: str, book: openpyxl.Workbook) -> None:
    assert {"28.05%", "777 / 2,770", "32.32%", "564 / 1,745"} <= set(charts["1-分镇完成率"])
    assert {"28.05%", "777", "32.32%", "564"} <= set(charts["3-累计曲线"])
    assert "第8周全区新增132座，比上周少53座；4个区镇近四周速度低于所需" in charts["4-每周增量"]
    assert (
        "累计完成户厕改造1,341座，占目标任务的29.70%，低于序时进度（30.60%）0.90个百分点；其中新建777座（28.05%，慢序时）、整改564座（32.32%）"
        in brief
    )
    assert "本周新增132座" in brief
    assert line(book, "汇总表", "合 计")[:6] == ["合 计", "11个村", 2770, 1745, 777, 564]
    assert {0.297, 1341, 132, -0.9} <= set(line(book, "分镇汇总", "全区"))


def test_a_villages_figure(result: Result, charts: dict[str, list[str]], book: openpyxl.Workbook) -> None:
    """盐河村: 31 of 165 新建, no 整改."""
    assert {"31 / 165", "18.79%"} <= set(charts["5-分村进度"])
    assert line(book, "汇总表", "盐河村")[1:6] == ["盐河村", 165, 0, 31, 0]
    sent = feedback.messages(result.programme, result.week.week, result.written, 1, result.check_code)
    receipt = sent["回执 包场镇.txt"].decode("utf-8-sig")
    assert any("盐河村" in said and "31" in said for said in receipt.splitlines())
    assert "147" in receipt
