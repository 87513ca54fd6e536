"""One record without its office: what can be checked is, what cannot be is said, never in the words of tampering."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import archive, cli
from pipeline.errors import RecordError
from pipeline.record import recording, verification
from tests.helpers import Office

FIRST, SECOND = "2023-04-07", "2023-04-14"
WANTING = "缺少前期存档，无法核对累计来源"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Two weeks; in the second 甲镇's 西河村 says 无变化, and 乙镇 sends nothing."""
    office = Office(tmp_path_factory.mktemp("alone") / "办公室")
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    office.send(FIRST, "乙镇.xlsx", {"南山村": (10, 4)})
    office.week(SECOND)
    office.send(SECOND, "甲镇.xlsx", {"东河村": (28, 15), "西河村": ("无变化", 0)})
    for day in (FIRST, SECOND):
        recording.run_week(str(office.root), day)
    return office


@pytest.fixture
def alone(recorded: Office, tmp_path: Path) -> Path:
    """The second week's record, somewhere else."""
    shutil.copytree(recorded.root / "data/output" / SECOND / "r1", tmp_path / "别处" / "海门 第2周")
    return tmp_path / "别处" / "海门 第2周"


def resealed(record: Path) -> None:
    """The manifest made to fit what lies there."""
    path = record / "manifest.json"
    facts = json.loads(path.read_text(encoding="utf-8"))
    for item in facts["outputs"]:
        item["sha256"] = archive.digest((record / item["file"]).read_bytes())
    path.write_text(json.dumps({**facts, "digest": archive.digest_of(facts)}, ensure_ascii=False), encoding="utf-8")


def test_the_first_weeks_record_stands_on_nothing_and_is_replayed_whole(recorded: Office, tmp_path: Path) -> None:
    shutil.copytree(recorded.root / "data/output" / FIRST / "r1", tmp_path / "x")
    told = verification.verify_alone(tmp_path / "x")
    assert (told.remarks, told.differences) == ((), ())


def test_a_later_record_says_what_could_not_be_checked(alone: Path) -> None:
    told = verification.verify_alone(alone)
    assert told.differences == ()
    assert told.remarks == (
        WANTING,
        "图表、页面、汇总表、笔记本没有重放，只核对了指纹",
        "本周采用的数里有 1 个核对不了",  # 无变化
        "沿用的 2 个数核对不了",  # 乙镇's
    )


def test_beside_the_records_it_stands_on_it_is_replayed_whole(recorded: Office) -> None:
    told = verification.verify_alone(recorded.root / "data/output" / SECOND / "r1")
    assert (told.remarks, told.differences) == ((), ())


def _by_python(record: Path, path: Path) -> None:
    """As macOS and zip -r do: a folder on top, names in UTF-8."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(record.rglob("*")):
            packed.write(file, f"存档/{file.relative_to(record).as_posix()}")


def _by_windows(record: Path, path: Path) -> None:
    """Names in GBK without a word of it, and no folder on top."""
    with zipfile.ZipFile(path, "w") as packed:
        for number, file in enumerate(sorted(file for file in record.rglob("*") if file.is_file())):
            name = file.relative_to(record).as_posix()
            packed.writestr(f"{number:03d}{'x' * (len(name.encode('gbk')) - 3)}", file.read_bytes())
    content = path.read_bytes()
    for number, file in enumerate(sorted(file for file in record.rglob("*") if file.is_file())):
        name = file.relative_to(record).as_posix().encode("gbk")
        content = content.replace(f"{number:03d}{'x' * (len(name) - 3)}".encode(), name)
    path.write_bytes(content)


@pytest.mark.parametrize("pack", [_by_python, _by_windows])
def test_a_zip_of_it_is_read_the_same(alone: Path, tmp_path: Path, pack: Callable[[Path, Path], None]) -> None:
    pack(alone, tmp_path / "r1.zip")
    told = verification.verify_alone(tmp_path / "r1.zip")
    assert (told.remarks[0], told.differences) == (WANTING, ())
    (alone / "brief.txt").write_text("x", encoding="utf-8")
    (alone / "说明.txt").write_text("x", encoding="utf-8")
    pack(alone, tmp_path / "again.zip")
    assert verification.verify_alone(tmp_path / "again.zip").differences == (
        "brief.txt 被改动",
        "说明.txt 是后来加进来的",
    )


def test_a_figure_forged_with_all_its_digests_does_not_fit_the_towns_file(alone: Path) -> None:
    table = alone / "tables" / "progress.csv"
    table.write_bytes(table.read_bytes().replace(b",28,", b",29,"))
    resealed(alone)
    told = verification.verify_alone(alone).differences
    assert told[0] == (
        "tables/progress.csv：甲镇东河村新建 存档为 29（目标100，甲镇.xlsx Sheet!E4“29”），"
        "按报表应为 28（目标100，甲镇.xlsx Sheet!E4“28”）"
    )
    assert "tables/progress.csv 与封印里的数不符" in told
    assert any(line.startswith("tables/completion.csv：甲镇东河村 新建的") for line in told)


def test_a_town_file_exchanged_with_all_its_digests_does_not_fit_the_manifest(alone: Path, recorded: Office) -> None:
    shutil.copyfile(recorded.root / "data/raw" / FIRST / "甲镇.xlsx", alone / "inputs/data/raw" / SECOND / "甲镇.xlsx")
    resealed(alone)
    assert "manifest.json 的 basis 与 inputs/ 里的报送文件不符" in verification.verify_alone(alone).differences


@pytest.mark.parametrize(
    ("name", "words"),
    [("没有", "也没有这个文件夹或压缩包"), ("空", "读不出"), ("坏.zip", "打不开"), ("别的.zip", "不是一份存档")],
)
def test_what_is_no_record_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, words: str) -> None:
    (tmp_path / "空").mkdir()
    (tmp_path / "坏.zip").write_bytes(b"PK\x03\x04 x")
    with zipfile.ZipFile(tmp_path / "别的.zip", "w") as packed:
        packed.writestr("x.txt", "x")
    assert cli.main(["verify", str(tmp_path / name)]) in (1, 2)
    told = capsys.readouterr()
    assert words in told.out + told.err


def test_a_zip_that_leads_elsewhere_writes_nothing_there(alone: Path, tmp_path: Path) -> None:
    facts = json.loads((alone / "manifest.json").read_text(encoding="utf-8"))
    facts["outputs"].append({"file": "../../../x.txt", "sha256": archive.digest(b"x")})
    (alone / "manifest.json").write_text(json.dumps({**facts, "digest": archive.digest_of(facts)}), encoding="utf-8")
    _by_python(alone, tmp_path / "r1.zip")
    with zipfile.ZipFile(tmp_path / "r1.zip", "a") as packed:
        packed.writestr("存档/../../../x.txt", b"x")
    with pytest.raises(RecordError, match="不是存档内的文件名"):
        verification.verify_alone(tmp_path / "r1.zip")
