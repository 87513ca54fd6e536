"""A record replayed from its own inputs, and compared byte for byte; its place in the chain of records checked.

The replay is an ordinary run in a temporary office that knows what was known then: the record's inputs, and the very
revisions of earlier weeks that its manifest names. Times and machine are in the manifest's `run`, which is left out.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import archive, week
from pipeline.archive import MANIFEST, OUTPUT, RAW, WITHHELD
from pipeline.errors import PipelineError
from pipeline.record import recording
from pipeline.record.kernels import Kernels
from pipeline.records import Table
from pipeline.tables import ARCHIVED

_MOST_ROWS = 20  # differing rows that are named one by one


@dataclass(frozen=True)
class Verdict:
    """What was found in one revision. remarks: what to know before judging. differences: what is not as it was sealed."""

    revision: Path
    remarks: tuple[str, ...]
    differences: tuple[str, ...]


def verify(office: Path, day: str, warm: Kernels | None = None) -> Iterator[Verdict]:
    """A verdict for each revision of one week, oldest first; what lies beside them and is no record comes last."""
    known = archive.revisions(office, day)
    for number, revision in enumerate(known, 1):
        before = known[number - 2] if number > 1 else None
        yield _judged(office, day, revision, number, before, warm)
    strange = sorted(path for path in (office / OUTPUT / day).glob("r*") if path not in known)
    for path in strange:
        yield Verdict(path, (), ("不是完整的存档（没有 manifest.json）",))


def _judged(office: Path, day: str, revision: Path, number: int, before: Path | None, warm: Kernels | None) -> Verdict:
    try:
        facts = archive.manifest(revision)
        differences = [*altered(revision, facts), *_unchained(office, revision, facts, number, before)]
        remarks = list(_other_program(facts))
        if not differences:
            again = _replayed(office, day, revision, facts, warm)
            remarks += again.remarks
            differences += again.differences
    except PipelineError as error:
        return Verdict(revision, (), (str(error),))
    return Verdict(revision, tuple(remarks), tuple(differences))


# ---- as it was sealed ------------------------------------------------------------------------------------------


def altered(revision: Path, facts: dict[str, Any]) -> Iterator[str]:
    """Files that are not what the manifest says, and a manifest that is not what its own digest says."""
    claimed = {name: fact for name, fact in facts.items() if name != "digest"}
    if archive.digest_of_facts(claimed) != facts.get("digest"):
        yield f"{MANIFEST} 被改动"
    sealed = {item["file"]: item["sha256"] for item in facts["outputs"]}
    present = {path.relative_to(revision).as_posix(): path for path in revision.rglob("*") if path.is_file()}
    present.pop(MANIFEST)
    yield from (f"{name} 不见了" for name in sorted(sealed.keys() - present.keys()))
    yield from (f"{name} 是后来加进来的" for name in sorted(present.keys() - sealed.keys()))
    for name in sorted(sealed.keys() & present.keys()):
        if archive.digest(present[name].read_bytes()) != sealed[name]:
            yield f"{name} 被改动"


def _unchained(office: Path, revision: Path, facts: dict[str, Any], number: int, before: Path | None) -> Iterator[str]:
    """Breaks in the chain: each manifest carries the digest of the revision before it and of the earlier weeks'."""
    if revision.name != f"r{number}" or facts.get("revision") != number:
        yield f"版次不连续：应为第{number}版，文件夹是 {revision.name}，存档里写的是第{facts.get('revision')}版"
    if facts.get("previous_revision") != archive.link(before):
        yield "与上一版的链接断开（上一版被改动、删除或替换）"
    for item in facts.get("history", ()):
        earlier = office / OUTPUT / item["week"] / item["revision"]
        if not (earlier / MANIFEST).is_file():
            yield f"所依据的存档 {item['week']}/{item['revision']} 不见了"
        elif archive.link(earlier) != item["digest"]:
            yield f"所依据的存档 {item['week']}/{item['revision']} 被改动"


def _other_program(facts: dict[str, Any]) -> Iterator[str]:
    """What a replay depends on and is not as it was: said first."""
    now = recording.versions()
    other = [
        f"{name} {version}（现为 {now.get(name)}）"
        for name, version in facts["versions"].items()
        if now.get(name) != version
    ]
    if other:
        yield f"程序包版本与存档时不同：{'、'.join(other)}；下面的差异可能由此而来"
    if facts["program"] != recording.program():
        yield "程序已更新，与存档时不同；下面的差异是新程序会得出的不同结果，存档本身没有改动。需要时用 report 日期 --revise “原因” 另存"


