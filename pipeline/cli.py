"""The command line: arguments in, exit status out: README names each command."""

import argparse
import datetime as dt
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from pipeline import machine, terminal
from pipeline.errors import PipelineError

_NO_DATE = "“{}”不是日期，应写成 2023-05-05 这样的截至日期。"
_CHECKOUT = Path(__file__).resolve().parent.parent
_SLOW = "import sys; sys.modules['rfc3987_syntax'] = None"  # see __main__
_OF_PYTEST = ["--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile"]


class _Parser(argparse.ArgumentParser):
    """argparse with Chinese of its own: usage, headings, and what is wrong with a command."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Help, **settings)
        self._optionals.title = "选项"
        self._positionals.title = "参数"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def print_help(self, file: Any = None) -> None:
        """argparse's own does not say that it could not be written."""
        print(self.format_help(), end="", file=file)

    def error(self, message: str) -> NoReturn:
        why = next(
            (words.format(*match.groups()) for pattern, words in _WRONG if (match := pattern.search(message))), ""
        )
        why = why.replace("'", "")
        raise PipelineError(f"命令写法不对{f'：{why}' if why else ''}。可用的命令：python -m pipeline --help")


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


# what argparse says of a command -> the same in words
_WRONG = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"^the following arguments are required: (.*)", "缺少 {0}"),
        (r"^unrecognized arguments: (.*)", "不认识 {0}"),
        (r"^argument 命令: invalid choice: '(.*?)'", "没有 {0} 这个命令"),
        (r"^argument (.*?): invalid choice: '(.*?)' \(choose from (.*)\)", "{0} 不能是 {1}，只能是 {2}"),
        (r"^argument (.*?): expected", "{0} 后面要写内容"),
        (r"^argument (.*?): ignored explicit argument", "{0} 后面不能写内容"),
    )
)


