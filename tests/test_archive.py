"""Records on disc, and the history read back from them."""

import csv
import hashlib
import io
import json
import os
import time
from pathlib import Path

import pytest

from pipeline import archive
from pipeline.errors import Overtaken, RecordError
from pipeline.records import PROGRESS, Progress, Status
from tests.helpers import Office, lines, only

FIRST, SECOND, THIRD = "2023-04-07", "2023-04-14", "2023-04-21"
PROGRAMME_FILE = "params/2023.yaml"
A, B = "a" * 64, "b" * 64
NOW = "2023-04-21T18:00:00+08:00"
FACTS = {
    "week": THIRD, "programme": PROGRAMME_FILE, "basis": dict.fromkeys(("files", "programme", "week", "history"), A), "figures": A,
    "rest": A, "seal": A, "check_code": "", "status": "final", "reason": "", "inputs": [], "files": [], "litter": [],
    "history": [], "unrecorded": [], "previous_week": "", "versions": {}, "program": A,
    "run": {"started": NOW, "python": "3.11.7", "system": "Linux"},
}  # fmt: skip


@pytest.fixture
def two_weeks(office: Office) -> Office:
    for day, east in ((FIRST, 20), (SECOND, 28)):
        office.week(day)
        office.send(day, "甲镇.xlsx", {"东河村": (east, 10), "西河村": (4, 0)})
        office.send(day, "乙镇.xlsx", {"南山村": (10, 4)})
        office.archive(day)
    return office


