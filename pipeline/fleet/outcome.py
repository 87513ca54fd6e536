"""What became of one office's week, as it is handed from process to process."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """What became of an office's week, as it is printed."""

    FINAL = "定稿"
    DRAFT = "初稿"
    ABSENT = "没有这一周"
    FAILED = "失败"


@dataclass(frozen=True)
class Outcome:
    """One office's week. office: its folder. revision: 0 without a record; is_new: whether it was sealed now.

    seconds: of the clock; cpu_seconds: of every process that had a part in it (on Windows without the kernel's).
    message: what is to be told, "" if nothing is.
    """

    office: str
    week: str
    state: State
    revision: int = 0
    is_new: bool = False
    message: str = ""
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    @classmethod
    def of(cls, values: dict[str, Any]) -> "Outcome":
        """As it was before it went through JSON."""
        return cls(**{**values, "state": State(values["state"])})

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)
