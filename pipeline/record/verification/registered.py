"""The records against seals.csv, both ways; and seals.csv against what was sent out of it earlier."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from pipeline import archive
from pipeline.archive import MANIFEST, OUTPUT, register
from pipeline.archive.register import LATER, Line
from pipeline.errors import PipelineError, RecordError
from pipeline.record.verification.verdict import Verdict


def registered(office: Path) -> Verdict:
    """What does not fit between the records and the register, and within the register."""
    path = office / OUTPUT / register.FILE
    try:
        remarks = [*_interrupted(office), *_not_yet(office)]
        return Verdict(path, tuple(remarks), (*_broken(office), *_unmatched(office)))
    except PipelineError as error:
        return Verdict(path, (), (str(error),))


def _interrupted(office: Path) -> Iterator[str]:
    line = register.intended(office)
    if line and register.is_owed(office, line):
        yield f"{line.place} 存档后还没来得及登记（上次运行中断），下次 report 时补登"


def _not_yet(office: Path) -> Iterator[str]:
    if not register.is_there(office):
        yield "还没有封存登记，下次 report 时建立，已有的存档记为补记"


def _broken(office: Path) -> Iterator[str]:
    """Lines that are none, links that do not hold, times that run backwards, a revision that stands there twice."""
    if register.is_there(office) and not register.has_heading(office):
        yield "第1行不是原来的表头"
    owed = register.intended(office)
    before, last, seen, is_opening = "", dt.datetime.min.replace(tzinfo=dt.UTC), set[str](), True
    for number, text in enumerate(register.texts(office), 2):
        line = register.parsed(text)
        if line is None and owed and owed.text.startswith(text) and register.is_owed(office, owed):
            continue  # cut off, and said already
        if line is None:
            yield f"第{number}行不是登记（{text[:60]}）"
        else:
            sealed_at = dt.datetime.fromisoformat(line.sealed_at)
            if line.previous != before:
                yield f"第{number}行（{line.place}）与上一行的链接断开：上一行被改动、删除，或中间插入了行"
            if sealed_at < last:
                yield f"第{number}行（{line.place}）的登记时间早于上一行：时间被改动，或电脑时钟被往回调过"
            if line.place in seen:
                yield f"第{number}行（{line.place}）重复登记"
            is_opening &= line.remark == LATER
            if line.remark == LATER and not is_opening:
                yield f"第{number}行（{line.place}）是补记，却不在开头：建立登记以后放进来的存档"
            last = max(last, sealed_at)
            seen.add(line.place)
        before = register.digest_of(text)


def _unmatched(office: Path) -> Iterator[str]:
    """A line without its record, a record without its line, and where the two contradict each other."""
    lines = {line.place: line for line in register.lines(office)}
    records = {
        f"{day}/{path.name}": path for day in archive.recorded_weeks(office) for path in archive.revisions(office, day)
    }
    for place in [*lines, *(place for place in records if place not in lines)]:
        if place not in records:
            yield f"{place} 登记过，存档不见了（被删除、改名或移走）"
        elif place in lines:
            yield from _contradicting(records[place], lines[place])
        elif not _is_on_its_way(office, place):
            yield from _unregistered(office, place, records[place])


def _is_on_its_way(office: Path, place: str) -> bool:
    """Whether a run owes the line, or has appended it since the register was read. Asked in this order, none slips by."""
    owed = register.intended(office)
    is_owed = owed is not None and owed.place == place and register.is_owed(office, owed)
    return is_owed or any(line.place == place for line in register.lines(office))


def _contradicting(record: Path, line: Line) -> Iterator[str]:
    """The manifest that was registered is the one that lies there, and it was sealed when it was registered."""
    try:
        facts = archive.manifest(record)
    except RecordError as error:
        yield f"{line.place}：{error}"
        return
    own = archive.digest_of(archive.raw(record))
    if line.manifest != own or line.seal != facts.seal or line.status != facts.status:
        yield f"{line.place} 与登记的不同：登记以后 {MANIFEST} 被改动，或整个存档被换过"
    elif line.remark == LATER:
        if facts.run.register_before is not None:
            yield f"{line.place} 原来登记过，登记被删除后又补记"
    elif (facts.run.finished, facts.run.register_before) != (line.sealed_at, line.previous):
        yield f"{line.place} 的封存时间或次序与登记的不同"


def _unregistered(office: Path, place: str, record: Path) -> Iterator[str]:
    """A record that is older than the register is no fault as long as there is none."""
    try:
        is_older = archive.manifest(record).run.register_before is None
    except RecordError:
        is_older = False  # its own verdict says why
    if not is_older:
        yield f"{place} 没有登记：不是由 report 存入的，或登记被删除"
    elif register.is_there(office):
        yield f"{place} 没有登记：是登记建立以后才放进来的旧存档"


def against(office: Path, text: str) -> Verdict:
    """The register beside a copy of it, or a line, that was sent out earlier: up to where the two are one."""
    path, sent = office / OUTPUT / register.FILE, register.found_in(text)
    own = {line.place: (number, line) for number, line in enumerate(register.lines(office), 2)}
    for line in sent:
        number, ours = own.get(line.place, (0, None))
        if ours is None:
            return Verdict(
                path, (), (f"从 {line.place} 起与外面留存的不同：本机没有这一行（{line.sealed_at} 登记的）",)
            )
        if ours != line:
            return Verdict(path, (), (f"从第{number}行（{line.place}）起与外面留存的不同：{_how(line, ours)}",))
    last = max(own[line.place][0] for line in sent)
    if any(_broken(office)):
        return Verdict(
            path, (), (f"第{last}行（{sent[-1].place}）与外面留存的一致，但登记本身有断开，说明不了其他各行",)
        )
    return Verdict(
        path, (f"到第{last}行（{sent[-1].place}）为止与外面留存的一致；此后本机登记了 {len(own) + 1 - last} 行",)
    )


def _how(sent: Line, ours: Line) -> str:
    """The columns that differ, as they were sent and as they are."""
    words = {
        "status": "状态",
        "seal": "封印",
        "manifest": "清单",
        "previous": "上一行",
        "sealed_at": "登记时间",
        "remark": "备注",
    }
    pairs = ((word, getattr(sent, name), getattr(ours, name)) for name, word in words.items())
    return "；".join(
        f"{word}原为 {then[:25] or '空'}，现为 {now[:25] or '空'}" for word, then, now in pairs if then != now
    )
