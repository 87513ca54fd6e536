"""States are true: one word for one state in all that people look at, and nobody is sent back with nothing to do."""

import io
import re
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.commands import checking
from pipeline.products import bulletin, charts, feedback, pages, suggestions
from pipeline.record import recording
from pipeline.week import Result
from tests.helpers import PROGRAMME, TARGETS, TOWNS, Office, day, lines, only
from tests.states import disagreements
from tests.test_charts import words

FIRST, SECOND = "2023-04-07", "2023-04-14"
EAST_WEST = {"东河村": (20, 10), "西河村": (4, 0)}
BY = "reason: 微信群报数, by: 张三, date: 2023-04-07"


def enter(town: str, village: str, new: int, renovated: int) -> str:
    """The lines of two figures by telephone."""
    about = f"do: enter, town: {town}, village: {village}, {BY}"
    return f"  - {{{about}, kind: 新建, now: {new}}}\n  - {{{about}, kind: 整改, now: {renovated}}}\n"


def told(result: Result) -> dict[str, bytes]:
    return feedback.messages(result.programme, result.week.week, result.written, result.revision, "")


# ---- a photo, a decision, and then the right file --------------------------------------------------------------

PHOTO = f"  - {{do: exclude, file: 乙镇.jpg, {BY}}}\n"


@pytest.fixture
def entered(office: Office) -> Office:
    """乙镇 sent a photo; its figures were entered, and the week was sealed with them."""
    folder = office.week(FIRST, PHOTO + enter("乙镇", "南山村", 31, 8))
    office.send(FIRST, "甲镇.xlsx", EAST_WEST)
    (folder / "乙镇.jpg").write_bytes(b"\xff\xd8\xff\xe0 JFIF")
    office.archive(FIRST)
    return office


def test_the_sealed_week_is_final_and_calls_the_town_missing_and_entered(entered: Office) -> None:
    result = entered.compute(FIRST)
    assert result.is_final
    assert lines(result.submissions.towns, "town", "status")[1] == "乙镇 missing"
    assert "未报1个：乙镇，已按书面决定录入。" in pages.brief_text(result.story, result.findings, True).decode()


def test_the_file_that_then_comes_with_the_same_figures_is_late_and_settles_what_was_entered(entered: Office) -> None:
    entered.send(FIRST, "乙镇.xlsx", {"南山村": (31, 8)})
    result = entered.compute(FIRST)
    assert result.is_final
    assert lines(result.submissions.towns, "town", "status", "file")[1] == "乙镇 late 乙镇.xlsx"
    assert lines(only(result.progress, town="乙镇"), "done", "status", "cell") == ["31 reported E4", "8 reported F4"]
    assert not [name for name in told(result) if name.startswith("退回单")]


def test_a_file_with_other_figures_waits_for_the_office_and_not_for_the_town(entered: Office) -> None:
    entered.send(FIRST, "乙镇.xlsx", {"南山村": (33, 9)})
    result = entered.compute(FIRST)
    assert lines(result.submissions.towns, "town", "status")[1] == "乙镇 pending"
    assert not [name for name in told(result) if name.startswith("退回单")]
    assert told(result)["催报.txt"].decode("utf-8-sig") == (
        "@所有人 各区镇：\r\n第1周进展情况汇总表已报1家，待核1家（正在核读，不用补报）：乙镇。\r\n谢谢大家。\r\n"
    )
    assert suggestions.lines(result.questions, FIRST)[1:5] == [
        "  # 按表内数采用（33），不用补录的数：",
        '  - {do: accept, town: "乙镇", village: "南山村", kind: 新建, rule: entered_differs, was: "33", reason: , by: , date: 2023-04-07}',
        "  # 或者按补录的数采用（31），不用表内数（要用时去掉下一行的 #）：",
        '  # - {do: correct, town: "乙镇", village: "南山村", kind: 新建, was: "33", now: 31, reason: , by: , date: 2023-04-07}',
    ]
    assert disagreements(result) == []


