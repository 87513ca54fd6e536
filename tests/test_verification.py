"""A record replayed and compared; every change of it is named. Records here are made by real runs."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import archive, cli
from pipeline.errors import KernelLost
from pipeline.record import recording, verification
from pipeline.record.verification import Verdict
from tests import programs
from tests.helpers import Office
from tests.refresh_notebook import CHECKOUT

FIRST, SECOND = "2023-04-07", "2023-04-14"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Two weeks; the second has a later revision with a late file and a correction of the first week after it."""
    office = Office(tmp_path_factory.mktemp("verify") / "户厕 周报")
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    office.send(FIRST, "乙镇.xlsx", {"南山村": (10, 4)})
    (office.root / "data/raw" / FIRST / "Thumbs.db").write_bytes(b"x")
    office.week(SECOND)
    office.send(SECOND, "甲镇.xlsx", {"东河村": (28, 15), "西河村": (8, 0)})
    for day in (FIRST, SECOND):
        recording.run_week(str(office.root), day)
    office.send(SECOND, "乙镇.xlsx", {"南山村": (18, 9)})
    recording.run_week(str(office.root), SECOND)
    return office


@pytest.fixture
def copy(recorded: Office, tmp_path: Path) -> Office:
    shutil.copytree(recorded.root, tmp_path / "另一处")
    return Office.at(tmp_path / "另一处")


def record(office: Office, day: str, name: str = "r1") -> Path:
    return office.root / "data/output" / day / name


def verdicts(office: Office, day: str) -> list[Verdict]:
    return list(verification.verify(office.root, day))


def said(office: Office, day: str = FIRST) -> list[str]:
    """What differs in the first revision of a week."""
    return list(verdicts(office, day)[0].differences)


def test_every_revision_is_replayed_to_the_byte_in_another_folder(copy: Office) -> None:
    """r1 of the second week is replayed as it was known then: without the late file, though it lies there now."""
    shutil.rmtree(copy.root / "data/raw")
    for day, names in ((FIRST, ["r1"]), (SECOND, ["r1", "r2"])):
        found = verdicts(copy, day)
        assert [(verdict.revision.name, verdict.remarks, verdict.differences) for verdict in found] == [
            (name, (), ()) for name in names
        ]


def all_files(office: Office) -> list[str]:
    folder = record(office, FIRST)
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_one_byte_changed_in_any_file_is_named(copy: Office) -> None:
    folder = record(copy, FIRST)
    for name in all_files(copy):
        sealed = (folder / name).read_bytes()
        at = len(sealed) // 2
        (folder / name).write_bytes(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :])
        assert any(name in line for line in said(copy)), name
        (folder / name).write_bytes(sealed)


def test_a_file_removed_renamed_or_added_is_named(copy: Office) -> None:
    folder = record(copy, FIRST)
    for name in all_files(copy):
        (folder / name).rename(folder / "x.bin")
        if name != archive.MANIFEST:
            assert {f"{name} 不见了", "x.bin 是后来加进来的"} <= set(said(copy))
        else:
            assert [verdict.revision for verdict in verification.strangers(copy.root)] == [folder]
        (folder / "x.bin").rename(folder / name)


def test_a_manifest_forged_with_its_own_digest_breaks_the_chain(copy: Office) -> None:
    path = record(copy, FIRST) / archive.MANIFEST
    facts = json.loads(path.read_text(encoding="utf-8"))
    facts["reason"] = "另有说法"
    facts["digest"] = archive.digest_of_facts({name: fact for name, fact in facts.items() if name != "digest"})
    path.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    assert "与上一版的链接断开（上一版被改动、删除或替换）" not in said(copy)
    assert "所依据的存档 2023-04-07/r1 被改动" in said(copy, SECOND)


def test_a_revision_taken_out_is_missed(copy: Office) -> None:
    shutil.rmtree(record(copy, SECOND))
    assert said(copy, SECOND) == [
        "版次不连续：应为第1版，文件夹是 r2，存档里写的是第2版",
        "与上一版的链接断开（上一版被改动、删除或替换）",
    ]


def test_figures_forged_throughout_a_record_do_not_survive_the_replay(copy: Office) -> None:
    """Table and manifest agree with each other, but not with the town's file."""
    folder = record(copy, SECOND, "r2")
    table = folder / "tables" / "progress.csv"
    table.write_bytes(table.read_bytes().replace(b",28,", b",29,"))
    path = folder / archive.MANIFEST
    facts = json.loads(path.read_text(encoding="utf-8"))
    for item in facts["outputs"]:
        item["sha256"] = archive.digest((folder / item["file"]).read_bytes())
    facts["digest"] = archive.digest_of_facts({name: fact for name, fact in facts.items() if name != "digest"})
    path.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    found = verdicts(copy, SECOND)[1].differences
    assert found[0] == "tables/progress.csv 重放结果不同"
    assert "区镇=甲镇 整村推进村=东河村" in found[1]
    assert "累计完成=29" in found[1]
    assert "累计完成=28" in found[2]


