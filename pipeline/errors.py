"""What can go wrong with the *use* of the program. Never raised for data: bad data is a row in `findings`.

PipelineError            Chinese text that says what to do; the command prints it and ends with status 2
├── ParamsError          a YAML file has faults; all of them are listed at once
├── TargetsError        a target table has faults; all of them are listed at once
├── NoSuchWeek           the week asked for has no params file or no raw folder
├── RecordError          a record cannot be written or read back (disc, permission, damaged table)
│   └── Overtaken        another run was quicker to seal; `recording` then starts over
├── MachineFault         the PC lacks memory, disc or a file that another program holds (`machine`); nothing is kept of the run
└── RunFailed            the notebook broke; `folder` keeps the executed notebook for reading
    └── KernelLost       its process ended, which says nothing of the notebook

A bug stays an ordinary English traceback.
"""

from pathlib import Path


class PipelineError(Exception):
    """The program cannot run as asked; str(error) is the Chinese message for the officer."""

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows of it: the message alone."""
        return str(self).splitlines()


class ParamsError(PipelineError):
    """One file of parameters or decisions, all its faults."""

    def __init__(self, file: str, faults: list[str]) -> None:
        self.faults = faults
        listed = "\n".join(f"  {number}. {fault}" for number, fault in enumerate(faults, 1))
        super().__init__(f"{file} 有 {len(faults)} 处错误，请改正后重新运行：\n{listed}")


class TargetsError(PipelineError):
    """One target table, all its faults."""

    def __init__(self, file: str, faults: list[str]) -> None:
        self.faults = faults
        listed = "\n".join(f"  {number}. {fault}" for number, fault in enumerate(faults, 1))
        super().__init__(f"《{file}》有 {len(faults)} 处要改，什么都没有写入。请改好、保存后重新运行：\n{listed}")


class NoSuchWeek(PipelineError):
    """The week has no params file or no raw folder."""


class RecordError(PipelineError):
    """A record cannot be written, or an earlier one cannot be read back."""


class Overtaken(RecordError):
    """Another run has sealed the revision that this one was made for."""


class MachineFault(PipelineError):
    """The PC cannot run this now; str(error) says what to do first."""


class RunFailed(PipelineError):
    """The notebook did not run to its end; its executed copy lies in `folder`."""

    def __init__(self, message: str, folder: Path | None = None) -> None:
        self.folder = folder
        super().__init__(message)


class KernelLost(RunFailed):
    """The process that executed the notebook ended by itself: no fault of the notebook's."""