def test_a_csv_opens_in_excel_and_runs_no_formula() -> None:
    texts = ["=1+1", "+A1", "-x", "@y", "\tz", "＝1", "-3", "+5", "'quoted", "普通"]
    rows = [Progress(week="2023-05-05", target=9, status=Status.REPORTED, raw=text) for text in texts]
    content = archive.to_csv(PROGRESS, rows)
    assert content.startswith(b"\xef\xbb\xbfweek,town,")
    seen = [row["raw"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    assert seen == ["'=1+1", "'+A1", "'-x", "'@y", "'\tz", "'＝1", "-3", "+5", "''quoted", "普通"]
    assert [row.raw for row in archive.from_csv(PROGRESS, content)] == texts


def test_an_unknown_figure_is_empty_and_a_zero_is_a_zero() -> None:
    row = Progress(week="2023-05-05", target=9, done=0, added=None, status=Status.REPORTED)
    content = archive.to_csv(PROGRESS, [row])
    assert content.decode("utf-8-sig").splitlines()[1] == "2023-05-05,,,,,9,0,,reported,,,,,"
    again = archive.from_csv(PROGRESS, content)
    assert lines(again, "done", "added") == ["0 -"]


def test_history_is_the_highest_revision_of_each_earlier_week(two_weeks: Office) -> None:
    two_weeks.send(FIRST, "甲镇.xlsx", {"东河村": (21, 10), "西河村": (4, 0)})
    assert two_weeks.archive(FIRST).name == "r2"
    found = archive.history(two_weeks.root, THIRD, PROGRAMME_FILE, two_weeks.compute(FIRST).programme)
    east = only(found.progress, village="东河村", kind="新建")
    assert lines(east, "week", "done") == ["2023-04-07 21", "2023-04-14 28"]
    assert not archive.history(two_weeks.root, FIRST, PROGRAMME_FILE, two_weeks.compute(FIRST).programme).progress


def test_revision_ten_comes_after_revision_nine(two_weeks: Office) -> None:
    first = two_weeks.root / "data/output" / FIRST / "r1"
    for number in (2, 9, 10):
        first.parent.joinpath(f"r{number}").mkdir()
        (first.parent / f"r{number}" / "manifest.json").write_bytes((first / "manifest.json").read_bytes())
    assert [path.name for path in archive.revisions(two_weeks.root, FIRST)] == ["r1", "r2", "r9", "r10"]


def test_half_a_record_and_failed_runs_are_no_history(two_weeks: Office) -> None:
    output = two_weeks.root / "data/output"
    (output / SECOND / "r1" / "manifest.json").rename(output / SECOND / "r1" / "manifest.old")
    (output / "failed" / f"{SECOND}-1").mkdir(parents=True)
    (output / ".b0000x-aa" / "tables").mkdir(parents=True)
    found = archive.history(two_weeks.root, "2023-04-28", PROGRAMME_FILE, two_weeks.compute(FIRST).programme)
    assert {str(row.week) for row in found.progress} == {FIRST}


def test_an_earlier_week_without_a_record_is_named(two_weeks: Office) -> None:
    for day in (THIRD, "2023-04-28"):
        two_weeks.week(day)
    two_weeks.week("2023-05-05")
    found = two_weeks.compute("2023-05-05").findings
    assert lines(only(found, rule="no_record"), "level", "message") == [
        "note 截至 2023-04-21、2023-04-28 有报送文件但没有存档，未计入历史；请先运行 python -m pipeline report"
    ]


def test_a_week_of_which_there_is_nothing_is_told_apart_from_one_without_a_record(two_weeks: Office) -> None:
    """Of the third week there is nothing, the fourth has a folder of files and no record."""
    for day in ("2023-04-28", "2023-05-05"):
        two_weeks.week(day)
    two_weeks.send("2023-05-05", "甲镇.xlsx", {"东河村": (40, 10), "西河村": (4, 0)})
    found = two_weeks.compute("2023-05-05").findings
    assert lines(only(found, level="note", town=""), "rule", "message") == [
        "no_record 截至 2023-04-28 有报送文件但没有存档，未计入历史；请先运行 python -m pipeline report",
        "skipped_weeks 第3周（截至4月21日）没有报送文件，也没有存档；本期含三周，周增量按三周计（上次采用数截至4月14日）",
    ]
    assert only(found, rule="growth_of_weeks") == []


def link(path: Path) -> str:
    """As the manual says: the manifest without `run` and `digest`, keys sorted, as compact as Python writes it."""
    facts = json.loads(path.read_text(encoding="utf-8"))
    del facts["digest"]
    facts.pop("run", None)
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def test_each_manifest_carries_the_digests_of_the_records_before_it(two_weeks: Office) -> None:
    output = two_weeks.root / "data/output"
    second = json.loads((output / SECOND / "r1" / "manifest.json").read_text(encoding="utf-8"))
    assert second["previous_week"] == link(output / FIRST / "r1" / "manifest.json")
    two_weeks.send(SECOND, "甲镇.xlsx", {"东河村": (29, 10), "西河村": (4, 0)})
    again = json.loads((two_weeks.archive(SECOND) / "manifest.json").read_text(encoding="utf-8"))
    assert again["revision"] == 2
    assert again["previous_revision"] == link(output / SECOND / "r1" / "manifest.json")


def test_a_manifests_own_digest_covers_all_of_it(two_weeks: Office) -> None:
    facts = archive.raw(two_weeks.root / "data/output" / FIRST / "r1")
    own = facts.pop("digest")
    assert own == hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def test_a_manifest_lists_every_file_of_the_record(two_weeks: Office) -> None:
    record = two_weeks.root / "data/output" / FIRST / "r1"
    listed = archive.manifest(record).sealed
    files = {path.relative_to(record).as_posix() for path in record.rglob("*") if path.is_file()} - {"manifest.json"}
    assert set(listed) == files
    assert all(listed[name] == archive.digest((record / name).read_bytes()) for name in files)


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe\x00", b"week,town\n", "week,done\n2023-04-07,五\n".encode()])
def test_what_is_no_table_is_never_read_as_an_empty_one(damage: bytes) -> None:
    with pytest.raises(ValueError):
        archive.from_csv(PROGRESS, damage)


def test_an_altered_table_of_an_earlier_week_is_told_and_not_used(two_weeks: Office) -> None:
    path = two_weeks.root / "data/output" / FIRST / "r1" / "tables" / "progress.csv"
    path.write_bytes(path.read_bytes().replace(b",20,", b",19,"))
    two_weeks.week(THIRD)
    with pytest.raises(RecordError, match=r"progress\.csv 与封存时不同"):
        two_weeks.compute(THIRD)
    path.unlink()
    with pytest.raises(RecordError, match=r"progress\.csv 读不出"):
        two_weeks.compute(THIRD)


def test_the_second_of_two_sealers_finds_its_work_done_or_is_told_that_it_was_overtaken(two_weeks: Office) -> None:
    """What it made names revision 1, so it cannot become revision 2; made anew, it can."""
    root = two_weeks.root
    (one, two, three, four) = (archive.open_building(root) for _ in range(4))
    for building in (one, two, three, four):
        (building / "x.txt").write_text(building.name)
    sealed = archive.seal(root, THIRD, one, {**FACTS, "fingerprint": A, "revision": 1}, again=False)
    with pytest.raises(Overtaken, match="另一次运行刚刚存档了 2023-04-21 的另一版，请重新运行"):
        archive.seal(root, THIRD, two, {**FACTS, "fingerprint": B, "revision": 1}, again=False)
    other = archive.seal(root, THIRD, three, {**FACTS, "fingerprint": B, "revision": 2}, again=False)
    same = archive.seal(root, THIRD, four, {**FACTS, "fingerprint": B, "revision": 2}, again=False)
    assert [(path.name, is_new) for path, is_new in (sealed, other, same)] == [
        ("r1", True),
        ("r2", True),
        ("r2", False),
    ]
    assert (sealed[0] / "x.txt").read_text() == one.name
    assert (other[0] / "x.txt").read_text() == three.name
    assert not two.exists()
    assert not four.exists()


def test_something_in_the_way_is_left_alone_and_told(two_weeks: Office) -> None:
    (two_weeks.root / "data/output" / THIRD / "r1").mkdir(parents=True)
    building = archive.open_building(two_weeks.root)
    with pytest.raises(RecordError, match="已存在但不是完整的存档"):
        archive.seal(two_weeks.root, THIRD, building, {**FACTS, "fingerprint": A, "revision": 1}, again=False)
    assert building.is_dir()


def test_leftovers_of_killed_runs_are_swept_only_when_old(tmp_path: Path) -> None:
    """This PC's runs are known by their processes; of another PC's nobody knows, so they must be a day old."""
    mine = archive.open_building(tmp_path)
    fresh, old = (mine.with_name(f".b00001-{number}0") for number in (1, 2))
    dead = mine.with_name(f"{mine.name[:6]}zik0zi-00")  # 2147483646 in base 36
    for folder in (fresh, old, dead):
        folder.mkdir()
    os.utime(old, (time.time() - 2 * 24 * 3600,) * 2)
    assert archive.sweep(tmp_path) == sorted(f"data/output/{folder.name}" for folder in (old, dead))
    assert mine.is_dir()
    assert fresh.is_dir()


def test_a_damaged_manifest_is_told(two_weeks: Office) -> None:
    said = {
        "{}": r"缺少 week；缺少 revision；.*；共 21 处",
        "[]": "内容不是",
        "x": "读不出",
        '{"week": 1}': "week 的内容不对",
    }
    for text, words in said.items():
        (two_weeks.root / "data/output" / FIRST / "r1" / "manifest.json").write_text(text)
        two_weeks.week(THIRD)
        with pytest.raises(RecordError, match=rf"manifest\.json {words}"):
            two_weeks.compute(THIRD)


@pytest.mark.skipif(os.name == "nt", reason="permission bits")
def test_a_record_is_as_readable_as_any_new_folder(two_weeks: Office) -> None:
    (two_weeks.root / "new").mkdir()
    record = two_weeks.root / "data/output" / FIRST / "r1"
    assert record.stat().st_mode == (two_weeks.root / "new").stat().st_mode


def test_a_town_that_sent_two_files_has_one_status(office: Office) -> None:
    office.week(FIRST)
    for name in ("甲镇.xlsx", "甲镇(1).xlsx"):
        office.send(FIRST, name, {"东河村": (20, 10), "西河村": (4, 0)})
    reporting = archive.reporting(office.compute(FIRST).submissions, FIRST)
    assert lines(reporting, "town", "status") == ["甲镇 received", "乙镇 missing", "丙镇 none_expected"]
