"""The command line: arguments in, exit status out: README names each command."""

import argparse
import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from pipeline import machine
from pipeline.errors import PipelineError

CANNOT_RUN = 2
_NO_DATE = "“{}”不是日期，应写成 2023-05-05 这样的截至日期。"
_CHECKOUT = Path(__file__).resolve().parent.parent


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise PipelineError(f"命令写法不对（{message}）。可用的命令：python -m pipeline --help")


def main(arguments: list[str]) -> int:
    """Run one command. What cannot run is one Chinese message on stderr and status 2."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        return _run(_parser().parse_args(arguments))
    except PipelineError as error:
        print(error, file=sys.stderr)
        return CANNOT_RUN
    except (OSError, MemoryError, ImportError) as error:
        told = machine.fault(error)
        if told is None and not isinstance(error, OSError):
            raise
        print(told or f"不能读写文件（{error}）。请检查后重新运行。", file=sys.stderr)
        return CANNOT_RUN
    except KeyboardInterrupt:
        print("已中断，没有存档。", file=sys.stderr)
        return CANNOT_RUN


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m pipeline", description="农村户厕改造整村推进每周进展：收表、核对、测算、存档")
    where = "单位文件夹（默认：当前目录）"
    parser.add_argument("--root", type=Path, default=Path(), help=where)
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    office = _Parser(add_help=False)
    office.add_argument("--root", type=Path, default=argparse.SUPPRESS, help=where)  # before the command or behind it
    init = commands.add_parser("init", help="新单位：写出目标任务表，填好后做成当年方案")
    init.add_argument("folder", type=Path, help="新的单位文件夹")
    init.add_argument("--targets", type=Path, metavar="目标任务表", help="填好的目标任务表，或填好目标任务的汇总表")
    new = commands.add_parser("new", parents=[office], help="准备新的一周：参数、文件夹、各区镇空白表")
    new.add_argument("date", help="截至日期，如 2023-05-05")
    check = commands.add_parser("check", parents=[office], help="只读取和核对，不存档")
    check.add_argument("date", nargs="?", default="", help="截至日期（默认最新一周）")
    check.add_argument("--json", action="store_true", help="输出一个 JSON 对象")
    decide = commands.add_parser("decide", parents=[office], help="写出或更新处理单，在 Excel、WPS 里填写")
    decide.add_argument("date", nargs="?", default="", help="截至日期（默认最新一周）")
    report = commands.add_parser("report", parents=[office], help="执行笔记本并存档")
    report.add_argument("date", nargs="?", default="", help="截至日期（默认所有还没有存档的周）")
    report.add_argument("--revise", metavar="原因", default="", help="输入没有变化也另存一版，写明原因")
    daily = commands.add_parser("daily", parents=[office], help="每日调度：周与周之间某一天的进展，不存档")
    daily.add_argument("date", nargs="?", default="", help="哪一天（默认 data/raw/daily/ 里最新的一天）")
    verify = commands.add_parser("verify", parents=[office], help="用存档里的原始报表重放并逐字节比对")
    verify.add_argument("date", nargs="?", default="", help="截至日期（默认所有存档），或一份存档的文件夹、压缩包")
    verify.add_argument("--code", metavar="校验码", help="一张纸面上的校验码是不是属于存档")
    verify.add_argument("--against", metavar="登记", help="与发出去留存的登记行或 seals.csv 副本比对")
    trace = commands.add_parser("trace", parents=[office], help="从发布的数追到文件、工作表、单元格和原文")
    trace.add_argument("date", help="截至日期")
    trace.add_argument("town", nargs="?", default="", help="区镇（默认全区）")
    trace.add_argument("village", nargs="?", default="", help="村")
    trace.add_argument("--kind", choices=("新建", "整改", "合计"), default="合计", help="类别（默认合计）")
    commands.add_parser("test", help="运行本项目的检查和测试", add_help=False)
    return parser


def _run(options: argparse.Namespace) -> int:
    if options.command == "test":
        return test()
    if options.command == "init":
        return _init(options)
    root = options.root.resolve()
    if not root.is_dir():
        raise PipelineError(f"没有文件夹 {root}，请检查 --root。")
    from pipeline import archive, commands  # noqa: PLC0415 - all the rest of the house; a wrong word is told at once

    if options.command == "verify":
        return _verify(root, options)
    if options.date and not archive.is_date(options.date):
        raise PipelineError(_NO_DATE.format(options.date))
    if options.command == "new":
        return commands.new(root, options.date)
    if options.command == "check":
        return commands.check(root, options.date, options.json)
    if options.command == "decide":
        return commands.decide(root, options.date)
    if options.command == "daily":
        return commands.day(root, options.date)
    if options.command == "trace":
        return commands.trace(root, options.date, options.town, options.village, options.kind)
    if options.revise and not options.date:
        raise PipelineError("--revise 要写明是哪一周，如 python -m pipeline report 2023-05-05 --revise “原因”。")
    return commands.report(root, options.date, options.revise)


def _init(options: argparse.Namespace) -> int:
    from pipeline import commands  # noqa: PLC0415 - see _run

    return commands.init(options.folder, options.targets, dt.datetime.now().date())


def _verify(root: Path, options: argparse.Namespace) -> int:
    """A week, all weeks, or a record by itself; a code or a line that left the office is compared with what is there."""
    from pipeline import archive, commands  # noqa: PLC0415 - see _run

    if options.date and not archive.is_date(options.date):
        path = Path(options.date)
        if not path.exists():
            raise PipelineError(f"{_NO_DATE.format(options.date)}也没有这个文件夹或压缩包。")
        return commands.verify_alone(path.resolve())
    if options.code is not None:
        return commands.verify_code(root, options.date, options.code)
    return commands.verify(root, options.date, options.against)


def test() -> int:
    """ruff, mypy, import-linter and pytest, one after the other; the first that fails ends it. pytest comes last."""
    os.chdir(_CHECKOUT)
    os.environ.pop("PYTHONSAFEPATH", None)  # the start's own: tests start Python as people do
    for step in (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]):
        print(f"== {' '.join(step)}", flush=True)
        failed = subprocess.run([sys.executable, "-m", *step], check=False).returncode
        if failed:
            return failed
    # Only this command needs them. In this process the slow import is blocked (see __main__).
    import pytest  # noqa: PLC0415
    from importlinter import cli as importlinter  # noqa: PLC0415

    print("== import-linter", flush=True)
    return importlinter.lint_imports(no_logo=True) or int(
        pytest.main(["--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile"])
    )
