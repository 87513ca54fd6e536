"""A week recorded: computed, its notebook executed, everything sealed as the next revision."""

import datetime as dt
import platform
import shutil
import sys
import traceback
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from pipeline import archive, execution, week, workbook
from pipeline.archive import RAW
from pipeline.errors import RunFailed
from pipeline.week import Result

_VERSIONS = ("pandas", "matplotlib", "openpyxl", "papermill", "pydantic", "xlrd")


@dataclass(frozen=True)
class Recorded:
    """What became of one week: its record, and whether it was made now."""

    result: Result
    revision: Path
    is_new: bool


def run_week(root: str, day: str, reason: str = "") -> Recorded:
    """Record one week of one office. The same inputs make no new revision, unless a `reason` asks for one.

    RunFailed if the notebook broke: it is kept under data/output/failed/ and is no history.
    """
    office = Path(root).resolve()
    result = week.compute(office, *week.load(office, day))
    known = archive.revisions(office, day)
    if known and not reason and archive.manifest(known[-1])["fingerprint"] == result.fingerprint:
        return Recorded(result, known[-1], is_new=False)
    building = archive.open_building(office, day)
    started = dt.datetime.now(dt.UTC)
    try:
        notebook = execution.execute(office, building, _parameters(result), result.check_code)
        _fill(building, result, notebook)
    except Exception as error:
        said = str(error) if isinstance(error, RunFailed) else traceback.format_exc()
        raise RunFailed(_failure(archive.keep_failed(office, day, building, said), office, error)) from error
    promised = {**facts(result, reason), "run": _run(started)}
    revision, is_new = archive.seal(office, day, building, promised, again=bool(reason))
    return Recorded(result, revision, is_new)


def _parameters(result: Result) -> dict[str, Any]:
    """The notebook's parameters: the typed, validated week as plain values."""
    plain: dict[str, Any] = result.week.model_dump(mode="json", exclude_defaults=True)
    return {
        "week": result.day,
        "programme": result.week.programme,
        "decisions": [dict(decision) for decision in plain.get("decisions", ())],
    }


def _fill(building: Path, result: Result, notebook: Any) -> None:
    (building / execution.NOTEBOOK.name).write_bytes(execution.to_bytes(notebook))
    (building / "charts").mkdir()
    for name, picture in execution.pictures(notebook).items():
        (building / "charts" / f"{name}.png").write_bytes(picture)
    archive.save_tables(building, result.tables)
    (building / workbook.FILE_NAME).write_bytes(official_workbook(result))
    _copy_inputs(building / "inputs", result)


def official_workbook(result: Result) -> bytes:
    """汇总表.xlsx of the week."""
    return workbook.summary(
        result.programme,
        result.week,
        result.tables,
        result.history.progress,
        result.reporting,
        result.check_code,
        result.is_final,
    )


def _copy_inputs(inputs: Path, result: Result) -> None:
    """The raw files and parameters, laid out as an office of its own, so that the week can be replayed from it."""
    used = {f"{RAW.as_posix()}/{result.day}/{name}": sha256 for name, sha256 in _containers(result).items()}
    (inputs / RAW / result.day).mkdir(parents=True)
    for name in (*used, f"params/{result.day}.yaml", result.week.programme):
        (inputs / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(result.root / name, inputs / name)
    for name, sha256 in used.items():
        if archive.digest((inputs / name).read_bytes()) != sha256:
            raise RunFailed(f"文件 {name} 在运行中被改动，不能存档。请重新运行。")


def _containers(result: Result) -> dict[str, str]:
    """The files on disc that were read, by name; one that could not be opened has no digest."""
    return {file.container: file.container_sha256 for file in result.files if not file.is_litter and file.sha256}


def facts(result: Result, reason: str) -> dict[str, Any]:
    """The manifest's promises: what the record stands on, and the links of the chain."""
    return {
        "week": result.day,
        "programme": result.week.programme,
        "status": "final" if result.is_final else "draft",
        "fingerprint": result.fingerprint,
        "seal": result.seal,
        "check_code": result.check_code,
        "reason": reason,
        "inputs": [{"file": name, "sha256": sha256} for name, sha256 in _containers(result).items()],
        "previous_week": result.history.digest,
        "versions": {name: metadata.version(name) for name in _VERSIONS},
    }


def _run(started: dt.datetime) -> dict[str, str]:
    """What differs from run to run; a replay leaves it out."""
    finished = dt.datetime.now(dt.UTC)
    return {
        "started": started.isoformat(timespec="seconds"),
        "finished": finished.isoformat(timespec="seconds"),
        "python": sys.version.split()[0],
        "system": platform.system(),
    }


def _failure(kept: Path, office: Path, error: Exception) -> str:
    where = kept.relative_to(office).as_posix()
    said = str(error) if isinstance(error, RunFailed) else f"程序出错：{type(error).__name__}: {error}"
    return f"{said}\n本次没有存档；执行到一半的笔记本和原因在 {where}/，可打开查看。"
