"""示例数据: the committed office says what its story says, and its sums are those of the raw cells."""

import csv
import importlib.util
import io
from pathlib import Path

import openpyxl
import pytest
import xlrd

from pipeline import archive
from tests.helpers import Office, lines, only
from tests.refresh_notebook import CHECKOUT, sample

STATES = {
    "2023-04-07": "final", "2023-04-14": "final", "2023-04-21": "draft", "2023-04-28": "final",
    "2023-05-05": "draft", "2023-05-12": "final", "2023-05-19": "final", "2023-05-26": "final",
}  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return sample(tmp_path_factory.mktemp("sample") / "示例")


def test_the_committed_files_are_what_the_script_makes(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_sample", CHECKOUT / "data" / "make_sample.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(tmp_path)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    raw = CHECKOUT / "data" / "raw"
    assert made == {path.relative_to(raw): path.read_bytes() for path in raw.rglob("*") if path.is_file()}
    assert len(made) == 73  # 9 towns × 8 weeks − 1 missing + 2 files sent twice


def test_the_weeks_end_as_the_story_tells(office: Office) -> None:
    assert {day: "final" if office.compute(day).is_final else "draft" for day in STATES} == STATES


def test_the_newest_week_by_hand(office: Office) -> None:
    """新建 108+50+84+82+31+63+68+112+78+101 = 777 of 2770, 整改 61+97+45+34+84+33+39+36+47+88 = 564 of 1745.

    26 May: 56/183 = 30.60 %. 1341/4515 = 29.70 %. Over by 2 in 织坊村: 3174 + 2 are lacking.
    """
    frame = office.compute("2023-05-26").completion
    whole = only(frame, scope="district")
    assert lines(whole, "kind", "target", "done", "remaining", "rate", "expected", "gap", "light") == [
        "新建 2770 777 1993 0.2805 0.3060 -2.55 慢序时",
        "整改 1745 564 1183 0.3232 0.3060 1.72 超序时",
        "合计 4515 1341 3176 0.2970 0.3060 -0.90 按序时",
    ]


# ---- the same figures by other code, from the raw cells --------------------------------------------------------


def cells(path: Path) -> list[list[object]]:
    """Every row of a file's first sheet, by the plain libraries; the format by its first bytes."""
    content = path.read_bytes()
    if content.startswith(b"PK"):
        return [
            list(row) for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
        ]
    if content.startswith(b"\xd0\xcf"):
        sheet = xlrd.open_workbook(file_contents=content).sheet_by_index(0)
        return [sheet.row_values(row) for row in range(sheet.nrows)]
    return list(csv.reader(io.StringIO(content.decode("gb18030"))))


def count(value: object) -> int | None:
    """A figure as these files write it; None for what is no number."""
    try:
        return int(float(str(value).removesuffix("座")))
    except ValueError:
        return None


def typed(folder: Path, file: str, village: str) -> tuple[int | None, int | None]:
    """(新建, 整改) in the row of a village: in columns 5 and 6, in 正余镇's form in 5 and 8."""
    row = next(row for row in cells(folder / file) if village in row)
    second = 7 if "正余镇" in file else 5
    return count(row[4]), count(row[second])


@pytest.mark.parametrize("day", list(STATES))
def test_every_reported_figure_is_the_raw_cell(office: Office, day: str) -> None:
    progress = office.compute(day).progress
    seen = 0
    for row in only(progress, status="reported"):
        figures = typed(office.root / archive.RAW / day, row.file, row.village)
        assert (row.key, row.done) == (row.key, figures[row.kind == "整改"])
        seen += 1
    assert seen + sum(row.status != "reported" for row in progress) == 22


@pytest.mark.parametrize("day", list(STATES))
def test_sums_and_rates_by_other_code(office: Office, day: str) -> None:
    result = office.compute(day)
    villages: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for part in result.progress:
        villages.setdefault((part.town, part.kind), []).append((part.target, part.done or 0))
    for row in (row for row in result.completion if row.scope != "village"):
        parts = [
            part
            for (town, kind), listed in villages.items()
            for part in listed
            if row.town in ("", town) and row.kind in ("合计", kind)
        ]
        target, done = sum(part[0] for part in parts), sum(part[1] for part in parts)
        assert (row.target, row.done) == (target, done)
        assert row.remaining == sum(max(0, part[0] - part[1]) for part in parts)
        if target:
            assert abs(float(row.rate or 0) - done / target) <= 0.00005 + 1e-9


def test_each_figure_is_a_cell_a_decision_or_carried_and_they_sum_up(office: Office) -> None:
    """Conservation over the season."""
    for day in STATES:
        result = office.compute(day)
        [whole] = only(result.completion, scope="district", kind="合计")
        assert sum(row.done or 0 for row in result.progress) == whole.done
        assert {str(row.status) for row in result.progress} <= {"reported", "corrected", "carried"}
