"""What was found in one revision of a record."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Verdict:
    """remarks: what to know before judging, or what could not be checked. differences: what is not as it was sealed."""

    revision: Path
    remarks: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
