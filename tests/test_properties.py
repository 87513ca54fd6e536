"""What must hold whatever the towns send."""

import random
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import archive, completion, week
from pipeline.tables import ARCHIVED, PROGRESS
from tests.helpers import PROGRAMME, Office, day, programme

COUNTS = st.integers(0, 300)
DAY = "2023-05-05"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.none(), COUNTS), min_size=6, max_size=6))
def test_villages_sum_to_towns_and_towns_to_the_district(
    tmp_path_factory: pytest.TempPathFactory, done: list[int | None]
) -> None:
    of = programme(tmp_path_factory.mktemp("p"), PROGRAMME)
    rows = [
        {"week": DAY, "town": town, "village": village, "kind": kind, "target": target, "done": figure,
         "status": "missing" if figure is None else "reported"}
        for ((town, village, kind), target), figure in zip(of.targets(day(DAY)).items(), done, strict=True)
    ]  # fmt: skip
    frame = completion.measure(PROGRESS.table(rows), ARCHIVED["completion"].table(), of, day(DAY))
    for kind in ("新建", "整改", "合计"):
        for column in ("target", "done"):
            by_scope = frame[frame["kind"] == kind].groupby("scope")[column].sum()
            assert by_scope["village"] == by_scope["town"] == by_scope["district"]
    known = {(row["kind"], row["done"]) for row in rows}
    assert ((frame["rate"].notna()) <= (frame["target"] > 0)).all()
    if any(figure is None for _, figure in known):
        assert frame[(frame["scope"] == "district") & (frame["kind"] == "合计")]["rate"].isna().all()


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
    assert result.progress["done"].tolist() == [30, 12, 9, 0, 50, 20]


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(TEXT, st.one_of(st.none(), st.integers(0, 10**6))), max_size=4))
def test_a_table_read_back_is_the_table_that_was_written(cells: list[tuple[str, int | None]]) -> None:
    frame = PROGRESS.table({"remark": text, "raw": f"={text}", "done": done} for text, done in cells)
    again = archive.from_csv(PROGRESS, archive.to_csv(frame))
    pd.testing.assert_frame_equal(again, frame)


def test_the_same_week_gives_the_same_bytes_in_another_folder(tmp_path: Path) -> None:
    made = []
    for name in ("甲", "乙 办公室"):
        office = Office(tmp_path / name)
        office.week("2023-04-07")
        office.send("2023-04-07", "甲镇.xlsx", {"东河村": (30, 12), "西河村": (9, 0)})
        made.append(office.compute("2023-04-07"))
    first, second = made
    assert first.fingerprint == second.fingerprint
    assert [archive.to_csv(frame) for frame in first.tables.values()] == [
        archive.to_csv(frame) for frame in second.tables.values()
    ]
    assert first.check_code == second.check_code


def test_a_figure_changes_the_check_code(office: Office) -> None:
    codes = set()
    for figure in (30, 31):
        office.week("2023-04-07")
        office.send("2023-04-07", "甲镇.xlsx", {"东河村": (figure, 12), "西河村": (9, 0)})
        codes.add(week.compute(office.root, *week.load(office.root, "2023-04-07")).check_code)
    assert len(codes) == 2
