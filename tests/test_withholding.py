"""A file with a household ledger is withheld whole, and nothing personal is in anything that is produced."""

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from pipeline import archive, cli
from pipeline.record import recording, verification
from tests.helpers import Office, lines, only

DAY = "2023-04-07"
LEDGER = [
    ["户主姓名", "身份证号", "联系电话"],
    ["李大山", "329901196001011234", "13911112222"],
    ["钱小月", "329901197001011235", "13911113333"],
]
SECRETS = (
    "李大山", "钱小月", "王小明", "赵子龙", "孙二", "周建国", "329901", "13911112222", "13911113333", "13800001234", "138-0000-1234",
    "138 0000 1234", "19900101",
)  # fmt: skip


def ledger(path: Path | io.BytesIO, beside: Path | None = None) -> None:
    """A workbook of a ledger; beside: behind the form that lies there."""
    book = openpyxl.load_workbook(beside) if beside else openpyxl.Workbook()
    sheet = book.create_sheet("户主李大山") if beside else book.active
    for row in LEDGER:
        sheet.append(row)
    book.save(path)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """甲镇's form names people; 乙镇 sends a form and a ledger in one zip, and an excess ledger by itself."""
    office = Office(tmp_path_factory.mktemp("private") / "户厕")
    folder = office.week(DAY)
    remark = "户主赵子龙反映漏水，138-0000-1234，身份证329901 19900101 1234"
    path = office.send(DAY, "甲镇.xlsx", {"东河村": (20, 10, remark), "西河村": (4, 0)})
    book = openpyxl.load_workbook(path)
    book.active.title = "填报人王小明13800001234"
    book.active["A8"] = "填报人：孙二 138 0000 1234"
    book.create_sheet("联系人周建国").sheet_state = "hidden"
    book.save(path)
    form, of_households = office.send(DAY, "乙镇.xlsx", {"南山村": (10, 4)}), io.BytesIO()
    ledger(of_households)
    with zipfile.ZipFile(folder / "乙镇 李大山13911112222.zip", "w") as packed:
        packed.write(form, "乙镇汇总表.xlsx")
        packed.writestr("周建国台账.xlsx", of_households.getvalue())
    form.unlink()
    ledger(folder / "钱小月花名册.xlsx")
    recording.run_week(str(office.root), DAY)
    return office


def written(path: Path) -> list[tuple[str, bytes]]:
    """The file, and everything in it if it is a zip."""
    content = path.read_bytes()
    if not zipfile.is_zipfile(path):
        return [(path.name, content)]
    with zipfile.ZipFile(path) as packed:
        return [(f"{path.name}/{name}", packed.read(name)) for name in packed.namelist()]


