"""Every published figure of the sample, traced to the cells that it is made of."""

import io
import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from pipeline import archive, cli
from pipeline.products import pages
from pipeline.record import recording, tracing
from pipeline.records import COMPLETION, Origin
from tests.helpers import Office
from tests.refresh_notebook import sample

NEWEST = "2023-05-26"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The sample with all its weeks recorded (the light way: without notebooks)."""
    office = sample(tmp_path_factory.mktemp("tracing") / "office")
    office.archive(NEWEST)
    return office


def records(office: Office) -> list[tuple[str, Path]]:
    return [(day, archive.revisions(office.root, day)[-1]) for day in archive.weeks(office.root)]


def test_every_figure_of_every_week_is_the_sum_of_its_parts(office: Office) -> None:
    """All rows of completion, all parts down to a cell of a file whose bytes lie in a record."""
    seen = 0
    for day, record in records(office):
        for row in archive.table(record, COMPLETION):
            trace = tracing.of_record(office.root, record, day, *row.key)
            assert trace.row == row
            assert (row.done or 0) == sum(part.done or 0 for part in trace.parts)
            if row.rate is not None and row.rate < 1:
                assert abs(row.rate - Decimal(row.done or 0) / row.target) <= Decimal("0.00005")
            assert row.rank is None or row.rank == 1 + sum(rate > row.rate for rate in trace.rates.values())
            seen += sum(_is_on_disc(office, part) for part in trace.parts)
    assert seen > 1000


def _is_on_disc(office: Office, part: Origin) -> bool:
    if not part.file:
        return False
    for week in (record / "inputs/data/raw" for _, record in records(office)):
        path = week / part.week / part.file
        if path.is_file():
            assert archive.digest(path.read_bytes()) == part.sha256
            return True
    raise AssertionError(part)


def test_the_cell_named_holds_the_text_that_is_quoted(office: Office) -> None:
    """Read by openpyxl, not by our reader, for all .xlsx files of the newest week."""
    day, record = records(office)[-1]
    checked = 0
    for part in tracing.of_record(office.root, record, day).parts:
        if part.week == day and part.file.endswith(".xlsx"):
            book = openpyxl.load_workbook(record / "inputs/data/raw" / day / part.file)
            assert str(book[part.sheet][part.cell].value) == part.raw
            checked += 1
    assert checked == 18


def numbers(text: str) -> set[str]:
    """Without the commas of thousands, which `trace` and the charts print and sentences do not."""
    return set(re.findall(r"\d+(?:\.\d+)?", text.replace(",", "")))


def traced(office: Office, record: Path, day: str) -> set[str]:
    """Every number that `trace` tells of any place of a week."""
    traces = [tracing.of_record(office.root, record, day, *row.key) for row in archive.table(record, COMPLETION)]
    return numbers(" ".join(line for trace in traces for line in tracing.in_words(trace)))


def test_every_number_of_the_briefs_text_and_the_summary_can_be_traced(office: Office) -> None:
    """In this week's record or, where weeks are compared, in the one before. Dates and counts of places are none."""
    dates = r"第\d+周(（截至.*?）)?|截至\d+月\d+日|\d+个(整村推进村|区镇|村)|已报\d+个|\d+处|(^|：|。)\d\."
    before = {"0"}
    for day, record in records(office):
        result = office.compute(day)
        known = traced(office, record, day)
        brief = pages.brief_text(result.story, result.findings, result.is_final).decode("utf-8-sig")
        said = brief + pages.summary(result.story).text
        assert numbers(re.sub(dates, "", said)) - known - before == set(), day
        before = known | {"0"}


def test_every_number_of_the_workbook_is_a_figure_that_can_be_traced(office: Office) -> None:
    """All numbers of the form, 分镇汇总 and 分村明细; ranks, rates and paces included."""
    measures = (
        "target",
        "done",
        "added",
        "remaining",
        "rate",
        "expected",
        "gap",
        "needed_per_week",
        "achieved_per_week",
    )
    checked = 0
    for day, record in records(office):
        known = {0.0, 1.0, 2.0, 11.0}  # villages of a town, of the district
        for row in archive.table(record, COMPLETION):
            traced_row = tracing.of_record(office.root, record, day, *row.key).row
            values = (getattr(traced_row, name) for name in (*measures, "rank"))
            known |= {float(value) for value in values if value is not None}
        book = openpyxl.load_workbook(io.BytesIO(recording.official_workbook(office.compute(day))))
        for name in (book.sheetnames[0], "分镇汇总", "分村明细"):
            cells = [cell.value for line in book[name].iter_rows() for cell in line]
            numbers = {float(value) for value in cells if isinstance(value, int | float)}
            assert numbers - known == set(), (day, name)
            checked += len(numbers)
    assert checked > 500


