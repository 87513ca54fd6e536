"""The notebook: short cells, no logic of its own, committed with the outputs of the sample's newest week."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from pipeline.products import charts
from pipeline.record import execution, source
from tests import cases
from tests.cases import NAMES
from tests.helpers import Office
from tests.refresh_notebook import CHECKOUT, sample


@pytest.fixture(scope="module")
def notebook() -> nbformat.NotebookNode:
    return nbformat.read(source.NOTEBOOK, as_version=4)


def code(notebook: nbformat.NotebookNode) -> list[str]:
    return [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]


def long_cells(sources: list[str]) -> list[str]:
    """Cells of more than five lines, empty ones not counted."""
    return [source for source in sources if sum(bool(line.strip()) for line in source.splitlines()) > 5]


def logic(sources: list[str]) -> list[str]:
    """What belongs into the package: functions, classes, loops, conditions."""
    banned = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.Try, ast.Lambda)
    return [
        type(node).__name__ for source in sources for node in ast.walk(ast.parse(source)) if isinstance(node, banned)
    ]


def test_code_cells_are_short_and_hold_no_logic(notebook: nbformat.NotebookNode) -> None:
    assert long_cells(code(notebook)) == []
    assert logic(code(notebook)) == []
    assert 10 <= len(notebook["cells"]) <= 33


def test_the_guards_see_a_long_cell_and_logic() -> None:
    assert long_cells(["1\n2\n3\n4\n5", "1\n2\n\n3\n4\n5\n6"]) == ["1\n2\n\n3\n4\n5\n6"]
    assert logic(["for x in y:\n    pass", "x = 1"]) == ["For"]


def test_it_has_one_parameters_cell_with_typed_defaults(notebook: nbformat.NotebookNode) -> None:
    tagged = [cell["source"] for cell in notebook["cells"] if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1
    assert [line.partition(":")[0] for line in tagged[0].splitlines()] == ["week", "programme", "decisions"]


def test_it_is_committed_executed(notebook: nbformat.NotebookNode) -> None:
    execution.gate(notebook, _check_code(notebook))
    assert list(execution.pictures(notebook)) == list(NAMES)


def run_on(office: Office, sources: list[str]) -> list[nbformat.NotebookNode]:
    """The outputs of code cells, run one after the other whether or not one fails."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    NotebookClient(
        made, kernel_name="python3", allow_errors=True, resources={"metadata": {"path": office.root}}
    ).execute()
    return [output for cell in made["cells"] for output in cell["outputs"]]


def test_where_a_week_cannot_be_read_no_cell_shows_another_one(
    office: Office, notebook: nbformat.NotebookNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JupyterLab may run cells after one that has failed, in a kernel that has read another week before."""
    monkeypatch.setenv("PYTHONPATH", str(CHECKOUT))
    office.week("2023-05-05")
    _, *cells = code(notebook)
    parameters = 'week, programme, decisions = "{}", "params/2023.yaml", None'
    outputs = run_on(office, [parameters.format("2023-05-05"), *cells, parameters.format("2023-05-12"), *cells])
    shown, told, others = outputs[:19], outputs[19], outputs[20:]
    assert {output["output_type"] for output in shown} == {"execute_result"}
    assert told["traceback"] == [
        "没有 params/2023-05-12.yaml。请先运行 python -m pipeline new 2023-05-12，再把各区镇的文件放入 data/raw/2023-05-12/。"
    ]
    assert [output.get("traceback") for output in others] == [["这一周没有读出，原因见前面的红框。"]] * 18


def _check_code(notebook: nbformat.NotebookNode) -> str:
    return str(notebook["cells"][-1]["outputs"][0]["metadata"]["check_code"])


def nbval(office: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-p",
        "no:cacheprovider",
        "-q",
        "notebooks",
    ]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=office, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False
    )


def test_the_committed_outputs_are_what_the_sample_gives(tmp_path: Path) -> None:
    """By nbval, in a copy of the sample office with the history of the seven weeks before; and it can fail."""
    office = sample(tmp_path / "办公室")
    first = nbval(office.root)
    assert first.returncode == 0, first.stdout
    changed = office.root / "params" / "2023.yaml"
    changed.write_text(
        changed.read_text(encoding="utf-8").replace("new_build: 310", "new_build: 311"), encoding="utf-8"
    )
    assert nbval(office.root).returncode == 1


@pytest.mark.skipif(sys.platform != "linux", reason="the same pixels are promised on one system only")
def test_the_committed_pictures_are_what_the_charts_draw_now(tmp_path: Path, notebook: nbformat.NotebookNode) -> None:
    """nbval does not look at pictures."""
    result = sample(tmp_path / "o").compute("2023-05-26")
    drawn = cases.drawn(result.programme, result.season, result.reporting, "2023-05-26")
    shown = execution.pictures(notebook)
    assert {name: charts.png(figure) == shown[name] for name, figure in drawn.items()} == dict.fromkeys(drawn, True)
