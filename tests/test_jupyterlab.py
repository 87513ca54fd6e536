"""JupyterLab as the analyst uses it: another week by Run All; what cannot be shown is told in one box, in Chinese."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.record import source
from tests import jupyterlab, programs
from tests.helpers import Office
from tests.jupyterlab import PARAMETERS, READING, Lab

FIRST, SECOND = "2023-04-07", "2023-04-14"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Two weeks, with a copy of the notebook."""
    made = Office(tmp_path_factory.mktemp("lab") / "办公室")
    for day, done in ((FIRST, 10), (SECOND, 30)):
        made.week(day)
        made.send(day, "甲镇.xlsx", {"东河村": (done, 5), "西河村": (4, 0)})
        made.send(day, "乙镇.xlsx", {"南山村": (done, 16)})
    made.archive(FIRST)
    (made.root / "notebooks").mkdir()
    shutil.copyfile(source.NOTEBOOK, made.root / "notebooks" / source.NOTEBOOK.name)
    return made


@pytest.fixture(scope="module")
def lab(office: Office) -> Iterator[Lab]:
    programs.skip_without(programs.CHROMIUM)
    delivered = source.NOTEBOOK.read_bytes()
    with jupyterlab.opened(office.root) as opened:
        yield opened
    assert source.NOTEBOOK.read_bytes() == delivered


def parameters(week: str, programme: str = "params/2023.yaml") -> str:
    return f'week: str = "{week}"  # 截至日期\nprogramme: str = "{programme}"  # 当年方案\ndecisions: list = None'


def kinds(outputs: list[list[dict[str, Any]]]) -> list[str]:
    return [output["output_type"] for cell in outputs for output in cell]


def test_another_week_is_shown_by_run_all(office: Office, lab: Lab) -> None:
    """30 + 4 + 30 of 340, 5 + 16 of 130; 14 of 183 days have passed; 新建 has grown by 20 + 20."""
    outputs = lab.run_all(parameters(SECOND))
    assert set(kinds(outputs)) == {"execute_result"}
    assert sum("image/png" in output.get("data", {}) for cell in outputs for output in cell) == 6
    assert outputs[-1][0]["metadata"]["check_code"] == office.compute(SECOND).check_code
    seen = lab.look_at(PARAMETERS, "2个区镇全部报送。")
    assert "第2周（截至2023年4月14日）　定稿" in seen
    assert "新建\t340\t64\t18.82%\t7.65%\t+11.17\t40" in seen
    assert "整改\t130\t21\t16.15%\t7.65%\t+8.50\t0" in seen
    assert all("127.0.0.1" in asked for asked in lab.tab.requests if asked.startswith("http"))


@pytest.mark.parametrize(
    ("week", "programme", "said"),
    [
        ("2023-04-21", "params/2023.yaml", "没有 params/2023-04-21.yaml。请先运行 python -m pipeline new 2023-04-21"),
        (FIRST, "params/2024.yaml", "params/2024.yaml，params/2023-04-07.yaml 里写的是 params/2023.yaml，两者必须一致"),
        ("2023/4/14", "params/2023.yaml", "week（截至日期）应为日期，读到的是“2023/4/14”，请写 2023-04-14"),
        ("2023-04-28", "params/2023.yaml", "params/2023-04-28.yaml 有 1 处错误"),
        ("2023-05-05", "params/2023.yaml", "没有文件夹 data/raw/2023-05-05"),
        ("2023-05-12", "params/2022.yaml", "没有参数文件 params/2022.yaml"),
    ],
    ids=["unknown week", "another programme", "not a day", "YAML fault", "no files", "no programme"],
)
def test_what_cannot_be_shown_is_told_in_one_box(
    office: Office, lab: Lab, week: str, programme: str, said: str
) -> None:
    """No traceback, and no figure of the week that was shown before."""
    for day, rest in (
        ("2023-04-28", "decisions: [x]"),
        ("2023-05-05", ""),
        ("2023-05-12", "programme: params/2022.yaml"),
    ):
        (office.root / "params" / f"{day}.yaml").write_text(f"week: {day}\n{rest}\n", encoding="utf-8")
    lab.run_all(parameters(FIRST))
    outputs = lab.run_all(parameters(week, programme))
    assert set(kinds(outputs)) == {"error"}  # one, unless JupyterLab has asked for a cell after it
    seen = lab.look_at(READING, said)
    assert "Traceback" not in seen
    assert "Error" not in seen
    assert "第1周" not in seen
