"""seals.csv: a line for each sealed revision, bound to the one before; healed by its intent only."""

import json
import os
from pathlib import Path

import pytest

from pipeline import archive, cli
from pipeline.archive import entering
from pipeline.errors import RecordError
from pipeline.record import recording, verification
from tests.helpers import Office

FIRST, SECOND, THIRD = "2023-04-07", "2023-04-14", "2023-04-21"


@pytest.fixture
def office(office: Office) -> Office:
    """Two recorded weeks and one that is not recorded yet."""
    for day, east in ((FIRST, 20), (SECOND, 28), (THIRD, 30)):
        office.week(day)
        office.send(day, "甲镇.xlsx", {"东河村": (east, 10), "西河村": (4, 0)})
        office.send(day, "乙镇.xlsx", {"南山村": (10, 4)})
    for day in (FIRST, SECOND):
        office.archive(day)
    return office


def file(office: Office) -> Path:
    return office.root / "data/output/seals.csv"


def texts(office: Office) -> list[str]:
    return file(office).read_text(encoding="utf-8-sig").splitlines()


def write(office: Office, lines: list[str]) -> None:
    file(office).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8-sig")


def wrong(office: Office) -> list[str]:
    return list(verification.registered(office.root).differences)


def facts(office: Office, day: str) -> dict[str, object]:
    read: dict[str, object] = json.loads((office.root / "data/output" / day / "r1/manifest.json").read_text("utf-8"))
    return read


def test_each_line_says_what_was_sealed_and_what_stands_before_it(office: Office) -> None:
    head, *lines = texts(office)
    assert head == "week,revision,status,seal,manifest,previous,sealed_at,remark"
    first, second = (line.split(",") for line in lines)
    for day, line in ((FIRST, first), (SECOND, second)):
        sealed = facts(office, day)
        run = sealed["run"]
        assert isinstance(run, dict)
        assert line[:5] == [day, "r1", sealed["status"], sealed["seal"], sealed["digest"]]
        assert line[5:] == [run["register_before"], run["finished"], ""]
    assert first[5] == ""
    assert second[5] == archive.digest(lines[0].encode())
    assert wrong(office) == []


def test_what_is_there_is_never_rewritten(office: Office) -> None:
    before = file(office).read_bytes()
    office.archive(THIRD)
    assert file(office).read_bytes().startswith(before)
    assert len(texts(office)) == 4


def test_records_older_than_the_register_enter_once_and_are_marked(office: Office) -> None:
    for day in (FIRST, SECOND):
        path = office.root / "data/output" / day / "r1/manifest.json"
        old = facts(office, day)
        del old["figures"], old["rest"]
        run = old["run"]
        assert isinstance(run, dict)
        del run["register_before"]
        path.write_text(json.dumps({**old, "digest": archive.digest_of(old)}), encoding="utf-8")
    file(office).unlink()
    told = verification.registered(office.root)
    assert (told.remarks, told.differences) == (("还没有封存登记，下次 report 时建立，已有的存档记为补记",), ())
    office.archive(THIRD)
    remarks = [line.split(",")[-1] for line in texts(office)[1:]]
    assert remarks == ["补记", "补记", ""]
    assert wrong(office) == []


def test_a_register_that_was_deleted_is_not_begun_as_if_nothing_had_been(office: Office) -> None:
    file(office).unlink()
    lost = [f"{day}/r1 没有登记：不是由 report 存入的，或登记被删除" for day in (FIRST, SECOND)]
    assert wrong(office) == lost
    office.archive(THIRD)
    assert len(texts(office)) == 2
    assert wrong(office) == lost


def test_a_line_that_a_killed_run_owes_is_made_up_for_by_its_intent(office: Office) -> None:
    *kept, last = texts(office)
    whole = file(office).read_bytes()
    for left in ([], [last[:1]], [last[:-20]]):
        file(office).write_bytes("\n".join([*kept, *left]).encode("utf-8-sig") + (b"" if left else b"\n"))
        (file(office).parent / ".seals.intent").write_text(last, encoding="utf-8")
        told = verification.registered(office.root)
        assert told.remarks == ("2023-04-14/r1 存档后还没来得及登记（上次运行中断），下次 report 时补登",)
        with entering.held(office.root):
            assert file(office).read_bytes() == whole
        assert wrong(office) == []
        assert not (file(office).parent / ".seals.intent").exists()


