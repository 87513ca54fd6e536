"""The record: save tables, read earlier weeks, seal a revision.

data/output/DATE/rN is one sealed revision. It is built in a hidden folder beside its place and moved there by one
rename, so a reader never sees half a record, and of two runs at once neither can overwrite the other.
"""

import csv
import datetime as dt
import hashlib
import io
import json
import re
import shutil
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline import tables
from pipeline.errors import RecordError
from pipeline.names import Names
from pipeline.params import Programme
from pipeline.rules import finding
from pipeline.tables import ARCHIVED, COMPLETION, FINDINGS, PROGRESS, REPORTING, Schema

RAW, OUTPUT = Path("data", "raw"), Path("data", "output")
MANIFEST = "manifest.json"
_PROMISED = ("programme", "fingerprint", "seal", "status", "inputs", "outputs")
_BUILDING = ".building-"
_SWEPT_AFTER = 24 * 3600  # a leftover of a killed run; a running one is never this old
_FORMULA_START = re.compile(r"^(['=@＝＠\t\r]|[+\-＋－](?![\d.,]*$))")


# ---- tables as CSV ---------------------------------------------------------------------------------------------


def to_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with BOM, so that WPS and Excel open it. A text that they would run as a formula gets a leading '."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)  # RFC 4180 line ends: only with them is a lone \r in a text quoted too
    writer.writerow(frame.columns)
    for row in tables.rows(frame):
        writer.writerow(_FORMULA_START.sub(r"'\1", tables.text(name, value)) for name, value in row.items())
    return out.getvalue().encode("utf-8-sig")


def from_csv(schema: Schema, content: bytes) -> pd.DataFrame:
    """The table that `to_csv` wrote; ValueError if it is not one."""
    head, *body = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)) or [[]]
    if tuple(head) != schema.columns:
        raise ValueError(f"columns are {head}")
    return schema.parse({name: text.removeprefix("'") for name, text in zip(head, line, strict=True)} for line in body)


# ---- reading the archive ---------------------------------------------------------------------------------------


def weeks(root: Path) -> list[str]:
    """The closing dates that have a folder of raw files, oldest first."""
    return sorted(path.name for path in (root / RAW).glob("*") if path.is_dir() and is_date(path.name))


def is_date(name: str) -> bool:
    """YYYY-MM-DD and a day of the calendar."""
    try:
        return dt.date.fromisoformat(name).isoformat() == name
    except ValueError:
        return False


def revisions(root: Path, week: str) -> list[Path]:
    """r1, r2 … of one week; what was left behind by a killed run is not among them."""
    found = {path: re.fullmatch(r"r(\d+)", path.name) for path in (root / OUTPUT / week).glob("r*")}
    complete = {path: int(match[1]) for path, match in found.items() if match and (path / MANIFEST).is_file()}
    return sorted(complete, key=lambda path: complete[path])


def manifest(revision: Path) -> dict[str, Any]:
    """The manifest of one revision."""
    try:
        read = json.loads((revision / MANIFEST).read_text(encoding="utf-8"))
        facts: dict[str, Any] = {**read}
        lacking = [name for name in _PROMISED if name not in facts]
        if lacking:
            raise ValueError(f"缺少 {'、'.join(lacking)}")
    except (OSError, ValueError, TypeError) as error:
        raise RecordError(f"存档 {revision} 的 manifest.json 读不出（{error}），请从备份恢复") from None
    return facts


def _link(revision: Path | None) -> str:
    """What a later manifest says of a record: the digest of its manifest without what differs from run to run."""
    if revision is None:
        return ""
    return _of_facts({name: fact for name, fact in manifest(revision).items() if name not in ("run", "digest")})


def _of_facts(facts: Mapping[str, Any]) -> str:
    return digest(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode())


