"""A figure that nothing stands behind stops the run."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.judging import conservation
from pipeline.judging.conservation import Breach
from pipeline.records import COMPLETION, PROGRESS, Completion, Figure, Key, Previous, Progress, State
from tests.helpers import Office, table

IN_FORM = {"town": "甲镇", "file": "a", "sheet": "S"}
FIGURES_IN = [
    Figure(**IN_FORM, village="东河村", kind="新建", cell="E4", value=30),
    Figure(**IN_FORM, village="东河村", kind="整改", cell="F4", state=State.BLANK),
    Figure(**IN_FORM, village="西河村", kind="新建", cell="E5", state=State.UNCHANGED),
]
BEFORE = {
    Key("甲镇", "东河村", "整改"): Previous(0),
    Key("甲镇", "西河村", "新建"): Previous(7),
    Key("甲镇", "西河村", "整改"): Previous(5),
    Key("乙镇", "南山村", "新建"): Previous(4),
}
PROGRESS_OUT = table(
    PROGRESS,
    """
    week | town | village | kind | target | done | status    | file | sheet | cell
    w    | 甲镇 | 东河村  | 新建 | 100    | 30   | reported  | a    | S     | E4
    w    | 甲镇 | 东河村  | 整改 | 50     | 0    | reported  | a    | S     | F4
    w    | 甲镇 | 西河村  | 新建 | 40     | 7    | reported  | a    | S     | E5
    w    | 甲镇 | 西河村  | 整改 | 10     | 5    | carried   |      |       |
    w    | 乙镇 | 南山村  | 新建 | 200    | 50   | corrected | b    | S     | E4
    w    | 乙镇 | 南山村  | 整改 | 80     |      | missing   |      |       |
    """,
)
SUMS = table(
    COMPLETION,
    """
    week | scope    | town | village | kind | target | done
    w    | village  | 甲镇 | 东河村  | 合计 | 150    | 30
    w    | town     | 甲镇 |         | 新建 | 140    | 37
    w    | town     | 乙镇 |         | 整改 | 80     |
    w    | district |      |         | 合计 | 480    | 92
    """,
)
DECIDED = {Key("乙镇", "南山村", "新建"): 50}


def verify(progress: Sequence[Progress] = PROGRESS_OUT, sums: Sequence[Completion] = SUMS) -> None:
    conservation.verify(progress, sums, FIGURES_IN, DECIDED, BEFORE)


def test_a_week_that_adds_up_passes() -> None:
    verify()


@pytest.mark.parametrize("row", range(6))
def test_any_figure_changed_by_one_is_a_breach(row: int) -> None:
    changed = list(PROGRESS_OUT)
    changed[row] = replace(changed[row], done=(changed[row].done or 0) + 1)
    with pytest.raises(Breach):
        verify(progress=changed)


@pytest.mark.parametrize("row", range(4))
@pytest.mark.parametrize("column", ["target", "done"])
def test_any_sum_changed_by_one_is_a_breach(row: int, column: str) -> None:
    changed = list(SUMS)
    changed[row] = replace(changed[row], **{column: (getattr(changed[row], column) or 0) + 1})
    with pytest.raises(Breach):
        verify(sums=changed)


def test_a_figure_from_another_cell_or_without_its_decision_is_a_breach() -> None:
    moved = [replace(PROGRESS_OUT[0], cell="E5"), *PROGRESS_OUT[1:]]
    with pytest.raises(Breach, match="甲镇 东河村 新建"):
        verify(progress=moved)
    with pytest.raises(Breach, match="乙镇 南山村 新建"):
        conservation.verify(PROGRESS_OUT, SUMS, FIGURES_IN, {}, BEFORE)


def test_every_run_is_verified(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.week("2023-04-07")

    def breach(*_: object) -> None:
        raise Breach("planted")

    monkeypatch.setattr(conservation, "verify", breach)
    with pytest.raises(Breach, match="planted"):
        office.compute("2023-04-07")
