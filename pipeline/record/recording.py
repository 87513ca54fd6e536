"""A week recorded: its inputs taken, computed, its notebook executed, everything sealed as the next revision."""

import datetime as dt
import hashlib
import platform
import shutil
import sys
import traceback
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from pipeline import archive, machine, week
from pipeline.archive import RAW
from pipeline.errors import Overtaken, PipelineError, RecordError, RunFailed
from pipeline.intake import answers, withholding
from pipeline.intake.reading.folder import File
from pipeline.intake.upward import Slip
from pipeline.products import bulletin, feedback, pages, sentences, suggestions, workbook
from pipeline.record import execution, source
from pipeline.record.execution import Notebook
from pipeline.record.kernels import Kernels
from pipeline.week import Result

VERSIONS = (
    "pandas",
    "numpy",
    "matplotlib",
    "fonttools",
    "uharfbuzz",
    "openpyxl",
    "lxml",
    "papermill",
    "nbformat",
    "ipykernel",
    "pydantic",
    "xlrd",
    "nbconvert",
    "Jinja2",
    "mistune",
    "beautifulsoup4",
    "justmytype-intl-cjk",
    "python-docx",
    "segno",
)
CORRECTIONS = "更正说明.txt"
DECIDED = "书面决定.yaml"
_CODE = Path(__file__).resolve().parents[1]
_KINDS = ("py", "j2", "css", "json", "csv")  # what the program's products are made by


@dataclass(frozen=True)
class Recorded:
    """What became of one week: its record, and whether it was made now."""

    result: Result
    revision: Path
    is_new: bool
    swept: tuple[str, ...] = ()


def run_week(root: str, day: str, reason: str = "", warm: Kernels | None = None) -> Recorded:
    """Record one week of one office. The same inputs make no new revision, unless a `reason` asks for one.

    The inputs that lie in the record are the bytes that were parsed, without the files that are withheld. RunFailed if
    the notebook broke: it is kept under data/output/failed/ and is no history.
    """
    office = Path(root).resolve()
    _, parameters = week.load(office, day)  # a fault of the parameters is told before anything is written
    if not reason:
        _refuse_losses(office, day)
    files = week.collect(office, day, parameters.decisions)
    swept = tuple(archive.sweep(office))
    archive.entering.mend(office)
    building = archive.open_building(office)
    started = dt.datetime.now(dt.UTC)
    try:
        take_params(office, day, building / "inputs")
        result = week.compute(office, *week.load(building / "inputs", day), files)
        known = archive.revisions(office, day)
        if known and not reason and archive.manifest(known[-1]).fingerprint == result.fingerprint:
            shutil.rmtree(building)
            return Recorded(result, known[-1], False, swept)
        take_files(office, day, result.files, building / "inputs")
        build(result, building, reason, warm)
        promised = {**facts(result, reason), "run": run_facts(started)}
        revision, is_new = archive.seal(office, day, building, promised, again=bool(reason))
    except Overtaken:
        return run_week(root, day, reason, warm)
    except KeyboardInterrupt:
        shutil.rmtree(building, ignore_errors=True)
        raise
    except Exception as error:
        raise _broken(office, day, building, error) from error
    return Recorded(result, revision, is_new, swept)


def _broken(office: Path, day: str, building: Path, error: Exception) -> PipelineError:
    """What is told of a run that broke. Only what a person can learn from is kept: a notebook, or a bug's traceback."""
    told: PipelineError | None = machine.fault(error)
    if told is None and isinstance(error, PipelineError) and not isinstance(error, RunFailed):
        told = error
    if told is not None:
        shutil.rmtree(building, ignore_errors=True)
        return told
    reason = str(error) if isinstance(error, RunFailed) else traceback.format_exc()
    return RunFailed(_failure(archive.keep_failed(office, day, building, reason), office, error))


def _refuse_losses(office: Path, day: str) -> None:
    """A record that was registered and is gone is not silently made anew."""
    lost = archive.register.lost(office, day)
    if lost:
        raise RecordError(
            f"{day} 登记过的存档 {'、'.join(lost)} 不见了。请从备份恢复到 {(archive.OUTPUT / day).as_posix()}/；"
            f"不能恢复的，写明原因另存：python -m pipeline report {day} --revise “原因”。"
        )


def build(result: Result, building: Path, reason: str, warm: Kernels | None = None) -> None:
    """Everything of a record but its inputs and its manifest, into the folder `building`.

    The kernel is a process of its own, and this one would only wait for it: what does not show the notebook is made
    meanwhile.
    """
    with ThreadPoolExecutor(1) as meanwhile:
        others = meanwhile.submit(_others, result, reason)
        notebook = execution.execute(result.root, building, _parameters(result), result.check_code, warm)
        for name, content in {**_of_notebook(result, notebook), **others.result()}.items():
            (building / name).parent.mkdir(exist_ok=True)
            (building / name).write_bytes(content)
    archive.save_tables(building, result.written)


def _of_notebook(result: Result, notebook: Notebook) -> dict[str, bytes]:
    """The notebook, its charts, the page made of it."""
    title = sentences.title(result.programme, result.week.week, result.is_final)
    return {
        execution.FILE_NAME: execution.to_bytes(notebook),
        **{f"charts/{name}.png": picture for name, picture in execution.pictures(notebook).items()},
        "weekly_report.html": pages.weekly_report(notebook, result.programme, title, result.check_code),
    }


