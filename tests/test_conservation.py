"""A figure that nothing stands behind stops the run."""

import pandas as pd
import pytest

from pipeline.judging import conservation
from pipeline.judging.conservation import Breach
from pipeline.tables import COMPLETION, FIGURES, PREVIOUS, PROGRESS
from tests.helpers import Office, table

FIGURES_IN = table(
    FIGURES,
    """
    town | village | kind | measure | role    | value | state     | file | sheet | cell
    甲镇 | 东河村  | 新建 | done    | village | 30    | number    | a    | S     | E4
    甲镇 | 东河村  | 整改 | done    | village |       | blank     | a    | S     | F4
    甲镇 | 西河村  | 新建 | done    | village |       | unchanged | a    | S     | E5
    """,
)
BEFORE = table(
    PREVIOUS,
    """
    town | village | kind | previous
    甲镇 | 东河村  | 整改 | 0
    甲镇 | 西河村  | 新建 | 7
    甲镇 | 西河村  | 整改 | 5
    乙镇 | 南山村  | 新建 | 4
    """,
)
PROGRESS_OUT = table(
    PROGRESS,
    """
    town | village | kind | target | done | status    | file | sheet | cell
    甲镇 | 东河村  | 新建 | 100    | 30   | reported  | a    | S     | E4
    甲镇 | 东河村  | 整改 | 50     | 0    | reported  | a    | S     | F4
    甲镇 | 西河村  | 新建 | 40     | 7    | reported  | a    | S     | E5
    甲镇 | 西河村  | 整改 | 10     | 5    | carried   |      |       |
    乙镇 | 南山村  | 新建 | 200    | 50   | corrected | b    | S     | E4
    乙镇 | 南山村  | 整改 | 80     |      | missing   |      |       |
    """,
)
SUMS = table(
    COMPLETION,
    """
    scope    | town | village | kind | target | done
    village  | 甲镇 | 东河村  | 合计 | 150    | 30
    town     | 甲镇 |         | 新建 | 140    | 37
    town     | 乙镇 |         | 整改 | 80     |
    district |      |         | 合计 | 480    | 92
    """,
)
DECIDED = {("乙镇", "南山村", "新建"): 50}


def verify(progress: pd.DataFrame = PROGRESS_OUT, sums: pd.DataFrame = SUMS) -> None:
    conservation.verify(progress, sums, FIGURES_IN, DECIDED, BEFORE)


def test_a_week_that_adds_up_passes() -> None:
    verify()


@pytest.mark.parametrize("row", range(6))
def test_any_figure_changed_by_one_is_a_breach(row: int) -> None:
    changed = PROGRESS_OUT.copy()
    known = 0 if changed.loc[row, "done"] is pd.NA else changed.loc[row, "done"]
    changed.loc[row, "done"] = known + 1
    with pytest.raises(Breach):
        verify(progress=changed)


@pytest.mark.parametrize("row", range(4))
@pytest.mark.parametrize("column", ["target", "done"])
def test_any_sum_changed_by_one_is_a_breach(row: int, column: str) -> None:
    changed = SUMS.copy()
    known = 0 if changed.loc[row, column] is pd.NA else changed.loc[row, column]
    changed.loc[row, column] = known + 1
    with pytest.raises(Breach):
        verify(sums=changed)


def test_a_figure_from_another_cell_or_without_its_decision_is_a_breach() -> None:
    moved = PROGRESS_OUT.copy()
    moved.loc[0, "cell"] = "E5"
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
