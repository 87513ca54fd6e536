"""fleet: whose member is who, what is put where, what one broken office costs, the same bytes in any order."""

import random
import re
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import psutil
import pytest

from pipeline import archive, cli
from pipeline.commands import fleet as command
from pipeline.errors import KernelLost, PipelineError, RunFailed
from pipeline.fleet import local, placing, report, running, tree, week
from pipeline.fleet.outcome import Outcome, State
from pipeline.products import workbook
from pipeline.record import kernels, recording
from pipeline.week import Result
from tests import fleets
from tests.fleets import COUNTIES, DAY, above
from tests.helpers import PROGRAMME, Office

RAW = f"data/raw/{DAY}"
BROKEN = PROGRAMME.replace("unit: 座", "").replace("title:", "titel:")


# ---- the tree --------------------------------------------------------------------------------------------------


def test_offices_are_found_at_any_depth_but_not_in_records_or_hidden_folders(tmp_path: Path) -> None:
    for name in ("省", "省/市", "省/市/甲区", "别处/乙县", ".旧/丙县", "省/市/甲区/data/output/2023-05-05/r1/inputs"):
        Office(tmp_path / name)
    (tmp_path / "没有数据/params").mkdir(parents=True)
    (tmp_path / "没有数据/params/2023.yaml").touch()
    found = [path.relative_to(tmp_path).as_posix() for path in tree.offices(tmp_path)]
    assert found == ["别处/乙县", "省", "省/市", "省/市/甲区"]
    assert tree.offices(tmp_path / "省/市/甲区") == [tmp_path / "省/市/甲区"]


def test_the_newest_week_is_that_of_any_office(tmp_path: Path) -> None:
    first, second = Office(tmp_path / "甲区"), Office(tmp_path / "乙县")
    assert tree.newest([first.root, second.root]) == ""
    first.week("2023-05-05")
    second.week("2023-05-12")
    assert tree.newest([first.root, second.root]) == "2023-05-12"


def test_an_office_waits_for_its_members_that_are_below_the_tree(tmp_path: Path) -> None:
    county, city = Office(tmp_path / "甲区"), above(tmp_path / "市", 甲区="../甲区", 远县="../../远县", 没有="../没有")
    province = above(tmp_path / "省", 市="../市")
    graph, told = tree.graph([county.root, city.root, province.root], DAY)
    assert graph == {county.root: set(), city.root: {county.root}, province.root: {city.root}}
    assert told == {}


def test_offices_in_a_ring_are_told_and_left_out_the_others_go_on(tmp_path: Path) -> None:
    first, second = above(tmp_path / "甲市", 乙市="../乙市"), above(tmp_path / "乙市", 甲市="../甲市")
    own = above(tmp_path / "丙市", 丙市="../丙市")
    province = above(tmp_path / "省", 甲市="../甲市")
    graph, told = tree.graph([first.root, second.root, own.root, province.root], DAY)
    assert graph == {province.root: set()}
    assert set(told) == {first.root, second.root, own.root}
    assert "丙市 → 丙市" in told[own.root]
    assert re.search("甲市 → 乙市 → 甲市|乙市 → 甲市 → 乙市", told[first.root])


def test_who_is_whose_member_is_what_the_weeks_own_programme_says(tmp_path: Path) -> None:
    city = above(tmp_path / "市", 甲区="../甲区")
    (city.root / "params/2022.yaml").write_text((city.root / "params/2023.yaml").read_text("utf-8"), "utf-8")
    (city.root / "params/2023.yaml").write_text(PROGRAMME, "utf-8")
    assert tree.members(city.root, DAY) == {}
    city.week(DAY)
    path = city.root / f"params/{DAY}.yaml"
    path.write_text(path.read_text("utf-8").replace("2023.yaml", "2022.yaml"), "utf-8")
    assert tree.members(city.root, DAY) == {"甲区": tmp_path / "甲区"}