def _others(result: Result, reason: str) -> dict[str, bytes]:
    """What is read, the workbook, the messages to towns, what has been corrected."""
    story, findings, is_final = result.story, result.findings, result.is_final
    week_of = (result.programme, result.week.week)
    messages = feedback.messages(*week_of, result.written, result.revision, result.check_code)
    pages.exporter()  # the page's turn comes when the notebook is there
    return {
        "brief.html": pages.brief_html(story, findings, is_final, result.check_code, result.seal),
        "brief.txt": pages.brief_text(story, findings, is_final),
        bulletin.FILE_NAME: bulletin.draft(story, findings),
        **_decided(result),
        workbook.FILE_NAME: official_workbook(result),
        **{f"feedback/{name}": content for name, content in messages.items()},
        **_corrections(result, reason),
    }


def _decided(result: Result) -> dict[str, bytes]:
    """Every decision of the week, from wherever it came, as YAML."""
    lines = suggestions.decided(result.week)
    return {DECIDED: "".join(f"{line}\n" for line in lines).encode()} if lines else {}


def _corrections(result: Result, reason: str) -> dict[str, bytes]:
    if not result.corrections:
        return {}
    why = [f"原因：{reason}。"] if reason else []
    text = "\n".join([f"第{result.number}周（截至{result.day}）更正说明", *why, *result.corrections])
    return {CORRECTIONS: f"{text}\n".encode()}


def _parameters(result: Result) -> dict[str, Any]:
    """The notebook's parameters: the typed, validated week as plain values; what 处理单 decides it reads there itself."""
    decided = (decision.model_dump(mode="json", exclude_defaults=True) for decision in result.week.of_yaml)
    return {"week": result.day, "programme": result.week.programme, "decisions": list(decided)}


def official_workbook(result: Result) -> bytes:
    """汇总表.xlsx of the week."""
    return workbook.summary(
        result.programme,
        result.week,
        result.written,
        result.origins,
        result.reporting,
        Slip(
            result.programme.office, result.week.week, result.revision, result.is_final, result.check_code, result.rest
        ),
        result.below,
    )


def take_params(office: Path, day: str, inputs: Path) -> None:
    """The parameters, laid out as an office of its own, so that the week can be replayed from it."""
    programme = week.load(office, day)[1].programme
    for name in filter(None, (f"params/{day}.yaml", programme, answers.found(office, day))):
        (inputs / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(office / name, inputs / name)


def take_files(office: Path, day: str, files: list[File], inputs: Path) -> None:
    """The raw files beside the parameters. What is written is what was hashed and parsed: the bytes in memory."""
    raw = inputs / RAW / day
    raw.mkdir(parents=True)
    for name, file in _containers(files).items():
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        if file.container_content:
            (raw / name).write_bytes(file.container_content)
        else:  # empty, or too large to be held and never parsed
            shutil.copyfile(office / RAW / day / name, raw / name)
        if archive.digest((raw / name).read_bytes()) != file.container_sha256:
            raise RunFailed(f"文件 {name} 在运行中被改动，不能存档。请重新运行。")


def _containers(files: list[File]) -> dict[str, File]:
    """The files on disc that were read and are kept, by name; one that could not be opened has no digest."""
    return {file.container: file for file in files if file.container_sha256 and not file.withheld}


def facts(result: Result, reason: str) -> dict[str, Any]:
    """The manifest's promises: what the record stands on, and the links of the chain."""
    return {
        "week": result.day,
        "revision": result.revision,
        "programme": result.week.programme,
        "answers": answers.found(result.root, result.day),
        "status": "final" if result.is_final else "draft",
        "fingerprint": result.fingerprint,
        "figures": result.figures,
        "rest": result.rest,
        "seal": result.seal,
        "check_code": result.check_code,
        "reason": reason,
        "basis": result.basis,
        "inputs": [{"file": name, "sha256": file.container_sha256} for name, file in _containers(result.files).items()],
        "files": [{"file": file.name, "sha256": file.sha256} for file in result.files if not file.is_litter],
        "unread": sorted(result.unread),
        "litter": [file.name for file in result.files if file.is_litter],
        "withheld": withholding.facts(result.files),
        "unrecorded": list(result.history.lacking),
        "previous_week": result.history.digest,
        "history": [{"week": day, "revision": name, "digest": digest} for day, name, digest in result.history.records],
        "versions": versions(),
        "program": program(),
    }


def versions() -> dict[str, str]:
    """The versions that a record's bytes depend on: packages, Python but for its patches, and its zlib."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {**{name: metadata.version(name) for name in VERSIONS}, "python": python, "zlib": zlib.ZLIB_RUNTIME_VERSION}


@cache
def program() -> str:
    """sha256 of this program's own code, templates and notebook: whether a record was made by it or by another version."""
    together = hashlib.sha256("".join(source.digests()).encode())
    for path in sorted(path for kind in _KINDS for path in _CODE.rglob(f"*.{kind}")):
        together.update(path.relative_to(_CODE).as_posix().encode() + path.read_bytes())
    return together.hexdigest()


def run_facts(started: dt.datetime) -> dict[str, str]:
    """What differs from run to run, as far as it is known before the sealing; a replay leaves it out."""
    return {
        "started": started.astimezone().isoformat(timespec="seconds"),
        "python": sys.version.split()[0],
        "system": platform.system(),
    }


def _failure(kept: Path, office: Path, error: Exception) -> str:
    where = kept.relative_to(office).as_posix()
    reason_text = str(error) if isinstance(error, RunFailed) else f"程序出错：{type(error).__name__}: {error}"
    return f"{reason_text}\n本次没有存档；执行到一半的笔记本和原因在 {where}/，可打开查看。"
