"""The tree as a graph of tasks: each starts when those of its members are done, wherever it runs."""

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from graphlib import TopologicalSorter
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.fleet.outcome import Outcome, State
from pipeline.fleet.tree import Graph

Submit = Callable[[str, str], "Future[Outcome]"]  # an office's folder, a week
_SCHEDULER_LOST = "调度程序断开，已完成的存档保留，重新运行即可接着做。"


def run(graph: Graph, day: str, submit: Submit) -> Iterator[Outcome]:
    """What became of each office, as they are done. PipelineError if what runs them is no more."""
    order = TopologicalSorter(graph)
    order.prepare()
    running: dict[Future[Outcome], Path] = {}
    while order.is_active():
        running |= {submit(str(root), day): root for root in order.get_ready()}
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            root = running.pop(future)
            yield _outcome(future, root, day)
            order.done(root)


def _outcome(future: "Future[Outcome]", root: Path, day: str) -> Outcome:
    try:
        return future.result()
    except CancelledError:
        raise PipelineError(_SCHEDULER_LOST) from None
    except Exception as error:  # the engine's own: it has given the task up
        return Outcome(str(root), day, State.FAILED, message=f"没有运行成功（{type(error).__name__}: {error}）。")
