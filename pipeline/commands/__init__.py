"""The commands that an analyst types. Each returns its exit status: 0 定稿, 1 初稿; what cannot run raises PipelineError."""

from pipeline.commands.checking import check
from pipeline.commands.deciding import decide
from pipeline.commands.dispatching import day
from pipeline.commands.founding import init
from pipeline.commands.preparing import new
from pipeline.commands.reporting import report
from pipeline.commands.verifying import trace, verify, verify_alone, verify_code

__all__ = ["check", "day", "decide", "init", "new", "report", "trace", "verify", "verify_alone", "verify_code"]
