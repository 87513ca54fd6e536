"""Records verified: as they lie there (`sealed`), replayed (`replay`), against seals.csv (`registered`), alone (`alone`)."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pipeline import archive
from pipeline.archive import OUTPUT
from pipeline.errors import RecordError
from pipeline.record.kernels import Kernels
from pipeline.record.verification import libraries, replay
from pipeline.record.verification.alone import verify_alone
from pipeline.record.verification.registered import against, registered
from pipeline.record.verification.replay import Sources
from pipeline.record.verification.sealed import altered, misplaced, strange, unchained
from pipeline.record.verification.verdict import Verdict, reached

__all__ = ["Verdict", "against", "altered", "belonging", "registered", "strangers", "verify", "verify_alone"]


def verify(office: Path, day: str, warm: Kernels | None = None) -> Iterator[Verdict]:
    """A verdict for each revision of one week, oldest first. One that cannot be read costs no other."""
    known = archive.revisions(office, day)
    for at, revision in enumerate(known):
        yield reached(revision, partial(_judged, office, known[: at + 1], day, warm))


def _judged(office: Path, known: list[Path], day: str, warm: Kernels | None) -> Verdict:
    """known: the revisions up to this one."""
    *before, revision = known
    facts = archive.manifest(revision)
    differences = [
        *altered(revision, facts),
        *misplaced(revision, facts, day, len(known)),
        *unchained(office, facts, before[-1] if before else None),
    ]
    remarks = tuple(libraries.remarks(revision, facts))
    if differences:
        return Verdict(revision, remarks, tuple(differences))
    earlier = [office / OUTPUT / item.week / item.revision for item in facts.history]
    again = replay.replayed(Sources(revision, facts, (*earlier, *before)), warm)
    return Verdict(revision, (*remarks, *again.remarks), again.differences)


def strangers(office: Path) -> Iterator[Verdict]:
    """What looks like a record and is none."""
    for path in strange(office):
        yield Verdict(path, (), ("不在存档应在的位置，或不是完整的存档",))


def belonging(office: Path, days: list[str], code: str) -> list[Path]:
    """The records of these weeks to which a check code belongs."""
    records = [record for day in days for record in archive.revisions(office, day)]
    return [record for record in records if archive.check_codes.belongs(code, _seal(record))]


def _seal(record: Path) -> str:
    try:
        return archive.manifest(record).seal
    except RecordError:  # a damaged record costs no other
        return ""