def test_nothing_personal_is_in_anything_that_is_produced(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    record = office.root / "data/output" / DAY / "r1"
    made = [path for path in record.rglob("*") if path.is_file() and path.suffix != ".png"]
    kept = record / "inputs/data/raw" / DAY / "甲镇.xlsx"  # as it was received
    said = {
        name: content.decode("utf-8", "replace") for path in made if path != kept for name, content in written(path)
    }
    for day in (["check", DAY], ["check", DAY, "--json"], ["trace", DAY, "甲镇"]):
        cli.main([*day, "--root", str(office.root)])
        said[" ".join(day)] = "".join(capsys.readouterr())
    assert {(name, secret) for name, text in said.items() for secret in SECRETS if secret in text} == set()
    # notebooks and JSON may write signs as \\u4e00
    plain = {
        name: json.dumps(secret)[1:-1]
        for secret in SECRETS
        for name, text in said.items()
        if json.dumps(secret)[1:-1] in text
    }
    assert plain == {}
    assert not any(secret in path.as_posix() for path in record.rglob("*") for secret in SECRETS)


def test_what_was_received_with_a_ledger_is_withheld_whole(office: Office) -> None:
    result = office.compute(DAY)
    assert lines(result.submissions.rows, "town", "status", "file") == [
        "甲镇 received 甲镇.xlsx",
        "乙镇 returned 乙镇 李*139****2222.zip/乙镇汇总表.xlsx",
        "丙镇 none_expected -",
        "乙镇 ignored 乙镇 李*139****2222.zip/周*台账.xlsx",
        "- ignored 钱*花名册.xlsx",
    ]
    assert lines(only(result.progress, town="乙镇"), "village", "kind", "done", "status") == [
        "南山村 新建 - missing", "南山村 整改 - missing",
    ]  # fmt: skip
    assert lines(only(result.findings, level="reject"), "level", "rule", "message") == [
        "reject form_with_ledger 乙镇《乙镇 李*139****2222.zip/乙镇汇总表.xlsx》：汇总表与农户台账（花名册）放在同一个文件里，"
        "有个人信息，整个文件没有采用，没有存档，请只发汇总表重报，不要报送农户名册",
    ]
    assert lines(only(result.findings, rule="household_ledger"), "level", "file") == [
        "note 钱*花名册.xlsx", "note 乙镇 李*139****2222.zip/周*台账.xlsx",
    ]  # fmt: skip


def test_the_record_keeps_its_digest_and_replays_without_it(office: Office) -> None:
    record = office.root / "data/output" / DAY / "r1"
    assert [path.name for path in (record / "inputs/data/raw" / DAY).iterdir()] == ["甲镇.xlsx"]
    kept = archive.raw(record)["withheld"]
    packed, alone = (
        (office.root / "data/raw" / DAY / name).read_bytes()
        for name in ("乙镇 李大山13911112222.zip", "钱小月花名册.xlsx")
    )
    assert [(entry["file"], entry["sha256"], entry["reason"]) for entry in kept] == [
        ("乙镇 李*139****2222.zip", archive.digest(packed), "含农户台账（个人信息）"),
        ("钱*花名册.xlsx", archive.digest(alone), "含农户台账（个人信息）"),
    ]
    assert [(verdict.remarks, verdict.differences) for verdict in verification.verify(office.root, DAY)] == [((), ())]
    assert recording.run_week(str(office.root), DAY).is_new is False


def test_a_figure_is_traced_to_the_sheet_by_its_masked_name(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["trace", DAY, "甲镇", "东河村", "--kind", "新建", "--root", str(office.root)])
    assert "填报人王*138****1234（第1张表）!E4，原文“20”" in capsys.readouterr().out


# ---- one week without a record ---------------------------------------------------------------------------------


def test_a_town_that_sent_only_a_ledger_is_missing(tmp_path: Path) -> None:
    office = Office(tmp_path / "o")
    ledger(office.week(DAY) / "乙镇张三台账.xlsx")
    office.send(DAY, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    result = office.compute(DAY)
    assert lines(result.submissions.rows, "town", "status", "file") == [
        "甲镇 received 甲镇.xlsx", "乙镇 missing -", "丙镇 none_expected -", "乙镇 ignored 乙镇张*台账.xlsx",
    ]  # fmt: skip
    assert lines(only(result.findings, town="乙镇"), "level", "rule") == [
        "query missing_town", "note household_ledger",
    ]  # fmt: skip


def test_a_workbook_with_the_form_and_a_ledger_goes_back_unless_the_form_came_by_itself(tmp_path: Path) -> None:
    office = Office(tmp_path / "o")
    office.week(DAY)
    office.send(DAY, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    mixed = office.send(DAY, "工作簿1.xlsx", {"南山村": (10, 4)})
    ledger(mixed, beside=mixed)
    assert lines(office.compute(DAY).submissions.towns, "town", "status", "file")[1] == "乙镇 returned 工作簿1.xlsx"
    office.send(DAY, "乙镇.xlsx", {"南山村": (10, 4)})
    result = office.compute(DAY)
    assert lines(result.submissions.rows, "town", "status", "file")[1::2] == [
        "乙镇 received 乙镇.xlsx", "乙镇 ignored 工作簿1.xlsx",
    ]  # fmt: skip
    assert result.is_final


def test_names_that_are_alike_without_their_persons_stay_apart(tmp_path: Path) -> None:
    office = Office(tmp_path / "o")
    folder = office.week(DAY)
    for name in ("乙镇张三户.xlsx", "乙镇张四户.xlsx", "李新建.xlsx", "甲镇东河村2023年5月5日一户一档zhangsan.xlsx"):
        ledger(folder / name)
    names = sorted(file.name for file in office.compute(DAY).files)
    assert [name.partition("〔")[0] for name in names] == [
        "乙镇张*.xlsx", "乙镇张*", "李*.xlsx", "甲镇东河村2023年5月5日一户一档z*.xlsx",
    ]  # fmt: skip
    assert len(set(names)) == 4