def test_either_line_that_check_prints_settles_which_figure_counts(entered: Office) -> None:
    entered.send(FIRST, "乙镇.xlsx", {"南山村": (33, 8)})
    result = entered.compute(FIRST)
    accept, correct = (
        line.replace("# - ", "- ").replace("reason: , by: ", "reason: 电话核实, by: 李四")
        for line in suggestions.lines(result.questions, FIRST)
        if "{do: " in line
    )
    both = enter("乙镇", "南山村", 31, 8)
    entered.week(FIRST, f"{PHOTO}{both}{accept}\n")
    assert lines(only(entered.compute(FIRST).progress, town="乙镇"), "done", "status")[0] == "33 reported"
    for kept in (both, f"{both.splitlines()[1]}\n"):  # the entered figure may stay beside the correction that keeps it
        entered.week(FIRST, f"{PHOTO}{kept}{correct}\n")
        result = entered.compute(FIRST)
        assert lines(only(result.progress, town="乙镇"), "done", "status")[0] == "31 corrected"
        assert result.is_final


def test_a_town_of_which_only_the_zero_of_a_kind_without_a_task_counts_is_returned(office: Office) -> None:
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", {"东河村": ("约20", "约10"), "西河村": ("约4", 0)})
    assert lines(office.compute(FIRST).submissions.towns, "town", "status")[0] == "甲镇 returned"


# ---- returned, exactly where a 退回单 asks for something --------------------------------------------------------


