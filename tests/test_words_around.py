"""Words around the table, wherever a program puts them: what they say is said of the whole form."""

import re

import pytest
from openpyxl.comments import Comment

from tests.messes import builders as make
from tests.messes.office import BAO, DAY
from tests.weeks import FIGURES, FORM, Desk, exact, unused

PAGE = make.html(FORM).decode()


def page(words: str) -> bytes:
    """A web page with a line above its table."""
    return PAGE.replace("<table", f"<p>{words}</p><table", 1).encode()


@pytest.mark.parametrize("words", ["单位：万元", "此表作废", "以下为本周新增数", "截至5月5日"])
def test_a_line_above_the_table_of_a_page_counts(desk: Desk, words: str) -> None:
    assert unused(desk.send(page(words), f"{BAO}.xls"), *FIGURES) == ""


@pytest.mark.parametrize(
    "words", ["单位：座", "填报单位：包场镇", "截至5月12日", "4月1日开工", "注：完成情况填自4月1日起的累计完成数"]
)
def test_an_ordinary_line_above_it_does_not(desk: Desk, words: str) -> None:
    assert exact(desk.send(page(words), f"{BAO}.xls")) == ""


def test_a_cell_of_a_page_that_is_not_shown_takes_no_place(desk: Desk) -> None:
    content, count = re.subn(r"(<td[^>]*>45<)", r"<td hidden>9</td><td style='display:none'>8</td>\1", PAGE)
    assert count == 1
    assert exact(desk.send(content.encode(), f"{BAO}.xls")) == ""


def test_a_comment_on_the_title_or_a_heading_is_said_of_all_figures(desk: Desk) -> None:
    for cell in ("A1", "E2"):

        def edit(sheet: object, cell: str = cell) -> None:
            sheet[cell].comment = Comment("本表为上周数据，本周另报", "Administrator")  # type: ignore[index]

        assert unused(desk.send(make.xlsx(FORM, edit)), *FIGURES) == ""


def test_a_title_of_the_county_is_no_towns_but_one_of_another_town_sends_it_back(desk: Desk) -> None:
    title = FORM.partition(" | ")[0]
    assert exact(desk.send(FORM.replace(title, f"南通市海门区{title}", 1))) == ""
    assert unused(desk.send(FORM.replace(title, f"四甲镇{title}", 1)), *FIGURES) == ""


def test_a_sentence_that_names_two_towns_is_no_ones_zero_report(desk: Desk) -> None:
    assert unused(desk.send("包场镇：四甲镇本周无进展。", day=DAY), *FIGURES[:3]) == ""
