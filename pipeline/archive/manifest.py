"""manifest.json of a record: what it promises, typed. A name in it is a path below the record, and leads nowhere else."""

import datetime as dt
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from pipeline.archive.text import digest_of_facts
from pipeline.errors import RecordError

MANIFEST = "manifest.json"
_MOST_FAULTS = 5  # that are told of one manifest


def _checked_name(name: str) -> str:
    parts = name.split("/")
    here = {os.sep, ":"} if os.sep != "/" else set()  # Windows takes a\b and c:a for paths of its own
    if any(part in ("", ".", "..") for part in parts) or "\0" in name or here.intersection(name):
        raise ValueError("不是存档内的文件名")
    return name


def is_date(name: str) -> bool:
    """YYYY-MM-DD and a day of the calendar."""
    try:
        return dt.date.fromisoformat(name).isoformat() == name
    except ValueError:
        return False


def _checked_date(name: str) -> str:
    if not is_date(name):
        raise ValueError("不是日期")
    return name


def _checked_time(text: str) -> str:
    if dt.datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("没有时区")
    return text


Name = Annotated[str, AfterValidator(_checked_name)]
Day = Annotated[str, AfterValidator(_checked_date)]
Time = Annotated[str, AfterValidator(_checked_time)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Link = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]  # "" where there is none before
Revision = Annotated[str, StringConstraints(pattern=r"^r[1-9][0-9]{0,5}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Content(_Strict):
    """A file and its sha256; "" for one that could not be opened."""

    file: Name
    sha256: Link


class Earlier(_Strict):
    """A record that this one stands on."""

    week: Day
    revision: Revision
    digest: Digest


class Member(_Strict):
    """A file in a received one that was withheld."""

    file: Name
    sha256: Link
    town: str
    holds_form: bool


class Withheld(_Strict):
    """A received file that is not kept, since household ledgers lie in it."""

    file: Name
    sha256: Link
    reason: str
    members: tuple[Member, ...]


class Basis(_Strict):
    """Digests of what a week stands on."""

    files: Digest
    programme: Digest
    week: Digest
    history: Digest


class Run(_Strict):
    """What differs from run to run. register_before: the digest of the line of seals.csv before this record's; None: older than it."""

    started: Time
    finished: Time
    python: str
    system: str
    register_before: Link | None = None

    @property
    def sealed_at(self) -> dt.datetime:
        """The moment, whatever the PC's time zone."""
        return dt.datetime.fromisoformat(self.finished)


class Manifest(_Strict):
    """What a record stands on, what is in it, and how it is linked to those before. figures, rest: parts of the seal."""

    week: Day
    revision: Annotated[int, Field(ge=1, le=999_999)]
    programme: Name
    answers: Name | Literal[""] = ""  # 处理单, as it lies below inputs/
    status: Literal["final", "draft"]
    fingerprint: Digest
    figures: Link = ""
    rest: Link = ""
    seal: Digest
    check_code: str
    reason: str
    basis: Basis
    inputs: tuple[Content, ...]
    files: tuple[Content, ...]
    unread: tuple[str, ...] = ()
    litter: tuple[Name, ...]
    withheld: tuple[Withheld, ...] = ()
    unrecorded: tuple[Day, ...]
    previous_week: Link
    history: tuple[Earlier, ...]
    versions: dict[str, str]
    program: Digest
    run: Run
    previous_revision: Link
    outputs: tuple[Content, ...]
    digest: Digest

    @property
    def sealed(self) -> dict[str, str]:
        """name -> sha256 of every file of the record but this one."""
        return {item.file: item.sha256 for item in self.outputs}


def raw(revision: Path) -> dict[str, Any]:
    """The facts as they are written."""
    try:
        return _facts(_text(revision))
    except ValueError as error:
        raise _unreadable(revision, str(error)) from None


def _text(revision: Path) -> str:
    try:
        return (revision / MANIFEST).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _unreadable(revision, f"读不出（{error}）") from None


def _facts(text: str) -> dict[str, Any]:
    """ValueError says in words why it is no manifest."""
    try:
        facts = json.loads(text, object_pairs_hook=_without_twins)
        json.dumps(facts, ensure_ascii=False).encode()  # half a sign of UTF-16 has no digest
    except (ValueError, RecursionError) as error:
        raise ValueError(f"读不出（{error}）") from None
    if not isinstance(facts, dict):
        raise ValueError("内容不是“键: 值”的形式")
    return facts


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key that is written twice would show a reader something else than it is taken for."""
    facts = dict(pairs)
    if len(facts) < len(pairs):
        raise ValueError("有重复的项")
    return facts


def manifest(revision: Path) -> Manifest:
    """The manifest of one revision; RecordError names what in it is not as it must be."""
    try:
        return _typed(_text(revision))
    except ValidationError as error:
        faults = [_in_words(dict(fault)) for fault in error.errors()]
        more = [f"共 {len(faults)} 处"] if len(faults) > _MOST_FAULTS else []
        raise _unreadable(revision, "；".join([*faults[:_MOST_FAULTS], *more])) from None
    except ValueError as error:
        raise _unreadable(revision, str(error)) from None


@lru_cache(maxsize=512)
def _typed(text: str) -> Manifest:
    """Parsed once, since each of a record's tables is held against it."""
    return Manifest.model_validate_json(json.dumps(_facts(text)))


def _unreadable(revision: Path, why: str) -> RecordError:
    return RecordError(f"存档 {revision} 的 {MANIFEST} {why}。请从备份恢复")


def _in_words(fault: dict[str, Any]) -> str:
    where = ".".join(map(str, fault["loc"]))
    match fault["type"]:
        case "missing":
            return f"缺少 {where}"
        case "extra_forbidden":
            return f"有不认识的项 {where}"
        case "value_error":
            return f"{where} 的 {str(fault['input'])[:80]!r} {fault['ctx']['error']}"
        case _:
            return f"{where} 的内容不对（{str(fault['input'])[:80]!r}）"


def digest_of(facts: dict[str, Any]) -> str:
    """A manifest's own digest: of all of it but itself."""
    return digest_of_facts({name: fact for name, fact in facts.items() if name != "digest"})


def link(revision: Path | None) -> str:
    """What a later manifest says of a record: the digest of its manifest without what differs from run to run."""
    if revision is None:
        return ""
    return digest_of_facts({name: fact for name, fact in raw(revision).items() if name not in ("run", "digest")})