# ---- weeks without their notebooks: all else is real -----------------------------------------------------------


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records hold the workbook and the tables only, so that a week takes no seconds."""

    def build(result: Result, building: Path, *_: object) -> None:
        (building / workbook.FILE_NAME).write_bytes(recording.official_workbook(result))
        archive.save_tables(building, result.written)

    monkeypatch.setattr(recording, "build", build)
    monkeypatch.setattr(week, "_kernels", lambda: None)
    monkeypatch.setattr(week, "_spent", lambda: 0.0)


def at_once(root: str, day: str) -> "Future[Outcome]":
    """Runs a week here and now."""
    done: Future[Outcome] = Future()
    done.set_result(week.run(root, day))
    return done


def run(folder: Path, submit: running.Submit = at_once) -> dict[str, Outcome]:
    """Office -> what became of it, in the order in which they were done."""
    graph, _ = tree.graph(tree.offices(folder), DAY)
    return {Path(outcome.office).name: outcome for outcome in running.run(graph, DAY, submit)}


def states(folder: Path) -> dict[str, str]:
    return {name: f"{outcome.state}{outcome.revision}" for name, outcome in sorted(run(folder).items())}


def sealed(root: Path) -> bytes:
    """The workbook of an office's newest record."""
    return (archive.revisions(root, DAY)[-1] / workbook.FILE_NAME).read_bytes()


def received(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((root / RAW).iterdir())}


@pytest.mark.usefixtures("quick")
def test_members_come_first_and_what_they_sealed_is_put_before_their_city(tmp_path: Path) -> None:
    fleets.city(tmp_path)
    above(tmp_path / "省", 示例市="../市")
    done = run(tmp_path)
    assert list(done)[2:] == ["市", "省"]
    assert received(tmp_path / "市") == {f"{name}.xlsx": sealed(tmp_path / name) for name in sorted(COUNTIES)}
    assert received(tmp_path / "省") == {"示例市.xlsx": sealed(tmp_path / "市")}
    assert all(outcome.is_new for outcome in done.values())


@pytest.mark.usefixtures("quick")
def test_again_only_what_is_missing_or_has_changed_is_made(tmp_path: Path) -> None:
    fleets.city(tmp_path)
    assert states(tmp_path) == {"乙县": "定稿1", "市": "初稿1", "甲区": "定稿1"}
    before = fleets.records(tmp_path)
    assert not any(outcome.is_new for outcome in run(tmp_path).values())
    assert fleets.records(tmp_path) == before
    assert len(received(tmp_path / "市")) == 2
    Office.at(tmp_path / "甲区").send(DAY, "乙镇.xlsx", {"南山村": (11, 4)})
    assert {name for name, outcome in run(tmp_path).items() if outcome.is_new} == {"甲区", "市"}
    assert received(tmp_path / "市")["甲区（第2版）.xlsx"] == sealed(tmp_path / "甲区")
    assert len(received(tmp_path / "市")) == 3


@pytest.mark.usefixtures("quick")
def test_a_file_is_never_written_over_and_the_same_bytes_come_once(tmp_path: Path) -> None:
    fleets.city(tmp_path, ["甲区"])
    run(tmp_path / "甲区")
    city = Office.at(tmp_path / "市")
    others = {"甲区.xlsx": b"by mail", "甲区（第2版）.xlsx": b"by mail again"}
    for name, content in others.items():
        (city.week(DAY) / name).write_bytes(content)
    placing.take_up(city.root, DAY)
    assert received(city.root) == {**others, "甲区（第3版）.xlsx": sealed(tmp_path / "甲区")}
    placing.take_up(city.root, DAY)
    assert len(received(city.root)) == 3
    inner = city.root / RAW / "收件/报表.xlsx"
    inner.parent.mkdir()
    (city.root / RAW / "甲区（第3版）.xlsx").rename(inner)  # an officer has sorted what came
    placing.take_up(city.root, DAY)
    assert sorted(path.name for path in (city.root / RAW).iterdir()) == ["收件", *others]


