"""Offices, forms and tables for the tests: real files on disc, tables written as text."""

import datetime as dt
import os
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import openpyxl

from pipeline import archive, params
from pipeline import week as weekly
from pipeline.intake import form
from pipeline.intake.reading import folder as reading
from pipeline.intake.typed import Form
from pipeline.params import Programme
from pipeline.record import recording
from pipeline.records import Figure, Place, State, Table
from pipeline.rules import RULES, Finding, Level, stated
from tests import programs

R = TypeVar("R")

PROGRAMME = """\
title: 2023年度农村户厕改造整村推进
office: 示例区乡村振兴局（示例数据）
document: 示例〔2023〕4号
schedule: {start: 2023-04-01, end: 2023-09-30}
towns:
  甲镇:
    aliases: [甲镇人民政府, 甲]
    villages:
      - {name: 东河村, tier: 省级, new_build: 100, renovation: 50}
      - {name: 西河村, tier: 区级, new_build: 40, renovation: 0}
  乙镇:
    villages:
      - {name: 南山村, tier: 省级, new_build: 200, renovation: 80}
  丙镇: {villages: []}
"""

TITLE = "2023年度农村户厕改造整村推进每周进展情况汇总表"
TARGETS = {"东河村": (100, 50), "西河村": (40, 0), "南山村": (200, 80)}
TOWNS = {"东河村": "甲镇", "西河村": "甲镇", "南山村": "乙镇"}


