"""Which town sent which file, and which of several counts."""

import os

import pytest

from tests.helpers import Office, lines, only

EAST_WEST = {"东河村": (30, 10), "西河村": (8, 0)}
SOUTH = {"南山村": (50, 25)}
DAY = "2023-04-07"
BY = "reason: 电话核实, by: 张三, date: 2023-04-07"


def submissions(office: Office) -> list[str]:
    return lines(office.compute(DAY).submissions.rows, "town", "status", "file")


def messages(office: Office, rule: str) -> list[str]:
    found = office.compute(DAY).findings
    return lines(only(found, rule=rule), "level", "message")


def test_each_town_has_one_row_in_the_forms_order(office: Office) -> None:
    office.week(DAY)
    office.send(DAY, "乙镇.xlsx", SOUTH)
    office.send(DAY, "收到的文件/工作簿1.xlsx", EAST_WEST)
    assert submissions(office) == [
        "甲镇 received 收到的文件/工作簿1.xlsx",
        "乙镇 received 乙镇.xlsx",
        "丙镇 none_expected -",
    ]


def test_an_empty_folder_is_every_town_missing(office: Office) -> None:
    office.week(DAY)
    result = office.compute(DAY)
    assert lines(result.submissions.rows, "town", "status") == ["甲镇 missing", "乙镇 missing", "丙镇 none_expected"]
    assert not result.is_final


def test_what_office_programs_leave_behind_is_logged_and_no_ones_file(office: Office) -> None:
    folder = office.week(DAY)
    office.send(DAY, "甲镇.xlsx", EAST_WEST)
    office.send(DAY, "乙镇.xlsx", SOUTH)
    for name in ("~$甲镇.xlsx", "Thumbs.db", ".DS_Store"):
        (folder / name).write_bytes(b"x")
    assert submissions(office)[3:] == ["- ignored .DS_Store", "- ignored Thumbs.db", "- ignored ~$甲镇.xlsx"]
    assert office.compute(DAY).is_final


def test_a_copy_counts_once(office: Office) -> None:
    office.week(DAY)
    office.send(DAY, "甲镇 副本.xlsx", EAST_WEST)
    office.send(DAY, "甲镇.xlsx", EAST_WEST)
    office.send(DAY, "乙镇.xlsx", SOUTH)
    result = office.compute(DAY)
    assert lines(result.submissions.rows, "town", "status", "file")[3:] == ["甲镇 ignored 甲镇.xlsx"]
    assert messages(office, "duplicate_file") == ["note 甲镇《甲镇.xlsx》：与《甲镇 副本.xlsx》内容相同，保留一份"]
    assert lines(result.progress, "village", "kind", "done")[:2] == ["东河村 新建 30", "东河村 整改 10"]
    assert result.is_final


def test_two_different_files_hold_the_whole_town_until_a_decision(office: Office) -> None:
    office.week(DAY)
    office.send(DAY, "甲镇 初稿.xlsx", {**EAST_WEST, "东河村": (29, 10)})
    office.send(DAY, "甲镇.xlsx", EAST_WEST)
    office.send(DAY, "乙镇.xlsx", SOUTH)
    assert messages(office, "conflicting_files") == [
        "hold 甲镇：收到2份且数据不同（《甲镇 初稿.xlsx》、《甲镇.xlsx》；如东河村新建分别为29、30），请书面确认以哪一份为准"
    ]
    held = office.compute(DAY)
    assert lines(held.progress, "town", "status") == ["甲镇 missing"] * 4 + ["乙镇 reported"] * 2
    assert not held.is_final

    office.week(DAY, f"  - {{do: use, town: 甲镇, file: 甲镇.xlsx, {BY}}}\n")
    decided = office.compute(DAY)
    assert decided.is_final
    assert lines(decided.progress, "town", "done")[:1] == ["甲镇 30"]
    assert messages(office, "conflicting_files") == [
        "note 甲镇《甲镇.xlsx》：已按决定以本文件为准（张三 4月7日：电话核实）；未采用：《甲镇 初稿.xlsx》"
    ]


def test_a_use_decision_for_another_content_is_stale(office: Office) -> None:
    office.week(DAY, f"  - {{do: use, town: 甲镇, file: 甲镇.xlsx, sha256: 00ff, {BY}}}\n")
    office.send(DAY, "甲镇.xlsx", EAST_WEST)
    office.send(DAY, "乙镇.xlsx", SOUTH)
    assert messages(office, "stale_decision") == [
        "hold 甲镇《甲镇.xlsx》：决定“采用文件 甲镇.xlsx”（张三 4月7日：电话核实）未执行："
        "没有收到这个文件，或文件已换、读不出。写在参数文件里的请核对后修改或删去，处理单里的请重新处理"
    ]
    assert not office.compute(DAY).is_final


def test_an_excluded_file_counts_for_nothing(office: Office) -> None:
    office.week(DAY, f"  - {{do: exclude, file: 旧表 甲镇.xlsx, {BY}}}\n")
    office.send(DAY, "旧表 甲镇.xlsx", {**EAST_WEST, "东河村": (1, 1)})
    office.send(DAY, "甲镇.xlsx", EAST_WEST)
    office.send(DAY, "乙镇.xlsx", SOUTH)
    result = office.compute(DAY)
    assert lines(result.submissions.rows, "town", "status", "file")[3:] == ["甲镇 ignored 旧表 甲镇.xlsx"]
    assert lines(result.progress, "done")[:2] == ["30", "10"]
    assert result.is_final


