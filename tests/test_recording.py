"""A week recorded: executed, sealed, revised; what breaks is kept and is no history. Every run here is a real one."""

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from pipeline import archive
from pipeline.errors import RecordError, RunFailed
from pipeline.record import execution, recording, source
from tests.helpers import Office, lines

FIRST, SECOND = "2023-04-07", "2023-04-14"


def fill(office: Office) -> None:
    """Two weeks; in the second 乙镇 has not sent yet."""
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    office.send(FIRST, "乙镇.xlsx", {"南山村": (10, 4)})
    (office.root / "data/raw" / FIRST / "Thumbs.db").write_bytes(b"x")
    office.week(SECOND)
    office.send(SECOND, "新建/甲镇.xlsx", {"东河村": (28, 15), "西河村": (8, 0)})


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with both weeks recorded; tests that change it take a copy."""
    office = Office(tmp_path_factory.mktemp("recording") / "户厕 周报")
    fill(office)
    for day in (FIRST, SECOND):
        recording.run_week(str(office.root), day)
    return office


@pytest.fixture
def copy(recorded: Office, tmp_path: Path) -> Office:
    shutil.copytree(recorded.root, tmp_path / "办公室")
    return Office.at(tmp_path / "办公室")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def record(office: Office, day: str, name: str = "r1") -> Path:
    return office.root / "data/output" / day / name


def test_a_record_holds_all_that_the_week_needs(recorded: Office) -> None:
    assert sorted(files(record(recorded, SECOND))) == [
        "brief.html", "brief.txt", "charts/1-分镇完成率.png", "charts/2-差距与速度.png", "charts/3-累计曲线.png",
        "charts/4-每周增量.png", "charts/5-分村进度.png", "charts/6-报送情况.png",
        "feedback/催报.txt", "feedback/回执 甲镇.txt",
        "inputs/data/raw/2023-04-14/新建/甲镇.xlsx", "inputs/params/2023-04-14.yaml", "inputs/params/2023.yaml",
        "manifest.json", "tables/completion.csv", "tables/findings.csv", "tables/progress.csv",
        "tables/submissions.csv", "weekly_report.html", "weekly_report.ipynb", "汇总表.xlsx", "通报草稿.docx",
    ]  # fmt: skip
    assert [path.name for path in record(recorded, SECOND).parent.iterdir()] == ["r1"]


def test_the_executed_notebook_shows_the_week_and_the_charts_are_its_own_bytes(recorded: Office) -> None:
    made = files(record(recorded, SECOND))
    notebook = nbformat.reads(made["weekly_report.ipynb"].decode("utf-8"), as_version=4)
    manifest = json.loads(made["manifest.json"])
    assert {f"charts/{name}.png": content for name, content in execution.pictures(notebook).items()} == {
        name: content for name, content in made.items() if name.startswith("charts/")
    }
    assert f"初稿　校验码 {manifest['check_code']}".encode() in made["weekly_report.ipynb"]
    assert "第2周（截至2023年4月14日）　初稿".encode() in made["weekly_report.ipynb"]
    assert b'week = \\"2023-04-14\\"' in made["weekly_report.ipynb"]
    assert str(recorded.root).encode() not in made["weekly_report.ipynb"]


def test_the_manifest_says_what_the_record_stands_on(recorded: Office) -> None:
    manifest = archive.raw(record(recorded, SECOND))
    assert [manifest[key] for key in ("week", "status", "revision", "reason", "previous_revision")] == [
        SECOND, "draft", 1, "", "",
    ]  # fmt: skip
    assert len(manifest["previous_week"]) == 64
    sent = (recorded.root / "data/raw" / SECOND / "新建/甲镇.xlsx").read_bytes()
    assert manifest["inputs"] == [{"file": "新建/甲镇.xlsx", "sha256": archive.digest(sent)}]
    assert archive.manifest(record(recorded, FIRST)).status == "final"


def test_the_raw_files_are_left_as_they_were(recorded: Office) -> None:
    assert sorted(files(recorded.root / "data/raw")) == [
        "2023-04-07/Thumbs.db", "2023-04-07/乙镇.xlsx", "2023-04-07/甲镇.xlsx", "2023-04-14/新建/甲镇.xlsx",
    ]  # fmt: skip


def test_identical_inputs_make_no_new_revision(copy: Office) -> None:
    before = files(copy.root)
    again = recording.run_week(str(copy.root), SECOND)
    assert (again.revision.name, again.is_new) == ("r1", False)
    assert files(copy.root) == before


def test_a_file_added_to_a_sealed_week_makes_r2_and_is_late(copy: Office) -> None:
    first = files(record(copy, SECOND))
    copy.send(SECOND, "乙镇 补报.xlsx", {"南山村": (20, 8)})
    again = recording.run_week(str(copy.root), SECOND)
    assert (again.revision.name, again.is_new) == ("r2", True)
    assert lines(again.result.submissions.rows, "town", "status")[:2] == ["甲镇 received", "乙镇 late"]
    assert lines(again.result.findings, "level", "message") == [
        "note 乙镇《乙镇 补报.xlsx》：本周首次存档后才收到，列为迟报"
    ]
    assert archive.manifest(again.revision).status == "final"
    assert files(record(copy, SECOND)) == first


def test_a_new_revision_can_be_asked_for_with_a_reason(copy: Office) -> None:
    again = recording.run_week(str(copy.root), FIRST, "程序升级后重做")
    assert (again.revision.name, again.is_new) == ("r2", True)
    assert archive.manifest(again.revision).reason == "程序升级后重做"
    one, two = files(record(copy, FIRST)), files(record(copy, FIRST, "r2"))
    assert {name for name in one.keys() | two.keys() if one.get(name) != two.get(name)} == {
        "manifest.json", "weekly_report.html", "weekly_report.ipynb", "更正说明.txt",
        "feedback/回执 乙镇.txt", "feedback/回执 甲镇.txt", "汇总表.xlsx",  # its slip names the revision
    }  # fmt: skip
    assert two["更正说明.txt"].decode() == (
        "第1周（截至2023-04-07）更正说明\n原因：程序升级后重做。\n对照第1版。\n"
        "依据：报送文件、参数和以前的数都没有变化。\n各数、位次、状态都没有变化。\n"
    )


def test_another_folder_on_another_day_gives_the_same_bytes(recorded: Office, tmp_path: Path) -> None:
    shutil.copytree(recorded.root / "params", tmp_path / "elsewhere/params")
    shutil.copytree(recorded.root / "data/raw", tmp_path / "elsewhere/data/raw")
    for day in (FIRST, SECOND):
        recording.run_week(str(tmp_path / "elsewhere"), day)
        one, two = files(record(recorded, day)), files(tmp_path / "elsewhere/data/output" / day / "r1")
        manifests = [json.loads(made.pop("manifest.json")) for made in (one, two)]
        assert one == two
        assert all(manifest.pop("run") and manifest.pop("digest") for manifest in manifests)
        assert manifests[0] == manifests[1]


def test_two_runs_at_once_make_one_record(copy: Office) -> None:
    copy.send(SECOND, "乙镇.xlsx", {"南山村": (20, 8)})
    with ThreadPoolExecutor(2) as both:
        made = list(both.map(lambda _: recording.run_week(str(copy.root), SECOND), range(2)))
    assert [one.revision.name for one in made] == ["r2", "r2"]
    assert sorted(one.is_new for one in made) == [False, True]
    assert sorted(path.name for path in (copy.root / "data/output" / SECOND).iterdir()) == ["r1", "r2"]


def test_a_run_that_another_one_overtakes_is_made_anew_as_the_next_revision(
    copy: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it ran, somebody recorded other files: what it had written named the wrong revision."""
    seal = archive.seal

    def overtaken(root: Path, day: str, *arguments: object, **options: object) -> object:
        monkeypatch.setattr(archive, "seal", seal)
        copy.send(SECOND, "乙镇.xlsx", {"南山村": (20, 8)})
        copy.archive(SECOND)
        copy.send(SECOND, "乙镇.xlsx", {"南山村": (21, 8)})
        return seal(root, day, *arguments, **options)

    monkeypatch.setattr(archive, "seal", overtaken)
    made = recording.run_week(str(copy.root), SECOND, "补报")
    assert (made.revision.name, made.is_new) == ("r3", True)
    receipt = files(made.revision)["feedback/回执 乙镇.txt"].decode("utf-8-sig")
    assert "　第3版　" in receipt
    assert "南山村新建：目标200，累计完成21，" in receipt
    assert sorted(path.name for path in (copy.root / "data/output" / SECOND).iterdir()) == ["r1", "r2", "r3"]


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A notebook whose second cell fails."""
    cells = [
        new_code_cell("week = None\nprogramme = None\ndecisions = None", metadata={"tags": ["parameters"]}),
        new_code_cell("1 / 0"),
    ]
    nbformat.write(new_notebook(cells=cells), tmp_path / "weekly_report.ipynb")
    monkeypatch.setattr(source, "NOTEBOOK", tmp_path / "weekly_report.ipynb")
    return iter(())


@pytest.mark.usefixtures("broken")
def test_a_run_that_breaks_is_kept_with_its_reason_and_is_no_history(copy: Office) -> None:
    copy.send(SECOND, "乙镇.xlsx", {"南山村": (20, 8)})
    for number in (1, 2):
        with pytest.raises(RunFailed) as failed:
            recording.run_week(str(copy.root), SECOND)
        assert str(failed.value) == (
            "笔记本第 3 格没有执行完：ZeroDivisionError: division by zero\n"
            f"本次没有存档；执行到一半的笔记本和原因在 data/output/failed/2023-04-14-{number}/，可打开查看。"
        )
        kept = copy.root / f"data/output/failed/2023-04-14-{number}"
        assert [name for name in sorted(files(kept)) if not name.startswith("inputs/")] == [
            "weekly_report.ipynb", "失败原因.txt",
        ]  # fmt: skip
    assert [path.name for path in archive.revisions(copy.root, SECOND)] == ["r1"]
    assert sorted(path.name for path in (copy.root / "data/output" / SECOND).iterdir()) == ["r1"]


def test_where_nothing_can_be_written_it_is_said(copy: Office) -> None:
    shutil.rmtree(copy.root / "data/output")
    (copy.root / "data/output").write_text("a file in the way")
    with pytest.raises(RecordError, match="不能写入"):
        recording.run_week(str(copy.root), SECOND)
