"""How fast the intake is: N generated submissions, read, cleaned and checked, beside what one would write in an hour.

    python -m tests.bench.intake [N]

One office of N/8 towns' files is not how a district looks, but it shows the cost of a file and how it grows. Each line
is a process of its own, so that its peak memory is its own; all run in one go on one machine.
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import openpyxl

DAY = "2023-05-05"
VILLAGES = 8


def generate(root: Path, number: int) -> None:
    """An office of `number` towns with eight villages each, and one form from each town."""
    dice = random.Random(1)
    raw = root / "data/raw" / DAY
    raw.mkdir(parents=True)
    (root / "params").mkdir()
    lines = ["title: 2023年度农村户厕改造整村推进", "office: 示例（示例数据）", "document: 示例", "towns:"]
    lines.insert(3, "schedule: {start: 2023-04-01, end: 2023-09-30}")
    for town in (f"示例{place:04d}镇" for place in range(number)):
        lines.append(f"  {town}:\n    villages:")
        targets = [(dice.randint(50, 400), dice.randint(20, 200)) for _ in range(VILLAGES)]
        lines += [
            f"      - {{name: 第{place}村, tier: 省级, new_build: {new}, renovation: {old}}}"
            for place, (new, old) in enumerate(targets)
        ]
        form(raw / f"{town}.xlsx", town, targets, dice)
    (root / "params/2023.yaml").write_text("\n".join(lines), encoding="utf-8")
    (root / f"params/{DAY}.yaml").write_text(f"week: {DAY}\nprogramme: params/2023.yaml\n", encoding="utf-8")


def form(path: Path, town: str, targets: list[tuple[int, int]], dice: random.Random) -> None:
    """The official form of one town, filled."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["2023年度农村户厕改造整村推进每周进展情况汇总表"])
    sheet.append(["区 镇", "整村推进村", "目标任务", None, "完成情况", None, "备注"])
    sheet.append([None, None, "新建", "整改", "新建", "整改", None])
    for cells in ("A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3"):
        sheet.merge_cells(cells)
    filled = [(new, old, dice.randint(0, new // 4), dice.randint(0, old // 4)) for new, old in targets]
    for place, figures in enumerate(filled):
        sheet.append([None if place else town, f"第{place}村", *figures])
    sheet.append(["合计", None, *map(sum, zip(*filled, strict=True))])
    book.save(path)


# ---- what is compared: each reads every form below a folder ---------------------------------------------------------


def ours_read(paths: list[Path]) -> None:
    from pipeline.intake import reading  # noqa: PLC0415

    for path in paths:
        reading.read(path.read_bytes())


def calamine(paths: list[Path]) -> None:
    import python_calamine  # noqa: PLC0415

    for path in paths:
        python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def openpyxl_full(paths: list[Path]) -> None:
    for path in paths:
        [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]


def pandas_loop(paths: list[Path]) -> None:
    import pandas as pd  # noqa: PLC0415

    pd.concat([pd.read_excel(path, header=[1, 2], engine="openpyxl") for path in paths])


def ours_checked(paths: list[Path]) -> float:
    """Read, cleaned and checked: all of the journey up to settling."""
    from pipeline import archive, week  # noqa: PLC0415
    from pipeline.intake import cleaning, form, submissions  # noqa: PLC0415
    from pipeline.judging import checks, settling  # noqa: PLC0415

    root = paths[0].parents[3]
    programme, of = week.load(root, DAY)
    files = week.collect(root, DAY)
    began = time.perf_counter()  # the programme of thousands of towns in YAML is no town's file
    forms, _ = form.read(files, programme, of.week)
    senders, _ = submissions.senders(files, forms, programme)
    past = archive.history(root, DAY, of.programme, programme)
    before = settling.last_accepted(past.progress, programme, of.week)
    figures, *_ = cleaning.figures(forms, senders, programme, of.week, before)
    chosen, _ = submissions.choose(files, senders, figures, programme, (), None, frozenset())
    checks.run(checks.Evidence(programme, of.week, figures, chosen, before, past.progress))
    return time.perf_counter() - began


WORKS: dict[str, Callable[[list[Path]], float | None]] = {
    work.__name__: work for work in (ours_read, calamine, openpyxl_full, pandas_loop, ours_checked)
}


def measured(name: str, root: Path, processes: int = 1) -> tuple[float, float]:
    """(ms a file, peak MB) of one kind of work in a process of its own; without the imports."""
    command = [sys.executable, "-m", "tests.bench.intake", "--work", name, str(root), str(processes)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(said[-2]), float(said[-1])


def work(name: str, root: Path, processes: int) -> None:
    paths = sorted((root / "data/raw" / DAY).iterdir())
    if name != "ours_checked":
        WORKS[name](paths[:1])  # the imports
    began = time.perf_counter()
    if processes == 1:
        own = WORKS[name](paths)
    else:
        with ProcessPoolExecutor(processes) as pool:
            own = sum(filter(None, pool.map(WORKS[name], [paths[at : at + 100] for at in range(0, len(paths), 100)])))
    seconds = own or time.perf_counter() - began
    print(seconds * 1000 / len(paths), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        roots = {count: Path(folder) / str(count) for count in (number // 4, number // 2, number)}
        for count, root in roots.items():
            generate(root, count)
        print(f"{number} forms of {VILLAGES} villages; ms a file, peak MB")
        found = {}
        for name in WORKS:
            found[name] = measured(name, roots[number])
            print(f"{name:<16}{found[name][0]:8.2f} ms {found[name][1]:7.0f} MB", flush=True)
        for name in ("ours_read", "pandas_loop"):
            print(f"{name:<16}{measured(name, roots[number], 2)[0]:8.2f} ms in two processes", flush=True)
        loop = found["pandas_loop"][0]
        print(f"reading is {loop / found['ours_read'][0]:.1f} times as fast as the pandas loop, ", end="")
        print(f"read + clean + check {loop / found['ours_checked'][0]:.1f} times")
        for count, root in roots.items():
            print(f"ours_checked, {count:>5} files: {measured('ours_checked', root)[0]:.2f} ms a file", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
