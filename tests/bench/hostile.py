"""What hostile files cost: CPU seconds and peak memory of the week's reading, beyond those of the week without it.

    python -m tests.bench.hostile [WORDS | FOLDER]

Each file is 包场镇's submission beside four good ones, read in a process of its own; all that it starts is counted.
"""

import atexit
import resource
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from tests.helpers import Office
from tests.hostile import FILES
from tests.messes.builders import xlsx
from tests.messes.office import BAO, DAY, PLAN, official, programme

SECONDS, MEGABYTES = 2.0, 300.0
_MOST_SECONDS = 40


def week(root: Path, name: str, content: bytes) -> None:
    """An office of which every town sends a good form but 包场镇."""
    folder = Office(root, programme(PLAN)).week(DAY)
    for town, villages in PLAN.items():
        if villages and town != BAO:
            (folder / f"{town}.xlsx").write_bytes(xlsx(official(PLAN, town)))
    if name:
        (folder / name).write_bytes(content)


def measured(name: str, content: bytes) -> tuple[float, float, str]:
    """CPU seconds, peak MB, and what was said of 包场镇's file."""
    with tempfile.TemporaryDirectory() as folder:
        week(Path(folder) / "office", name, content)
        command = [sys.executable, "-m", "tests.bench.hostile", "--work", str(Path(folder) / "office")]
        limits = partial(resource.setrlimit, resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
        ran = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limits)
        if ran.returncode:
            return float(_MOST_SECONDS), 0.0, f"ended with {ran.returncode}: {ran.stderr[-300:]}"
        seconds, megabytes, said = ran.stdout.split(maxsplit=2)
        return float(seconds), float(megabytes), said.strip()


def work(root: Path) -> None:
    """Read and check the week; tell what it cost, once the process apart has ended too (atexit: last in, first out)."""
    told: list[object] = []
    atexit.register(lambda: print(*_cost(), *told))
    from pipeline import week as weekly  # noqa: PLC0415

    result = weekly.compute(root, *weekly.load(root, DAY))
    harmed = [row.town for row in result.submissions.towns if row.town != BAO and row.status in ("returned", "pending")]
    said = [f"{row.level} {row.rule} {row.words[:60]}" for row in result.findings if row.town == BAO]
    status = next(row.status for row in result.submissions.towns if row.town == BAO)
    told += [f"{status} {len(said)} {said[:2]}", harmed or ""]


def _cost() -> tuple[float, float]:
    """CPU seconds of this process and all that it started, peak MB of the greatest."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
    return seconds, max(own.ru_maxrss, others.ru_maxrss) / 1024


def main(only: str) -> int:
    """Every file, or those of a folder; 1 if one costs too much."""
    known = {name: build for name, build in FILES.items() if only in name}
    if Path(only).is_dir() and only:
        known = {
            path.name: lambda path=path: (f"{BAO}{path.suffix}", path.read_bytes())
            for path in sorted(Path(only).iterdir())
        }
    base_seconds, base_megabytes, _ = measured("", b"")
    dear = 0
    for name, build in known.items():
        seconds, megabytes, said = measured(*build())
        seconds, megabytes = seconds - base_seconds, megabytes - base_megabytes
        is_dear = seconds > SECONDS or megabytes > MEGABYTES or seconds < -1
        dear += is_dear
        print(f"{'!' if is_dear else ' '} {seconds:6.2f} s {megabytes:6.0f} MB  {name:<42} {said}", flush=True)
    return int(dear > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(Path(sys.argv[2]))
    else:
        sys.exit(main(" ".join(sys.argv[1:])))