def test_the_file_name_and_the_rows_must_not_contradict(office: Office) -> None:
    office.week(DAY)
    office.send(DAY, "乙镇.xlsx", EAST_WEST)
    assert messages(office, "unknown_sender") == [
        "reject 《乙镇.xlsx》：文件名为“乙镇”，表内填的是“甲镇”，无法确定填报单位，请改正后重报"
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [("乙镇.xlsx", b""), ("乙镇照片.xlsx", b"\xff\xd8\xff\xe0" + b"\0" * 40),
     ("乙镇加密.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"))],
    ids=["zero bytes", "renamed picture", "encrypted"],
)  # fmt: skip
def test_one_unreadable_file_costs_only_its_town(office: Office, name: str, content: bytes) -> None:
    folder = office.week(DAY)
    office.send(DAY, "甲镇.xlsx", EAST_WEST)
    (folder / name).write_bytes(content)
    result = office.compute(DAY)
    assert lines(result.submissions.rows, "town", "status") == ["甲镇 received", "乙镇 returned", "丙镇 none_expected"]
    assert lines(result.progress, "town", "done", "status") == [
        "甲镇 30 reported", "甲镇 10 reported", "甲镇 8 reported", "甲镇 0 reported", "乙镇 - missing", "乙镇 - missing",
    ]  # fmt: skip
    assert lines(result.findings, "level", "rule", "town", "file") == [f"reject unreadable_file 乙镇 {name}"]
    assert not result.is_final


def test_a_good_file_beside_an_unreadable_one_counts(office: Office) -> None:
    folder = office.week(DAY)
    office.send(DAY, "甲镇.xlsx", EAST_WEST)
    office.send(DAY, "乙镇.xlsx", SOUTH)
    (folder / "乙镇盖章.pdf").write_bytes(b"%PDF-1.7")
    assert submissions(office)[1:] == [
        "乙镇 received 乙镇.xlsx", "丙镇 none_expected -", "乙镇 ignored 乙镇盖章.pdf",
    ]  # fmt: skip


def test_the_rows_of_other_towns_are_not_used(office: Office) -> None:
    """甲镇 sends the whole template with an old figure in another town's row."""
    office.week(DAY)
    office.send(DAY, "甲镇.xlsx", {**EAST_WEST, "南山村": (49, 24)})
    office.send(DAY, "乙镇.xlsx", SOUTH)
    assert lines(office.compute(DAY).progress, "town", "done")[4:] == ["乙镇 50", "乙镇 25"]
    assert messages(office, "other_towns_rows") == [
        "note 甲镇《甲镇.xlsx》Sheet!B6“南山村”：只采用本镇数据，其他镇1行未采用"
    ]


@pytest.mark.parametrize("rows", [{}, {"桃花源村": (1, 2)}], ids=["heading only", "unlisted villages only"])
def test_a_file_without_a_row_of_its_town_is_returned_and_says_what_is_lacking(
    office: Office, rows: dict[str, tuple[int, int]]
) -> None:
    office.week(DAY)
    office.send(DAY, "甲镇.xlsx", rows)
    office.send(DAY, "乙镇.xlsx", SOUTH)
    result = office.compute(DAY)
    assert lines(result.submissions.rows, "town", "status")[0] == "甲镇 returned"
    assert lines(only(result.findings, level="reject"), "message") == [
        "甲镇《甲镇.xlsx》：缺少“东河村”，请补报（零进展也要填 0）",
        "甲镇《甲镇.xlsx》：缺少“西河村”，请补报（零进展也要填 0）",
    ]
    assert not result.is_final


def test_a_town_without_villages_need_not_send_anything(office: Office) -> None:
    folder = office.week(DAY)
    office.send(DAY, "甲镇.xlsx", EAST_WEST)
    office.send(DAY, "乙镇.xlsx", SOUTH)
    (folder / "丙镇.xlsx").write_bytes(office.send(DAY, "x.xlsx", {}).read_bytes())
    (folder / "x.xlsx").unlink()
    assert submissions(office)[2:] == ["丙镇 none_expected -", "丙镇 ignored 丙镇.xlsx"]
    assert messages(office, "not_expected") == ["note 丙镇《丙镇.xlsx》：本年度无整村推进村，无需报送，文件未采用"]
    assert office.compute(DAY).is_final


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_file_that_cannot_be_opened_costs_only_its_town(office: Office) -> None:
    folder = office.week(DAY)
    office.send(DAY, "甲镇.xlsx", EAST_WEST)
    (folder / "乙镇.xlsx").symlink_to(folder / "nowhere.xlsx")
    assert messages(office, "cannot_read_here") == [
        "hold 乙镇《乙镇.xlsx》：文件打不开（No such file or directory），可能正被其他程序占用，"
        "或快捷方式指向的文件已不在；请关闭占用的程序、放好原件后重新运行"
    ]
    assert lines(office.compute(DAY).progress, "town", "done")[0] == "甲镇 30"
