"""One record without its office: a folder, or a zip of it. What can be checked is checked; what cannot be is said."""

import contextlib
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pipeline import archive
from pipeline.archive import MANIFEST, Manifest
from pipeline.errors import PipelineError
from pipeline.intake import reading
from pipeline.record.kernels import Kernels
from pipeline.record.verification import figures, libraries, replay
from pipeline.record.verification.replay import Sources
from pipeline.record.verification.sealed import altered
from pipeline.record.verification.verdict import Verdict, reached

WANTING = "缺少前期存档，无法核对累计来源"
_MOST_BYTES = 1 << 30  # of one record, unpacked
_MOST_FILES = 20_000


def verify_alone(path: Path, warm: Kernels | None = None) -> Verdict:
    """The verdict on a record's folder, or on a zip that was made of it by hand or by the system."""
    if path.is_dir():
        return reached(path, lambda: _judged(path, (), _siblings(path), warm))
    with _unpacked(path) as (folder, further):
        return replace(reached(folder, lambda: _judged(folder, further, {}, warm)), revision=path)


def _judged(record: Path, further: tuple[str, ...], siblings: Mapping[str, Path], warm: Kernels | None) -> Verdict:
    """further: files in the zip that its manifest does not list."""
    facts = archive.manifest(record)
    differences = (*altered(record, facts), *(f"{name} 是后来加进来的" for name in further))
    remarks = tuple(libraries.remarks(record, facts))
    if differences:
        return Verdict(record, remarks, differences)
    needed = [f"{item.week}/{item.revision}" for item in facts.history]
    needed += [f"{facts.week}/r{number}" for number in range(1, facts.revision)]
    if all(name in siblings for name in needed):
        again = replay.replayed(Sources(record, facts, tuple(siblings[name] for name in needed)), warm)
    else:
        again = _partly(record, facts)
    return replace(again, remarks=(*remarks, *again.remarks))


def _siblings(record: Path) -> dict[str, Path]:
    """The records that lie where a record's folder came from; only those that it was sealed upon."""
    root = record.resolve().parent.parent
    try:
        facts = archive.manifest(record)
        wanted = {f"{item.week}/{item.revision}": item.digest for item in facts.history}
        found = {name: root / name for name, digest in wanted.items() if _is(root / name, digest)}
        before = facts.previous_revision
        for number in range(facts.revision - 1, 0, -1):
            earlier = root / facts.week / f"r{number}"
            if not _is(earlier, before):
                break
            found[f"{facts.week}/r{number}"] = earlier
            before = archive.manifest(earlier).previous_revision
    except PipelineError:
        return {}
    return found


def _is(record: Path, link: str) -> bool:
    return (record / MANIFEST).is_file() and archive.link(record) == link


def _partly(record: Path, facts: Manifest) -> Verdict:
    """The figures that its own files give, and what is computed from its own tables."""
    with replay.laid_out(Sources(record, facts, ())) as root:
        found = figures.judged(record, facts, replay.computed(root, facts))
    return replace(found, remarks=(WANTING, *found.remarks))


# ---- a zip -----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _unpacked(path: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """A temporary folder with what the manifest in the zip lists, and the names of all else."""
    try:
        with zipfile.ZipFile(path) as packed, tempfile.TemporaryDirectory(prefix="verify-") as scratch:
            members = _members(packed)
            folder = Path(scratch).resolve() / "record"
            folder.mkdir()
            _extract(packed, members[MANIFEST], folder / MANIFEST)
            listed = archive.manifest(folder).sealed
            for name in listed.keys() & members.keys():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                _extract(packed, members[name], folder / name)
            yield folder, tuple(sorted(members.keys() - listed.keys() - {MANIFEST}))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise PipelineError(f"压缩包 {path} 打不开（{error}）。请解压后给文件夹，或重新压缩一份。") from None


def _members(packed: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of the one record in it, by their names below its folder."""
    files = {reading.member_name(info).replace("\\", "/"): info for info in packed.infolist() if not info.is_dir()}
    if len(files) > _MOST_FILES or sum(info.file_size for info in files.values()) > _MOST_BYTES:
        raise PipelineError("压缩包异常庞大，不像一份存档。请解压后给文件夹。")
    manifests = sorted(
        (name for name in files if PurePosixPath(name).name == MANIFEST), key=lambda name: name.count("/")
    )
    if not manifests:
        raise PipelineError(f"压缩包里没有 {MANIFEST}，不是一份存档。")
    beside = [name for name in manifests if name.count("/") == manifests[0].count("/")]
    if len(beside) > 1:
        raise PipelineError(f"压缩包里有 {len(beside)} 份存档（{'、'.join(beside)}），请一份一份给。")
    top = manifests[0].removesuffix(MANIFEST)
    return {name.removeprefix(top): info for name, info in files.items() if name.startswith(top)}


def _extract(packed: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> None:
    with packed.open(info) as source, target.open("wb") as file:
        shutil.copyfileobj(source, file)
