"""The house's own rules are kept, and the guards can fail."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.refresh_notebook import CHECKOUT

LINT = "import sys\nsys.modules['rfc3987_syntax'] = None\nfrom importlinter import cli\nsys.exit(cli.lint_imports(no_logo=True))"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )  # fmt: skip


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("judging/checks/claims.py", "from pipeline.judging import settling", "Judging"),
        ("intake/cleaning.py", "from pipeline.intake import form", "Intake"),
        ("archive/past.py", "from pipeline.judging import settling", "The journey"),
        ("tables.py", "from pipeline import params", "The journey"),
        ("judging/completion.py", "import pandas", "pandas is known to frames only"),
        ("intake/cleaning.py", "import openpyxl", "openpyxl is known to sheets only"),
        ("products/pages/brief.py", "import matplotlib", "matplotlib is known to charts and fonts only"),
        ("week.py", "import papermill", "papermill is known to execution only"),
        ("fleet/tree.py", "from pipeline.fleet import week", "Fleet"),
        ("fleet/local.py", "import distributed", "distributed is known to the fleet's dask only"),
    ],
)
def test_an_import_across_the_layers_is_refused(tmp_path: Path, module: str, line: str, contract: str) -> None:
    shutil.copytree(CHECKOUT / "pipeline", tmp_path / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(CHECKOUT / "pyproject.toml", tmp_path / "pyproject.toml")
    path = tmp_path / "pipeline" / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    ran = lint(tmp_path)
    assert ran.returncode == 1
    assert any(contract in said and "BROKEN" in said for said in ran.stdout.splitlines()), ran.stdout


LOOKS_AROUND = ("dt.datetime.now", "dt.date.today", "time.time", "os.environ", "os.getcwd", "Path.cwd")


def test_no_stage_reads_the_clock_the_environment_or_the_working_directory() -> None:
    """One week of one office depends on its folder only; what starts processes or writes records may look around."""
    looking = {
        path.name
        for path in (CHECKOUT / "pipeline").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in LOOKS_AROUND
    }
    assert looking == {
        "__main__.py", "apart.py", "cli.py", "installation.py", "entering.py", "recording.py", "sealing.py", "week.py",
        "shared.py",  # says where a next command is to be typed
    }  # fmt: skip
