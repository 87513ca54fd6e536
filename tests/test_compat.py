"""Workbooks read back by exceljs and SheetJS, with which web programs read .xlsx (tests/compat)."""

import json
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline import commands
from pipeline.archive import text
from pipeline.products import feedback
from pipeline.record import recording
from pipeline.records import COMPLETION, PROGRESS, Kind, Scope
from tests import programs
from tests.helpers import Office

HERE = Path(__file__).parent / "compat"
WEEK, NEXT = "2023-04-07", "2023-04-14"
Rows = list[list[Any]]
Books = dict[str, dict[str, dict[str, Rows]]]  # file -> library -> sheet -> rows


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A recorded week, in which 乙镇 has not reported and 甲镇 has to answer; the forms of the next."""
    made = Office(tmp_path_factory.mktemp("compat") / "办公室")
    made.week(WEEK)
    made.send(WEEK, "甲镇.xlsx", {"东河村": (20, "约10", "=1+1"), "西河村": (4, 0)})
    made.archive(WEEK)
    commands.new(made.root, NEXT)
    return made


@pytest.fixture(scope="module")
def files(office: Office) -> list[Path]:
    """汇总表.xlsx, 退回单 甲镇.xlsx and the towns' forms."""
    result = office.compute(WEEK)
    folder = office.root / "data/output"
    (folder / "汇总表.xlsx").write_bytes(recording.official_workbook(result))
    messages = feedback.messages(result.programme, result.week.week, result.written, 1, "")
    (folder / "退回单 甲镇.xlsx").write_bytes(messages["退回单 甲镇.xlsx"])
    return [*folder.glob("*.xlsx"), *(folder / NEXT / "forms").iterdir()]


@pytest.fixture(scope="module")
def books(files: list[Path]) -> Books:
    """What both libraries read; they are fetched from npm once, and the tests are skipped if that cannot be done."""
    programs.skip_without(programs.NPM)
    if not (HERE / "node_modules").is_dir():
        fetch = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=0"]
        fetched = subprocess.run(fetch, cwd=HERE, capture_output=True, encoding="utf-8", check=False)
        if fetched.returncode:
            pytest.skip(f"not installed: exceljs and SheetJS of npm ({fetched.stderr.strip().splitlines()[0]})")
    command = ["node", str(HERE / "read_back.mjs"), *map(str, files)]
    read = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert read.returncode == 0, read.stderr
    return dict(json.loads(read.stdout))


def filled(rows: Rows) -> Rows:
    """Without the empty cells at the ends of rows and the empty rows at the end."""
    kept = [list(row) for row in rows]
    for row in kept:
        while row and row[-1] is None:
            row.pop()
    while kept and not kept[-1]:
        kept.pop()
    return kept


def as_written(path: Path) -> dict[str, Rows]:
    sheets = openpyxl.load_workbook(path).worksheets
    return {
        sheet.title: filled([[None if cell.data_type == "f" else cell.value for cell in row] for row in sheet.rows])
        for sheet in sheets
    }


def test_both_libraries_read_every_cell_of_every_workbook_as_it_was_written(books: Books, files: list[Path]) -> None:
    """The summary, one 退回单, two forms; values, for our only formulas add up what is still empty."""
    assert len(files) == 4
    for path in files:
        for library, sheets in books[str(path)].items():
            read = {name: filled(rows) for name, rows in sheets.items()}
            assert read == as_written(path), f"{path.name} by {library}"


@pytest.mark.parametrize("library", ["exceljs", "SheetJS"])
def test_the_figures_read_back_are_those_of_the_tables(books: Books, office: Office, library: str) -> None:
    tables = next((office.root / "data/output" / WEEK).iterdir()) / "tables"
    progress = text.from_csv(PROGRESS, (tables / "progress.csv").read_bytes())
    completion = text.from_csv(COMPLETION, (tables / "completion.csv").read_bytes())
    sheets = next(read[library] for path, read in books.items() if path.endswith("汇总表.xlsx"))
    form = [row for row in sheets["汇总表"] if row[1] in ("东河村", "西河村", "南山村")]
    assert [figure for row in form for figure in row[2:6]] == [
        getattr(row, name)
        for village in ("东河村", "西河村", "南山村")
        for name in ("target", "done")
        for row in progress
        if row.village == village
    ]
    head, *villages = sheets["分村明细"][2:]
    rate = next(number for number, heading in enumerate(head) if heading.replace("\n", "").startswith("合计完成率"))
    wholes = [row for row in completion if row.scope is Scope.VILLAGE and row.kind == Kind.TOTAL]
    assert [row[rate] for row in villages] == [row.rate and float(row.rate) for row in wholes]
