"""The brief and the page: what they say, that they are whole in themselves, and how a real browser shows them."""

import html
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest

from pipeline.params import Programme
from pipeline.products import pages
from pipeline.products.charts import style
from pipeline.products.pages.html import TEMPLATES
from pipeline.record import source
from pipeline.rules import Finding
from tests import browser
from tests.browser import needs_chromium
from tests.cases import CASES, Case, Done, measured, progress, story, story_of
from tests.helpers import found, programme

NONE: list[Finding] = []
TITLE, CODE = "第8周（截至2023年5月26日）　定稿", "ABCD-1234"
WIDTHS = (390, 1280, 1920)


@pytest.fixture(scope="module")
def of(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    return programme(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def page(of: Programme) -> str:
    """The committed notebook as a page."""
    return pages.weekly_report(nbformat.read(source.NOTEBOOK, as_version=4), of, TITLE, CODE).decode()


@pytest.fixture(scope="module")
def brief(of: Programme) -> str:
    done = {("南山村", "新建"): (10, "reported")}
    told = story(of, [measured(of, 10, "2023-04-28", before=5), measured(of, done)], {"甲镇": "late"})
    return pages.brief_html(told, NONE, False, "ABCD-1234", "a" * 64).decode()


def brief_of(case: Case, scratch: Path) -> str:
    return pages.brief_html(story_of(case, scratch), NONE, True, "ABCD-1234", "a" * 64).decode()


def table(text: str) -> list[str]:
    """The rows of the first table, a line each; cells parted by a space, without what only draws."""
    found = re.search("<table.*?</table>", text, re.DOTALL)
    lines = re.findall("<tr.*?</tr>", found[0] if found else "", re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines]
    plain = [[html.unescape(re.sub("<[^>]*>", "", cell)) for cell in line] for line in cells]
    return [" ".join(filter(None, line)) for line in plain]


# ---- what is said ----------------------------------------------------------------------------------------------


def test_the_briefs_table_ranks_the_towns_with_their_published_figures(brief: str) -> None:
    """甲镇: 38 of 190; 乙镇: 10 + 16 of 280; 19.13 % are due: 36 and 54; 148 days are left for 152 and 254."""
    assert table(brief) == [
        "位次 区镇 新建 整改 合计完成率 对照序时进度 较序时（百分点） 差距（座） 每周需（座） 状态",
        "1 甲镇 20.00% 20.00% 20.00% +0.87 +2 7.2 按序时",
        "2 乙镇 5.00% 20.00% 9.29% −9.84 −28 12.0 慢序时",
    ]


def test_the_briefs_key_figures(brief: str) -> None:
    found = re.findall(r"<dt>(.*?)</dt><dd class=\"value\">(.*?)</dd><dd>(.*?)</dd>", brief)
    assert found == [
        ("序时进度", "19.13%", "5月5日，距到期148天"),
        ("新建完成率", "11.18%", "38 / 340 座，本周新增 —"),
        ("整改完成率", "20.00%", "26 / 130 座，本周新增 —"),
        ("落后区镇", "1 / 2", "乙镇"),
    ]


def test_the_briefs_growth_after_skipped_weeks_is_not_called_this_weeks(of: Programme) -> None:
    """新建: 34 of 340 after 5 + 2 + 10, 整改: 13 of 130 after 2 + 4."""
    told = story(of, [measured(of, 5, "2023-04-21"), measured(of, 10, before=5)])
    assert re.findall(
        r"座，(较第3周新增 .*?)<", pages.brief_html(told, NONE, False, "ABCD-1234", "a" * 64).decode()
    ) == [
        "较第3周新增 +17",
        "较第3周新增 +7",
    ]


def test_the_briefs_text_can_be_pasted(of: Programme) -> None:
    done = {("南山村", "新建"): (10, "reported")}
    told = story(of, [measured(of, done)], {"甲镇": "late"})
    text = pages.brief_text(told, NONE, False)
    assert text.startswith(b"\xef\xbb\xbf")  # so that Notepad reads it as UTF-8
    assert text.decode("utf-8-sig").splitlines() == [
        "第5周（截至2023年5月5日）　初稿",
        "截至5月5日，全区3个整村推进村累计完成户厕改造64座，占目标任务的13.62%，低于序时进度（19.13%）5.51个百分点；"
        "其中新建38座（11.18%）、整改26座（20.00%）。慢于序时进度超过1个百分点的有：乙镇（9.29%）。应报2个区镇，已报1个；迟报1个：甲镇。",
        "与上周相比：首次存档，没有以前的周可比。",
        "需要会上研究：乙镇（9.29%）落后，请说明进展。",
    ]


@pytest.mark.parametrize("case", list(CASES))
def test_a_brief_can_be_made_of_every_week(tmp_path: Path, case: str) -> None:
    text = brief_of(CASES[case], tmp_path)
    assert "nan" not in text.partition("<body")[2].lower()
    assert "None" not in text.partition("<body")[2]


def test_a_long_list_of_towns_keeps_its_ends_and_says_what_is_left_out(tmp_path: Path) -> None:
    towns = "".join(
        f"  第{number}镇: {{villages: [{{name: 第{number}村, tier: 省级, new_build: {number * 10}, renovation: 0}}]}}\n"
        for number in range(1, 46)
    )
    text = brief_of(Case(CASES["no tasks"].programme.partition("  甲镇")[0] + towns, 25, before=20), tmp_path)
    assert len(table(text)) == 1 + 34
    assert "中间11个区镇略" in text


def test_a_carried_town_has_a_hollow_bar_and_no_rank(tmp_path: Path) -> None:
    text = brief_of(CASES["carried town"], tmp_path)
    assert table(text)[2].startswith("— 乙镇")
    assert "空心条：本周没有可用的数，沿用上次累计数，不排位次。" in text
    assert '<tr class=" old">' in text


def test_a_town_with_a_carried_figure_has_a_star_and_a_returned_one_is_called_so(of: Programme) -> None:
    done: Done = {
        ("东河村", "新建"): (5, "carried"),
        ("南山村", "新建"): (9, "carried"),
        ("南山村", "整改"): (9, "carried"),
    }
    told = story(of, [measured(of, done)], {"乙镇": "returned"})
    text = pages.brief_html(told, NONE, True, "0000-0000", "a" * 64).decode()
    assert [line.split()[i] for line, i in zip(table(text)[1:], (4, -1), strict=True)] == ["12.11%*", "退回"]
    assert "*：个别数未采用，含沿用上次的数。" in text


# ---- first the figures, last what machines need ----------------------------------------------------------------


def test_the_page_begins_with_the_key_figures(page: str) -> None:
    """4,515 = 2,770 + 1,745; 56 of 183 days have passed."""
    first = page.partition("二、分镇完成率</h2>")[0]
    assert "<p>9个区镇全部报送。</p>" in first
    assert table(first) == [
        "类别 目标（座） 完成（座） 完成率 序时进度 较序时（百分点） 本周新增",
        "新建 2,770 777 28.05% 30.60% −2.55 77",
        "整改 1,745 564 32.32% 30.60% +1.72 55",
        "合计 4,515 1,341 29.70% 30.60% −0.90 132",
    ]
    assert first.index("</table>") < first.index("没有待处理的数据问题") < first.index("<li>截至5月26日")


def test_what_only_machines_need_is_last_or_not_in_the_page(page: str) -> None:
    assert "python -m" not in page
    assert "result." not in page
    last = page.rpartition("<h2")[2]
    assert "输入指纹" in last
    assert re.findall(r"\b[0-9a-f]{16,}\b", re.sub(r"base64,[\w+/=]+", "", page.removesuffix(last))) == []


def plain(shown: Any) -> list[str]:
    """The lines of a cell's output."""
    return str(shown._repr_mimebundle_()["text/plain"]).splitlines()


def test_key_figures_that_are_not_known_are_no_zero(tmp_path: Path) -> None:
    assert plain(pages.key_figures(story_of(CASES["no submission"], tmp_path))) == [
        "应报2个区镇，已报0个；未报2个：甲镇、乙镇，缺数。",
        "类别　目标（座）　完成（座）　完成率　序时进度　较序时（百分点）　本周新增",
        "新建　340　—　—　19.13%　—　—",
        "整改　130　—　—　19.13%　—　—",
        "合计　470　—　—　19.13%　—　—",
    ]


def test_key_figures_leave_out_a_kind_that_nobody_has_to_build(tmp_path: Path) -> None:
    without = Case(CASES["one town"].programme.replace("new_build: 100", "new_build: 0"), 20, before=18)
    assert plain(pages.key_figures(story_of(without, tmp_path)))[2:] == [
        "整改　50　10　20.00%　19.13%　+0.87　1",
        "合计　50　10　20.00%　19.13%　+0.87　1",
    ]


def test_growth_over_skipped_weeks_is_called_so_among_the_key_figures(of: Programme) -> None:
    told = story(of, [measured(of, 5, "2023-04-21"), measured(of, 10, before=5)])
    assert plain(pages.key_figures(told))[1].endswith("　较第3周新增")


def test_what_waits_is_listed_with_its_town_figure_and_cell(of: Programme) -> None:
    listed = [
        found("fell", "hold", town="甲镇", village="东河村", kind="新建", file="甲.xlsx", sheet="表", cell="E4"),
        found("missing_town", "query", town="乙镇"),
        found("over_target", "note", town="甲镇", village="东河村", kind="整改"),
    ]
    assert plain(pages.to_settle(listed, of)) == [
        "待处理的数据问题1处；待说明1处，提示1处。",
        "级别　区镇　村、类别　说明　文件和单元格",
        "待裁定　甲镇　东河村 新建　　甲.xlsx!表!E4",
        "待说明　乙镇　—　　—",
    ]
    assert plain(pages.to_settle(listed[2:], of)) == ["没有待处理的数据问题；待说明0处，提示1处。"]


# ---- whole in themselves ---------------------------------------------------------------------------------------

OUTSIDE = re.compile(r"""<script|@import|javascript:|\bon\w+\s*=|(?:src|href)\s*=\s*["'](?!data:|#)|url\((?!data:)""")


@pytest.mark.parametrize("which", ["page", "brief"])
def test_nothing_is_asked_of_the_network_and_nothing_runs(which: str, request: pytest.FixtureRequest) -> None:
    text = request.getfixturevalue(which)
    assert OUTSIDE.findall(re.sub(r"base64,[\w+/=]+", "", text)) == []
    policy = re.search("<meta [^>]*Content-Security-Policy[^>]*>", text)
    assert policy and "default-src 'none';" in html.unescape(policy[0])
    assert "\ufffd" not in text


@pytest.mark.parametrize(
    "text", ["<script>", '<img src="http://a/b.png">', "url(//a/b)", '<p onclick="a()">', "@import"]
)
def test_the_guard_sees_what_comes_from_outside(text: str) -> None:
    assert OUTSIDE.search(text)


def test_text_from_a_town_is_never_markup(tmp_path: Path) -> None:
    of = programme(tmp_path, CASES["normal"].programme.replace("甲镇:", "'<script>甲</script>':"))
    text = pages.brief_html(story(of, [measured(of, 12)]), NONE, True, "x", "a" * 64).decode()
    assert "<script>" not in text
    assert "&lt;script&gt;甲" in text


def test_the_page_hides_the_code_and_shows_every_output(page: str) -> None:
    assert "charts.picture(" not in page
    assert page.count("<img ") == 6
    assert len(re.findall("<section>", page)) == 10
    assert f"<b>{TITLE}</b>" in page


def test_the_same_notebook_gives_the_same_bytes(of: Programme, page: str) -> None:
    again = pages.weekly_report(nbformat.read(source.NOTEBOOK, as_version=4), of, TITLE, CODE)
    assert again == page.encode()


def test_the_glyphs_are_a_small_part_of_the_pages(page: str, brief: str) -> None:
    for text, most in ((page, 230_000), (brief, 130_000)):
        embedded = re.findall(r"data:font/ttf;base64,([\w+/=]+)", text)
        assert len(embedded) == 2
        assert 10_000 < sum(map(len, embedded)) < most


# ---- for everyone ----------------------------------------------------------------------------------------------


def contrast(one: str, other: str) -> float:
    """WCAG 2's ratio of two colours."""

    def luminance(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_letters_and_areas_stand_out() -> None:
    """WCAG: 4.5 for text, 3 for graphics; and the two status colours from one another in grey print."""
    named = dict(re.findall(r"--(\w+): (#\w{6})", (TEMPLATES / "base.css").read_text(encoding="utf-8")))
    assert set(named) == {"ink", "grey", "rule", "pale", "blue", "orange", "late"}
    for text in ("ink", "grey", "blue", "late"):
        assert contrast(named[text], "#ffffff") >= 4.5, text
    assert contrast(named["orange"], "#ffffff") >= 3
    assert contrast(named["blue"], named["orange"]) >= 3


def test_the_charts_colours_are_the_pages() -> None:
    named = dict(re.findall(r"--(\w+): (#\w{6})", (TEMPLATES / "base.css").read_text(encoding="utf-8")))
    used = {"blue": style.BLUE, "orange": style.ORANGE, "late": style.ORANGE_TEXT, "ink": style.INK, "grey": style.GREY}
    assert {name: color.lower() for name, color in used.items()} == {name: named[name] for name in used}


@pytest.mark.parametrize("which", ["page", "brief"])
def test_headings_are_in_order_and_tables_have_header_cells(which: str, request: pytest.FixtureRequest) -> None:
    text = request.getfixturevalue(which)
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", text)]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}
    tables = re.findall("<table.*?</table>", text, re.DOTALL)
    assert tables
    for listed in tables:
        assert '<th scope="col"' in listed
    assert 'lang="zh-CN"' in text


def test_every_picture_says_in_words_what_it_shows(page: str) -> None:
    said = re.findall(r'<img [^>]*alt="([^"]*)"', page)
    assert len(said) == 6
    assert all(len(words) > 8 for words in said)


# ---- in a browser ----------------------------------------------------------------------------------------------


@needs_chromium
def test_chromium_opens_the_page_without_a_request_or_a_message(page: str, tmp_path: Path) -> None:
    (tmp_path / "weekly_report.html").write_text(page, encoding="utf-8")
    with browser.tab() as tab:
        tab.open(tmp_path / "weekly_report.html")
        outside = [address for address in tab.requests if not address.startswith(("data:", "file:"))]
        assert (outside, tab.messages) == ([], [])
        assert tab.value("[...document.fonts].map(font => font.status).join()") == "loaded,loaded"
        assert tab.value("document.querySelectorAll('nav a').length") == 10
        for place in (9, 0, 5):
            tab.value(f"document.querySelectorAll('nav a')[{place}].click()")
            top = tab.value(f"document.getElementById('s{place + 1}').getBoundingClientRect().top")
            assert -2 < top < 900
        assert browser.pages(tab.pdf()) == 11


@needs_chromium
def test_the_guard_of_the_browser_sees_a_request_and_a_message(tmp_path: Path) -> None:
    text = '<script>console.log("x")</script><img src="http://127.0.0.1:9/a.png">'
    (tmp_path / "bad.html").write_text(text, encoding="utf-8")
    with browser.tab() as tab:
        tab.open(tmp_path / "bad.html")
        assert "http://127.0.0.1:9/a.png" in tab.requests
        assert tab.messages


@needs_chromium
def test_the_brief_is_not_wider_than_a_phone(brief: str, tmp_path: Path) -> None:
    (tmp_path / "brief.html").write_text(brief, encoding="utf-8")
    with browser.tab() as tab:
        tab.open(tmp_path / "brief.html", width=390)
        assert tab.value("document.documentElement.scrollWidth") <= 390


LETTERS = """
    (() => {
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), sizes = []
        while (texts.nextNode())
            if (texts.currentNode.data.trim()) sizes.push(parseFloat(getComputedStyle(texts.currentNode.parentElement).fontSize))
        return Math.min(...sizes)
    })()"""
BOXES = "[...document.querySelectorAll('main .wide, main figure')]"


def looks(tab: browser.Tab, path: Path, width: int) -> dict[str, Any]:
    """What a window of this width shows: how wide the page is, its smallest letters in CSS pixels and those of its
    pictures, and which boxes hold more than they show, the first of all apart."""
    tab.open(path, width=width)
    pictures = tab.value("[...document.images].map(image => image.getBoundingClientRect().width)")
    clipped = tab.value(f"{BOXES}.map(box => box.scrollWidth > box.clientWidth)")
    assert tab.value(f"{BOXES}.every(box => getComputedStyle(box).overflowX == 'auto')")
    return {
        "page": tab.value("document.documentElement.scrollWidth"),
        "letters": tab.value(LETTERS),
        "drawn": min((wide / style.WIDTH * style.SMALLEST / 0.72 for wide in pictures), default=None),
        "first": clipped[0],
        "others": any(clipped[1:]),
    }


@needs_chromium
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_legible_in_every_window(page: str, tmp_path: Path, width: int) -> None:
    """A chart is 1280 units wide and its letters have at least 10 points of 0.72; only a phone has to scroll, and not
    for the key figures."""
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    with browser.tab() as tab:
        seen = looks(tab, tmp_path / "page.html", width)
    assert seen["page"] <= width
    assert seen["letters"] >= 11
    assert seen["drawn"] >= 11
    assert seen["first"] is False
    assert seen["others"] is (width == 390)


@needs_chromium
def test_the_guard_sees_what_is_too_wide_and_too_small(page: str, tmp_path: Path) -> None:
    worse = "img { min-width: 0; } p { font-size: 9px; } td { white-space: nowrap !important; } h1 { width: 2000px; }"
    (tmp_path / "page.html").write_text(page.replace("</style>", f"{worse}</style>"), encoding="utf-8")
    with browser.tab() as tab:
        seen = looks(tab, tmp_path / "page.html", 390)
        assert seen["page"] > 390
        assert seen["letters"] == 9
        assert seen["drawn"] < 5
        assert looks(tab, tmp_path / "page.html", 1280)["others"] is True


@needs_chromium
def test_long_names_and_paths_are_not_clipped(tmp_path: Path) -> None:
    of = programme(tmp_path, CASES["long names"].programme)
    figures = [
        replace(
            row,
            file=f"微信接收/（第三次更正）{row.town}{row.village}截至5月5日汇总表（最终版）.xlsx",
            sheet="Sheet1",
            cell="E4",
        )
        for row in progress(of, 25, "2023-05-05", 20)
    ]
    shown = pages.villages(measured(of, 25, before=20), figures, of)
    output = nbformat.v4.new_output("display_data", data=shown._repr_mimebundle_())
    cells = [nbformat.v4.new_markdown_cell("# 题"), nbformat.v4.new_code_cell("", outputs=[output])]
    page = pages.weekly_report(nbformat.v4.new_notebook(cells=cells), of, TITLE, CODE)
    (tmp_path / "page.html").write_bytes(page)
    with browser.tab() as tab:
        assert [looks(tab, tmp_path / "page.html", width)["first"] for width in WIDTHS] == [True, False, False]


@needs_chromium
def test_the_brief_prints_to_exactly_one_page_in_every_week(tmp_path: Path) -> None:
    with browser.tab() as tab:
        for case, week in CASES.items():
            path = tmp_path / f"{case}.html"
            path.write_text(brief_of(week, tmp_path / case), encoding="utf-8")
            tab.open(path)
            assert browser.pages(tab.pdf()) == 1, case