def test_a_carried_figure_leads_to_the_week_that_reported_it(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["trace", "2023-05-05", "包场", "盐灶", "--kind", "新建", "--root", str(office.root)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("data/output/2023-05-05/r1　包场镇盐灶村 新建：完成 40，目标 420，完成率 9.52%")
    assert lines[1].startswith(
        "  包场镇盐灶村 新建 40　沿用（本周数未采用）　data/raw/2023-04-28/微信接收/包场镇（截至4月28日）.xlsx（sha256 "
    )
    assert lines[1].endswith("Sheet1!E5，原文“40”")


def test_a_corrected_figure_names_the_decision_and_the_text_as_typed(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["trace", NEWEST, "三厂街道", "织坊村", "--kind", "新建", "--root", str(office.root)])
    line = capsys.readouterr().out.splitlines()[1]
    assert "按决定更正（更正：示例经办人 5月26日：电话核实，台账为50座）" in line
    assert line.endswith("进展情况!E3，原文“约50”")


def measures(office: Office, day: str, *place: str) -> list[str]:
    """The lines of a trace but for its parts."""
    record = archive.revisions(office.root, day)[-1]
    return [line for line in tracing.in_words(tracing.of_record(office.root, record, day, *place)) if "　" not in line]


def test_rates_ranks_and_paces_are_told_as_they_are_printed(office: Office) -> None:
    """包场镇: 147 of 765; 72 four weeks ago; 127 days are left. Chart 2 prints 18.8 → 34.1 and 剩余18.1周."""
    assert measures(office, NEWEST, "包场镇") == [
        "包场镇 合计：完成 147，目标 765，完成率 19.22%，序时进度 30.60%，较序时 −11.38，本周新增 17，尚缺 618",
        "  完成 147 ＝ 82 + 34 + 31 + 0",
        "  完成率 19.22% ＝ 147 ÷ 765",
        "  位次 9，按各区镇合计完成率：三厂街道 53.45%、海门街道 35.58%、常乐镇 33.56%、临江镇 30.71%、三星镇 30.43%、"
        "悦来镇 29.31%、正余镇 26.82%、四甲镇 22.86%、包场镇 19.22%",
        "  近四周周均 18.8 ＝（147 － 72）÷ 4周（2023-04-28 至 2023-05-26）",
        "  每周需完成 34.1 ＝ 尚缺 618 ÷ 剩余18.1周",
    ]


def test_counts_have_their_thousands_apart_and_paces_the_charts_names(office: Office) -> None:
    assert measures(office, "2023-04-07")[-3:] == [
        "  完成率 3.41% ＝ 154 ÷ 4,515",
        "  首周完成 154.0 ＝（154 － 0）÷ 1周（2023-03-31 至 2023-04-07）",
        "  每周需完成 173.4 ＝ 尚缺 4,361 ÷ 剩余25.1周",
    ]
    assert measures(office, "2023-04-07")[-5:-3] == [
        "  其中省级：完成 151，目标 4,350，完成率 3.47%，序时进度 3.83%，较序时 −0.36，本周新增 151，尚缺 4,199",
        "  其中区级：完成 3，目标 165，完成率 1.82%，序时进度 3.83%，较序时 −2.01，本周新增 3，尚缺 162",
    ]
    assert measures(office, "2023-04-21", "悦来镇")[-2:] == [
        "  开工以来周均 18.5 ＝（37 － 0）÷ 2周（2023-03-31 至 2023-04-14）",
        "  每周需完成 20.2 ＝ 尚缺 468 ÷ 剩余23.1周",
    ]


def test_every_pace_is_the_quotient_that_is_told(office: Office) -> None:
    """Of every place of every week, to half of the last digit that is printed."""
    checked = 0
    for day, record in records(office):
        for row in archive.table(record, COMPLETION):
            trace = tracing.of_record(office.root, record, day, *row.key)
            if row.achieved_per_week is not None:
                (since, before), (until, now) = trace.counts[0], trace.counts[-1]
                exact = Decimal((now - before) * 7) / (until - since).days
                assert abs(row.achieved_per_week - exact) <= Decimal("0.05")
                checked += 1
    assert checked > 400


def test_a_place_that_is_not_there_is_told(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["trace", NEWEST, "丁镇", "--root", str(office.root)]) == 2
    assert capsys.readouterr().err.startswith("存档里没有“丁镇”。可查的区镇：海门街道、")
    assert cli.main(["trace", "2023-06-02", "--root", str(office.root)]) == 2
