"""What must hold whatever the towns send."""

import random
import shutil
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline import archive, week
from pipeline.intake.typed import Form
from pipeline.judging import completion
from pipeline.records import PROGRESS, Progress, Status
from pipeline.rules import Finding
from tests.helpers import PROGRAMME, Office, day, lines, only, programme, read_form, typed, write_form

COUNTS = st.integers(0, 300)
DAY = "2023-05-05"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.none(), COUNTS), min_size=6, max_size=6))
def test_villages_sum_to_towns_and_towns_to_the_district(
    tmp_path_factory: pytest.TempPathFactory, done: list[int | None]
) -> None:
    of = programme(tmp_path_factory.mktemp("p"), PROGRAMME)
    rows = [
        Progress(week=DAY, **key._asdict(), target=target, done=figure,
                 status=Status.MISSING if figure is None else Status.REPORTED)
        for (key, target), figure in zip(of.targets(day(DAY)).items(), done, strict=True)
    ]  # fmt: skip
    measured = completion.measure(rows, [], of, day(DAY))
    for kind in ("新建", "整改", "合计"):
        for column in ("target", "done"):
            villages, towns, district = (
                sum(getattr(row, column) or 0 for row in only(measured, kind=kind, scope=scope))
                for scope in ("village", "town", "district")
            )
            assert villages == towns == district
    assert all(row.target > 0 for row in measured if row.rate is not None)
    if any(row.done is None for row in rows):
        assert [row.rate for row in only(measured, scope="district", kind="合计")] == [None]


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_files_and_rows_is_irrelevant(
    tmp_path_factory: pytest.TempPathFactory, dice: random.Random
) -> None:
    villages = [("东河村", (30, 12)), ("西河村", (9, 0))]
    dice.shuffle(villages)
    office = Office(tmp_path_factory.mktemp("order") / "o")
    office.week("2023-04-07")
    names = ["a甲镇.xlsx", "z乙镇.xlsx"] if dice.random() < 0.5 else ["z甲镇.xlsx", "a乙镇.xlsx"]
    office.send("2023-04-07", names[0], dict(villages))
    office.send("2023-04-07", names[1], {"南山村": (50, 20)})
    result = office.compute("2023-04-07")
    assert [row.done for row in result.progress] == [30, 12, 9, 0, 50, 20]


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(TEXT, st.one_of(st.none(), st.integers(0, 10**6))), max_size=4))
def test_a_table_read_back_is_the_table_that_was_written(cells: list[tuple[str, int | None]]) -> None:
    rows = [
        Progress(week=DAY, target=9, status=Status.CARRIED, remark=text, raw=f"={text}", done=done)
        for text, done in cells
    ]
    assert archive.from_csv(PROGRESS, archive.to_csv(PROGRESS, rows)) == rows


def test_the_same_week_gives_the_same_bytes_in_another_folder(tmp_path: Path) -> None:
    office = Office(tmp_path / "甲")
    office.week("2023-04-07")
    office.send("2023-04-07", "甲镇.xlsx", {"东河村": (30, 12), "西河村": (9, 0)})
    shutil.copytree(tmp_path / "甲", tmp_path / "乙 办公室")
    first, second = (Office.at(tmp_path / name).compute("2023-04-07") for name in ("甲", "乙 办公室"))
    assert first.fingerprint == second.fingerprint
    texts = [[archive.to_csv(table, rows) for table, rows in result.written] for result in (first, second)]
    assert texts[0] == texts[1]
    assert first.check_code == second.check_code


def test_a_figure_changes_the_check_code(office: Office) -> None:
    codes = set()
    for figure in (30, 31):
        office.week("2023-04-07")
        office.send("2023-04-07", "甲镇.xlsx", {"东河村": (figure, 12), "西河村": (9, 0)})
        codes.add(week.compute(office.root, *week.load(office.root, "2023-04-07")).check_code)
    assert len(codes) == 2


HEADINGS = [
    "区镇",
    "整村推进村",
    "目标（新建）",
    "目标（整改）",
    "完成（新建）",
    "完成（整改）",
    "备注",
    "序号",
    "完成率",
]
ROWS = [
    ["甲镇", "东河村", 100, 50, 30, 12, "", 1, "28%"],
    ["甲镇", "西河村", 40, 0, 9, 0, "", 2, "22.5%"],
]
RIGHT = ["东河村 新建 30", "东河村 整改 12", "西河村 新建 9", "西河村 整改 0"]


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(HEADINGS))), st.permutations(["上报", "说明", "空表"]), st.booleans())
def test_the_order_of_columns_sheets_and_rows_never_changes_a_figure(
    tmp_path_factory: pytest.TempPathFactory, columns: list[int], sheets: list[str], upwards: bool
) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in sheets:
        book.create_sheet(name)
    book["说明"]["A1"] = "填表说明：填累计数"
    for row in [HEADINGS, *(reversed(ROWS) if upwards else ROWS)]:
        book["上报"].append([row[column] for column in columns])
    office = Office(tmp_path_factory.mktemp("columns") / "o")
    book.save(office.week("2023-04-07") / "甲镇.xlsx")
    progress = office.compute("2023-04-07").progress
    assert lines(only(progress, town="甲镇"), "village", "kind", "done") == RIGHT


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\xff\xfe", b"7z\xbc\xaf\x27\x1c", b"<?xml"]),
)  # fmt: skip
@example(b"Rar!\x1a\x07", b"")
def test_any_bytes_at_all_end_in_a_finding(tmp_path: Path, content: bytes, head: bytes) -> None:
    forms, findings = _read_bytes(tmp_path, head + content)
    assert not forms
    assert [row.level for row in findings] == ["reject"]
    assert findings[0].message.startswith("《甲镇.xlsx")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 9999), st.binary(max_size=4), st.integers(0, 4))
def test_a_damaged_form_gives_the_right_figures_or_a_finding(
    tmp_path: Path, place: int, put: bytes, taken: int
) -> None:
    """Bytes changed, taken out or put in anywhere in the file."""
    write_form(tmp_path / "甲镇.xlsx", {"东河村": (30, 12), "西河村": (9, 0)})
    whole = (tmp_path / "甲镇.xlsx").read_bytes()
    at = place * len(whole) // 10_000
    damaged = whole[:at] + put + whole[at + taken :]
    forms, findings = _read_bytes(tmp_path, damaged)
    told = {str(row.level) for row in findings} & {"reject", "hold"}
    assert told or [line.partition(" ")[2] for line in typed(forms)] == RIGHT


def _read_bytes(folder: Path, content: bytes) -> tuple[list[Form], list[Finding]]:
    (folder / "甲镇.xlsx").write_bytes(content)
    return read_form(folder / "甲镇.xlsx")