class Office:
    """An office in a folder: params, raw files, records."""

    def __init__(self, root: Path, programme: str = PROGRAMME) -> None:
        self.root = root
        (root / "params").mkdir(parents=True)
        (root / "data" / "raw").mkdir(parents=True)
        (root / "params" / "2023.yaml").write_text(programme, encoding="utf-8")

    @classmethod
    def at(cls, root: Path) -> "Office":
        """An office that is there already."""
        office = cls.__new__(cls)
        office.root = root
        return office

    def week(self, day: str, decisions: str = "") -> Path:
        """Make the week's params and raw folder; the folder."""
        listed = f"decisions:\n{decisions}" if decisions else "decisions: []\n"
        text = f"week: {day}\nprogramme: params/2023.yaml\n{listed}"
        (self.root / "params" / f"{day}.yaml").write_text(text, encoding="utf-8")
        folder = self.root / "data" / "raw" / day
        folder.mkdir(exist_ok=True)
        return folder

    def report(self, day: str) -> Path:
        """A week in which both towns have reported, and nothing is asked; its raw folder."""
        folder = self.week(day)
        self.send(day, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
        self.send(day, "乙镇.xlsx", {"南山村": (10, 4)})
        return folder

    def send(self, day: str, name: str, done: dict[str, Sequence[Any]], **layout: Any) -> Path:
        """A town's file of one week: village -> (新建 done, 整改 done[, 备注])."""
        path = self.root / "data" / "raw" / day / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_form(path, done, **layout)
        return path

    def edit(self, path: Path, **cells: Any) -> None:
        """Change cells of a file that was sent: edit(path, E4="约50")."""
        book = openpyxl.load_workbook(path)
        for address, value in cells.items():
            book.active[address] = value
        book.save(path)

    def archive(self, day: str) -> Path:
        """The week's record as far as history needs it, without executing the notebook (seconds)."""
        files = weekly.collect(self.root, day)
        result = weekly.compute(self.root, *weekly.load(self.root, day), files)
        building = archive.open_building(self.root)
        recording.take_params(self.root, day, building / "inputs")
        recording.take_files(self.root, day, result.files, building / "inputs")
        archive.save_tables(building, result.written)
        facts = {**recording.facts(result, ""), "run": recording.run_facts(dt.datetime.now(dt.UTC))}
        return archive.seal(self.root, day, building, facts, again=False)[0]

    def compute(self, day: str) -> weekly.Result:
        return weekly.compute(self.root, *weekly.load(self.root, day))


def write_form(path: Path, done: dict[str, Sequence[Any]], total: Sequence[Any] | None = None) -> None:
    """The official form with two heading lines, as a town fills it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([TITLE])
    sheet.merge_cells("A1:G1")
    sheet.append(["区 镇", "整村推进村", "目标任务", None, "完成情况", None, "备注"])
    sheet.append([None, None, "新建", "整改", "新建", "整改", None])
    for cells in ("A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3"):
        sheet.merge_cells(cells)
    for village, figures in done.items():
        new, renovated, *remark = figures
        sheet.append([TOWNS.get(village, ""), village, *TARGETS.get(village, ("", "")), new, renovated, *remark])
    if total is not None:
        sheet.append(["合计", None, *total])
    book.save(path)


needs_libreoffice = programs.needs(programs.LIBREOFFICE)


_FONTS = """\
<fontconfig>
  <include>/etc/fonts/fonts.conf</include>
  <dir>{}</dir>
</fontconfig>
"""


def resaved(path: Path, to: str, folder: Path, *options: str) -> Path:
    """The file as LibreOffice saves it (to: a suffix, or suffix:filter) into another folder.

    With a profile of its own, so that runs do not meet, and with our Chinese font, so that a page is as full as a
    reader's.
    """
    with tempfile.TemporaryDirectory() as profile:
        fonts = Path(profile) / "fonts.conf"
        fonts.write_text(_FONTS.format(files("justmytype_intl_cjk") / "fonts/ofl/notosanssc"), encoding="utf-8")
        command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", *options]
        subprocess.run(
            [*command, "--convert-to", to, "--outdir", str(folder), str(path)],
            check=True, capture_output=True, timeout=180, env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        )  # fmt: skip
    return folder / f"{path.stem}.{to.partition(':')[0]}"


def programme(tmp_path: Path, text: str = PROGRAMME) -> Programme:
    """The programme of a YAML text."""
    tmp_path.mkdir(exist_ok=True, parents=True)
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    return params.programme(tmp_path, "p.yaml")


@cache
def of(text: str = PROGRAMME) -> Programme:
    """The programme of a YAML text, read once."""
    with tempfile.TemporaryDirectory() as folder:
        return programme(Path(folder), text)


def figure(village: str, kind: str, typed: int | str | None, **more: Any) -> Figure:
    """A figure of 甲镇's or 乙镇's form: a number, or a text that stands for a state; its cell as `write_form` puts it."""
    town = more.pop("town", "") or TOWNS[village]
    rows = [name for name in TOWNS if TOWNS[name] == town]
    state = {None: State.BLANK, "同上周": State.UNCHANGED, "无变化": State.UNCHANGED}.get(typed, State.UNREADABLE)
    place = {"file": f"{town}.xlsx", "sheet": "Sheet", "raw": "" if typed is None else str(typed)}
    if village:
        place["cell"] = f"{'E' if kind == '新建' else 'F'}{4 + rows.index(village)}"
    number = {"value": typed, "state": State.NUMBER} if isinstance(typed, int) else {"state": state}
    return Figure(**{"town": town, "village": village, "kind": kind, **place, **number, **more})


def read_form(path: Path, closing: str = "2023-05-05") -> tuple[list[Form], list[Finding]]:
    """The form of one file (none if it cannot be read), and findings, read as if it had come alone."""
    with tempfile.TemporaryDirectory() as folder:
        of = programme(Path(folder))
    files = [file for file in reading.collect(path.parent) if file.container == path.name]
    return form.read(files, of, day(closing))


def typed(forms: Iterable[Form]) -> list[str]:
    """The 完成情况 of village rows as typed: town, village, kind, text."""
    lines = (line for form in forms for line in form.lines)
    return [f"{line.town.raw} {line.village.raw} {entry.kind} {entry.raw}" for line in lines for entry in line.done]


def table(of: Table[R], text: str, **shared: str) -> list[R]:
    """Rows written as text: a heading line of names, then a line a row, parted by |; what is empty is left out.

    shared: what all rows have in common.
    """
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [of.parse(shared | {name: cell for name, cell in zip(head, line, strict=True) if cell}) for line in lines]


def found(rule: str, level: str, **place: str) -> Finding:
    """A finding about a place, without words."""
    return stated(RULES[rule], Place(**place), "", Level(level))


def only(rows: Iterable[R], **values: str) -> list[R]:
    """The rows that have these values, as they are written: only(findings, rule="fell")."""
    return [row for row in rows if all(str(getattr(row, name)) == value for name, value in values.items())]


def lines(rows: Iterable[Any], *columns: str) -> list[str]:
    """Rows as text again, to compare with literals: one line a row, parted by a space; nothing is `-`."""
    values = ((getattr(row, name) for name in columns) for row in rows)
    return [" ".join("-" if value in (None, "") else str(value) for value in row) for row in values]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
