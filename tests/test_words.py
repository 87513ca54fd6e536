"""Offices of other levels: all that they write says their own words, and counts of villages are counts of villages."""

import contextlib
import html
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx
import nbformat
import openpyxl
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from pipeline import commands, daily, params
from pipeline.params import Programme
from pipeline.params.levels import LEVELS
from pipeline.products import bulletin, charts, dispatch, feedback, pages, sentences, workbook
from pipeline.record import recording, source, tracing
from pipeline.rules import RULES
from pipeline.week import Result
from tests.cases import CASES, NAMES, charts_of, drawn
from tests.helpers import PROGRAMME, Office, day
from tests.lint import faults
from tests.test_levels import CITY

FIRST, SECOND, THIRD, LAST = "2023-04-07", "2023-04-14", "2023-04-21", "2023-10-06"  # the last: after the end
PROVINCE = CITY.replace("level: 市", "level: 省").replace("甲区", "甲市").replace("乙县", "乙市")
PROGRAMMES = {
    **{level: PROGRAMME.replace("schedule:", f"level: {level}\nschedule:", 1) for level in ("区", "县", "县级市")},
    "市": CITY,
    "省": PROVINCE,
}
FIXED = "全区|区镇|区局"
OF_TOWNS = "分镇|分村|镇|村"  # what no office above a county says, but for these:
OF_VILLAGES = r"农村|乡村|整村\s*(?:推进村?)?|村数|[省区]级\d+个村|(?m:^\d+个村$)"


# ---- all that an office writes ---------------------------------------------------------------------------------


def of_charts(figures: Sequence[Figure]) -> Iterator[str]:
    for figure in figures:
        yield str(figure.get_label())
        yield from (text.get_text() for text in figure.findobj(Text) if isinstance(text, Text))


def of_workbook(content: bytes) -> Iterator[str]:
    """What can be seen of it: what lies on hidden sheets is read back by the program, in the same words everywhere."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in (each for each in book if each.sheet_state == "visible"):
        yield sheet.title
        yield from (str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None)
        for rule in sheet.data_validations.dataValidation:
            yield from filter(None, (rule.prompt, rule.error, rule.promptTitle, rule.errorTitle))


def of_page(content: bytes) -> str:
    """Tags apart from those of labels that are read aloud."""
    text = content.decode()
    spoken = re.findall(r'aria-label="([^"]*)"', text)
    body = re.sub(r"<style.*?</style>|<svg.*?</svg>", "", text, flags=re.DOTALL)
    return html.unescape("\n".join([*spoken, re.sub("<[^>]*>", "\n", body)]))


def of_notebook(result: Result) -> Iterator[str]:
    """What the cells show, and the page with their headings."""
    of = result.programme
    shown = (
        pages.key_figures(result.story), pages.to_settle(result.findings, of), pages.summary(result.story),
        pages.brief(result.story, result.findings), pages.towns(result.completion, of),
        pages.villages(result.completion, result.progress, of), pages.submissions(result.submissions, of),
        pages.findings(result.findings, of), pages.corrections(result.corrections),
    )  # fmt: skip
    yield from (cell._repr_mimebundle_()["text/plain"] for cell in shown)
    yield repr(tracing.shown(result.trace()))
    notebook = nbformat.from_dict(source.program())  # type: ignore[no-untyped-call]
    yield of_page(pages.weekly_report(notebook, of, "", ""))


def of_week(result: Result) -> Iterator[str]:
    """All products of a week."""
    of, week, story, findings = result.programme, result.week, result.story, result.findings
    yield from sentences.lines(story, findings, result.is_final)
    yield pages.brief_text(story, findings, result.is_final).decode("utf-8-sig")
    yield of_page(pages.brief_html(story, findings, result.is_final, "", "0" * 64))
    draft = docx.Document(io.BytesIO(bulletin.draft(story, findings)))
    yield from (paragraph.text for paragraph in draft.paragraphs)
    yield from (cell.text for table in draft.tables for row in table.rows for cell in row.cells)
    yield from of_charts(list(drawn(of, result.season, result.reporting, result.day).values()))
    yield from of_workbook(recording.official_workbook(result))
    for name, content in feedback.messages(of, week.week, result.written, 1, "").items():
        yield name
        yield from of_workbook(content) if name.endswith(".xlsx") else [content.decode("utf-8-sig")]
    yield from of_notebook(result)


def of_commands(office: Office, on: str) -> Iterator[str]:
    """What check and decide print, and 处理单, whose headings 区镇 and 村 are the same at every level."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        commands.check(office.root, on, as_json=False)
        commands.decide(office.root, on)
        commands.new(office.root, on)
    yield printed.getvalue()
    for sheet in (office.root / "params").glob(f"{on}*.xlsx"):
        yield from (text for text in of_workbook(sheet.read_bytes()) if text not in ("区镇", "村"))


