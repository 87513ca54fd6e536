"""How fast: each command beside the barest thing that could stand for it, in turns, in one run.

    python -m tests.bench [RUNS]

check   beside a loop of pd.read_excel / pd.read_csv over the same files, that checks and keeps nothing
report  beside `papermill` on a notebook that only imports, reads the tables and draws the same three charts
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from pipeline import archive, week
from tests.helpers import Office
from tests.refresh_notebook import CHECKOUT, sample

DAY = "2023-05-26"
LOOP = """
import sys
from pathlib import Path
import pandas as pd
frames = []
for path in sorted(p for p in Path(sys.argv[1]).rglob("*") if p.is_file()):
    if path.suffix == ".csv":
        frames.append(pd.read_csv(path, encoding="gb18030", header=None, names=range(9), dtype="object"))
    else:
        frames.append(pd.read_excel(path, header=None))
print(len(pd.concat(frames)))
"""
DRAW = """
from pathlib import Path
import pandas as pd
from pipeline import archive, params
from pipeline.products import charts
from pipeline.tables import COMPLETION, SUBMISSIONS
root = Path({root!r})
programme = params.programme(root, "params/2023.yaml")
folders = sorted(root.glob("data/output/*/r1"))
season = pd.concat([archive.from_csv(COMPLETION, (f / "tables/completion.csv").read_bytes()) for f in folders])
sent = {{f.parent.name: archive.from_csv(SUBMISSIONS, (f / "tables/submissions.csv").read_bytes()) for f in folders}}
reporting = pd.concat([archive.reporting(frame, day) for day, frame in sent.items()])
last = pd.Timestamp(folders[-1].parent.name).date()
"""
CHARTS = (
    'charts.picture("1", charts.completion_by_town(season[season["week"] == str(last)], programme, last))',
    'charts.picture("2", charts.cumulative(season, programme, last))',
    'charts.picture("3", charts.submissions(reporting, programme, last))',
)


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def process(*command: object, cwd: Path) -> Callable[[], object]:
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONUTF8": "1"}
    listed = [sys.executable, *map(str, command)]
    return lambda: subprocess.run(listed, cwd=cwd, env=environment, check=False, capture_output=True)


def compare(name: str, ours: Callable[[], object], bare: Callable[[], object], runs: int) -> None:
    """Both in turns, so that the machine's moods fall on both."""
    pairs = [(seconds(ours), seconds(bare)) for _ in range(runs)]
    mine, theirs = zip(*pairs, strict=True)
    ratio = statistics.median(mine) / statistics.median(theirs)
    shown = "  ".join(f"{min(x):.3f} {statistics.median(x):.3f} {max(x):.3f}" for x in (mine, theirs))
    print(f"{name:<34}{shown}  {ratio:5.2f}", flush=True)


def bare_notebook(folder: Path, office: Office) -> Path:
    path = folder / "bare.ipynb"
    cells = [new_code_cell(DRAW.format(root=str(office.root))), *map(new_code_cell, CHARTS)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), path)
    return path


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        office = sample(folder / "office")
        loop = folder / "loop.py"
        loop.write_text(LOOP, encoding="utf-8")
        raw = office.root / archive.RAW / DAY
        print("seconds: least, median, most of ours; of the bare one; ratio of the medians")
        code = compile(LOOP, str(loop), "exec")
        sys.argv[1:] = [str(raw)]
        compare(
            "check, in one process", lambda: week.compute(office.root, *week.load(office.root, DAY)),
            lambda: exec(code, {"print": lambda *_: None}), runs * 3,
        )  # fmt: skip
        compare("check, whole process", process("-m", "pipeline", "check", DAY, "--json", cwd=office.root),
                process(loop, raw, cwd=folder), runs)  # fmt: skip
        bare = bare_notebook(folder, office)
        record = office.root / archive.OUTPUT / DAY

        def report() -> None:
            shutil.rmtree(record, ignore_errors=True)
            process("-m", "pipeline", "report", DAY, cwd=office.root)()
            assert (record / "r1" / archive.MANIFEST).is_file()

        out = folder / "out.ipynb"
        compare("report, whole process", report, process("-m", "papermill", bare, out, cwd=folder), runs)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