def test_another_program_and_other_versions_are_said_first(copy: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "program", lambda: "00")
    monkeypatch.setattr(recording, "versions", lambda: {**dict.fromkeys(recording.VERSIONS, "9"), "xlrd": "0"})
    remarks = verdicts(copy, FIRST)[0].remarks
    assert remarks[0].startswith("程序包版本与存档时不同：pandas ")
    assert remarks[1].startswith("程序已更新，与存档时不同")


def test_a_newer_rule_rewrites_nothing_and_is_named(copy: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that judges a closed week otherwise: verify says what would differ, --revise makes a new revision."""
    from pipeline.judging import settling  # noqa: PLC0415

    before = {path: path.read_bytes() for path in record(copy, FIRST).rglob("*") if path.is_file()}
    monkeypatch.setattr(settling, "is_final", lambda _: False)
    assert "manifest.json 的 status 重算不同：存档为 final，重算为 draft" in said(copy)
    assert {path: path.read_bytes() for path in record(copy, FIRST).rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "clock", [[], pytest.param(["faketime", "2031-02-03 04:05:06"], marks=programs.needs(programs.FAKETIME))]
)
def test_two_runs_in_other_folders_times_zones_and_seeds_are_the_same_bytes(
    copy: Office, tmp_path: Path, clock: list[str]
) -> None:
    packs = []
    for number, (zone, seed, locale) in enumerate([("Asia/Shanghai", "0", "C.UTF-8"), ("America/New_York", "77", "C")]):
        root = tmp_path / f"办公室{number}"
        shutil.copytree(copy.root / "params", root / "params")
        shutil.copytree(copy.root / "data/raw", root / "data/raw")
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONPATH": str(CHECKOUT)}
        command = [*(clock if number else []), sys.executable, "-m", "pipeline", "report", "--root", str(root)]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        packs.append(
            {
                path.relative_to(root).as_posix(): content(path)
                for path in (root / "data/output").rglob("*")
                if path.is_file() and path.name != "seals.csv"
            }
        )
    assert packs[0] == packs[1]


def content(path: Path) -> object:
    """A file's bytes; of a manifest all but what belongs to the run."""
    if path.name != archive.MANIFEST:
        return path.read_bytes()
    facts = json.loads(path.read_text(encoding="utf-8"))
    return {name: fact for name, fact in facts.items() if name not in ("run", "digest")}


def test_the_command_names_what_was_changed_and_ends_with_1(copy: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", "2023-05-05", "--root", str(copy.root)]) == 2
    assert "还没有存档" in capsys.readouterr().err
    (record(copy, FIRST) / "tables" / "progress.csv").write_bytes(b"x")
    assert cli.main(["verify", FIRST, "--root", str(copy.root)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "data/output/2023-04-07/r1　不一致",
        "  tables/progress.csv 被改动",
        "data/output/seals.csv　一致",
        "核对1周1版：其中1版不一致：2023-04-07/r1。",
    ]


def test_check_says_what_has_changed_since_the_record_and_whom_it_contradicts(
    copy: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["check", FIRST, "--root", str(copy.root)])
    assert "存档以来有变化" not in capsys.readouterr().out
    copy.week(
        FIRST,
        "  - {do: correct, town: 甲镇, village: 东河村, kind: 新建, was: 20, now: 22, reason: 复核, by: 张三, date: 2023-04-20}\n",
    )
    cli.main(["check", FIRST, "--root", str(copy.root)])
    said = capsys.readouterr().out
    assert (
        "自第1版存档以来有变化：本周参数（书面决定）有变化。运行 python -m pipeline report 2023-04-07 另存一版。"
        in said
    )
    assert "第2周（截至2023-04-14）存档的数与更正后的数不再衔接：甲镇东河村新建本周新增8，按更正后的数应为6。" in said


def test_a_fault_of_this_machine_is_no_verdict_on_the_record(
    copy: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def dies(*_: object, **__: object) -> None:
        raise KernelLost("笔记本执行到第 3 格前后停止：Python 进程意外退出（可能内存不足，或被安全软件结束）")

    monkeypatch.setattr(recording, "build", dies)
    assert cli.main(["verify", FIRST, "--root", str(copy.root)]) == 2
    told = capsys.readouterr()
    assert "不一致" not in told.out
    assert "可能内存不足" in told.err