def of_day(office: Office, on: str) -> Iterator[str]:
    found = daily.dispatch(daily.compute(office.root, *daily.load(office.root, "params/2023.yaml", on, None)))
    yield from dispatch.lines(found)
    yield of_page(pages.daily_html(found))


def of_office(office: Office) -> Programme:
    return params.programme(office.root, "params/2023.yaml")


# ---- a season --------------------------------------------------------------------------------------------------


def fill(office: Office, on: str, member: str, done: Sequence[Sequence[object]], **cells: object) -> None:
    """The member's own pre-filled form, filled: a row each of 新建, 整改; then further cells."""
    form = next((office.root / "data/output" / on / "forms").glob(f"{member} *.xlsx"))
    book = openpyxl.load_workbook(form)
    for row, figures in enumerate(done, 4):
        for column, figure in enumerate(figures, 5):
            book["汇总表"].cell(row, column).value = figure  # type: ignore[assignment]
    for address, value in cells.items():
        book["汇总表"][address] = value
    book.save(office.root / "data/raw" / on / f"{member}.xlsx")


def stranger(path: Path, *rows: Sequence[object]) -> None:
    """A form of nobody knows whom."""
    book = openpyxl.Workbook()
    for row in (["2023年度农村户厕改造整村推进每周进展情况汇总表"], ["整村推进村", "完成新建", "完成整改"], *rows):
        book.active.append(row)
    book.save(path)


def season_of(office: Office) -> Iterator[str]:
    """A week as it should be, a messy one, one of which nothing came, one after the end; and a day between."""
    of = of_office(office)
    members = [name for name, member in of.towns.items() if member.villages]
    rows = {name: len(of.towns[name].villages) for name in members}
    commands.new(office.root, FIRST)
    for member in members:
        fill(office, FIRST, member, [(20 + row, 4 if row == 0 else 0) for row in range(rows[member])])
    yield from of_week(office.compute(FIRST))
    office.archive(FIRST)
    yield from _messy(office, members, rows)
    yield from of_day(office, "2023-04-19")
    commands.new(office.root, THIRD)
    yield from of_week(office.compute(THIRD))
    yield from of_commands(office, THIRD)
    office.week(
        LAST, f"  - {{do: accept, town: {members[1]}, rule: missing_town, reason: 停工, by: 张三, date: {LAST}}}\n"
    )
    commands.new(office.root, LAST)
    fill(office, LAST, members[0], [(30, 5)] * rows[members[0]])
    yield from of_week(office.compute(LAST))
    yield from of_workbook(workbook.blank_form(of, members[0], day(LAST), office.compute(LAST).previous))


def _messy(office: Office, members: list[str], rows: dict[str, int]) -> Iterator[str]:
    """Rejected, held, carried, missing; files of nobody; a late one, and a revision that says what it changes."""
    commands.new(office.root, SECOND)
    raw = office.root / "data/raw" / SECOND
    fill(office, SECOND, members[0], [("约50", 900)] * rows[members[0]], B5="不知哪里", G4="以上为预计数")
    yield from of_week(office.compute(SECOND))
    stranger(raw / "来文.xlsx", ["不知哪里", 5, 6])
    (raw / "说明.txt").write_text("本周无进展，另有事项", encoding="utf-8")
    yield from of_week(office.compute(SECOND))
    yield from of_commands(office, SECOND)
    office.archive(SECOND)
    fill(
        office,
        SECOND,
        members[1],
        [(40, 9)] * rows[members[1]],
        A4="别处",
        B4=of_office(office).towns[members[0]].villages[0].name,
    )
    result = office.compute(SECOND)
    yield from of_week(result)
    yield from tracing.in_words(result.trace())  # type: ignore[arg-type]
    between = office.root / "data/raw/daily/2023-04-19"
    between.mkdir(parents=True)
    (between / f"{members[1]}.xlsx").write_bytes((raw / f"{members[1]}.xlsx").read_bytes())