def first_files(root: Path, week: str) -> frozenset[str] | None:
    """sha256 of the towns' files in the week's first revision, members of archives too; None before it."""
    known = revisions(root, week)
    return frozenset(_table(known[0], tables.SUBMISSIONS)["sha256"]) if known else None


@dataclass(frozen=True)
class History:
    """What the records of earlier weeks say, each week by its highest revision.

    progress, completion: all their rows; reporting: what became of each town's submission; files: sha256 -> week;
    seal, digest: of the last earlier record ("" for the first): of its figures, and of all its files.
    """

    progress: pd.DataFrame
    completion: pd.DataFrame
    reporting: pd.DataFrame
    files: dict[str, str]
    findings: pd.DataFrame
    seal: str
    digest: str

    @property
    def fingerprint(self) -> str:
        """Of the earlier figures that this week stands on; a re-sealed week with the same figures changes nothing."""
        return hashlib.sha256(to_csv(self.progress) + to_csv(self.reporting)).hexdigest()


def history(root: Path, week: str, name: str, programme: Programme) -> History:
    """The earlier weeks of this programme (`name`: its file); one with raw files but no record is named in a finding.

    A town or village that has been renamed since, and keeps its old name as an alias, is found by its name of today.
    """
    recorded = {day.name: revisions(root, day.name) for day in (root / OUTPUT).glob("*") if is_date(day.name)}
    newest = {day: found[-1] for day, found in sorted(recorded.items()) if found and day < week}
    lacking = [day for day in weeks(root) if day < week and day not in newest]
    newest = {day: folder for day, folder in newest.items() if manifest(folder)["programme"] == name}
    submissions = {day: _table(folder, tables.SUBMISSIONS) for day, folder in newest.items()}
    files = {sha: day for day, frame in submissions.items() for sha in frame["sha256"] if sha}
    last = list(newest.values())[-1] if newest else None
    names = Names(programme)
    reported = [reporting(frame, day) for day, frame in submissions.items()]
    return History(
        progress=_all(PROGRESS, [_renamed(_table(folder, PROGRESS), names) for folder in newest.values()]),
        completion=_all(COMPLETION, [_renamed(_table(folder, COMPLETION), names) for folder in newest.values()]),
        reporting=_all(REPORTING, [_renamed(frame, names) for frame in reported]),
        files=files,
        findings=FINDINGS.table([finding("no_record", _lacking(lacking))] if lacking else []),
        seal=manifest(last)["seal"] if last else "",
        digest=_link(last),
    )


def _lacking(weeks: list[str]) -> str:
    return f"截至 {'、'.join(weeks)} 有报送文件但没有存档，未计入历史；请先运行 python -m pipeline report"


def reporting(submissions: pd.DataFrame, week: str) -> pd.DataFrame:
    """reporting: what became of each town's submission in one week."""
    own: dict[str, str] = {}
    for row in tables.rows(submissions):
        own.setdefault(row["town"], row["status"])  # a town's further rows are further files
    return REPORTING.table({"week": week, "town": town, "status": status} for town, status in own.items() if town)


def _renamed(frame: pd.DataFrame, names: Names) -> pd.DataFrame:
    """The table with the names of today for towns and villages that are still known."""
    towns = [names.town(town) or town for town in frame["town"]]
    if "village" not in frame:
        return frame.assign(town=towns)
    villages = zip(towns, frame["village"], strict=True)
    return frame.assign(town=towns, village=[names.village(town, name) or name for town, name in villages])


def _table(folder: Path, schema: Schema) -> pd.DataFrame:
    """One table of a record, if it still is what was sealed."""
    path = folder / "tables" / f"{schema.name}.csv"
    sealed = {item["file"]: item["sha256"] for item in manifest(folder)["outputs"]}
    try:
        content = path.read_bytes()
        if digest(content) != sealed.get(path.relative_to(folder).as_posix()):
            raise RecordError(f"存档表 {path} 与封存时不同（被改动或损坏），请从备份恢复这一周的存档")
        return from_csv(schema, content)
    except (OSError, ValueError, ArithmeticError, csv.Error) as error:
        raise RecordError(f"存档表 {path} 读不出（{error}），请从备份恢复这一周的存档") from None


