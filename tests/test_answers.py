"""处理单 read back: whatever a town typed, a row that was written is known again, and says what was put in."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.intake import answers
from pipeline.params.questions import Answer, Option, Question, draft
from pipeline.products import decision_sheet
from pipeline.products.questions.keeping import Entry, Standing
from tests.helpers import day, of

DAY = "2023-05-05"
TEXTS = st.text(max_size=40) | st.sampled_from(
    ["=1+1", "#N/A", "-5", "001", "约\n50", "“引号”,逗号", "\x07铃", "😀", "1E5", " 空 "]
)
OPTIONS = st.builds(
    Option,
    st.text(min_size=1, max_size=20).map(lambda text: f"改为{text}"),
    st.lists(st.dictionaries(st.sampled_from(["was", "file", "now"]), TEXTS, max_size=3).map(draft), max_size=2).map(
        tuple
    ),
)
QUESTIONS = st.builds(
    Question, town=TEXTS, village=TEXTS, kind=st.sampled_from(["", "新建", "整改"]), file=TEXTS, sheet=TEXTS,
    cell=st.sampled_from(["", "E4", "表格1!行3列5"]), raw=TEXTS, identity=TEXTS.map(lambda text: f"figure／{text}"), words=TEXTS,
    before=TEXTS, options=st.lists(OPTIONS, max_size=4).map(tuple),
)  # fmt: skip


def written(questions: list[Question], folder: str, chosen: Answer) -> answers.Answers:
    entries = [Entry(question, chosen, Standing.OPEN) for question in questions]
    path = Path(folder) / "params" / f"{DAY} 处理单.xlsx"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(decision_sheet.to_bytes(entries, day(DAY), of()))
    read = answers.read(Path(folder), DAY)
    assert read is not None
    return read


@settings(max_examples=25, deadline=None)
@given(st.lists(QUESTIONS, min_size=1, max_size=4))
def test_a_written_row_is_known_again(questions: list[Question]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        read = written(questions, folder, Answer("", "95", "电话核实", "张三", "2023-05-05"))
    assert [row.is_whole for row in read.rows] == [True] * len(questions)
    assert [[option.drafts for option in row.question.options] for row in read.rows] == [
        [option.drafts for option in question.options] for question in questions
    ]
    assert {row.answer for row in read.rows} == {Answer("", "95", "电话核实", "张三", "2023-05-05")}
    assert read.lacking == ()


def test_one_sign_changed_in_what_a_row_binds_to_is_seen() -> None:
    question = Question(town="甲镇", raw="约50", identity="figure／甲镇", words="“约50”不是确数")
    with tempfile.TemporaryDirectory() as folder:
        row = written([question], folder, Answer()).rows[0]
    assert row.question.digest(DAY) == question.digest(DAY)
    assert Question(town="甲镇", raw="约51", identity="figure／甲镇", words="“约50”不是确数").digest(
        DAY
    ) != question.digest(DAY)
    assert question.digest("2023-05-12") != question.digest(DAY)