# ---- the words -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[str]]:
    """level -> all that its office writes in a season, each season once."""

    @cache
    def texts(level: str) -> list[str]:
        office = Office(tmp_path_factory.mktemp("office") / level, PROGRAMMES[level])
        return list(season_of(office))

    return texts


@pytest.mark.parametrize("level", ["县", "县级市", "市", "省"])
def test_an_office_says_the_words_of_its_level_only(said: Callable[[str], list[str]], level: str) -> None:
    words = LEVELS[level]
    foreign = f"{FIXED}|{OF_TOWNS}" if words.of_offices else FIXED
    texts = said(level)
    assert [text for text in texts if re.search(foreign, re.sub(OF_VILLAGES, "", text))] == []
    together = "\n".join(texts)
    own = (
        words.whole, words.each, f"没有{words.member}", f"{words.by_member}汇总", f"{words.by_part}明细",
        f"二、{words.by_member}完成率", f"六、{words.by_part}进度", f"{words.part}、类别", f"{words.short}里",
        f"各{words.item}", words.many_parts(3), f"无法确定{words.member}", f"认可“{words.member}未报”",
    )  # fmt: skip
    assert [word for word in own if word not in together] == []


def test_the_same_season_in_a_district_says_what_the_others_must_not(said: Callable[[str], list[str]]) -> None:
    together = "\n".join(said("区"))
    expected = "全区 区镇 分镇 分村 各区镇（街道）： 镇里 本村 各村 个整村推进村"
    assert [word for word in expected.split() if word not in together] == []


@pytest.mark.parametrize(("level", "count"), [("县", 3), ("市", 6), ("省", 6)])
def test_villages_are_counted_however_many_a_row_stands_for(
    said: Callable[[str], list[str]], level: str, count: int
) -> None:
    texts = said(level)
    assert f"{count}个村" in texts  # 合计
    whole = LEVELS[level].whole
    assert any(f"，{whole}{count}个整村推进村累计完成" in text for text in texts)
    assert any(text.startswith(f"截至4月19日，{count}个整村推进村") for text in texts)


@pytest.mark.parametrize(
    ("level", "first", "fifth"),
    [("区", *("1-分镇完成率", "5-分村进度")), ("县级市", *("1-分镇完成率", "5-分村进度")),
     ("市", *("1-分县完成率", "5-分项进度")), ("省", *("1-分市完成率", "5-分项进度"))],
)  # fmt: skip
def test_a_chart_is_filed_under_its_levels_name(tmp_path: Path, level: str, first: str, fifth: str) -> None:
    figures = charts_of(
        replace(CASES["kinds apart"], programme=PROGRAMME.replace("towns:", f"level: {level}\ntowns:")), tmp_path
    )
    names = [charts.picture(name, figure).name for name, figure in figures.items()]
    assert names == [first, *NAMES[1:4], fifth, NAMES[5]]


CROWDED = ("late and silent", "one town", "long names", "far over")


@pytest.mark.parametrize("name", CROWDED)
def test_the_widest_words_collide_with_nothing(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    figures = charts_of(replace(case, programme=case.programme.replace("towns:", "level: 市\ntowns:")), tmp_path)
    assert {chart: found for chart, figure in figures.items() if (found := faults(figure))} == {}
    assert [text for text in of_charts(list(figures.values())) if re.search(f"{FIXED}|分镇|分村", text)] == []


def test_a_rules_label_and_its_words_are_of_the_level() -> None:
    """The labels are fixed in the words of a 区, the words are templates."""
    spoken = [LEVELS["市"].spoken(rule.label) for rule in RULES.values()]
    assert [
        label for label in spoken if re.search(f"{FIXED}|{OF_TOWNS}", re.sub("行政村|旧村名|村民|村与社区", "", label))
    ] == []
    assert (
        RULES["whole_town_figure"].say(target=9, **LEVELS["省"].terms).words
        == "数值与全市年度任务相近（本项任务目标为9）"
    )
    assert [LEVELS["区"].spoken(rule.label) for rule in RULES.values()] == [rule.label for rule in RULES.values()]
