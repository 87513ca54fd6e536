"""Files with household ledgers in them: withheld whole, archive or workbook, whatever else is in it.

Nothing of such a file is used or kept but its digest, and its name without the names of persons. What is known of it
is in `File.withheld`, from which a replay finds the same without the file.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from pipeline.intake import people, submissions
from pipeline.intake.privacy import mask
from pipeline.intake.reading.folder import File, Withheld
from pipeline.intake.typed import Form
from pipeline.params import Programme
from pipeline.records import Place
from pipeline.rules import Finding, finding
from pipeline.rules.files import FORM_WITH_LEDGER, HOUSEHOLD_LEDGER

_REASON = "含农户台账（个人信息）"
_STRANGE = re.compile(r"[\u4e00-\u9fff]{2,}|[A-Za-z]{3,}")
_ALONE = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]$")
# The words of file names. Every other word is hidden: it may be a name.
_WORDS = (
    "农户 台账 台帐 花名册 名册 名单 一户一档 一村一册 登记表 登记册 明细表 明细 汇总表 汇总 情况表 情况 进展 每周 周报 报表 统计表 统计 改厕 户厕 厕所 "
    "旱厕 改造 新建 整改 提升 验收 公示 档案 信息 资料 附件 微信 接收 文件 压缩包 最终版 终版 修改 更新 新版 副本 打包 汇报 报送 上报 农村 整村推进 推进 年度 工作 "
    "数据 基础 问题 完成 进度 目标 任务 截至 街道 社区 工作簿 表格 个人 人员 补助 资金 发放 全镇 全村 各村 户主 照片 图片 外层 内层 发来 最新 原始 备份 合并 镇级 村级 区级 省级"
)


@dataclass(frozen=True)
class Kept:
    """The week's files, those with a ledger withheld; the forms of the others; findings on all of them."""

    files: list[File]
    forms: list[Form]
    findings: list[Finding]


def withhold(files: Sequence[File], forms: Sequence[Form], findings: Sequence[Finding], programme: Programme) -> Kept:
    """Set aside every received file in which a ledger was found, and tell what has been set aside, before too."""
    ledgers = {row.file for row in findings if row.rule is HOUSEHOLD_LEDGER}
    received = {file.container for file in files if file.name in ledgers}
    inside = [file for file in files if file.container in received and not file.is_litter]
    towns, _ = submissions.senders(inside, forms, programme)
    names = _names(files, received, programme)
    with_form = {form.file for form in forms if form.lines or form.zero_report}
    gone = {file.name: _withheld(file, names, towns[file.name], file.name in with_form) for file in inside}
    kept = in_order(
        gone.get(file.name, file) for file in files if file.container not in received or file.name in gone
    )  # fmt: skip
    return Kept(
        kept,
        [form for form in forms if form.file not in gone],
        [*(row for row in findings if row.file not in gone), *_told(kept)],
    )


def in_order(files: Iterable[File]) -> list[File]:
    """The files by the names of what was received; the members of an archive stay as they lie in it."""
    return sorted(files, key=lambda file: unicodedata.normalize("NFC", file.container))


def _told(files: Iterable[File]) -> Iterator[Finding]:
    for file in files:
        if file.withheld:
            rule = FORM_WITH_LEDGER if file.withheld.holds_form else HOUSEHOLD_LEDGER
            yield finding(rule, Place(town=file.withheld.town, file=file.name))


def _withheld(file: File, names: Mapping[str, str], town: str, holds_form: bool) -> File:
    return File(
        names[file.name], file.sha256, names[file.container], file.container_sha256, withheld=Withheld(town, holds_form)
    )  # fmt: skip


# ---- the manifest ----------------------------------------------------------------------------------------------


def facts(files: Iterable[File]) -> list[dict[str, Any]]:
    """What a manifest keeps of the files that were withheld: one entry a received file."""
    by_received: dict[str, dict[str, Any]] = {}
    for file in files:
        if file.withheld:
            entry = {"file": file.container, "sha256": file.container_sha256, "reason": _REASON, "members": []}
            member = {"file": file.name, "sha256": file.sha256, **asdict(file.withheld)}
            by_received.setdefault(file.container, entry)["members"].append(member)
    return list(by_received.values())


def from_facts(entries: Iterable[Mapping[str, Any]]) -> list[File]:
    """The files that `facts` told of, without their content."""
    return [
        File(
            member["file"], member["sha256"], entry["file"], entry["sha256"],
            withheld=Withheld(member["town"], member["holds_form"]),
        )
        for entry in entries
        for member in entry["members"]
    ]  # fmt: skip


# ---- their names -----------------------------------------------------------------------------------------------


def _names(files: Iterable[File], received: set[str], programme: Programme) -> dict[str, str]:
    """name -> without persons, of the received files and their members; those that would be alike are numbered by content."""
    words = _known_words(programme)
    taken = {file.container for file in files if file.container not in received}
    names: dict[str, str] = {}
    for file in files:
        if file.container in received:
            if file.container not in names:
                names[file.container] = _unlike(_nameless(file.container, words), file.container_sha256, taken)
            inner = file.name.removeprefix(file.container)
            if inner:
                whole = names[file.container] + _nameless(inner, words)
                names[file.name] = _unlike(whole, file.sha256, taken)
    return names


def _unlike(name: str, sha256: str, taken: set[str]) -> str:
    path = PurePosixPath(name)
    if name in taken:
        name = path.with_name(f"{path.stem}〔{sha256[:8]}〕{path.suffix}").as_posix()
    taken.add(name)
    return name


def _known_words(programme: Programme) -> re.Pattern[str]:
    """What may stand in a file's name as it is, longest first."""
    villages = [name for _, village in programme.villages for name in (village.name, *village.aliases)]
    towns = [name for town, of in programme.towns.items() for name in (town, town[:-1], *of.aliases)]
    known = sorted({word for word in (*villages, *towns, *_WORDS.split()) if len(word) > 1}, key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, known))})")


def _nameless(name: str, words: re.Pattern[str]) -> str:
    """包场镇张三台账.xlsx -> 包场镇张*台账.xlsx"""
    return "/".join(_part(part, words) for part in name.split("/"))


def _part(part: str, words: re.Pattern[str]) -> str:
    suffix = PurePosixPath(part).suffix
    stem = part.removesuffix(suffix) if re.fullmatch(r"\.[A-Za-z0-9]{1,5}", suffix) else part
    suffix = part[len(stem) :]
    pieces = words.split(mask(stem))  # what lies between known words, the known words
    for at in range(0, len(pieces) - 2, 2):
        alone = _ALONE.search(pieces[at])
        if alone and people.is_surname(alone[0]):  # 李新建: a known word may be a given name
            pieces[at] += pieces[at + 1]
            pieces[at + 1] = ""
    return "".join(piece if at % 2 else _STRANGE.sub(_first, piece) for at, piece in enumerate(pieces)) + suffix


def _first(word: re.Match[str]) -> str:
    return f"{word[0][0]}*"
