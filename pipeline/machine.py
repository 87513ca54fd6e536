"""Faults of the PC that concern a whole run: no memory, no disc, a file that another program holds. Told in one message.

They are nobody's fault but the machine's: the run leaves nothing behind, and the same command does its work once the
machine is mended.
"""

import contextlib
import errno
from collections.abc import Iterator

from pipeline.errors import MachineFault

_AGAIN = "这次没有做完，已有存档不受影响。处理后重新运行同一条命令"
_MEMORY = f"内存不足，{_AGAIN}：请先关闭其他程序（浏览器、WPS、JupyterLab）。"
_DISC = f"磁盘空间不足，{_AGAIN}：请先清理磁盘（至少留出 200 MB）。"
_HELD = f"没有权限，或正被其他程序（WPS、杀毒软件、同步盘）占用，{_AGAIN}：请先关闭占用它的程序。"
_READ_ONLY = f"磁盘或文件夹是只读的，{_AGAIN}：请先换到可以写入的位置。"
_TOO_LONG = f"路径太长，{_AGAIN}：请先把文件名改短，或把单位文件夹移到短一些的路径。"
_CROWDED = f"同时打开的文件太多，{_AGAIN}：请先关闭其他程序，或请管理员放宽可同时打开的文件数。"
_BROKEN = f"磁盘或网络盘出错，{_AGAIN}：请先检查磁盘和网络，或把单位文件夹放到本机硬盘。"
_BY_NUMBER = {
    errno.ENOSPC: _DISC, errno.EDQUOT: _DISC, errno.EFBIG: _DISC, errno.ENOMEM: _MEMORY, errno.EACCES: _HELD, errno.EPERM: _HELD,
    errno.EBUSY: _HELD, errno.ETXTBSY: _HELD, errno.EROFS: _READ_ONLY, errno.ENAMETOOLONG: _TOO_LONG, errno.EMFILE: _CROWDED,
    errno.ENFILE: _CROWDED, errno.EIO: _BROKEN, errno.ESTALE: _BROKEN, errno.ETIMEDOUT: _BROKEN,
}  # fmt: skip
_BY_WINDOWS = {32: _HELD, 33: _HELD, 206: _TOO_LONG, 112: _DISC, 39: _DISC, 8: _MEMORY, 14: _MEMORY, 1455: _MEMORY}
_NO_DISC = ("no space left", "no usable temporary directory", "enospc", "disk quota", "磁盘空间不足")
_NO_MEMORY = (
    "failed to map segment", "cannot allocate memory", "can't start new thread", "not enough memory", "paging file", "memoryerror",
    "bad_alloc", "页面文件太小",
)  # fmt: skip


def require_files(count: int) -> None:
    """MachineFault if this process may not have that many files open; libraries end it without a word where they cannot."""
    with contextlib.suppress(ImportError):  # Windows has no such limit
        import resource  # noqa: PLC0415 - see above

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY and hard < count:
            raise MachineFault(_CROWDED)
        if soft != resource.RLIM_INFINITY and soft < count:
            resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))


def fault(error: BaseException) -> MachineFault | None:
    """What the machine lacks, if that is behind an error; None if it is a bug, or a fault of the use."""
    for cause in _causes(error):
        if isinstance(cause, MachineFault):
            return cause
        words = _in_words(cause)
        if words:
            return MachineFault(words)
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _in_words(cause: BaseException) -> str:
    if isinstance(cause, MemoryError) or any(sign in str(cause).lower() for sign in _NO_MEMORY):
        return _MEMORY
    if any(sign in str(cause).lower() for sign in _NO_DISC):
        return _DISC
    if not isinstance(cause, OSError):
        return ""
    why = _BY_WINDOWS.get(getattr(cause, "winerror", None) or 0) or _BY_NUMBER.get(cause.errno or 0, "")
    return f"{cause.filename}：{why}" if cause.filename and why not in ("", _DISC, _MEMORY) else why