# ---- as it would be made now -----------------------------------------------------------------------------------


def _replayed(office: Path, day: str, revision: Path, facts: dict[str, Any], warm: Kernels | None) -> Verdict:
    """What differs when the record is made again from its inputs, on a machine that reads the same files."""
    with tempfile.TemporaryDirectory(prefix="verify-") as scratch:
        root, again = Path(scratch).resolve() / "office", Path(scratch).resolve() / "again"
        again.mkdir()
        _lay_out(office, day, revision, facts, root)
        result = week.compute(root, *week.load(root, day))
        other_machine = tuple(_other_machine(frozenset(facts.get("unread", ())), result.unread))
        if other_machine:
            return Verdict(revision, other_machine, ())
        recording.build(result, again, facts["reason"], warm)
        others = _other_facts(facts, recording.facts(result, facts["reason"]))
        return Verdict(revision, (), (*others, *_other_files(revision, again)))


def _other_machine(then: frozenset[str], now: frozenset[str]) -> Iterator[str]:
    """What only one of two machines can read: the record is as it was sealed, and cannot be replayed on this one."""
    if then - now:
        yield f"存档时的电脑读不了{_files(then - now)}，本机能读，所以不能重放比对；存档本身没有改动"
    if now - then:
        yield f"本机读不了{_files(now - then)}，不能重放比对（见 check 的提示）；存档本身没有改动"


def _files(names: frozenset[str]) -> str:
    return "、".join(f"《{name}》" for name in sorted(names))


def _lay_out(office: Path, day: str, revision: Path, facts: dict[str, Any], root: Path) -> None:
    """An office that knows what was known when the revision was sealed."""
    shutil.copytree(revision / "inputs", root)
    (root / RAW / day).mkdir(parents=True, exist_ok=True)
    for name in facts["litter"]:
        (root / RAW / day / name).parent.mkdir(parents=True, exist_ok=True)
        (root / RAW / day / name).touch()
    if facts.get("withheld"):
        (root / WITHHELD.format(day)).write_text(json.dumps(facts["withheld"]), encoding="utf-8")
    for earlier in facts["unrecorded"]:
        (root / RAW / earlier).mkdir()
    revisions = archive.revisions(office, day)
    known = [office / OUTPUT / item["week"] / item["revision"] for item in facts["history"]]
    for record in (*known, *revisions[: revisions.index(revision)]):
        copy = root / record.relative_to(office)
        shutil.copytree(record / "tables", copy / "tables")
        shutil.copyfile(record / MANIFEST, copy / MANIFEST)


def _other_facts(sealed: dict[str, Any], again: dict[str, Any]) -> Iterator[str]:
    for name in ("status", "fingerprint", "seal", "check_code", "previous_week"):
        if sealed[name] != again[name]:
            yield f"{MANIFEST} 的 {name} 重算不同：存档为 {sealed[name]}，重算为 {again[name]}"


def _other_files(revision: Path, again: Path) -> Iterator[str]:
    """Files that come out otherwise; of tables which rows."""
    made = {path.relative_to(again).as_posix(): path for path in again.rglob("*") if path.is_file()}
    kept = {path.relative_to(revision).as_posix(): path for path in revision.rglob("*") if path.is_file()}
    kept = {name: path for name, path in kept.items() if name != MANIFEST and not name.startswith("inputs/")}
    yield from (f"{name} 重放时没有得出" for name in sorted(kept.keys() - made.keys()))
    yield from (f"{name} 重放时多出" for name in sorted(made.keys() - kept.keys()))
    for name in sorted(kept.keys() & made.keys()):
        if kept[name].read_bytes() != made[name].read_bytes():
            yield f"{name} 重放结果不同"
            if name.startswith("tables/"):
                table = next(table for table in ARCHIVED if table.name == Path(name).stem)
                yield from _other_rows(table, kept[name].read_bytes(), made[name].read_bytes())


def _other_rows(table: Table[Any], sealed: bytes, again: bytes) -> list[str]:
    """The rows that only one of two tables has."""
    old, new = ({_line(table, row) for row in archive.texts(table, content)} for content in (sealed, again))
    lines = [f"　存档有：{line}" for line in sorted(old - new)] + [f"　重放得：{line}" for line in sorted(new - old)]
    more = [f"　……共 {len(lines)} 行不同"] if len(lines) > _MOST_ROWS else []
    return lines[:_MOST_ROWS] + more


def _line(table: Table[Any], row: dict[str, str]) -> str:
    return " ".join(f"{table.labels[name].label}={text}" for name, text in row.items() if text)