@pytest.mark.usefixtures("quick")
def test_nothing_half_is_ever_put_on_a_disc_without_links_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fleets.city(tmp_path, ["甲区"])
    run(tmp_path / "甲区")
    monkeypatch.setattr(Path, "hardlink_to", lambda *_: (_ for _ in ()).throw(PermissionError()))
    city = tmp_path / "市"
    placing.take_up(city, DAY)
    (city / RAW / "甲区.xlsx").write_bytes(b"by mail")
    placing.take_up(city, DAY)
    assert received(city) == {"甲区.xlsx": b"by mail", "甲区（第2版）.xlsx": sealed(tmp_path / "甲区")}
    assert not fleets.building(tmp_path)


@pytest.mark.usefixtures("quick")
def test_a_broken_office_costs_itself_and_its_city_goes_on_without(tmp_path: Path) -> None:
    fleets.city(tmp_path)
    (tmp_path / "甲区/params/2023.yaml").write_text(BROKEN, encoding="utf-8")
    done = run(tmp_path)
    assert done["甲区"].state is State.FAILED
    assert "params/2023.yaml 有" in done["甲区"].message
    assert (done["乙县"].state, done["市"].state) == (State.FINAL, State.DRAFT)
    assert list(received(tmp_path / "市")) == ["乙县.xlsx"]
    assert report.status(done.values()) == 2


@pytest.mark.usefixtures("quick")
def test_a_city_with_a_broken_programme_costs_itself(tmp_path: Path) -> None:
    fleets.city(tmp_path)
    (tmp_path / "市/params/2023.yaml").write_text(BROKEN, encoding="utf-8")
    assert states(tmp_path) == {"乙县": "定稿1", "市": "失败0", "甲区": "定稿1"}


@pytest.mark.usefixtures("quick")
def test_a_county_without_the_week_has_no_record_and_gets_nothing(tmp_path: Path) -> None:
    fleets.city(tmp_path)
    Office(tmp_path / "丙县").week("2023-04-28")
    Office(tmp_path / "丁县", PROGRAMME).week(DAY).rmdir()  # params, but no folder
    above(tmp_path / "市二", 丙县="../丙县")
    assert states(tmp_path) == {
        "丁县": "没有这一周0", "丙县": "没有这一周0", "乙县": "定稿1", "市": "初稿1", "市二": "初稿1", "甲区": "定稿1",
    }  # fmt: skip
    assert not (tmp_path / "丙县" / RAW).exists()
    assert not (tmp_path / "丙县/params" / f"{DAY}.yaml").exists()
    assert received(tmp_path / "市二") == {}


@pytest.mark.usefixtures("quick")
def test_a_member_that_is_not_there_or_not_what_was_sealed_is_told_and_not_put(tmp_path: Path) -> None:
    Office(tmp_path / "甲区").report(DAY)
    run(tmp_path)
    (archive.revisions(tmp_path / "甲区", DAY)[-1] / workbook.FILE_NAME).write_bytes(b"other figures")
    above(tmp_path / "市", 甲区="../甲区", 丙县="../丙县")
    told = run(tmp_path)["市"]
    assert told.state is State.DRAFT
    assert told.message.splitlines() == [
        "甲区：存档里的汇总表.xlsx与封存时不同，没有报上来。请在该单位运行 verify 查看。",
        f"丙县：没有单位文件夹 {tmp_path / '丙县'}。请改正方案里丙县的 office。",
    ]
    assert received(tmp_path / "市") == {}


@pytest.mark.usefixtures("quick")
def test_the_order_changes_no_byte(tmp_path: Path) -> None:
    fleets.city(tmp_path / "一", [*COUNTIES, "丙县", "丁县"])
    other = fleets.copied(tmp_path / "一", tmp_path / "二")
    run(tmp_path / "一")
    roots = tree.offices(other)
    random.Random(5).shuffle(roots)
    graph, _ = tree.graph(roots, DAY)
    assert list(graph) != sorted(graph)
    list(running.run(graph, DAY, at_once))
    assert fleets.records(other) == fleets.records(tmp_path / "一")


