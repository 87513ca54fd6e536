"""The weekly notebook as far as it is program: its cells. What JupyterLab saves beside them counts for nothing.

Outputs, metadata, cell ids, empty cells and the values of the parameters cell change with every Run All; a record made
after it must be the record made before it. Any other changed cell is a changed program, and is told.
"""

import ast
import hashlib
import json
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from pipeline.errors import PipelineError

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "weekly_report.ipynb"
ORIGINAL = Path(__file__).with_name("original_cells.json")  # digests of its cells as delivered
PARAMETERS, INJECTED = "parameters", "injected-parameters"  # papermill's tags


def program() -> dict[str, Any]:
    """The notebook to execute: its cells, named by their number, nothing in them that a save may have changed."""
    cells = [{**_empty(cell), "id": f"cell-{number}"} for number, cell in enumerate(_read(NOTEBOOK))]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _empty(cell: dict[str, Any]) -> dict[str, Any]:
    tags = {"tags": [PARAMETERS]} if _is_tagged(cell, PARAMETERS) else {}
    run: dict[str, Any] = {"execution_count": None, "outputs": []} if cell["cell_type"] == "code" else {}
    attached = {"attachments": cell["attachments"]} if cell.get("attachments") else {}
    return {"cell_type": cell["cell_type"], "metadata": tags, **attached, "source": _source(cell), **run}


def digests() -> list[str]:
    """sha256 of each cell that counts, in their order."""
    return [_digest(cell) for cell in _read(NOTEBOOK)]


def differences(executed: bytes) -> list[int]:
    """The numbers (from 1) of today's cells that an executed notebook does not have, or has otherwise."""
    then = [_digest(cell) for cell in _cells(json.loads(executed)) if not _is_tagged(cell, INJECTED)]
    return _differing(then, digests())


def changed_cells() -> list[int]:
    """The numbers (from 1) of the cells that are not as they were delivered."""
    return _differing(json.loads(ORIGINAL.read_text(encoding="utf-8")), digests())


def _differing(before: list[str], after: list[str]) -> list[int]:
    """Of `after`; one that is gone is told by the number of the cell that now stands in its place."""
    numbers: set[int] = set()
    for tag, _, _, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            numbers |= set(range(first + 1, last + 1)) or {first + 1}
    return sorted(numbers)


def _read(path: Path) -> list[dict[str, Any]]:
    """Its cells, but for the empty one that JupyterLab puts behind the last that was run. PipelineError if it is none."""
    try:
        return _cells(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PipelineError(f"笔记本 {path} 读不出（{error}）。请用发放的原件覆盖它。") from None


def _cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    plain = [
        {**cell, "metadata": dict(cell["metadata"]), "source": "".join(cell["source"])} for cell in notebook["cells"]
    ]
    for cell in plain:
        if cell["cell_type"] not in ("code", "markdown", "raw"):
            raise ValueError(f"没有 {cell['cell_type']} 这样的格")
        list(cell["metadata"].get("tags", ()))
    return [cell for cell in plain if cell["source"].strip()]


def _digest(cell: dict[str, Any]) -> str:
    counted = [cell["cell_type"], _source(cell), cell.get("attachments") or {}]
    return hashlib.sha256(json.dumps(counted, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _source(cell: dict[str, Any]) -> str:
    source = str(cell["source"]).replace("\r\n", "\n").replace("\r", "\n").rstrip()
    return _without_values(source) if _is_tagged(cell, PARAMETERS) else source


def _is_tagged(cell: dict[str, Any], tag: str) -> bool:
    return tag in cell["metadata"].get("tags", ())


def _without_values(source: str) -> str:
    """week: str = ...  # 截至日期: what papermill puts in follows in a cell of its own."""
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError):
        return source
    lines = source.encode().split(b"\n")  # columns are counted in bytes
    for row in reversed(statements):
        if isinstance(row, ast.Assign | ast.AnnAssign) and row.value:
            name = row.annotation if isinstance(row, ast.AnnAssign) else row.targets[-1]
            head = lines[(name.end_lineno or name.lineno) - 1][: name.end_col_offset]
            first, last = name.lineno - 1, (row.end_lineno or row.lineno) - 1
            lines[first : last + 1] = [head + b" = ..." + lines[last][row.end_col_offset :]]
    return b"\n".join(lines).decode()
