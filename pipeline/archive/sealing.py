"""A record built in a hidden folder near its place, moved there by one rename, and registered.

A reader never sees half a record, and of two runs at once neither can overwrite the other.
"""

import contextlib
import json
import os
import platform
import re
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.archive import entering
from pipeline.archive.manifest import MANIFEST, link, manifest
from pipeline.archive.register import Line, next_revision
from pipeline.archive.revisions import OUTPUT, revisions
from pipeline.archive.text import digest, digest_of_facts, to_csv
from pipeline.errors import Overtaken, RecordError
from pipeline.tables import Tables

_BUILDING = ".b"  # and: PC, process, chance; as short as can be, since all names of a record stand below it
_SWEPT_AFTER = 24 * 3600  # of a run on another PC nobody knows whether it lives; none is ever this old
_NAME = re.compile(r"\.b([0-9a-z]{4})([0-9a-z]{1,7})-[0-9a-z]{2}")
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"


def open_building(root: Path) -> Path:
    """A fresh hidden folder beside the weeks, named by the PC and process that it belongs to."""
    parent = root / OUTPUT
    try:
        parent.mkdir(parents=True, exist_ok=True)
        while True:
            # mkdtemp would close the record to all colleagues
            chance = "".join(secrets.choice(_SIGNS) for _ in range(2))
            building = parent / f"{_BUILDING}{_host()}{_short(os.getpid())}-{chance}"
            with contextlib.suppress(FileExistsError):
                building.mkdir()
                return building
    except OSError as error:
        raise RecordError(f"不能写入 {parent}（{error.strerror}）。请检查权限和磁盘空间") from None


def sweep(root: Path) -> list[str]:
    """Remove what killed runs have left behind; the names of the folders that were removed."""
    swept = []
    for left in sorted((root / OUTPUT).glob(f"{_BUILDING}*")):
        if _is_dead(left):
            shutil.rmtree(left, ignore_errors=True)
            swept.append(left.relative_to(root).as_posix())
    return swept


def _is_dead(building: Path) -> bool:
    """Whether the run that this folder belongs to has ended: its process is gone, or it began a day ago."""
    named = _NAME.fullmatch(building.name)
    if named and named[1] == _host():
        import psutil  # noqa: PLC0415 - for the leftover of a killed run only

        return not psutil.pid_exists(int(named[2], 36))
    return time.time() - building.stat().st_mtime > _SWEPT_AFTER


def _host() -> str:
    """This PC, as a short word that any folder's name can hold."""
    return digest(platform.node().encode())[:4]


def _short(number: int) -> str:
    """A number in base 36."""
    return (_short(number // 36) if number >= 36 else "") + _SIGNS[number % 36]


def seal(root: Path, week: str, building: Path, facts: Mapping[str, Any], again: bool) -> tuple[Path, bool]:
    """(revision, whether it is new): the finished folder moved to its place by one rename, and registered.

    facts: with the number `revision` that the work was made for, since its texts name it. Of two runs at once the
    second finds the same fingerprint, and its own work is dropped; or it is Overtaken, and must be made anew.
    again: seal even if the newest revision has the same fingerprint.
    """
    outputs = list(_listed(building))
    with entering.held(root) as held:
        known = revisions(root, week)
        newest = known[-1] if known else None
        if newest and not again and manifest(newest).fingerprint == facts["fingerprint"]:
            shutil.rmtree(building)
            return newest, False
        if next_revision(root, week) != facts["revision"]:
            shutil.rmtree(building)
            raise Overtaken(f"另一次运行刚刚存档了 {week} 的另一版，请重新运行")
        now = held.time(again)
        run = {**facts["run"], "finished": now, "register_before": held.last}
        digest = _write_manifest(building, {**facts, "run": run, "previous_revision": link(newest), "outputs": outputs})
        target = root / OUTPUT / week / f"r{facts['revision']}"
        line = Line(week, target.name, facts["status"], facts["seal"], digest, held.last, now, "")
        held.enter(line, lambda: _move(building, target))
        return target, True


def _move(building: Path, target: Path) -> None:
    """RecordError if something is in the way."""
    if target.exists():
        raise RecordError(f"{target} 已存在但不是完整的存档，请查看后移走，再重新运行")
    try:
        target.parent.mkdir(exist_ok=True)
        building.rename(target)
    except OSError as error:
        raise RecordError(
            f"存档不能移到 {target}（{error.strerror}）。文件可能正被 WPS 打开，请关闭后重新运行"
        ) from None


def _listed(building: Path) -> Iterator[dict[str, str]]:
    for path in sorted(building.rglob("*")):
        if path.is_file():
            yield {"file": path.relative_to(building).as_posix(), "sha256": digest(path.read_bytes())}


def _write_manifest(building: Path, facts: Mapping[str, Any]) -> str:
    """Its own digest, which covers all of it, so that a changed manifest is seen in itself."""
    own = digest_of_facts(facts)
    text = json.dumps({**facts, "digest": own}, ensure_ascii=False, indent=1)
    entering.write_durably(building / MANIFEST, f"{text}\n")
    return own


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


def save_tables(building: Path, tables: Tables) -> None:
    """tables/*.csv"""
    (building / "tables").mkdir()
    for table, rows in tables:
        (building / "tables" / f"{table.name}.csv").write_bytes(to_csv(table, rows))