def test_a_report_that_has_nothing_to_seal_makes_up_for_it_too(office: Office) -> None:
    office.archive(THIRD)
    whole = file(office).read_bytes()
    for arguments in ([THIRD], []):
        last = texts(office)[-1]
        write(office, texts(office)[:-1])
        (file(office).parent / ".seals.intent").write_text(last, encoding="utf-8")
        cli.main(["report", *arguments, "--root", str(office.root)])
        assert file(office).read_bytes() == whole


def test_a_line_without_an_intent_is_not_made_up_for(office: Office) -> None:
    write(office, texts(office)[:-1])
    with entering.held(office.root):
        pass
    assert wrong(office) == ["2023-04-14/r1 没有登记：不是由 report 存入的，或登记被删除"]


def test_an_intent_for_another_record_appends_nothing(office: Office) -> None:
    before = file(office).read_bytes()
    last = texts(office)[-1]
    for planted in (last, last.replace(SECOND, THIRD), "x", ""):
        (file(office).parent / ".seals.intent").write_text(planted, encoding="utf-8")
        with entering.held(office.root):
            assert file(office).read_bytes() == before


def test_a_record_that_was_registered_and_is_gone_is_not_made_anew(office: Office) -> None:
    (office.root / "data/output" / SECOND / "r1").rename(office.root / "elsewhere")
    with pytest.raises(RecordError, match="登记过的存档 r1 不见了。请从备份恢复到 data/output/2023-04-14/"):
        recording.run_week(str(office.root), SECOND)
    assert recording.run_week(str(office.root), SECOND, "备份也丢失").revision.name == "r2"
    assert "2023-04-14/r1 登记过，存档不见了（被删除、改名或移走）" in wrong(office)


def test_how_lines_end_does_not_count(office: Office) -> None:
    file(office).write_bytes(file(office).read_bytes().replace(b"\n", b"\r\n").removeprefix(b"\xef\xbb\xbf"))
    assert wrong(office) == []
    office.archive(THIRD)
    assert wrong(office) == []


def test_a_clock_set_back_is_told_before_anything_is_sealed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entering, "now", lambda: "2001-01-01T00:00:00+08:00")
    with pytest.raises(RecordError, match="电脑时钟（2001-01-01T00:00:00"):
        office.archive(THIRD)
    assert not (office.root / "data/output" / THIRD).exists()


def test_a_register_that_another_program_holds_is_told_before_the_record_is_moved(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.open

    def refuse(path: Path, mode: str = "r", *more: object, **others: object) -> object:
        if (path.name, mode) == ("seals.csv", "r+b"):
            raise PermissionError(13, "Permission denied", str(path))
        return whole(path, mode, *more, **others)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(PermissionError):
        office.archive(THIRD)
    monkeypatch.undo()
    assert not (office.root / "data/output" / THIRD / "r1").exists()
    assert office.archive(THIRD).name == "r1"
    assert wrong(office) == []


def test_what_is_flushed_to_the_disc_has_been_written(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    monkeypatch.setattr(os, "fsync", lambda number: sizes.append(os.fstat(number).st_size))
    before = file(office).stat().st_size
    office.archive(THIRD)
    line = len(texts(office)[-1])
    assert line in sizes  # the intent
    assert before + line + 1 in sizes  # the register


# ---- against what was sent out ---------------------------------------------------------------------------------


def test_a_copy_or_a_line_that_was_sent_out_agrees_while_the_register_only_grows(office: Office) -> None:
    copy, line = file(office).read_text(encoding="utf-8"), texts(office)[-1]
    office.archive(THIRD)
    wrapped = f"{line[:90]}\n{line[90:]}".replace(",", "，")
    for sent in (copy, line, line.removesuffix(","), f"各位领导：{line} 请查收。", copy.replace("\n", "\r\n"), wrapped):
        told = verification.against(office.root, sent)
        assert told.differences == ()
        assert told.remarks == ("到第3行（2023-04-14/r1）为止与外面留存的一致；此后本机登记了 1 行",)


def test_from_which_line_on_the_two_differ_is_said(office: Office) -> None:
    copy = file(office).read_text(encoding="utf-8")
    first, second = texts(office)[1:]
    write(office, [texts(office)[0], first.replace("final", "draft"), second])
    (told,) = verification.against(office.root, copy).differences
    assert told == "从第2行（2023-04-07/r1）起与外面留存的不同：状态原为 final，现为 draft"
    write(office, [texts(office)[0], first])
    (told,) = verification.against(office.root, second).differences
    assert told.startswith("从 2023-04-14/r1 起与外面留存的不同：本机没有这一行")
