"""A season of records, and the hands of somebody who changes it: manifests, folders, the register.

The digests are reckoned here with hashlib and json, not by the program: what whoever has the files can do.
"""

import datetime as dt
import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pipeline import archive
from pipeline.errors import RecordError
from pipeline.record import recording, verification
from tests.helpers import Office

FIRST, SECOND, THIRD, FOURTH = WEEKS = ("2023-04-07", "2023-04-14", "2023-04-21", "2023-04-28")
# In the order in which they were sealed, as seals.csv lists them from its second line on.
RECORDS = (f"{FIRST}/r1", f"{SECOND}/r1", f"{SECOND}/r2", f"{THIRD}/r1", f"{FOURTH}/r1")
REGISTER, INTENT = "data/output/seals.csv", "data/output/.seals.intent"
# A week's 新建, 整改 of 东河村, 新建 of 西河村, 新建, 整改 of 南山村.
_DONE = {
    FIRST: (20, 10, 4, 10, 4),
    SECOND: (28, 15, 8, 18, 9),
    THIRD: (35, 18, 12, 30, 14),
    FOURTH: (44, 22, 16, 41, 20),
}

Facts = dict[str, Any]


def season(root: Path, weeks: Sequence[str] = WEEKS, more: int = 0) -> Path:
    """An office whose weeks are sealed by real runs; 乙镇 is late in the second, which has two revisions.

    more: by how much the 新建 of 东河村 is higher than in the true season.
    """
    office = Office(root)
    for day in weeks:
        new, renovated, other, south, south_renovated = _DONE[day]
        office.week(day)
        office.send(day, "甲镇.xlsx", {"东河村": (new + more, renovated), "西河村": (other, 0)})
        if day == SECOND:
            recording.run_week(str(root), day)
        office.send(day, "乙镇.xlsx", {"南山村": (south, south_renovated)})
        recording.run_week(str(root), day)
    return root


def folder(root: Path, record: str) -> Path:
    """`2023-04-07/r1` -> its folder."""
    return root / "data/output" / record


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


# ---- manifests -------------------------------------------------------------------------------------------------


def facts_of(record: Path) -> Facts:
    facts: Facts = json.loads((record / archive.MANIFEST).read_text(encoding="utf-8"))
    return facts


def forge(record: Path, change: Callable[[Facts], object]) -> None:
    """A manifest changed, and its own digest made to fit."""
    facts = facts_of(record)
    change(facts)
    rest = {name: fact for name, fact in facts.items() if name != "digest"}
    digest = sha256(json.dumps(rest, ensure_ascii=False, sort_keys=True))
    text = json.dumps({**rest, "digest": digest}, ensure_ascii=False, indent=1)
    (record / archive.MANIFEST).write_text(text, encoding="utf-8")


def refit_outputs(record: Path) -> Callable[[Facts], None]:
    """The digests of a record's files as they are now."""

    def change(facts: Facts) -> None:
        for item in facts["outputs"]:
            item["sha256"] = hashlib.sha256((record / item["file"]).read_bytes()).hexdigest()

    return change


def forge_figure(root: Path, record: str, then: Callable[[Facts], object] = lambda _: None) -> None:
    """东河村's 44 of the newest week made 49 in the table, and table, manifest and register made to fit."""
    table = folder(root, record) / "tables/progress.csv"
    table.write_bytes(table.read_bytes().replace(b",44,", b",49,"))
    forge(folder(root, record), refit_outputs(folder(root, record)))
    forge(folder(root, record), then)
    rewrite_history(root)


# ---- the register ----------------------------------------------------------------------------------------------


def lines(root: Path) -> list[str]:
    """The lines of seals.csv, its heading first."""
    return (root / REGISTER).read_text(encoding="utf-8-sig").splitlines()


def write_lines(root: Path, texts: Sequence[str]) -> None:
    (root / REGISTER).write_text("".join(f"{text}\n" for text in texts), encoding="utf-8-sig")


def chained(texts: Sequence[str]) -> list[str]:
    """The lines, each bound anew to the one before."""
    done = [texts[0]]
    for text in texts[1:]:
        cells = text.split(",")
        cells[5] = sha256(done[-1]) if len(done) > 1 else ""
        done.append(",".join(cells))
    return done


def rewrite_history(root: Path, records: Sequence[str] = RECORDS) -> None:
    """The register and `run` of every manifest made to fit the manifests as they now lie there."""
    done = lines(root)[:1]
    for name in records:
        before = sha256(done[-1]) if len(done) > 1 else ""
        forge(folder(root, name), lambda facts, before=before: facts["run"].update(register_before=before))
        facts = facts_of(folder(root, name))
        cells = [facts["status"], facts["seal"], facts["digest"], before, facts["run"]["finished"], ""]
        done.append(",".join([*name.split("/"), *cells]))
    write_lines(root, done)


def earlier(facts: Facts) -> None:
    """The times of a run put back by a day."""
    for name in ("started", "finished"):
        moment = dt.datetime.fromisoformat(facts["run"][name]) - dt.timedelta(days=1)
        facts["run"][name] = moment.isoformat()


# ---- what is said ----------------------------------------------------------------------------------------------


def of_record(record: Path) -> list[str]:
    """What is said of a record as it lies there, before it is replayed."""
    try:
        return list(verification.altered(record, archive.manifest(record)))
    except RecordError as fault:
        return [str(fault)]


def glance(root: Path) -> list[str]:
    """All that `verify` names without replaying: strangers, each record's files, the register."""
    said = [f"{found.revision.name} {line}" for found in verification.strangers(root) for line in found.differences]
    for day in archive.recorded_weeks(root):
        for record in archive.revisions(root, day):
            said += [f"{day}/{record.name} {line}" for line in of_record(record)]
    return said + list(verification.registered(root).differences)


def replayed(root: Path, day: str) -> list[str]:
    """What differs in the revisions of one week, replayed."""
    return [line for verdict in verification.verify(root, day) for line in verdict.differences]


def listing(root: Path) -> dict[str, tuple[int, int]]:
    """Everything below a folder: of files their size and when they were last written."""
    found = {path.relative_to(root).as_posix(): path for path in root.rglob("*")}
    return {
        name: (path.stat().st_size, path.stat().st_mtime_ns) if path.is_file() else (0, 0)
        for name, path in found.items()
    }


# ---- copies ----------------------------------------------------------------------------------------------------


def copied(what: Path, to: Path) -> Path:
    shutil.copytree(what, to)
    return to


class _NamedInGBK(zipfile.ZipInfo):
    """A member as Windows writes it in China: its name in GBK, and no flag that says how it is written."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits


def zipped(record: Path, to: Path, top: str = "", member: type[zipfile.ZipInfo] = zipfile.ZipInfo) -> Path:
    """A zip of a record. top: the folder in it that holds all, with its slash."""
    with zipfile.ZipFile(to, "w") as packed:
        for path in sorted(record.rglob("*")):
            if path.is_file():
                packed.writestr(member(top + path.relative_to(record).as_posix()), path.read_bytes())
    return to


def zipped_in_gbk(record: Path, to: Path, top: str = "") -> Path:
    return zipped(record, to, top, _NamedInGBK)