def test_a_photo_beside_a_file_that_only_this_machine_cannot_open_goes_back_and_the_file_waits(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.intake.reading.unpacker.programs", list)
    folder = office.week(FIRST)
    (folder / "乙镇.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(64))
    (folder / "乙镇.jpg").write_bytes(b"\xff\xd8\xff\xe0 JFIF")
    result = office.compute(FIRST)
    assert lines(result.submissions.rows, "town", "status", "file")[1:] == [
        "乙镇 returned 乙镇.jpg", "丙镇 none_expected -", "乙镇 pending 乙镇.7z",
    ]  # fmt: skip


def test_what_a_decision_settles_is_nothing_to_do(office: Office) -> None:
    """All of 乙镇's figures fell. Without decisions it waits for the office, which asks it; with one corrected it has reported."""
    office.week(FIRST)
    office.send(FIRST, "乙镇.xlsx", {"南山村": (31, 8)})
    office.archive(FIRST)
    office.week(SECOND)
    office.send(SECOND, "乙镇.xlsx", {"南山村": (30, 7)})
    assert lines(office.compute(SECOND).submissions.towns, "status")[1] == "pending"
    correct = 'do: correct, town: 乙镇, village: 南山村, kind: 新建, was: "30", now: 32'
    office.week(SECOND, f"  - {{{correct}, {BY}}}\n")
    assert lines(office.compute(SECOND).submissions.towns, "status")[1] == "received"


CELL = st.sampled_from([30, 5, 900, "约30", "无变化", None])
FORM = st.tuples(CELL, CELL)
SENT = st.lists(st.one_of(st.sampled_from(["乙镇.jpg", "乙镇.xls"]), FORM), max_size=2)
DECISION = st.sampled_from(
    ["enter", "correct", "exclude", "accept fell", "accept over_target", "accept entered_differs"]
)


def decision(kind: str) -> str:
    about = f"town: 乙镇, village: 南山村, kind: 新建, {BY}"
    return {
        "enter": enter("乙镇", "南山村", 31, 31),
        "correct": f'  - {{do: correct, was: "5", now: 31, {about}}}\n',
        "exclude": PHOTO,
    }.get(kind, f"  - {{do: accept, rule: {kind.rpartition(' ')[2]}, {about}}}\n")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("states") / "o")
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", EAST_WEST)
    office.send(FIRST, "乙镇.xlsx", {"南山村": (10, 4)})
    office.archive(FIRST)
    return office


@settings(max_examples=80, deadline=None)
@given(SENT, FORM, st.sets(DECISION, max_size=2).filter(lambda chosen: not {"enter", "correct"} <= chosen))
def test_returned_means_a_return_and_whoever_waits_for_the_office_is_never_urged(
    recorded: Office, south: list[tuple[object, object] | str], west: tuple[object, object], chosen: set[str]
) -> None:
    folder = recorded.week(SECOND, "".join(map(decision, sorted(chosen))))
    recorded.send(SECOND, "甲镇.xlsx", {"东河村": (30, 12), "西河村": west})
    for number, form in enumerate(south):
        if isinstance(form, str):
            (folder / form).write_bytes(b"\xff\xd8\xff\xe0 JFIF" if form.endswith("jpg") else b"")
        else:
            recorded.send(SECOND, f"乙镇{number}.xlsx", {"南山村": form})
    try:
        assert disagreements(recorded.compute(SECOND)) == []
    finally:
        for path in folder.iterdir():
            path.unlink()


# ---- all states at once ----------------------------------------------------------------------------------------

NAMES = (
    "按时镇",
    "补交镇",
    "重报镇",
    "核对镇",
    "沉默镇",
    "半数镇",
)  # received, late, returned, pending, missing, one figure held
SEVEN = PROGRAMME.partition("  甲镇")[0] + "".join(
    f"  {town}: {{villages: [{{name: {town[:2]}村, tier: 省级, new_build: 100, renovation: 50}}]}}\n" for town in NAMES
) + "  丙镇: {villages: []}\n"  # fmt: skip
WORD = {"补交镇": "迟报", "重报镇": "退回", "核对镇": "待核", "沉默镇": "未报"}
COUNTS = {"已报": "2", "迟报": "1", "退回": "1", "待核": "1", "未报": "1"}


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        for town in NAMES:
            patch.setitem(TOWNS, f"{town[:2]}村", town)
            patch.setitem(TARGETS, f"{town[:2]}村", (100, 50))
        office = Office(tmp_path_factory.mktemp("every") / "o", SEVEN)
        office.week(FIRST)
        for town in NAMES:
            office.send(FIRST, f"{town}.xlsx", {f"{town[:2]}村": (10, 5)})
        office.archive(FIRST)
        office.week(SECOND, enter("核对镇", "核对村", 14, 7))
        sent = {"按时": (12, 6), "重报": ("约12", "约6"), "核对": (15, 8), "半数": (9, 6)}
        for name, figures in sent.items():
            office.send(SECOND, f"{name}镇.xlsx", {f"{name}村": figures})
        office.archive(SECOND)
        office.send(SECOND, "补交镇.xlsx", {"补交村": (12, 6)})
        return office.compute(SECOND)


def counts(text: str) -> dict[str, str]:
    """The states that a text counts: 已报2个 or 已报2家."""
    return dict(re.findall(r"(已报|迟报|退回|待核|未报)(\d+)(?:个|家)", text))


def test_every_state_is_there(every: Result) -> None:
    assert lines(every.submissions.towns, "town", "status") == [
        "按时镇 received", "补交镇 late", "重报镇 returned", "核对镇 pending", "沉默镇 missing", "半数镇 received",
        "丙镇 none_expected",
    ]  # fmt: skip
    assert disagreements(every) == []


def test_the_towns_group_reads_who_is_where_and_only_who_can_do_something_is_asked(every: Result) -> None:
    said = told(every)["催报.txt"].decode("utf-8-sig")
    assert said == (
        "@所有人 各区镇：\r\n"
        "第2周进展情况汇总表已首次存档（截止时间4月14日 17:00），请尽快补报，此后收到的列为迟报。\r\n"
        "目前已报2家，迟报1家：补交镇；退回1家（见退回单，请改好重报）：重报镇；待核1家（正在核读，不用补报）：核对镇；"
        "未报1家：沉默镇。\r\n有数要改正（见退回单，请改好重报）：半数镇。\r\n填累计数，无进展也请零报告。收到请回复。\r\n"
    )
    assert counts(said) == COUNTS
    assert [name for name in told(every) if name.endswith("xlsx")] == ["退回单 重报镇.xlsx", "退回单 半数镇.xlsx"]
    assert sorted(name for name in told(every) if name.startswith("回执")) == [
        "回执 半数镇.txt", "回执 按时镇.txt", "回执 补交镇.txt",
    ]  # fmt: skip
    assert "收到文件：补交镇.xlsx（迟报）" in told(every)["回执 补交镇.txt"].decode()
    receipt = told(every)["回执 半数镇.txt"].decode()
    assert "合计新建：目标100，累计完成10，本周新增—，沿用" in receipt
    assert "未报" not in receipt


def test_brief_bulletin_and_check_count_the_same_in_the_same_words(every: Result) -> None:
    draft = docx.Document(io.BytesIO(bulletin.draft(every.story, every.findings)))
    texts = {
        "brief.txt": pages.brief_text(every.story, every.findings, False).decode(),
        "通报": "\n".join(paragraph.text for paragraph in draft.paragraphs),
        "check": "\n".join(checking._report(every, [])),
        "page": pages.key_figures(every.story)._repr_mimebundle_()["text/plain"],
    }
    for name, text in texts.items():
        assert counts(text) == COUNTS, name
        for town, word in WORD.items():
            assert f"{word}1个：{town}" in text, (name, town)
    ranks = {row.cells[1].text: row.cells[6].text for row in draft.tables[0].rows[1:]}
    assert {town: ranks[town] for town in ("重报镇", "核对镇", "沉默镇")} == {
        "重报镇": "退回", "核对镇": "待核", "沉默镇": "未报",
    }  # fmt: skip
    brief = pages.brief_html(every.story, every.findings, False, "", "a" * 64).decode()
    states = dict(re.findall(r"<tr.*?(\w\w镇)</t.*?>([^<>]+)</td>\s*</tr>", brief, re.DOTALL))
    assert {town: states[town] for town in ("重报镇", "核对镇", "沉默镇")} == {
        "重报镇": "退回", "核对镇": "待核", "沉默镇": "未报",
    }  # fmt: skip


def test_the_pages_tables_and_the_sixth_chart_use_the_same_words(every: Result) -> None:
    shown = pages.submissions(every.submissions, every.programme)._repr_mimebundle_()["text/plain"].splitlines()
    assert {line.split("　")[0]: line.split("　")[1] for line in shown[1:6]} == {"按时镇": "已报", **WORD}
    measured = pages.towns(every.completion, every.programme)._repr_mimebundle_()["text/plain"].splitlines()
    assert [line.rpartition("　")[2] for line in measured[3:6]] == ["退回", "待核", "未报"]
    chart = charts.submissions(every.reporting, every.programme, day(SECOND))
    assert chart.get_label() == (
        "本周应报6个区镇，已报2个，迟报1个（补交镇），退回1个（重报镇），待核1个（核对镇），未报1个（沉默镇）"
    )
    assert {"已报", "迟 迟报", "□ 退 退回", "□ 核 待核", "□ × 未报"} <= {
        word.removeprefix("■ ") for word in words(chart)
    }
    fifth = words(charts.villages(every.completion, every.programme, day(SECOND)))
    assert not any("未报" in word for word in fifth)


def test_the_workbook_uses_them_too_and_says_of_a_single_figure_only_that_it_is_not_used(
    every: Result, tmp_path: Path
) -> None:
    (tmp_path / "b.xlsx").write_bytes(recording.official_workbook(every))
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    last = {row[0]: row[2] for row in book["报送情况"].iter_rows(values_only=True) if row[0] in NAMES}
    assert last == {"按时镇": "已报", "半数镇": "已报", **WORD}
    head = [str(cell.value) for cell in book["分镇汇总"][3]]
    town, word = (next(n for n, text in enumerate(head) if text.startswith(name)) for name in ("区镇", "状态"))
    state = {row[town]: row[word] for row in book["分镇汇总"].iter_rows(values_only=True)}
    assert [state[town] for town in ("重报镇", "核对镇", "沉默镇")] == ["退回", "待核", "未报"]
    remark = {row[1]: row[6] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert {village: remark[village] for village in ("重报村", "核对村", "沉默村", "半数村")} == {
        "重报村": "〔本周退回，沿用截至4月7日数〕", "核对村": "〔本周待核，沿用截至4月7日数〕",
        "沉默村": "〔本周未报，沿用截至4月7日数〕", "半数村": "〔新建本周数未采用，沿用截至4月7日数〕",
    }  # fmt: skip
