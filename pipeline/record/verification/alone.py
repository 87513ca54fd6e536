"""One record without its office: a folder, or a zip of it. What can be checked is checked; what cannot be is said."""

import contextlib
import datetime as dt
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from pipeline import archive
from pipeline.archive import MANIFEST, Manifest
from pipeline.errors import KernelLost, MachineFault, PipelineError
from pipeline.intake import reading
from pipeline.judging import completion
from pipeline.record.kernels import Kernels
from pipeline.record.verification import libraries, replay
from pipeline.record.verification.replay import Sources
from pipeline.record.verification.sealed import altered
from pipeline.record.verification.verdict import Verdict
from pipeline.records import COMPLETION, PROGRESS, Completion, Progress
from pipeline.week import Result

WANTING = "缺少前期存档，无法核对累计来源"
_NOT_MADE_AGAIN = "图表、页面、汇总表、笔记本没有重放，只核对了指纹"
_MOST_BYTES = 1 << 30  # of one record, unpacked
_MOST_FILES = 20_000
_MEASURES = ("target", "done", "remaining", "rate", "expected", "gap", "needed_per_week", "rank", "light")


def verify_alone(path: Path, warm: Kernels | None = None) -> Verdict:
    """The verdict on a record's folder, or on a zip that was made of it by hand or by the system."""
    if path.is_dir():
        return _judged(path, path, (), _siblings(path), warm)
    with _unpacked(path) as (folder, further):
        return _judged(path, folder, further, {}, warm)


def _judged(
    named: Path, record: Path, further: tuple[str, ...], siblings: Mapping[str, Path], warm: Kernels | None
) -> Verdict:
    """named: what is told of. further: files in the zip that its manifest does not list."""
    try:
        facts = archive.manifest(record)
        differences = (*altered(record, facts), *(f"{name} 是后来加进来的" for name in further))
        remarks = tuple(libraries.remarks(record, facts))
        if differences:
            return Verdict(named, remarks, differences)
        needed = [f"{item.week}/{item.revision}" for item in facts.history]
        needed += [f"{facts.week}/r{number}" for number in range(1, facts.revision)]
        if all(name in siblings for name in needed):
            again = replay.replayed(Sources(record, facts, tuple(siblings[name] for name in needed)), warm)
        else:
            again = _partly(record, facts)
        return Verdict(named, (*remarks, *again.remarks), again.differences)
    except (KernelLost, MachineFault):  # of this PC, and nothing to do with the record
        raise
    except PipelineError as error:
        return Verdict(named, (), (str(error),))


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


# ---- what follows from the record alone ------------------------------------------------------------------------


def _partly(record: Path, facts: Manifest) -> Verdict:
    """The figures that its own files give, and what is computed from its own tables."""
    with replay.laid_out(Sources(record, facts, ())) as root:
        result = replay.computed(root, facts)
    unlike = tuple(replay.other_machine(frozenset(facts.unread), result.unread))
    if unlike:
        return Verdict(record, (f"{WANTING}；{_NOT_MADE_AGAIN}", *unlike))
    sealed = archive.table(record, PROGRESS)
    checked, unchecked = _compared(sealed, result)
    differences = [
        *_other_basis(facts, result),
        *checked,
        *_other_seal(facts, sealed),
        *_other_rates(record, sealed, result),
    ]
    remarks = [f"{WANTING}；{_NOT_MADE_AGAIN}"]
    if unchecked:
        remarks.append(f"本周采用的数里有 {unchecked} 个要靠前期存档才能核对")
    return Verdict(record, tuple(remarks), tuple(differences))


def _compared(sealed: list[Progress], result: Result) -> tuple[list[str], int]:
    """This week's figures that come out otherwise, and how many of them cannot be told without earlier records."""
    again = {row.key: row for row in result.progress}
    differences, unchecked = [], 0
    for row in (row for row in sealed if row.is_own):
        now = again.get(row.key)
        if now is None or not now.is_own:
            unchecked += 1
        elif _from(now) != _from(row):
            differences.append(f"tables/progress.csv：{''.join(row.key)} 存档为 {_told(row)}，按报表应为 {_told(now)}")
    return differences, unchecked


def _from(row: Progress) -> tuple[object, ...]:
    return row.target, row.done, row.status, row.file, row.sheet, row.cell, row.raw


def _told(row: Progress) -> str:
    return f"{row.done}（目标{row.target}，{row.file} {row.sheet}!{row.cell}“{row.raw}”）"


def _other_basis(facts: Manifest, result: Result) -> Iterator[str]:
    words = {"files": "报送文件", "programme": "当年方案", "week": "本周参数"}
    yield from (
        f"{MANIFEST} 的 basis 与 inputs/ 里的{word}不符"
        for part, word in words.items()
        if getattr(facts.basis, part) != result.basis[part]
    )


def _other_seal(facts: Manifest, sealed: list[Progress]) -> Iterator[str]:
    if facts.rest and archive.check_codes.figures(sealed) != facts.figures:
        yield "tables/progress.csv 与封印里的数不符"


def _other_rates(record: Path, sealed: list[Progress], result: Result) -> Iterator[str]:
    """What does not follow from the sealed figures: all but the pace, which wants the weeks before."""
    measured = completion.measure(sealed, (), result.programme, dt.date.fromisoformat(result.day))
    again = {(row.scope, row.key): row for row in measured}
    kept: list[Completion] = archive.table(record, COMPLETION)
    for row in kept:
        now = again.get((row.scope, row.key))
        other = [name for name in _MEASURES if now is None or getattr(row, name) != getattr(now, name)]
        if other:
            labels = "、".join(COMPLETION.labels[name].label for name in other)
            yield f"tables/completion.csv：{''.join(row.key) or '全区'} 的{labels}与分村的数不符"


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
