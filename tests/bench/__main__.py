"""How fast: each piece of work beside the barest thing that could stand for it, in turns, in one run.

    python -m tests.bench [RUNS]       # all but the last line of the table: some ten minutes
    python -m tests.bench --whole      # a fresh clone's set-up with its eight weeks, and the whole test suite

report, verify  beside `papermill` on a notebook that reads the tables and draws the same six charts with the code of
                commit 289003b, from a worktree of it in the same environment (wall clock)
check           beside `python -c "import pandas"` (CPU)
intake          reading, and reading + cleaning + checks, beside a loop of pandas.read_excel (see `intake`)
towns           `check --json` of one office of 100 and of 1,250 towns with eight villages each (CPU)
fonts           what the first chart of a fresh machine waits for (wall clock)

Both sides run compiled: PYTHONDONTWRITEBYTECODE is taken out of their environment.
"""

import argparse
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from pipeline import archive
from pipeline.commands import shared
from tests.bench import intake
from tests.helpers import Office
from tests.refresh_notebook import CHECKOUT, sample

FROZEN = "289003b"
DAY = "2023-05-26"
WEEK = (shared.FINAL, shared.DRAFT)  # a week that did not fail
DRAW = """
import pandas as pd
from pathlib import Path
from pipeline import archive, charts, params
from pipeline.tables import COMPLETION, SUBMISSIONS
root = Path({root!r})
programme = params.programme(root, "params/2023.yaml")
folders = sorted(root.glob("data/output/*/r1"))
season = pd.concat([archive.from_csv(COMPLETION, (f / "tables/completion.csv").read_bytes()) for f in folders])
sent = {{f.parent.name: archive.from_csv(SUBMISSIONS, (f / "tables/submissions.csv").read_bytes()) for f in folders}}
reporting = pd.concat([archive.reporting(frame, day) for day, frame in sent.items()])
last = pd.Timestamp(folders[-1].parent.name).date()
now = season[season["week"] == str(last)]
"""
CHARTS = (
    "completion_by_town(now", "gap_and_pace(season", "cumulative(season", "growth_by_week(season", "villages(now",
    "submissions(reporting",
)  # fmt: skip
FIRST_CHART = "from pipeline.products import fonts; import time; b = time.perf_counter(); fonts.use('甲'); print(time.perf_counter() - b)"

Work = Callable[[], object]
Measure = Callable[[Work], float]


def wall(work: Work) -> float:
    """Seconds by the clock."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def cpu(work: Work) -> float:
    """CPU seconds of the processes that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def process(*command: object, code: Path = CHECKOUT, cwd: Path, ends: tuple[int, ...] = (0,), **more: str) -> Work:
    """A Python process with the code of a checkout; ends: the statuses that say that it did its work."""
    environment = {**os.environ, "PYTHONPATH": str(code), "PYTHONUTF8": "1", **more}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run() -> str:
        ran = subprocess.run(
            [sys.executable, *map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True, check=False
        )
        assert ran.returncode in ends, ran.stderr
        assert "Traceback" not in ran.stderr, ran.stderr  # it ends with 1, as 初稿 does
        return ran.stdout

    return run


def compare(name: str, ours: Work, bare: Work, runs: int, measure: Measure) -> None:
    """Both in turns, so that the machine's moods fall on both: least, median, most of each, ratio of the medians."""
    ours(), bare()  # compiled, and in the system's cache
    pairs = [(measure(ours), measure(bare)) for _ in range(runs)]
    mine, theirs = zip(*pairs, strict=True)
    shown = "  ".join(f"{min(x):7.2f} {statistics.median(x):7.2f} {max(x):7.2f}" for x in (mine, theirs))
    print(f"{name:<28}{shown}  {statistics.median(mine) / statistics.median(theirs):5.2f}", flush=True)


@contextmanager
def frozen(folder: Path) -> Iterator[Path]:
    """A worktree of the commit that is measured against."""
    made = folder / FROZEN
    git = ["git", "-C", str(CHECKOUT), "worktree"]
    subprocess.run([*git, "add", "--detach", str(made), FROZEN], check=True, capture_output=True)
    try:
        yield made
    finally:
        subprocess.run([*git, "remove", "--force", str(made)], check=True, capture_output=True)


def bare_notebook(folder: Path, office: Office) -> Path:
    path = folder / "bare.ipynb"
    drawn = [f'charts.picture("{number}", charts.{call}, programme, last))' for number, call in enumerate(CHARTS, 1)]
    cells = [new_code_cell(source) for source in (DRAW.format(root=str(office.root)), *drawn)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), path)
    return path