@pytest.mark.usefixtures("quick")
def test_a_kernel_that_was_killed_is_given_a_second_try_a_broken_notebook_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Office(tmp_path / "甲区").report(DAY)
    build, tries = recording.build, []

    def breaks(kind: type[Exception], times: int) -> None:
        def broken(*facts: object) -> None:
            tries.append(kind)
            if len(tries) <= times:
                raise kind("笔记本没有执行完")
            build(*facts)

        tries.clear()
        monkeypatch.setattr(recording, "build", broken)

    breaks(RunFailed, 1)
    assert states(tmp_path) == {"甲区": "失败0"}
    breaks(KernelLost, 2)
    assert states(tmp_path) == {"甲区": "失败0"}
    breaks(KernelLost, 1)
    assert states(tmp_path) == {"甲区": "定稿1"}


def test_a_bug_in_one_office_is_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "run_week", lambda *_: 1 // 0)
    outcome = week.run(str(Office(tmp_path / "甲区").root), DAY)
    assert (outcome.state, outcome.message) == (
        State.FAILED,
        "程序出错：ZeroDivisionError: integer division or modulo by zero",
    )


def test_a_task_that_the_engine_gave_up_is_its_own_and_an_engine_that_is_gone_ends_the_run(tmp_path: Path) -> None:
    Office(tmp_path / "甲区")
    given_up: Future[Outcome] = Future()
    given_up.set_exception(RuntimeError("KilledWorker"))
    assert run(tmp_path, lambda *_: given_up)["甲区"].state is State.FAILED
    gone: Future[Outcome] = Future()
    gone.cancel()
    gone.set_running_or_notify_cancel()
    with pytest.raises(PipelineError, match="调度程序断开，已完成的存档保留，重新运行即可接着做"):
        run(tmp_path, lambda *_: gone)


# ---- what is said ----------------------------------------------------------------------------------------------


def outcome(state: State, office: str = "/省/甲区", **more: object) -> Outcome:
    return Outcome(office, DAY, state, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("worst", "status"), [(State.FINAL, 0), (State.DRAFT, 1), (State.ABSENT, 1), (State.FAILED, 2)]
)
def test_the_worst_state_is_the_exit_status(worst: State, status: int) -> None:
    better = [state for state in State if list(State).index(state) <= list(State).index(worst)]
    assert report.status(map(outcome, better)) == status


def test_the_table_has_a_row_an_office_and_its_message_below() -> None:
    told = [
        outcome(State.FAILED, "/省/乙县", message="params/2023.yaml 有 1 处错误：\n  1. 第1行"),
        outcome(State.FINAL, revision=12, is_new=True, seconds=3.14),
    ]
    assert report.lines(told, Path("/省")) == [
        "单位  周次        状态  版次    用时",
        "乙县  2023-05-05  失败  —       0.0秒",
        "    params/2023.yaml 有 1 处错误：",
        "      1. 第1行",
        "甲区  2023-05-05  定稿  第12版  3.1秒",
        "共2个单位：定稿 1、失败 1；新存档1份。",
    ]


def test_a_terminal_sees_one_bar_with_counts_and_a_file_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [outcome(State.FINAL), outcome(State.FAILED), outcome(State.FINAL)]
    assert list(report.followed(told, 3)) == told
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert list(report.followed(told, 3)) == told
    last = capsys.readouterr().err.rstrip().split("\r")[-1]
    assert "3/3" in last
    assert "定稿 2、失败 1" in last


