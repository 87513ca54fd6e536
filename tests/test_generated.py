"""Forms made by chance: a figure that is used is what the clerk meant; and the guards of that guard."""

import io
import random
from collections.abc import Iterator
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.records import Key
from tests.generated import drawing, traps, writing
from tests.generated.judging import ALARM, RIGHT, SILENT, WRONG, Court
from tests.generated.plans import Column, Sent, Sheet, Text
from tests.generated.shrinking import picture, shrunk

DICE = st.randoms(use_true_random=False)
QUICK = settings(  # a failure is made small by `shrunk`, which knows what can be left out of a form
    max_examples=150,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def court() -> Iterator[Court]:
    yield Court()


@QUICK
@given(DICE)
def test_a_figure_of_a_form_with_something_wrong_is_the_truth_or_is_not_used_and_told(
    court: Court, dice: random.Random
) -> None:
    sent = traps.form(dice, trapped=True)
    verdict = court.judge(sent)
    assert not verdict.is_failure, f"{verdict.word}: {verdict.says}\n{picture(shrunk(court, sent))}"


@QUICK
@given(DICE)
def test_a_form_that_any_clerk_would_call_right_is_used_whole_and_without_a_question(
    court: Court, dice: random.Random
) -> None:
    sent = drawing.clean(dice)
    verdict = court.judge(sent)
    assert not verdict.is_failure, f"{verdict.word}: {verdict.says}\n{picture(shrunk(court, sent))}"


# ---- what judges them can fail, and draws what it says ----------------------------------------------------------


def _plain(**truth: int | None) -> Sent:
    """四甲镇's official form: 五甲村 has no task of 新建, and 63 of 385 of 整改."""
    columns = (
        Column(("区镇",), "town", ("四甲镇",)),
        Column(("整村推进村",), "village", ("五甲村",)),
        Column(("目标任务", "新建"), "target 新建", (0,)),
        Column(("目标任务", "整改"), "target 整改", (385,)),
        Column(("完成情况", "新建"), "done 新建", (0,)),
        Column(("完成情况", "整改"), "done 整改", (63,)),
    )
    meant = {"新建": 0, "整改": 63} | truth
    sheet = Sheet(columns=columns, above=(Text(drawing.TITLE),), is_main=True)
    keyed = {Key("四甲镇", "五甲村", kind): value for kind, value in meant.items()}
    return Sent("四甲镇", "2023-05-12", "四甲镇.xlsx", (sheet,), keyed)


def test_the_official_form_is_right(court: Court) -> None:
    assert court.judge(_plain()).word == RIGHT


def test_a_used_figure_that_is_not_the_truth_is_wrong(court: Court) -> None:
    assert court.judge(_plain(整改=64)).word == WRONG
    assert court.judge(_plain(整改=None)).word == WRONG


def test_what_should_have_been_told_and_is_not_is_found(court: Court) -> None:
    assert court.judge(replace(_plain(), grade="trap", told="note")).word == SILENT


def test_a_question_about_a_right_form_is_an_alarm(court: Court) -> None:
    fallen = _plain(整改=59)  # a week ago 60
    sheet = fallen.sheets[0]
    columns = (*sheet.columns[:5], replace(sheet.columns[5], cells=(59,)))
    assert court.judge(replace(fallen, sheets=(replace(sheet, columns=columns),))).word == ALARM


def test_a_note_about_a_right_form_that_is_not_true_of_it_is_an_alarm(court: Court) -> None:
    further = _plain()
    sheet = replace(
        further.sheets[0],
        columns=(*further.sheets[0].columns, Column(("序号",), "", (1,)), Column(("开工",), "", (70,))),
    )
    assert court.judge(replace(further, sheets=(sheet,))).word == ALARM
    assert court.judge(replace(further, sheets=(sheet,), notes=frozenset({"extra_columns"}))).word == RIGHT


def test_a_failure_is_made_small(court: Court) -> None:
    large = _plain(整改=64)
    sheet = replace(
        large.sheets[0],
        columns=(Column(("序号",), "", (1,)), *(replace(c, needed=True) for c in large.sheets[0].columns)),
    )
    small = shrunk(court, replace(large, sheets=(sheet, Sheet("Sheet2"))))
    assert [len(tab.columns) for tab in small.sheets] == [6]
    assert picture(small).endswith("四甲镇 | 五甲村 | 0 | 385 | 0 | 63")


def test_the_files_are_workbooks_that_another_reader_reads_alike() -> None:
    for seed in range(40):
        sent = drawing.clean(random.Random(seed))
        if not sent.file.endswith(".xlsx"):
            continue
        book = openpyxl.load_workbook(io.BytesIO(writing.written(sent)), data_only=True)
        assert book.sheetnames == [sheet.name for sheet in sent.sheets]
        for sheet in sent.sheets:
            for (row, column), put in writing.laid(sheet).cells.items():
                assert (book[sheet.name].cell(row, column).value or None) == (put.value or None)


def test_a_seed_is_a_form() -> None:
    one, two = (traps.form(random.Random(7)) for _ in range(2))
    assert writing.written(one) == writing.written(two)


@pytest.mark.parametrize("name", traps.TRAPS)
def test_every_trap_is_set_and_its_truth_names_every_figure(name: str) -> None:
    drawn = [traps.TRAPS[name](random.Random(seed), drawing.clean(random.Random(seed))) for seed in range(60)]
    sent = next(sent for sent in drawn if sent is not None)
    assert set(sent.truth) == {Key(sent.town, key.village, kind) for key in sent.truth for kind in ("新建", "整改")}
    assert writing.written(sent)
