"""What was found in one revision of a record."""

import errno
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import KernelLost, MachineFault, PipelineError

_OF_NAMES = (errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.EINVAL)


@dataclass(frozen=True)
class Verdict:
    """remarks: what to know before judging, or what could not be checked. differences: what is not as it was sealed."""

    revision: Path
    remarks: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()


def reached(revision: Path, judge: Callable[[], Verdict]) -> Verdict:
    """The verdict; one on a record that cannot be read, too. What this PC lacks is none, and is raised."""
    try:
        return judge()
    except (KernelLost, MachineFault):
        raise
    except PipelineError as error:
        return Verdict(revision, (), (str(error),))
    except OSError as error:  # of the record, unless memory or disc are wanting
        if error.errno not in _OF_NAMES:
            raise
        return Verdict(revision, (), (f"清单里的文件名不能放置（{error.strerror}）",))