def test_an_outcome_is_the_same_after_its_way_through_json() -> None:
    sent = outcome(State.DRAFT, revision=2, is_new=True, message="话", seconds=1.5, cpu_seconds=2.5)
    assert Outcome.of(sent.plain()) == sent


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["没有"], "没有文件夹"),
        (["空"], "下没有单位"),
        (["单位"], "还没有任何一周的文件夹"),
        (["单位", "05-05"], "不是日期"),
        (["单位", DAY, "--on", "processes:0"], "--on 要写成"),
        (["单位", DAY, "--on", "somewhere"], "--on 要写成"),
    ],
)
def test_what_cannot_run_is_one_message(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    words: str,
) -> None:
    (tmp_path / "空").mkdir()
    Office(tmp_path / "单位/甲区")
    monkeypatch.chdir(tmp_path)
    assert cli.main(["fleet", *arguments]) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert (said.out, said.err.count("\n")) == ("", 1)


# ---- real weeks in real processes ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def one_by_one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree, and in `done` a copy whose weeks were run in this process, members first, with cold kernels."""
    folder = tmp_path_factory.mktemp("fleet") / "各县"
    fleets.copied(fleets.city(folder / "tree"), folder / "done")
    for name in (*COUNTIES, "市"):
        placing.take_up(folder / "done" / name, DAY)
        recording.run_week(str(folder / "done" / name), DAY)
    return folder


def test_the_command_makes_the_same_records_whatever_befalls_it(one_by_one: Path, tmp_path: Path) -> None:
    """Interrupted, then a worker killed, then left alone: nothing half, nothing twice, nothing left behind."""
    folder = fleets.copied(one_by_one / "tree", tmp_path / "tree")
    running = fleets.fleet(folder, DAY, "--on", "processes:2")
    fleets.until(lambda: len(fleets.building(folder)) == 2)
    started = psutil.Process(running.pid).children(recursive=True)
    running.send_signal(signal.SIGINT)
    assert fleets.ran(running) == (2, "", "已中断：已完成的存档保留，重新运行即可接着做。\n")
    assert not fleets.building(folder)
    fleets.until(lambda: not any(process.is_running() for process in started))

    running = fleets.fleet(folder)
    fleets.until(lambda: fleets.at_work(folder))
    fleets.kill(fleets.at_work(folder).pop())
    status, printed, said = fleets.ran(running)
    assert (status, said) == (1, "")
    assert re.sub(r"\d+\.\d秒", "…秒", printed).splitlines() == [
        "单位  周次        状态  版次   用时",
        "乙县  2023-05-05  定稿  第1版  …秒",
        "市    2023-05-05  初稿  第1版  …秒",
        "甲区  2023-05-05  定稿  第1版  …秒",
        "共3个单位：定稿 2、初稿 1；新存档3份。",
    ]
    assert fleets.revisions(folder) == {"乙县": ["r1"], "市": ["r1"], "甲区": ["r1"]}
    assert fleets.records(folder) == fleets.records(one_by_one / "done")
    assert not fleets.building(folder)


def test_a_week_whose_process_is_lost_again_and_again_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "_SERVE", "sys.stdin.readline()")
    with local.processes(1) as submit:
        outcome = submit("/甲区", DAY).result(timeout=60)
    assert (outcome.state, outcome.message[:14]) == (State.FAILED, "运行这一周的进程3次意外退出")


@pytest.fixture
def spent() -> Iterator[Callable[[], float]]:
    """CPU seconds of one server of kernels so far."""
    with kernels.warm(1) as warm:
        assert isinstance(warm, kernels.ForkServer)
        warm._pipe.send((["--version"], "/"))
        assert warm._pipe.poll(60)
        yield warm.cpu_seconds


@pytest.mark.skipif(not kernels.can_fork(), reason="no fork here")
def test_a_kernels_time_is_its_servers(spent: Callable[[], float]) -> None:
    assert spent() > 0.1


def test_without_a_count_all_cores_are_used_but_no_more_than_there_are_offices(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(local, "processes", asked.append)
    monkeypatch.setattr(command, "_cores", lambda: 16)
    for on, offices in (("", 95), ("", 3), ("processes:5", 95), ("", 0)):
        command._engine(on, Path(), offices)
    assert asked == [16, 3, 5, 1]