# ---- the lines of the table --------------------------------------------------------------------------------------


def weeks(folder: Path, runs: int) -> None:
    """check, report, verify of the sample."""
    office = sample(folder / "office")
    office.archive(DAY)
    pandas = process("-c", "import pandas", cwd=folder)
    compare(
        "check ÷ import pandas, CPU",
        process("-m", "pipeline", "check", DAY, cwd=office.root, ends=WEEK),
        pandas,
        runs * 2,
        cpu,
    )
    with frozen(folder) as code:
        bare = process("-m", "papermill", bare_notebook(folder, office), folder / "out.ipynb", code=code, cwd=folder)
        one_week = process("-m", "pipeline", "report", DAY, cwd=office.root, ends=WEEK)

        def report() -> None:
            shutil.rmtree(office.root / archive.OUTPUT / DAY, ignore_errors=True)
            (office.root / archive.OUTPUT / archive.register.FILE).unlink(
                missing_ok=True
            )  # or the week would be missed
            one_week()
            assert (office.root / archive.OUTPUT / DAY / "r1" / archive.MANIFEST).is_file()

        compare("report ÷ papermill, wall", report, bare, runs, wall)
        shutil.rmtree(office.root / archive.OUTPUT)
        process("-m", "pipeline", "report", cwd=office.root, ends=WEEK)()
        verify = process("-m", "pipeline", "verify", cwd=office.root)
        compare("verify 8 ÷ 8 papermill, wall", verify, lambda: [bare() for _ in range(8)], max(1, runs // 3), wall)


def towns(folder: Path, runs: int) -> None:
    """CPU seconds of `check --json`, and how they grow."""
    seconds = {}
    for number in (100, 1_250):
        root = folder / str(number)
        intake.generate(root, number)
        check = process("-m", "pipeline", "check", intake.DAY, "--json", "--root", root, cwd=folder, ends=WEEK)
        check()
        seconds[number] = statistics.median(cpu(check) for _ in range(max(1, runs // 2)))
    slope = math.log(seconds[1_250] / seconds[100]) / math.log(12.5)
    print(
        f"check --json, 100 and 1,250 towns, CPU s: {seconds[100]:.2f} {seconds[1_250]:.2f}, slope {slope:.2f}",
        flush=True,
    )


def fonts(folder: Path, runs: int) -> None:
    """The first chart's wait, with an empty cache each time."""
    waits = []
    for number in range(runs):
        cache = folder / f"cache {number}"
        cache.mkdir()
        waits.append(float(str(process("-c", FIRST_CHART, cwd=folder, MPLCONFIGDIR=str(cache))()).split()[-1]))
    print(f"the font of the first chart on a fresh machine, s: {statistics.median(waits):.2f}", flush=True)


def whole(folder: Path) -> None:
    """A fresh clone: set-up and the eight weeks, then the whole suite. wheelhouse/ is taken over if there is one."""
    clone = folder / "户厕 周报"
    subprocess.run(["git", "clone", "-q", str(CHECKOUT), str(clone)], check=True)
    if (CHECKOUT / "wheelhouse").is_dir():
        (clone / "wheelhouse").symlink_to(CHECKOUT / "wheelhouse")
    base = getattr(sys, "_base_executable", sys.executable)
    for command in ("report", "test"):
        began = time.perf_counter()
        subprocess.run([base, "-m", "pipeline", command], cwd=clone, check=False, stdout=subprocess.DEVNULL)
        print(f"fresh clone, {command}: {time.perf_counter() - began:.0f} s", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("runs", nargs="?", type=int, default=5)
    parser.add_argument("--whole", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        if options.whole:
            whole(Path(made))
        else:
            print("seconds: least, median, most of ours; of the other; ratio of the medians", flush=True)
            weeks(Path(made), options.runs)
            intake.main(800)
            towns(Path(made), options.runs)
            fonts(Path(made), options.runs)
