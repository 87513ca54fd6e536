"""A record as it lies there: its files against its manifest, its place against its name, its links against the others."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from pipeline import archive
from pipeline.archive import MANIFEST, OUTPUT, RAW, Manifest
from pipeline.errors import RecordError

_INPUTS = "inputs/"


def altered(revision: Path, facts: Manifest) -> Iterator[str]:
    """Files that are not what the manifest says, and a manifest that contradicts itself."""
    if revision.is_symlink() or (revision / MANIFEST).is_symlink():
        yield "存档文件夹被换成了链接" if revision.is_symlink() else f"{MANIFEST} 被换成了链接"
    if archive.digest_of(archive.raw(revision)) != facts.digest:
        yield f"{MANIFEST} 被改动"
    yield from contradictions(facts)
    present = {path.relative_to(revision).as_posix(): path for path in revision.rglob("*") if _is_file(path)}
    present.pop(MANIFEST, None)
    yield from (f"{name} 不见了" for name in sorted(facts.sealed.keys() - present.keys()))
    yield from (f"{name} 是后来加进来的" for name in sorted(present.keys() - facts.sealed.keys()))
    for name in sorted(facts.sealed.keys() & present.keys()):
        if present[name].is_symlink():
            yield f"{name} 被换成了链接"
        elif digest_of(present[name]) != facts.sealed[name]:
            yield f"{name} 被改动"


def _is_file(path: Path) -> bool:
    return path.is_symlink() or path.is_file()


def digest_of(path: Path) -> str:
    """sha256 of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def contradictions(facts: Manifest) -> Iterator[str]:
    """What a manifest says of itself, and what follows from its other parts. A record before 校验码 of today has no parts."""
    if not facts.rest and facts.run.register_before is not None:
        yield f"{MANIFEST} 缺少封印的组成部分"
    listed = {name for name in facts.sealed if name.startswith(_INPUTS)}
    if listed != _inputs(facts):
        yield f"{MANIFEST} 的文件清单与报送文件、参数不符：{'、'.join(sorted(listed ^ _inputs(facts))[:5])}"
    if facts.rest and archive.check_codes.seal(facts.rest, facts.figures) != facts.seal:
        yield f"{MANIFEST} 的封印与其组成部分不符"
    if facts.rest and archive.check_codes.check_code(facts.seal) != facts.check_code:
        yield f"{MANIFEST} 的校验码与封印不符"
    if dt.datetime.fromisoformat(facts.run.started) > facts.run.sealed_at:
        yield f"{MANIFEST} 的封存时间早于开始时间"


def _inputs(facts: Manifest) -> set[str]:
    """What lies below inputs/: the parameters, and the files that were kept."""
    received = (f"{_INPUTS}{RAW.as_posix()}/{facts.week}/{item.file}" for item in facts.inputs)
    params = (f"params/{facts.week}.yaml", facts.programme, facts.answers)
    return {*received, *(f"{_INPUTS}{name}" for name in params if name)}


def misplaced(revision: Path, facts: Manifest, day: str, number: int) -> Iterator[str]:
    """A folder that is not called as its record was sealed, or a revision before it that is gone."""
    if facts.week != day:
        yield f"存档是 {facts.week} 的，却放在 {day} 下"
    if revision.name != f"r{number}" or facts.revision != number:
        yield f"版次不连续：应为第{number}版，文件夹是 {revision.name}，存档里写的是第{facts.revision}版"


def unchained(office: Path, facts: Manifest, before: Path | None) -> Iterator[str]:
    """Breaks in the chain: each manifest carries the digest of the revision before it and of the earlier weeks'."""
    if facts.previous_revision != _link(before):
        yield "与上一版的链接断开（上一版被改动、删除或替换）"
    for item in facts.history:
        name = f"{item.week}/{item.revision}"
        earlier = office / OUTPUT / item.week / item.revision
        if not (earlier / MANIFEST).is_file():
            yield f"所依据的存档 {name} 不见了"
        elif _link(earlier) != item.digest:
            yield f"所依据的存档 {name} 被改动"
        elif archive.manifest(earlier).run.sealed_at > facts.run.sealed_at:
            yield f"封存时间早于所依据的存档 {name}：时间被改动，或当时电脑时钟不准"


def _link(record: Path | None) -> str:
    """None that any manifest has, of a record whose own cannot be read: that one's verdict says why."""
    try:
        return archive.link(record)
    except RecordError:
        return "?"


def strange(office: Path) -> Iterator[Path]:
    """Folders with a record in them that no command takes for one: copies, other names, capitals, one cut short."""
    root = office / OUTPUT
    known = {record for day in archive.recorded_weeks(office) for record in archive.revisions(office, day)}
    held = {path.parent for pattern in (f"*/{MANIFEST}", f"*/*/{MANIFEST}") for path in root.glob(pattern)}
    named = {path for path in root.glob("*/*") if path.is_dir() and re.fullmatch(r"[rR]\d+", path.name)}
    outside = {path for path in held | named if path.relative_to(root).parts[0] in ("failed",) or _is_building(path)}
    yield from sorted((held | named) - known - outside)


def _is_building(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts[-2:])