def main(arguments: list[str]) -> int:
    """Run one command. What cannot run is one Chinese message on stderr and status 2; where nobody reads, nothing."""
    terminal.raise_interrupts()
    try:
        status = _answered(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return terminal.interrupted()
    except (
        BrokenPipeError
    ):  # who read stdout has gone (`| head`); pipes to our own processes are answered where they are
        status = terminal.CANNOT_RUN
    except Exception as error:
        terminal.say(f"{_in_words(error)}\n")
        status = terminal.CANNOT_RUN
    finally:
        terminal.discard()
    return status


def _answered(arguments: list[str]) -> int:
    try:
        options = _parser().parse_args(arguments)
    except SystemExit:  # --help has been answered
        return 0
    return _run(options)


def _in_words(error: BaseException) -> str:
    """What keeps a command from running, and what to do; the error itself goes on if it is a bug."""
    if isinstance(error, PipelineError):
        return str(error)
    told = machine.fault(error) if isinstance(error, (OSError, MemoryError, ImportError)) else None
    if told is None and not isinstance(error, OSError):
        raise error
    return str(told or f"不能读写文件（{error}）。请检查后重新运行。")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m pipeline", description="农村户厕改造整村推进每周进展：收表、核对、测算、存档")
    where = "单位文件夹（默认：当前目录）"
    parser.add_argument("--root", type=Path, default=Path(), metavar="文件夹", help=where)
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令", title="可用的命令")

    def command(name: str, words: str) -> argparse.ArgumentParser:
        of_office = commands.add_parser(name, help=words, description=words)
        of_office.add_argument("--root", type=Path, default=argparse.SUPPRESS, metavar="文件夹", help=where)
        return of_office

    init = commands.add_parser("init", help=(words := "新单位：写出目标任务表，填好后做成当年方案"), description=words)
    init.add_argument("folder", type=Path, metavar="文件夹", help="新的单位文件夹")
    init.add_argument("--targets", type=Path, metavar="目标任务表", help="填好的目标任务表，或填好目标任务的汇总表")
    new = command("new", "准备新的一周：参数、文件夹、各区镇空白表")
    new.add_argument("date", metavar="日期", help="截至日期，如 2023-05-05")
    check = command("check", "只读取和核对，不存档")
    check.add_argument("date", metavar="日期", nargs="?", default="", help="截至日期（默认最新一周）")
    check.add_argument("--json", action="store_true", help="输出一个 JSON 对象")
    decide = command("decide", "写出或更新处理单，在 Excel、WPS 里填写")
    decide.add_argument(
        "date", metavar="日期", nargs="?", default="", help="截至日期（默认最新一周），或每日调度的那一天"
    )
    report = command("report", "执行笔记本并存档")
    report.add_argument("date", metavar="日期", nargs="?", default="", help="截至日期（默认所有还没有存档的周）")
    report.add_argument("--revise", metavar="原因", default="", help="输入没有变化也另存一版，写明原因")
    daily = command("daily", "每日调度：周与周之间某一天的进展，不存档")
    daily.add_argument(
        "date", metavar="日期", nargs="?", default="", help="哪一天（默认 data/raw/daily/ 里最新的一天）"
    )
    verify = command("verify", "用存档里的原始报表重放并逐字节比对")
    verify.add_argument(
        "date", metavar="日期", nargs="?", default="", help="截至日期（默认所有存档），或一份存档的文件夹、压缩包"
    )
    verify.add_argument("--code", metavar="校验码", help="一张纸面上的校验码是不是属于存档")
    verify.add_argument("--against", metavar="登记", help="与发出去留存的登记行或 seals.csv 副本比对")
    trace = command("trace", "从发布的数追到文件、工作表、单元格和原文")
    trace.add_argument("date", metavar="日期", help="截至日期")
    trace.add_argument("town", metavar="区镇", nargs="?", default="", help="区镇（默认全部）")
    trace.add_argument("village", metavar="村", nargs="?", default="", help="村")
    trace.add_argument("--kind", choices=("新建", "整改", "合计"), default="合计", help="类别（默认合计）")
    fleet = commands.add_parser(
        "fleet", help=(words := "一个文件夹下所有单位的同一周，先下级后上级"), description=words
    )
    fleet.add_argument("folder", type=Path, metavar="总文件夹", help="各单位文件夹所在的文件夹")
    fleet.add_argument("date", metavar="日期", nargs="?", default="", help="截至日期（默认各单位中最新的一周）")
    fleet.add_argument(
        "--on", metavar="在哪里", default="", help="processes:4（默认本机所有核）或 tcp://主机:端口（Dask）"
    )
    commands.add_parser("test", help="运行本项目的检查和测试", description="运行本项目的检查和测试")
    return parser


def _run(options: argparse.Namespace) -> int:
    if options.command == "test":
        return test()
    if options.command == "init":
        return _init(options)
    if options.command == "fleet":
        return _fleet(options)
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


def _fleet(options: argparse.Namespace) -> int:
    from pipeline import archive  # noqa: PLC0415 - see _run
    from pipeline.commands import fleet  # noqa: PLC0415 - with what records weeks: a second that no other command pays

    tree = options.folder.resolve()
    if not tree.is_dir():
        raise PipelineError(f"没有文件夹 {tree}。")
    if options.date and not archive.is_date(options.date):
        raise PipelineError(_NO_DATE.format(options.date))
    return fleet.fleet(tree, options.date, options.on)


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


_STEPS = {
    "ruff check .": ["-m", "ruff", "check", "."],
    "ruff format --check .": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "import-linter": ["-c", f"{_SLOW}; from importlinter import cli; sys.exit(cli.lint_imports(no_logo=True))"],
    "pytest": ["-c", f"{_SLOW}; import pytest; sys.exit(pytest.main(sys.argv[1:]))", *_OF_PYTEST],
}


def test() -> int:
    """ruff, mypy, import-linter and pytest, one after the other; the first that fails ends it. pytest comes last."""
    os.chdir(_CHECKOUT)
    os.environ.pop("PYTHONSAFEPATH", None)  # the start's own: tests start Python as people do
    return next((status for step, command in _STEPS.items() if (status := _step(step, command))), 0)


def _step(name: str, command: list[str]) -> int:
    """The status of one of them. What it says goes through our own stream: they have no word for one that was closed."""
    print(f"== {name}", flush=True)
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
        assert running.stdout is not None
        try:
            for piece in iter(partial(os.read, running.stdout.fileno(), 1 << 16), b""):
                sys.stdout.buffer.write(piece)
                sys.stdout.flush()
        except BaseException:
            running.terminate()
            raise
    return running.returncode
