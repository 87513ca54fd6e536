"""The notebook as program: what JupyterLab saves counts for nothing, another changed cell is a changed program."""

import copy
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import archive, cli
from pipeline.errors import PipelineError
from pipeline.record import recording, source, verification
from tests.helpers import Office

DAY, NEXT = "2023-04-07", "2023-04-14"
Notebook = dict[str, Any]


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Notebook], None]], None]:
    """Save the notebook with a change, as an analyst's JupyterLab would; the program runs what was saved."""
    original = json.loads(source.NOTEBOOK.read_text(encoding="utf-8"))
    path = tmp_path / "weekly_report.ipynb"
    monkeypatch.setattr(source, "NOTEBOOK", path)
    monkeypatch.setattr(recording, "program", recording.program.__wrapped__)

    def save(change: Callable[[Notebook], None]) -> None:
        notebook = copy.deepcopy(original)
        change(notebook)
        path.write_text(json.dumps(notebook), encoding="utf-8")

    save(lambda _: None)
    return save


def parameters(notebook: Notebook) -> Notebook:
    cell: Notebook = next(cell for cell in notebook["cells"] if "parameters" in cell["metadata"].get("tags", []))
    return cell


def other_week(notebook: Notebook) -> None:
    text = 'week: str = "2023-04-21"  # 截至日期\nprogramme: str = "params/另一年.yaml"  # 当年方案\n'
    parameters(notebook)["source"] = text + (
        'decisions: list = [\n    {"do": "exclude", "file": "旧表：“甲”.xlsx"},\n]  # 书面决定；None 表示读取 params/截至日期.yaml'
    )


def a_value_in_brackets(notebook: Notebook) -> None:
    text = "".join(parameters(notebook)["source"])
    parameters(notebook)["source"] = text.replace('"2023-05-26"', '(\n    "2023-04-21"\n)')


def without_outputs(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)


def other_kernel(notebook: Notebook) -> None:
    notebook["metadata"] = {
        "kernelspec": {"display_name": "某人的内核", "language": "python", "name": "x"},
        "language_info": {"name": "python", "version": "3.12.1", "codemirror_mode": {"name": "ipython", "version": 3}},
        "widgets": {},
    }


def without_ids(notebook: Notebook) -> None:
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        del cell["id"]
        cell["metadata"] |= {"trusted": True, "collapsed": False, "jupyter": {"outputs_hidden": False}}


def an_empty_cell_at_the_end(notebook: Notebook) -> None:
    empty = {"cell_type": "code", "execution_count": None, "id": "new", "metadata": {}, "outputs": [], "source": []}
    notebook["cells"].append(empty)


def windows_line_ends(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).replace("\n", "\r\n") + "\r\n"


HARMLESS = [
    other_week,
    a_value_in_brackets,
    without_outputs,
    other_kernel,
    without_ids,
    an_empty_cell_at_the_end,
    windows_line_ends,
]


@pytest.mark.parametrize("change", HARMLESS, ids=lambda change: str(change.__name__))
def test_what_a_save_changes_is_no_change_of_the_program(
    saved: Callable[[Callable[[Notebook], None]], None], change: Callable[[Notebook], None]
) -> None:
    before = source.program(), recording.program()
    saved(change)
    assert (source.program(), recording.program()) == before
    assert source.changed_cells() == []


def another_statement_among_the_parameters(notebook: Notebook) -> None:
    parameters(notebook)["source"] = "".join(parameters(notebook)["source"]) + "\nprint(week)"


def another_call(notebook: Notebook) -> None:
    notebook["cells"][4]["source"] = "result = None"


def a_heading(notebook: Notebook) -> None:
    notebook["cells"][5]["source"] = "## 别的标题"


def a_cell_less(notebook: Notebook) -> None:
    del notebook["cells"][-1]


@pytest.mark.parametrize(
    ("change", "cells"),
    [(another_statement_among_the_parameters, [2]), (another_call, [5]), (a_heading, [6]), (a_cell_less, [33])],
)
def test_any_other_changed_cell_is_a_changed_program(
    saved: Callable[[Callable[[Notebook], None]], None], change: Callable[[Notebook], None], cells: list[int]
) -> None:
    before = recording.program()
    saved(change)
    assert source.changed_cells() == cells
    assert recording.program() != before


def a_cell_more(notebook: Notebook) -> None:
    notebook["cells"].insert(5, {**copy.deepcopy(notebook["cells"][4]), "source": "1"})


def test_one_cell_more_is_told_as_one(saved: Callable[[Callable[[Notebook], None]], None]) -> None:
    saved(a_cell_more)
    assert source.changed_cells() == [6]


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "{}", "[]", '{"cells": [1]}', '{"cells": [{}]}', '{"cells": [{"cell_type": "code", "metadata": {}, "source": null}]}',
        '{"cells": [{"cell_type": "code", "metadata": null, "source": ""}]}', '{"worksheets": []}', "[" * 100_000,
        '{"cells": [{"cell_type": "code", "metadata": {"tags": null}, "source": "x"}]}',
    ],
)  # fmt: skip
def test_a_notebook_that_is_none_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(source, "NOTEBOOK", tmp_path / "weekly_report.ipynb")
    source.NOTEBOOK.write_text(text, encoding="utf-8")
    with pytest.raises(PipelineError, match=r"读不出.*请用发放的原件覆盖它"):
        source.digests()


def test_the_digests_of_the_delivered_notebook_are_those_of_the_committed_one() -> None:
    assert json.loads(source.ORIGINAL.read_text(encoding="utf-8")) == source.digests()


def test_a_record_made_after_a_save_is_the_record_made_before_and_verifies(
    office: Office, saved: Callable[[Callable[[Notebook], None]], None]
) -> None:
    office.week(DAY)
    office.send(DAY, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    made = []
    for number, change in enumerate((lambda _: None, other_week, other_kernel)):
        saved(change)
        root = office.root.with_name(f"办公室{number}")
        shutil.copytree(office.root, root)
        record = recording.run_week(str(root), DAY).revision
        made.append((record / "weekly_report.ipynb").read_bytes())
    assert made[0] == made[1] == made[2]
    saved(without_ids)
    (verdict,) = verification.verify(root, DAY)
    assert (verdict.remarks, verdict.differences) == ((), ())


def test_a_changed_cell_is_said_recorded_and_named_of_older_records(
    office: Office, saved: Callable[[Callable[[Notebook], None]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    for day in (DAY, NEXT):
        office.week(day)
        office.send(day, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    before = archive.manifest(recording.run_week(str(office.root), DAY).revision).program
    saved(a_heading)
    said = "笔记本第 6 格与发放的不同，程序因此是改动过的，会记入存档。恢复原件的办法见 README。"
    for command in ("check", "report"):
        cli.main([command, NEXT, "--root", str(office.root)])
        assert said in capsys.readouterr().out
    assert archive.manifest(office.root / archive.OUTPUT / NEXT / "r1").program != before
    (older,) = verification.verify(office.root, DAY)
    assert older.remarks[0].startswith("程序已更新，与存档时不同（笔记本第 6 格不同）")
    assert older.differences == ("weekly_report.html 重放结果不同", "weekly_report.ipynb 重放结果不同")
