"""Files made to cost seconds, gigabytes or the week: each is refused by counting, and costs itself alone.

No clock here: what is asserted is that the budget ran out, or that no more than so many steps were taken. What they
cost in seconds and megabytes is measured by `python -m tests.bench.hostile`.
"""

from pathlib import Path

import pytest

from pipeline.intake.form.grid import Grid
from pipeline.intake.reading import budget as budgets
from pipeline.intake.reading import folder, read
from pipeline.intake.reading.book import CELL_TEXT, Cell, Sheet
from pipeline.intake.reading.budget import MOST_STEPS, Budget, Exhausted
from pipeline.week import Result
from tests.helpers import Office, lines
from tests.hostile import FILES, form, row, xlsx, zipped
from tests.messes import builders as make
from tests.messes.office import BAO, DAY, FORM, PLAN, official, programme

EXHAUSTED = "文件内容异常庞大，不像本表，请用下发的 Excel 模板填报"


def week(root: Path, name: str, content: bytes) -> Result:
    """The week in which every town but 包场镇 sends a good form."""
    office = Office(root, programme(PLAN))
    raw = office.week(DAY)
    for town, villages in PLAN.items():
        if villages and town != BAO:
            (raw / f"{town}.xlsx").write_bytes(make.xlsx(official(PLAN, town)))
    (raw / name).write_bytes(content)
    return office.compute(DAY)


@pytest.mark.parametrize("what", FILES)
def test_a_hostile_file_costs_its_own_town_only(tmp_path: Path, what: str) -> None:
    result = week(tmp_path / "office", *FILES[what]())
    others = [row for row in result.submissions.towns if row.town not in (BAO, "余东镇")]
    assert lines(others, "status") == ["received"] * 4
    assert not [row for row in result.findings if row.town not in (BAO, "")]
    assert not result.unread, "what the counts let through has hit the backstop"


@pytest.mark.parametrize(
    "what",
    [
        "paragraphs of 15 MB", "shared string of 100,000 runs", "hidden rows beyond the grid", "nested bomb",
        "fifty sheets of 4,000 cells", "a million styles", "comments by the thousand", "wide merges",
        "a long text merged over the sheet", "a thousand texts of 32k", "one text of 32k in 20,000 cells",
        "headings without end", "a form in every row", "XML a million deep", "hidden rows in a table of XML",
        "a million equal rows", "spans inside spans in .ods", "an .xls of blank cells", "a csv of separators",
        "a page 100,000 elements deep", "one member 2,000 times",
    ],
)  # fmt: skip
def test_what_costs_too_much_is_refused_with_one_finding(tmp_path: Path, what: str) -> None:
    result = week(tmp_path / "office", *FILES[what]())
    found = [row for row in result.findings if row.town == BAO]
    assert [(str(row.rule), f"{row.words}，{row.ask}") for row in found] == [("unreadable_file", EXHAUSTED)]


# ---- the budget ------------------------------------------------------------------------------------------------


def steps(content: bytes) -> int:
    """What reading takes."""
    budget = Budget()
    read(content, budget)
    return MOST_STEPS - budget.steps


def test_an_ordinary_form_takes_a_thousandth_of_the_budget() -> None:
    assert steps(make.xlsx(FORM)) < 1_000
    assert steps(make.xls(FORM)) < 1_000
    assert steps(make.docx(FORM)) < 1_000


def test_a_hundred_villages_are_no_burden() -> None:
    villages = "".join(row(at, "包场镇", f"盐{at}村", 1, 1, 1, 1, "正在施工" * 20) for at in range(4, 104))
    assert steps(xlsx(form() + villages)) < 10_000


def test_the_same_steps_on_every_run() -> None:
    """A count, not a clock: a file is refused everywhere or nowhere."""
    assert steps(make.xlsx(FORM)) == steps(make.xlsx(FORM))


def test_all_members_of_an_archive_spend_from_one_budget(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"1.xlsx": make.xlsx(FORM), "2.zip": zipped({"3.xlsx": make.xlsx(FORM)})}))
    (tmp_path / "b.xlsx").write_bytes(make.xlsx(FORM))
    first, second, other = folder.collect(tmp_path)
    assert first.budget is second.budget
    assert other.budget is not first.budget
    assert first.budget.files == budgets.MOST_FILES - 3


def test_an_archive_that_uses_up_its_budget_is_refused_as_a_whole(tmp_path: Path) -> None:
    inner = zipped({f"{at}.csv": b"1" for at in range(100)})
    (tmp_path / "a.zip").write_bytes(zipped({f"{at}.zip": inner for at in range(3)}))
    (file,) = folder.collect(tmp_path)
    assert file.name == "a.zip" and isinstance(file.trouble, Exhausted)


def test_bytes_are_counted_through_all_layers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets, "MOST_BYTES", 10_000)
    core = zipped({"a.csv": b"1," * 2_000})  # 4 kB, and twice a zip of as much around it
    (tmp_path / "a.zip").write_bytes(zipped({"b.zip": zipped({"c.zip": core})}))
    (file,) = folder.collect(tmp_path)
    assert isinstance(file.trouble, Exhausted)


def test_a_budget_that_is_used_up_stays_so() -> None:
    budget = Budget()
    with pytest.raises(Exhausted):
        budget.work(MOST_STEPS + 1)
    with pytest.raises(Exhausted):
        budget.work(1)


def test_a_text_costs_by_its_length_in_every_cell_that_shows_it() -> None:
    budget = Budget()
    sheet = Sheet("表", budget=budget)
    sheet.put(1, 1, Cell("村" * 6_400, CELL_TEXT))
    assert MOST_STEPS - budget.steps == 401


def test_the_same_merged_range_again_is_filled_once() -> None:
    budget = Budget()
    sheet = Sheet("表", cells={(1, 1): Cell("村", CELL_TEXT), (2, 2): Cell("1", CELL_TEXT)}, budget=budget)
    for _ in range(10_000):
        sheet.merge(1, 1, 2, 2)
    Grid(sheet, "a.xlsx")
    assert MOST_STEPS - budget.steps == 2 + 4  # its cells, and the places of one range
