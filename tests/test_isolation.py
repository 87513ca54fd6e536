"""A reader that comes to grief costs its own file, whatever it does; the next file is read."""

import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from pipeline.intake.reading import isolation
from pipeline.intake.reading.book import Book, CannotReadHere, Unreadable
from pipeline.intake.reading.budget import MOST_STEPS, Budget, Exhausted
from pipeline.intake.reading.isolation import Worker
from pipeline.rules.files import CANNOT_READ_HERE, NOT_THE_FORM
from tests import bad_readers
from tests.bad_readers import good

CHECKOUT = Path(__file__).resolve().parents[1]
SECONDS = 1.0
MEMORY = 200 << 20


pytestmark = pytest.mark.usefixtures("readers_of_the_tests")


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker(SECONDS, MEMORY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(isolation, "_SECONDS_AT_REST", 3.0)
        yield worker
    worker.stop()


def text(worker: Worker, words: str) -> str:
    return worker.run(good, words.encode(), Budget()).sheets[0].cells[1, 1].raw


@pytest.mark.parametrize(
    ("reader", "reason"),
    [
        (bad_readers.aborts, "两次"),
        (bad_readers.leaves, "两次"),
        (bad_readers.hangs, "两次"),
        (bad_readers.sleeps, "两次"),
        (bad_readers.eats_memory_slowly, "两次"),
        (bad_readers.eats_memory_at_once, "两次"),
        (bad_readers.raises, "损坏"),
        (bad_readers.raises_no_exception, "损坏"),
        (bad_readers.recurses, "损坏"),
        (bad_readers.refuses, "请重报"),
        (bad_readers.fills, "异常庞大"),
    ],
)
def test_a_bad_reader_costs_its_file_and_the_next_is_read(
    worker: Worker, reader: Callable[[bytes, Budget], Book], reason: str
) -> None:
    assert text(worker, "之前") == "之前"
    with pytest.raises(Unreadable, match=reason):
        worker.run(reader, b"x", Budget())
    assert text(worker, "之后") == "之后"


def test_a_refusal_keeps_its_rule(worker: Worker) -> None:
    with pytest.raises(Unreadable) as refusal:
        worker.run(bad_readers.refuses, b"x", Budget())
    assert refusal.value.rule == "not_the_form"


def test_a_file_is_tried_again_in_a_fresh_worker(worker: Worker, tmp_path: Path) -> None:
    """What happens once may be the machine's load."""
    book = worker.run(bad_readers.aborts_once, str(tmp_path / "tried").encode(), Budget())
    assert book.sheets[0].cells[1, 1].raw == "好"


def test_a_worker_that_cannot_start_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_SERVE", "raise SystemExit(1)")
    with pytest.raises(CannotReadHere, match="无法启动") as refusal:
        Worker(SECONDS, MEMORY).run(good, b"x", Budget())
    assert refusal.value.rule is CANNOT_READ_HERE


def test_a_program_that_is_not_there_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(CannotReadHere, match="无法启动"):
        Worker(SECONDS, MEMORY).run(good, b"x", Budget())


def test_what_is_spent_in_the_worker_is_spent(worker: Worker) -> None:
    budget = Budget()
    book = worker.run(bad_readers.spends, b"1000", budget)
    assert budget.steps == MOST_STEPS - 1000
    assert book.sheets[0].budget is budget
    with pytest.raises(Exhausted, match="异常庞大"):
        worker.run(bad_readers.spends, str(MOST_STEPS).encode(), budget)


def test_what_a_reader_prints_is_no_answer(worker: Worker) -> None:
    assert worker.run(bad_readers.prints, "好".encode(), Budget()).sheets[0].cells[1, 1].raw == "好"


def test_an_interrupted_question_is_never_answered_to_the_next(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while a file is read: the late answer would be another file's figures."""

    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.intake.reading.isolation._memory_of", interrupted)
        with pytest.raises(KeyboardInterrupt):
            worker.run(good, "甲".encode(), Budget())
    assert text(worker, "乙") == "乙"


def test_memory_is_watched_from_outside(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows knows no limit that a process could set itself."""
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.intake.reading.isolation._memory_of", lambda _: MEMORY + 1)
        with pytest.raises(CannotReadHere):
            worker.run(bad_readers.hangs, b"x", Budget())
    assert text(worker, "之后") == "之后"


def test_threads_get_their_own_answers(worker: Worker) -> None:
    found: dict[str, str] = {}
    threads = [
        threading.Thread(target=lambda words=str(number): found.__setitem__(words, text(worker, words)))
        for number in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {str(number): str(number) for number in range(20)}


def test_a_stopped_worker_leaves_no_process_and_starts_again() -> None:
    worker = Worker(SECONDS, MEMORY)
    before = set(psutil.Process().children())
    assert text(worker, "一") == "一"
    (started,) = set(psutil.Process().children()) - before
    worker.stop()
    assert not psutil.pid_exists(started.pid)
    assert text(worker, "二") == "二"
    worker.stop()


SCRIPT = """\
print("main")
import sys
sys.path.insert(0, {root!r})
from pipeline.intake import reading
print(reading.read(open({xls!r}, "rb").read()).sheets[0].cells[1, 1].raw)
import psutil
print("workers", len(psutil.Process().children()), "pandas" in sys.modules)
"""


def test_a_script_without_a_guard_is_not_run_again_and_ends(tmp_path: Path) -> None:
    """multiprocessing would run the script in the worker; a worker that stayed would keep the pipes open."""
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    book.add_sheet("表").write(0, 0, "东河村")
    book.save(str(tmp_path / "a.xls"))
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(root=str(CHECKOUT), xls=str(tmp_path / "a.xls")), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    assert ran.stdout.splitlines() == ["main", "东河村", "workers 1 False"]
    orphans = [process for process in psutil.process_iter(["cmdline", "ppid"]) if process.info["ppid"] in (0, 1)]
    assert not [process for process in orphans if "isolation import serve" in " ".join(process.info["cmdline"] or [])]


def test_a_rule_that_comes_from_the_process_apart_is_the_rule_of_the_list() -> None:
    refusal = pickle.loads(pickle.dumps(Unreadable("x", NOT_THE_FORM)))
    assert refusal.rule is NOT_THE_FORM
