"""What members have sealed, put before the office that they report to: files that come, never over one that is there."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from pipeline import archive, params
from pipeline.archive import RAW
from pipeline.errors import PipelineError
from pipeline.fleet import tree
from pipeline.printing import file_name
from pipeline.products import workbook


def take_up(root: Path, day: str) -> list[str]:
    """The newest sealed 汇总表.xlsx of each member for this week, put into the office's data/raw/; what is to be told.

    An office with members that has no such week gets one. A member without a record sends nothing.
    """
    members = tree.members(root, day)
    if not members:
        return []
    _prepare(root, day)
    received = {archive.digest(path.read_bytes()) for path in (root / RAW / day).rglob("*") if path.is_file()}
    told = []
    for name, folder in members.items():
        try:
            content = _sealed(name, folder, day)
        except (PipelineError, OSError) as error:
            told.append(f"{name}：{error}")
        else:
            if content and archive.digest(content) not in received:
                _put(root, root / RAW / day, file_name(name), content)
    return told


def _prepare(root: Path, day: str) -> None:
    (root / RAW / day).mkdir(parents=True, exist_ok=True)
    week = root / "params" / f"{day}.yaml"
    if not week.exists():
        _is_put(root, week, params.blank_week(day, tree.programme_name(root, day)).encode())


def _sealed(name: str, folder: Path, day: str) -> bytes:
    """The member's workbook, as it was sealed; empty if it has no record. PipelineError if it is not what it was."""
    if not tree.is_office(folder):
        raise PipelineError(f"没有单位文件夹 {folder}。请改正方案里{name}的 office。")
    records = archive.revisions(folder, day)
    if not records:
        return b""
    path = records[-1] / workbook.FILE_NAME
    content = path.read_bytes() if path.is_file() else b""
    if archive.digest(content) != archive.manifest(records[-1]).sealed.get(path.name):
        raise PipelineError(f"存档里的{path.name}与封存时不同，没有报上来。请在该单位运行 verify 查看。")
    return content


def _put(root: Path, folder: Path, stem: str, content: bytes) -> None:
    """Under the first name that is free; nothing if another run was quicker with the same."""
    for path in _names(folder, stem):
        if _is_put(root, path, content) or path.read_bytes() == content:
            return


def _names(folder: Path, stem: str) -> Iterator[Path]:
    yield folder / f"{stem}.xlsx"
    yield from (folder / f"{stem}（第{number}版）.xlsx" for number in count(2))


def _is_put(root: Path, path: Path, content: bytes) -> bool:
    """Whether it is there now, whole; False if there was something of that name."""
    building = archive.open_building(root)  # swept, if this run is killed
    try:
        whole = building / "whole"
        whole.write_bytes(content)
        return _is_moved(whole, path)
    finally:
        shutil.rmtree(building)


def _is_moved(whole: Path, path: Path) -> bool:
    """By a link, since a rename would write over what is there; not every disc has links."""
    try:
        path.hardlink_to(whole)
    except FileExistsError:
        return False
    except OSError:
        if path.exists():
            return False
        whole.rename(path)
    return True
