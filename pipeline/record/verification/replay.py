"""A record made again from its own inputs, and compared byte for byte.

The replay is an ordinary run in a temporary office that knows what was known then: the record's inputs, and the very
revisions of earlier weeks that its manifest names. Only what manifests list is laid out there; times and machine are in
the manifest's `run`, which is left out.
"""

import contextlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import archive, week
from pipeline.archive import MANIFEST, OUTPUT, RAW, WITHHELD, Manifest
from pipeline.record import recording
from pipeline.record.kernels import Kernels
from pipeline.record.verification import figures, libraries
from pipeline.record.verification.verdict import Verdict
from pipeline.records import Table
from pipeline.tables import ARCHIVED
from pipeline.week import Result

_MOST_ROWS = 20  # differing rows that are named one by one
_OF_THE_PROGRAM = ("versions", "program")  # told as remarks


@dataclass(frozen=True)
class Sources:
    """A record, and where the records lie that it stands on."""

    record: Path
    facts: Manifest
    earlier: tuple[Path, ...]  # those of earlier weeks that it names, then the revisions before it


def replayed(sources: Sources, warm: Kernels | None) -> Verdict:
    """What differs when the record is made again from its inputs, on a machine that reads the same files."""
    record, facts = sources.record, sources.facts
    with laid_out(sources) as root:
        result = computed(root, facts)
        if frozenset(facts.unread) != result.unread:
            return figures.judged(record, facts, result)
        again = root.with_name("again")
        again.mkdir()
        recording.build(result, again, facts.reason, warm)
        others = _other_facts(archive.raw(record), recording.facts(result, facts.reason))
        return Verdict(record, (), (*others, *_other_files(record, facts, again)))


def computed(root: Path, facts: Manifest) -> Result:
    """The week of a temporary office, in memory."""
    return week.compute(root, *week.load(root, facts.week))


@contextlib.contextmanager
def laid_out(sources: Sources) -> Iterator[Path]:
    """A temporary office that knows what was known when the revision was sealed."""
    facts, inputs = sources.facts, "inputs/"
    with tempfile.TemporaryDirectory(prefix="verify-") as scratch:
        root = Path(scratch).resolve() / "office"
        (root / RAW / facts.week).mkdir(parents=True)
        for name in facts.sealed:
            if name.startswith(inputs):
                _copy(sources.record / name, root / name.removeprefix(inputs))
        for name in facts.litter:
            (root / RAW / facts.week / name).parent.mkdir(parents=True, exist_ok=True)
            (root / RAW / facts.week / name).touch()
        if facts.withheld:
            known = [entry.model_dump() for entry in facts.withheld]
            (root / WITHHELD.format(facts.week)).write_text(json.dumps(known), encoding="utf-8")
        for day in facts.unrecorded:
            (root / RAW / day).mkdir()
        for record in sources.earlier:
            _lay_out_earlier(record, root)
        yield root


def _lay_out_earlier(record: Path, root: Path) -> None:
    """Of an earlier record its tables and its manifest."""
    facts = archive.manifest(record)
    place = root / OUTPUT / facts.week / f"r{facts.revision}"
    for name in (MANIFEST, *(f"tables/{table.name}.csv" for table in ARCHIVED)):
        _copy(record / name, place / name)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


# ---- what differs ----------------------------------------------------------------------------------------------


def _other_facts(sealed: dict[str, Any], again: dict[str, Any]) -> Iterator[str]:
    """Promises that come out otherwise; those that a record of an older program does not make are none."""
    for name, fact in json.loads(json.dumps(again)).items():
        if name in sealed and name not in _OF_THE_PROGRAM and sealed[name] != fact:
            yield f"{MANIFEST} 的 {name} 重算不同：存档为 {_short(sealed[name])}，重算为 {_short(fact)}"


def _short(fact: Any) -> str:
    text = fact if isinstance(fact, str) else json.dumps(fact, ensure_ascii=False)
    return text if len(text) <= 200 else f"{text[:200]}……"


def _other_files(record: Path, facts: Manifest, again: Path) -> Iterator[str]:
    """Files that come out otherwise; of tables which rows."""
    made = {path.relative_to(again).as_posix(): path for path in again.rglob("*") if path.is_file()}
    kept = {name for name in facts.sealed if not name.startswith("inputs/")}
    yield from (f"{name} 重放时没有得出" for name in sorted(kept - made.keys()))
    yield from (f"{name} 重放时多出" for name in sorted(made.keys() - kept))
    for name in sorted(kept & made.keys()):
        sealed, now = (record / name).read_bytes(), made[name].read_bytes()
        if sealed != now:
            yield f"{name} 重放结果不同{libraries.behind(name, facts)}"
            if name.startswith("tables/"):
                table = next(table for table in ARCHIVED if table.name == Path(name).stem)
                yield from _other_rows(table, sealed, now)


def _other_rows(table: Table[Any], sealed: bytes, again: bytes) -> Iterable[str]:
    """The rows that only one of two tables has."""
    old, new = ({_line(table, row) for row in archive.texts(table, content)} for content in (sealed, again))
    lines = [f"　存档有：{line}" for line in sorted(old - new)] + [f"　重放得：{line}" for line in sorted(new - old)]
    more = [f"　……共 {len(lines)} 行不同"] if len(lines) > _MOST_ROWS else []
    return lines[:_MOST_ROWS] + more


def _line(table: Table[Any], row: dict[str, str]) -> str:
    return " ".join(f"{table.labels[name].label}={text}" for name, text in row.items() if text)
