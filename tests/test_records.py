"""Records, their tables as text and as frames, and what mypy sees of a slip."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline import frames
from pipeline.records import COMPLETION, PROGRESS, Completion, Progress, Scope, Sent, Status, Submission, Submissions
from pipeline.tables import ARCHIVED
from tests.refresh_notebook import CHECKOUT

EAST = Progress(week="2023-05-05", town="甲镇", village="东河村", kind="新建", target=9, done=3, status=Status.REPORTED)
WHOLE = Completion(week="2023-05-05", scope=Scope.DISTRICT, kind="合计", target=9, rate=Decimal("0.5"))


def test_zero_is_a_figure_and_unknown_is_not_zero() -> None:
    row = Progress(week="w", target=9, done=0, status=Status.REPORTED)
    assert dict(zip(PROGRESS.columns, PROGRESS.texts(row), strict=True))["done"] == "0"
    assert dict(zip(PROGRESS.columns, PROGRESS.texts(row), strict=True))["added"] == ""


def test_a_row_written_and_read_is_the_same_row() -> None:
    for table, row in ((PROGRESS, EAST), (COMPLETION, WHOLE)):
        assert table.parse(dict(zip(table.columns, table.texts(row), strict=True))) == row


def test_a_decimal_is_written_with_its_places() -> None:
    assert COMPLETION.texts(WHOLE)[COMPLETION.columns.index("rate")] == "0.5000"


def test_a_state_that_no_table_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="reportd"):
        PROGRESS.parse({"week": "w", "target": "9", "status": "reportd"})


def test_every_column_of_the_archived_tables_has_a_chinese_label() -> None:
    for table in ARCHIVED:
        assert list(table.labels) == list(table.columns)
        assert all(label.label for label in table.labels.values())


def test_submissions_read_back_part_into_the_towns_own_and_further_files() -> None:
    rows = [
        Submission(town="甲镇", status=Sent.RECEIVED, file="a"),
        Submission(town="乙镇", status=Sent.MISSING),
        Submission(town="甲镇", status=Sent.IGNORED, file="b"),
        Submission(status=Sent.RETURNED, file="c"),
    ]
    assert Submissions.of(rows) == Submissions(tuple(rows[:2]), tuple(rows[2:]))
    assert Submissions.of(rows).rows == tuple(rows)


# ---- the edge --------------------------------------------------------------------------------------------------


def test_a_frame_has_the_tables_columns_no_nan_and_no_float() -> None:
    frame = frames.frame(PROGRESS, [EAST, Progress(week="w", target=1, status=Status.MISSING)])
    assert list(frame.columns) == list(PROGRESS.columns)
    assert frame["done"].dtype == "Int64"
    assert frame["done"].isna().tolist() == [False, True]
    assert frame["raw"].tolist() == ["", ""]
    assert frame["status"].tolist() == ["reported", "missing"]
    assert frames.frame(COMPLETION, [WHOLE])["rate"].tolist() == [Decimal("0.5")]


def test_a_frame_of_no_rows_has_the_columns_all_the_same() -> None:
    assert list(frames.frame(PROGRESS, []).columns) == list(PROGRESS.columns)


def test_check_never_imports_pandas() -> None:
    """Nor anything else that only charts, notebooks and workbooks need."""
    code = (
        "import sys\nfrom pipeline import cli\n"
        f"cli.main(['check', '2023-05-26', '--root', {str(CHECKOUT)!r}])\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'papermill', 'nbformat', 'openpyxl', 'docx', 'jinja2', 'fontTools'}\n"
        "sys.exit(repr(sorted(heavy & set(sys.modules))) if heavy & set(sys.modules) else 0)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False, cwd=CHECKOUT)
    assert ran.returncode == 0, ran.stderr


# ---- what mypy sees --------------------------------------------------------------------------------------------

SLIPS = {
    "misspelt field": ("row: Progress", "row.remainder", '"Progress" has no attribute "remainder"'),
    "misspelt state": ("row: Progress", "row.status is Status.REPORTD", '"type[Status]" has no attribute "REPORTD"'),
    "misspelt rule": ("row: Finding", "row.rule is judgements.OVER_TARGETS", 'has no attribute "OVER_TARGETS"'),
}
MISSING_CASE = """
def worth(state: State) -> int:
    match state:
        case State.NUMBER:
            return 1
        case State.BLANK | State.NOT_STARTED | State.UNREADABLE:
            return 0
"""


def test_planted_slips_are_named_by_mypy(tmp_path: Path) -> None:
    head = "from pipeline.records import Progress, State, Status\nfrom pipeline.rules import Finding, judgements\n"
    functions = [
        f"def slip_{place}({argument}) -> object:\n    return {expression}\n"
        for place, (argument, expression, _) in enumerate(SLIPS.values())
    ]
    planted = tmp_path / "planted.py"
    planted.write_text("\n\n".join([head, *functions, MISSING_CASE]), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(planted)]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=CHECKOUT)
    errors = [line for line in ran.stdout.splitlines() if "planted.py" in line]
    for name, (_, _, message) in SLIPS.items():
        assert any(message in error for error in errors), (name, ran.stdout)
    assert any("Missing return statement" in error for error in errors), ran.stdout
    assert len(errors) == len(SLIPS) + 1
