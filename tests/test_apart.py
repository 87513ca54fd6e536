"""Nothing that lies in an office, beside it or in a record is ever imported or executed, whatever its name."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import apart, archive
from pipeline.record import recording
from tests.helpers import Office
from tests.refresh_notebook import CHECKOUT

DAY, NEXT = "2023-04-07", "2023-04-14"
NAMES = (
    "tqdm", "numpy", "pandas", "yaml", "bottleneck", "numexpr", "pyarrow", "sitecustomize", "usercustomize", "subprocess",
    "pydantic", "xlrd", "ipykernel", "matplotlib", "colorama", "_distutils_hack",
)  # fmt: skip


def plant(folder: Path, log: Path) -> None:
    """Modules under names that somebody imports, each of which would leave a line in the log."""
    folder.mkdir(parents=True, exist_ok=True)
    code = f"open({str(log)!r}, 'a').write(__file__ + '\\n')\n"
    for name in NAMES:
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
    (folder / "pipeline").mkdir(exist_ok=True)
    (folder / "pipeline" / "__init__.py").write_text(code, encoding="utf-8")
    (folder / "pipeline" / "week.py").write_text(code, encoding="utf-8")
    (folder / "x.pth").write_text(f"import sys; {code}", encoding="utf-8")
    startup = folder / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text(code, encoding="utf-8")
    (folder / "ipython_config.py").write_text(code, encoding="utf-8")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Two weeks, an .xls among the files, since a helper of its own reads it; all folders planted with modules."""
    log = tmp_path / "log.txt"
    made = Office(tmp_path / "上一级" / "办公室")
    for day in (DAY, NEXT):
        made.week(day)
        made.send(day, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
        shutil.copyfile(
            next((CHECKOUT / "data/raw/2023-04-07").glob("三厂*.xls")), made.root / f"data/raw/{day}/三厂.xls"
        )
    for folder in (made.root, made.root.parent, made.root / "notebooks", made.root / "data" / "raw" / DAY / "附件"):
        plant(folder, log)
    yield made
    assert not log.exists(), log.read_text(encoding="utf-8")


def run(office: Office, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A command as a user in the office's folder gives it; the program is elsewhere."""
    variables = {**{name: value for name, value in os.environ.items() if name != "PYTHONPATH"}, **more}
    return subprocess.run(
        apart.command("from pipeline.__main__ import main; sys.exit(main(sys.argv[1:]))", *arguments),
        cwd=office.root, env=variables, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_report_and_verify_run_nothing_of_an_office_or_a_record(office: Office) -> None:
    """The record keeps what was planted below the raw folder as files that a town sent, and replays beside them."""
    assert run(office, "report").returncode == 1
    record = office.root / archive.OUTPUT / DAY / "r1"
    assert (record / "inputs" / "data" / "raw" / DAY / "附件" / "tqdm.py").is_file()
    plant(record / "inputs", office.root.parent.parent / "log.txt")
    checked = run(office, "verify")
    assert "inputs/tqdm.py 是后来加进来的" in checked.stdout
    assert checked.stderr == ""


def test_settings_that_lead_into_an_office_run_nothing_and_change_no_record(office: Office) -> None:
    """IPython's own folder, Python's start-up file, matplotlib's colours: from where one stands, or by a variable."""
    (office.root / "matplotlibrc").write_text("savefig.facecolor: red\nfigure.autolayout: True\n", encoding="utf-8")
    where = {"IPYTHONDIR": ".", "PYTHONSTARTUP": "tqdm.py", "JUPYTER_CONFIG_DIR": "."}
    assert run(office, "report", DAY, **where).returncode == 1
    (office.root / "matplotlibrc").unlink()
    assert run(office, "verify", DAY, **where).stdout.splitlines()[0] == f"data/output/{DAY}/r1　一致"


def test_a_planted_module_is_run_where_the_path_is_not_kept_clean(tmp_path: Path) -> None:
    """So that the test above can fail."""
    plant(tmp_path / "x", tmp_path / "log.txt")
    subprocess.run([sys.executable, "-c", "import tqdm"], cwd=tmp_path / "x", check=True)
    assert "tqdm.py" in (tmp_path / "log.txt").read_text(encoding="utf-8")


def test_the_program_started_in_its_own_folder_imports_nothing_beside_it(tmp_path: Path) -> None:
    """An office is by default the folder of the program."""
    for name in ("pipeline", "params"):
        shutil.copytree(CHECKOUT / name, tmp_path / "户厕" / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(CHECKOUT / "requirements.txt", tmp_path / "户厕" / "requirements.txt")
    (tmp_path / "户厕" / "data" / "raw" / "2023-05-26").mkdir(parents=True)
    for name in NAMES:
        (tmp_path / "户厕" / f"{name}.py").write_text(f"open({str(tmp_path / 'log.txt')!r}, 'w')", encoding="utf-8")
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "check"],
        cwd=tmp_path / "户厕", env=variables, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")
    assert not (tmp_path / "log.txt").exists()


def test_a_tag_in_a_records_parameters_builds_no_object(office: Office) -> None:
    recording.run_week(str(office.root), DAY)
    record = office.root / archive.OUTPUT / DAY / "r1"
    params = record / "inputs" / "params" / f"{DAY}.yaml"
    evil = f"!!python/object/apply:os.system ['touch {office.root.parent.parent / 'log.txt'}']"
    params.write_text(f"week: {DAY}\nprogramme: params/2023.yaml\ndecisions: {evil}\n", encoding="utf-8")
    facts = json.loads((record / "manifest.json").read_text(encoding="utf-8"))
    for item in facts["outputs"]:
        item["sha256"] = archive.digest((record / item["file"]).read_bytes())
    facts["digest"] = archive.digest_of_facts({name: fact for name, fact in facts.items() if name != "digest"})
    (record / "manifest.json").write_text(json.dumps(facts), encoding="utf-8")
    assert "decisions（书面决定）的内容以特殊符号开头" in run(office, "verify", DAY).stdout
