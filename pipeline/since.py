"""Sealed weeks whose raw files or decisions are not any more what their newest record stands on.

Digests are compared, nothing is judged. A week whose raw folder has been moved away is not changed: its record holds
the files.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline import archive, week
from pipeline.archive import RAW, Manifest
from pipeline.errors import NoSuchWeek, ParamsError, PipelineError
from pipeline.intake.reading import folder


def changed(root: Path, days: list[str]) -> dict[str, str]:
    """day -> what has changed, in words, of those that have a record and have changed."""
    known = archive.newest_records(root)
    words = {day: _in_words(root, day, known[day]) for day in days if day in known}
    return {day: said for day, said in words.items() if said}


def _in_words(root: Path, day: str, record: Path) -> str:
    try:
        return "；".join(_differences(root, day, archive.manifest(record)))
    except PipelineError as error:
        return str(error)


def _differences(root: Path, day: str, facts: Manifest) -> Iterator[str]:
    received = root / RAW / day
    if received.is_dir():
        yield from _of_files(received, facts)
    yield from _of_decisions(root, day, facts)
    if received.is_dir() and facts.unread:
        yield from _of_machine(root, day, facts)


def _of_files(received: Path, facts: Manifest) -> Iterator[str]:
    sealed = {item.file: item.sha256 for item in facts.inputs}
    yield from archive.changes.differing(sealed, _on_disc(received, {entry.sha256 for entry in facts.withheld}))


def _on_disc(received: Path, withheld: set[str]) -> Mapping[str, str]:
    files = (file for file in folder.received(received) if file.sha256 and not file.is_litter)
    return {file.name: file.sha256 for file in files if file.sha256 not in withheld}


def _of_decisions(root: Path, day: str, facts: Manifest) -> Iterator[str]:
    try:
        canonical = week.load(root, day)[1].canonical()
    except NoSuchWeek:
        yield f"params/{day}.yaml 不见了"
    except ParamsError:
        yield f"params/{day}.yaml 有错误，不能读"
    else:
        if archive.digest(canonical.encode()) != facts.basis.week:
            yield archive.changes.GROUNDS["week"]


def _of_machine(root: Path, day: str, facts: Manifest) -> Iterator[str]:
    """What this machine can or cannot read, if the record was made by one that could not read all."""
    now = week.compute(root, *week.load(root, day)).unread
    yield from archive.changes.differing_machine(set(facts.unread), now)