def _all(schema: Schema, frames: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True) if frames else schema.table()


# ---- sealing ---------------------------------------------------------------------------------------------------


def digest(content: bytes) -> str:
    """sha256, as hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def open_building(root: Path, week: str) -> Path:
    """A fresh hidden folder beside the revisions; leftovers of killed runs are swept away."""
    parent = root / OUTPUT / week
    try:
        parent.mkdir(parents=True, exist_ok=True)
        _sweep(parent)
        building = parent / f"{_BUILDING}{uuid.uuid4().hex}"  # mkdtemp would close the record to all colleagues
        building.mkdir()
        return building
    except OSError as error:
        raise RecordError(f"不能写入 {parent}（{error.strerror}）。请检查权限和磁盘空间") from None


def _sweep(parent: Path) -> None:
    for left in parent.glob(f"{_BUILDING}*"):
        if time.time() - left.stat().st_mtime > _SWEPT_AFTER:
            shutil.rmtree(left, ignore_errors=True)


def seal(root: Path, week: str, building: Path, facts: Mapping[str, Any], again: bool) -> tuple[Path, bool]:
    """(revision, whether it is new): the finished folder moved to its place by one rename.

    Whoever comes second finds the same fingerprint, and its own work is dropped, or takes the next number.
    again: seal even if the newest revision has the same fingerprint.
    """
    outputs = list(_listed(building))
    while True:
        known = revisions(root, week)
        newest = known[-1] if known else None
        if newest and not again and manifest(newest)["fingerprint"] == facts["fingerprint"]:
            shutil.rmtree(building)
            return newest, False
        number = int(newest.name[1:]) + 1 if newest else 1
        target = root / OUTPUT / week / f"r{number}"
        links = {"revision": number, "previous_revision": _link(newest)}
        _write_manifest(building, {**facts, **links, "outputs": outputs})
        if not target.exists():
            try:
                building.rename(target)
                return target, True
            except OSError:
                if not target.exists():
                    raise RecordError(f"存档不能移到 {target}。文件可能正被 WPS 打开，请关闭后重新运行") from None
        elif not (target / MANIFEST).is_file():
            raise RecordError(f"{target} 已存在但不是完整的存档，请查看后移走，再重新运行")


def _listed(building: Path) -> Iterator[dict[str, str]]:
    for path in sorted(building.rglob("*")):
        if path.is_file():
            yield {"file": path.relative_to(building).as_posix(), "sha256": digest(path.read_bytes())}


def _write_manifest(building: Path, facts: Mapping[str, Any]) -> None:
    """Its own digest covers all of it, so that a changed manifest is seen in itself."""
    text = json.dumps({**facts, "digest": _of_facts(facts)}, ensure_ascii=False, indent=1)
    (building / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def keep_failed(root: Path, week: str, building: Path, reason: str) -> Path:
    """Move a broken run to data/output/failed/, with its reason beside its notebook."""
    (building / "失败原因.txt").write_text(reason + "\n", encoding="utf-8")
    failed = root / OUTPUT / "failed"
    failed.mkdir(exist_ok=True)
    number = 1
    while True:
        target = failed / f"{week}-{number}"
        if not target.exists():
            try:
                return building.rename(target)
            except OSError:
                if not target.exists():
                    raise RecordError(f"失败的运行不能移到 {target}，仍在 {building}") from None
        number += 1


def save_tables(building: Path, frames: Mapping[str, pd.DataFrame]) -> None:
    """tables/*.csv"""
    (building / "tables").mkdir()
    for name, frame in frames.items():
        (building / "tables" / f"{name}.csv").write_bytes(to_csv(ARCHIVED[name].verify(frame)))
