"""A season's records in the hands of their keeper: what is changed is named.

`glance` is what `verify` says before it replays; the replay is run only where it alone can tell. The two lists
ONLY_AN_OUTSIDE_COPY_SHOWS and NOTHING_SHOWS are the limits, and are tested to be so.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import archive, cli
from pipeline.record import verification
from tests import tampering
from tests.helpers import Office
from tests.tampering import (
    FIRST,
    FOURTH,
    INTENT,
    RECORDS,
    REGISTER,
    SECOND,
    THIRD,
    WEEKS,
    Facts,
    chained,
    copied,
    facts_of,
    folder,
    forge,
    glance,
    lines,
    listing,
    replayed,
    rewrite_history,
    sha256,
    write_lines,
)

OLDEST, MIDDLE, NEWEST = RECORDS[0], RECORDS[2], RECORDS[4]
ZEROS = "0" * 64


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four weeks, the second with two revisions: five records, seals.csv of six lines."""
    return tampering.season(tmp_path_factory.mktemp("tamper") / "办公室")


@pytest.fixture
def root(season: Path, tmp_path: Path) -> Path:
    """The season in another folder, to be tampered with."""
    return copied(season, tmp_path / "另一处")


def kept(season: Path) -> str:
    """What was sent out before the tampering: the whole register."""
    return (season / REGISTER).read_text(encoding="utf-8-sig")


def against(root: Path, outside: str) -> tuple[str, ...]:
    return verification.against(root, outside).differences


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """(status, what is printed) of the command itself."""
    status = cli.main(["verify", *(str(argument) for argument in arguments)])
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    return status, printed.out + printed.err


# ---- no false alarms -------------------------------------------------------------------------------------------

ALL_ONE = [*(f"data/output/{record}　一致" for record in RECORDS), "data/output/seals.csv　一致"]
TO_THE_LAST = ["data/output/seals.csv　一致", "  到第6行（2023-04-28/r1）为止与外面留存的一致；此后本机登记了 0 行"]


def test_an_untouched_season_is_one_with_its_own_register(season: Path) -> None:
    """Its replay, to the byte, is that of the moved season below."""
    assert glance(season) == []
    assert verification.against(season, kept(season)).remarks == (TO_THE_LAST[1].strip(),)


def test_a_season_moved_without_its_raw_files_is_one_with_a_pasted_line(
    season: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(root / "data/raw")
    (root / REGISTER).write_bytes(kept(season).replace("\n", "\r\n").encode("utf-8"))  # re-saved: CRLF, no BOM
    status, said = run(capsys, "--root", root, "--against", lines(season)[-1])
    assert (status, said.splitlines()) == (0, [*ALL_ONE, *TO_THE_LAST, "核对4周5版：全部一致。"])


PACKINGS: dict[str, Callable[[Path, Path], Path]] = {
    "folder": lambda record, to: copied(record, to / "存档"),
    "zip": lambda record, to: tampering.zipped(record, to / "存档.zip"),
    "zip with a top folder": lambda record, to: tampering.zipped(record, to / "存档.zip", "第三周/r1/"),
    "zip in GBK": lambda record, to: tampering.zipped_in_gbk(record, to / "存档.zip"),
    "zip in GBK with a top folder": lambda record, to: tampering.zipped_in_gbk(record, to / "存档.zip", "第三周/"),
}


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_record_sent_alone_lacks_the_earlier_ones_and_nothing_else(
    season: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], packing: str
) -> None:
    status, said = run(capsys, PACKINGS[packing](folder(season, f"{THIRD}/r1"), tmp_path))
    assert status == 0
    assert "　一致\n  缺少前期存档，无法核对累计来源" in said
    assert "不一致" not in said


def test_the_first_record_sent_alone_lacks_nothing(
    season: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = PACKINGS["zip in GBK with a top folder"](folder(season, OLDEST), tmp_path)
    status, said = run(capsys, packed)
    assert (status, said.splitlines()) == (0, ["存档.zip　一致"])


# ---- the manifest ----------------------------------------------------------------------------------------------


def put(name: str, value: object) -> Callable[[Facts], object]:
    """`basis.files` is the key `files` of `basis`."""
    outer, _, inner = name.partition(".")
    return lambda facts: facts[outer].update({inner: value}) if inner else facts.update({outer: value})


WITHHELD = {"file": "x.xlsx", "sha256": ZEROS, "reason": "台账", "members": []}
CHANGES: dict[str, Callable[[Facts], object]] = {
    "week": put("week", "2023-05-05"),
    "revision": put("revision", 7),
    "programme": put("programme", "params/2024.yaml"),
    "answers": put("answers", "params/2023-04-21 处理单.xlsx"),
    "status": lambda facts: facts.update(status={"final": "draft", "draft": "final"}[facts["status"]]),
    **{name: put(name, ZEROS) for name in ("fingerprint", "figures", "rest", "seal", "program")},
    "check_code": put("check_code", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA"),
    "reason": put("reason", "另有说法"),
    **{f"basis.{name}": put(f"basis.{name}", ZEROS) for name in ("files", "programme", "week", "history")},
    "inputs": lambda facts: facts["inputs"].pop(),
    "inputs, a digest": lambda facts: facts["inputs"][0].update(sha256=ZEROS),
    "files": lambda facts: facts["files"].pop(),
    "files, a name": lambda facts: facts["files"][0].update(file="丁镇.xlsx"),
    "unread": put("unread", ["甲镇.xlsx"]),
    "litter": put("litter", ["Thumbs.db"]),
    "withheld": put("withheld", [WITHHELD]),
    "unrecorded": put("unrecorded", ["2023-03-31"]),
    "previous_week": put("previous_week", ZEROS),
    "previous_revision": put("previous_revision", ZEROS),
    "history": lambda facts: facts["history"].append({"week": "2023-03-31", "revision": "r1", "digest": ZEROS}),
    "versions": put("versions.pandas", "9"),
    "run.started": put("run.started", "2023-04-07T09:00:00+00:00"),
    "run.finished": put("run.finished", "2023-04-07T09:00:00+00:00"),
    "run.python": put("run.python", "3.12.1"),
    "run.system": put("run.system", "Windows"),
    "run.register_before": put("run.register_before", ZEROS),
    "outputs": lambda facts: facts["outputs"].pop(),
    "outputs, a digest": lambda facts: facts["outputs"][0].update(sha256=ZEROS),
    "a key of nobody's": put("extra", "x"),
}  # fmt: skip


def test_the_changes_reach_every_key_of_a_manifest(season: Path) -> None:
    keys = {name.partition(".")[0].partition(",")[0] for name in CHANGES}
    assert set(facts_of(folder(season, NEWEST))) - keys == {"digest"}


@pytest.mark.parametrize("record", [OLDEST, MIDDLE, NEWEST])
def test_every_key_of_a_manifest_forged_with_its_own_digest_is_named(root: Path, record: str) -> None:
    """The register holds the digest of the whole manifest, `run` included."""
    manifest = folder(root, record) / archive.MANIFEST
    sealed = manifest.read_bytes()
    for name, change in CHANGES.items():
        forge(folder(root, record), change)
        assert any(line.startswith(record) for line in glance(root)), name
        manifest.write_bytes(sealed)
    for name in json.loads(sealed):
        forge(folder(root, record), lambda facts, name=name: facts.pop(name))
        assert any(record in line for line in glance(root)) or name == "digest", name  # forge puts it back
        manifest.write_bytes(sealed)
    manifest.write_bytes(sealed.replace(facts_of(folder(root, record))["digest"].encode(), ZEROS.encode()))
    assert any(line.startswith(record) for line in glance(root))


# Of the newest record, to which no later one is bound, with the register rewritten to fit: by what a forged key is named.
BY_ITSELF = (
    "figures",
    "rest",
    "seal",
    "check_code",
    "run.finished",
    "outputs",
    "outputs, a digest",
    "a key of nobody's",
    "programme",
    "inputs",
)
BY_THE_CHAIN = ("week", "revision", "previous_revision", "history")
BY_THE_REPLAY = ("status", "fingerprint", "basis.files", "files", "withheld", "previous_week")
BY_ITS_PRODUCTS = ("litter", "unrecorded")


@pytest.mark.parametrize("name", BY_ITSELF)
def test_a_manifest_that_contradicts_itself_is_named_though_the_register_is_rewritten(root: Path, name: str) -> None:
    forge(folder(root, NEWEST), CHANGES[name])
    rewrite_history(root)
    assert any(line.startswith(NEWEST) for line in glance(root))


@pytest.mark.parametrize("name", BY_THE_CHAIN)
def test_a_manifest_out_of_its_place_is_named_though_the_register_is_rewritten(root: Path, name: str) -> None:
    forge(folder(root, NEWEST), CHANGES[name])
    rewrite_history(root)
    assert replayed(root, FOURTH)


def test_forged_facts_do_not_survive_the_replay_though_the_register_is_rewritten(root: Path) -> None:
    """Many at once, for a replay takes its time: each is named."""
    for name in BY_THE_REPLAY:
        forge(folder(root, NEWEST), CHANGES[name])
    rewrite_history(root)
    assert glance(root) == []
    said = replayed(root, FOURTH)
    keys = [name.partition(".")[0] for name in BY_THE_REPLAY]
    assert [key for key in keys if not any(line.startswith(f"manifest.json 的 {key} 重算不同") for line in said)] == []


@pytest.mark.parametrize("name", BY_ITS_PRODUCTS)
def test_what_the_week_did_not_meet_is_missed_in_its_products(root: Path, name: str) -> None:
    forge(folder(root, NEWEST), CHANGES[name])
    rewrite_history(root)
    assert "weekly_report.html 重放结果不同" in replayed(root, FOURTH)


def test_an_earlier_record_forged_with_the_register_is_missed_by_the_next_week(root: Path) -> None:
    """The later manifests hold a digest of it; the register has been made to fit."""
    forge(folder(root, OLDEST), CHANGES["reason"])
    rewrite_history(root)
    assert glance(root) == []
    assert f"所依据的存档 {OLDEST} 被改动" in replayed(root, SECOND)


def test_a_figure_forged_throughout_does_not_survive_the_replay(root: Path) -> None:
    tampering.forge_figure(root, NEWEST)
    assert glance(root) == []
    assert "tables/progress.csv 重放结果不同" in replayed(root, FOURTH)


def test_a_figure_forged_under_the_claim_that_a_file_could_not_be_read_is_named(root: Path) -> None:
    """What the machine could read is part of the fingerprint: the claim does not fit it."""
    tampering.forge_figure(root, NEWEST, CHANGES["unread"])
    (verdict,) = verification.verify(root, FOURTH)
    assert verdict.differences
    assert not any("存档本身没有改动" in line for line in verdict.remarks)


def test_a_figure_forged_in_a_record_sent_alone_is_named(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the earlier records the town's file still says 44."""
    tampering.forge_figure(root, NEWEST)
    status, said = run(capsys, copied(folder(root, NEWEST), tmp_path / "寄来"))
    assert status == 1
    assert "甲镇东河村新建 存档为 49" in said


# ---- files -----------------------------------------------------------------------------------------------------


def changed(path: Path) -> None:
    content = path.read_bytes()
    at = len(content) // 2
    path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])


def linked(path: Path) -> None:
    """The same bytes, but to be changed from elsewhere at any time."""
    elsewhere = path.parents[4] / "elsewhere.bin"
    elsewhere.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(elsewhere)


FILE_CHANGES: dict[str, Callable[[Path], object]] = {
    "changed": changed,
    "emptied": lambda path: path.write_bytes(b""),
    "removed": lambda path: path.unlink(),
    "replaced by a link": linked,
    "replaced by a folder": lambda path: (path.unlink(), path.mkdir()),
    "renamed": lambda path: path.rename(path.with_name("改名.bin")),
}


def undone(path: Path, content: bytes) -> None:
    for left in (path, path.with_name("改名.bin")):
        if left.is_dir():
            left.rmdir()
        left.unlink(missing_ok=True)
    path.write_bytes(content)


@pytest.mark.parametrize("change", FILE_CHANGES)
@pytest.mark.parametrize("record", [OLDEST, MIDDLE, NEWEST])
def test_every_file_of_a_record_is_guarded(root: Path, record: str, change: str) -> None:
    unnamed = []
    for path in [path for path in folder(root, record).rglob("*") if path.is_file()]:
        name, content = path.relative_to(folder(root, record)).as_posix(), path.read_bytes()
        FILE_CHANGES[change](path)
        said = glance(root) if name == archive.MANIFEST else tampering.of_record(folder(root, record))
        if not any(name in line or line.startswith(f"{record} ") for line in said):
            unnamed.append(name)
        undone(path, content)
    assert unnamed == []


@pytest.mark.parametrize("place", ["x.bin", "inputs/data/raw/2023-04-28/丁镇.xlsx", "tables/x.csv", "新/x.bin", ".x"])
def test_a_file_added_is_named(root: Path, place: str) -> None:
    path = folder(root, NEWEST) / place
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x")
    assert f"{NEWEST} {place} 是后来加进来的" in glance(root)


# ---- folders ---------------------------------------------------------------------------------------------------

GONE, UNREGISTERED, OTHER, STRANGE = (
    "登记过，存档不见了（被删除、改名或移走）",
    "没有登记：不是由 report 存入的，或登记被删除",
    "与登记的不同：登记以后 manifest.json 被改动，或整个存档被换过",
    "不在存档应在的位置，或不是完整的存档",
)


def remove(*names: str) -> Callable[[Path], object]:
    return lambda root: [shutil.rmtree(folder(root, name)) for name in names]


def move(name: str, to: str) -> Callable[[Path], object]:
    def tamper(root: Path) -> None:
        folder(root, to).parent.mkdir(parents=True, exist_ok=True)
        folder(root, name).rename(folder(root, to))

    return tamper


def copy(name: str, to: str) -> Callable[[Path], object]:
    return lambda root: copied(folder(root, name), folder(root, to))


def swap(one: str, other: str) -> Callable[[Path], object]:
    def tamper(root: Path) -> None:
        for name, to in ((one, "交换"), (other, one), ("交换", other)):
            folder(root, name).rename(folder(root, to))

    return tamper


FOLDERS: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "newest removed": (remove(NEWEST), [f"{NEWEST} {GONE}"]),
    "middle removed": (remove(f"{THIRD}/r1"), [f"{THIRD}/r1 {GONE}"]),
    "oldest removed": (remove(OLDEST), [f"{OLDEST} {GONE}"]),
    "r1 of two removed": (remove(f"{SECOND}/r1"), [f"{SECOND}/r1 {GONE}"]),
    "r2 of two removed": (remove(MIDDLE), [f"{MIDDLE} {GONE}"]),
    "week removed": (remove(SECOND), [f"{SECOND}/r1 {GONE}", f"{SECOND}/r2 {GONE}"]),
    "all removed": (remove(*WEEKS), [f"{record} {GONE}" for record in RECORDS]),
    "r1 called R1": (move(f"{THIRD}/r1", f"{THIRD}/R1"), [f"R1 {STRANGE}", f"{THIRD}/r1 {GONE}"]),
    "r1 called r3": (move(f"{THIRD}/r1", f"{THIRD}/r3"), [f"{THIRD}/r1 {GONE}", f"{THIRD}/r3 {UNREGISTERED}"]),
    "r1 called r01": (move(f"{THIRD}/r1", f"{THIRD}/r01"), [f"{THIRD}/r1 {GONE}", f"{THIRD}/r01 {UNREGISTERED}"]),
    "week called another date": (move(THIRD, "2023-04-20"), [f"{THIRD}/r1 {GONE}", f"2023-04-20/r1 {UNREGISTERED}"]),
    "newest week post-dated": (move(FOURTH, "2023-05-05"), [f"{NEWEST} {GONE}", f"2023-05-05/r1 {UNREGISTERED}"]),
    "week called a word": (move(THIRD, "第三周"), [f"r1 {STRANGE}", f"{THIRD}/r1 {GONE}"]),
    "week without zeros": (move(THIRD, "2023-4-21"), [f"r1 {STRANGE}", f"{THIRD}/r1 {GONE}"]),
    "week hidden": (move(THIRD, ".2023-04-21"), [f"{THIRD}/r1 {GONE}"]),
    "record put to the failed": (move(f"{THIRD}/r1", "failed/x"), [f"{THIRD}/r1 {GONE}"]),
    "copied beside": (copy(f"{THIRD}/r1", f"{THIRD}/r1 副本"), [f"r1 副本 {STRANGE}"]),
    "copied as r2": (copy(f"{THIRD}/r1", f"{THIRD}/r2"), [f"{THIRD}/r2 {UNREGISTERED}"]),
    "week copied beside": (copy(THIRD, f"{THIRD} 副本"), [f"r1 {STRANGE}"]),
    "week copied to a later date": (copy(FOURTH, "2023-05-05"), [f"2023-05-05/r1 {UNREGISTERED}"]),
    "week copied to an earlier date": (copy(FIRST, "2023-03-31"), [f"2023-03-31/r1 {UNREGISTERED}"]),
    "copied beside the weeks": (copy(f"{THIRD}/r1", "r1"), [f"r1 {STRANGE}"]),
    "revisions swapped": (swap(f"{SECOND}/r1", MIDDLE), [f"{SECOND}/r1 {OTHER}", f"{MIDDLE} {OTHER}"]),
    "weeks swapped": (swap(FIRST, THIRD), [f"{OLDEST} {OTHER}", f"{THIRD}/r1 {OTHER}"]),
    "emptied": (
        lambda root: (remove(NEWEST)(root), folder(root, NEWEST).mkdir()),
        [f"r1 {STRANGE}", f"{NEWEST} {GONE}"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FOLDERS)
def test_a_record_that_is_not_where_it_was_sealed_is_named(root: Path, case: str) -> None:
    tamper, named = FOLDERS[case]
    tamper(root)
    assert glance(root) == named


@pytest.mark.parametrize("case", ["week removed", "all removed", "week called another date", "newest week post-dated"])
def test_the_command_ends_with_1_and_prints_the_same(root: Path, capsys: pytest.CaptureFixture[str], case: str) -> None:
    """With a file of each record changed as well, so that nothing has to be replayed."""
    for record in RECORDS:
        (folder(root, record) / "brief.txt").write_bytes(b"x")
    tamper, named = FOLDERS[case]
    tamper(root)
    status, said = run(capsys, "--root", root)
    assert status == 1
    assert [line for line in named if f"  {line}" not in said.splitlines()] == []
    assert said.count("  brief.txt 被改动") == 5 - sum(GONE in line for line in named) + sum(
        UNREGISTERED in line for line in named
    )


def test_a_week_that_is_gone_is_named_though_another_was_asked_for(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remove(THIRD)(root)
    (folder(root, OLDEST) / "brief.txt").write_bytes(b"x")
    status, said = run(capsys, FIRST, "--root", root)
    assert (status, said.splitlines()[-3:-1]) == (1, ["data/output/seals.csv　不一致", f"  {THIRD}/r1 {GONE}"])


@pytest.fixture(scope="module")
def other_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another office with the same towns and higher figures: its first two weeks."""
    return tampering.season(tmp_path_factory.mktemp("tamper") / "另一单位", WEEKS[:2], more=1)


def test_a_record_of_another_office_in_the_place_of_one_is_named(root: Path, other_office: Path) -> None:
    remove(MIDDLE)(root)
    copied(folder(other_office, MIDDLE), folder(root, MIDDLE))
    assert glance(root) == [f"{MIDDLE} {OTHER}"]


def test_a_record_of_another_office_does_not_fit_the_weeks_before_though_it_is_registered(
    root: Path, other_office: Path
) -> None:
    remove(SECOND)(root)
    copied(folder(other_office, SECOND), folder(root, SECOND))
    rewrite_history(root)
    assert f"所依据的存档 {OLDEST} 被改动" in replayed(root, SECOND)
    assert f"所依据的存档 {MIDDLE} 被改动" in replayed(root, THIRD)


# ---- seals.csv -------------------------------------------------------------------------------------------------


def text_of(root: Path, change: Callable[[list[str]], list[str]]) -> None:
    write_lines(root, change(lines(root)))


def cell(number: int, column: int, value: str) -> Callable[[list[str]], list[str]]:
    """A cell of the register in its line `number` (the heading is line 1)."""

    def change(texts: list[str]) -> list[str]:
        cells = texts[number - 1].split(",")
        cells[column] = value
        return [*texts[: number - 1], ",".join(cells), *texts[number:]]

    return change


def without(number: int) -> Callable[[list[str]], list[str]]:
    return lambda texts: texts[: number - 1] + texts[number:]


FORGED = f"2023-05-05,r1,final,{ZEROS},{ZEROS},,2099-05-05T09:00:00+00:00,"
CELLS = ("2023-05-05", "r9", "draft", ZEROS, ZEROS, ZEROS, "2023-04-07T09:00:00+00:00", "补记")
LINES: dict[str, Callable[[list[str]], list[str]]] = {
    **{
        f"line {number}, {name}": cell(number, column, CELLS[column])
        for number in (2, 4, 6)
        for column, name in enumerate(["week", "revision", "status", "seal", "manifest", "previous", "sealed_at", "remark"])
    },
    **{f"without line {number}": without(number) for number in (2, 4, 6)},
    "without the last two": lambda texts: texts[:-2],
    "two lines change places": lambda texts: [*texts[:3], texts[4], texts[3], texts[5]],
    "a line twice at the end": lambda texts: [*texts, texts[-1]],
    "a line twice in the middle": lambda texts: [*texts[:4], *texts[3:]],
    "a line for a record that is not there": lambda texts: [*texts, FORGED],
    "a line for an r2 that is not there": lambda texts: [*texts, texts[-1].replace(",r1,", ",r2,")],
    "only the heading": lambda texts: texts[:1],
    "without the heading": lambda texts: texts[1:],
    "another heading": lambda texts: ["周,版", *texts[1:]],
    "a column more": lambda texts: [texts[0], *[text + ",x" for text in texts[1:]]],
}  # fmt: skip


@pytest.mark.parametrize("case", LINES)
def test_a_register_that_was_changed_is_named(root: Path, case: str) -> None:
    text_of(root, LINES[case])
    assert glance(root)


@pytest.mark.parametrize("case", [case for case in LINES if not case.endswith("previous") and "heading" not in case])
def test_a_register_that_was_changed_and_chained_anew_is_named(root: Path, case: str) -> None:
    """By its records: each manifest says what the register's last line was when it was sealed."""
    text_of(root, lambda texts: chained(LINES[case](texts)))
    assert glance(root)


BYTES: dict[str, Callable[[bytes], bytes]] = {
    "cut within a line": lambda content: content[:-40],
    "emptied": lambda _: b"",
    "zeros": lambda content: bytes(len(content)),
    "a note in GBK at its end": lambda content: content + "已核".encode("gbk"),
    "re-saved in UTF-16": lambda content: content.decode("utf-8-sig").encode("utf-16"),
}


@pytest.mark.parametrize("case", BYTES)
def test_a_register_that_was_damaged_is_named_and_compared(
    season: Path, root: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    (root / REGISTER).write_bytes(BYTES[case]((root / REGISTER).read_bytes()))
    (folder(root, OLDEST) / "brief.txt").write_bytes(b"x")
    status, said = run(capsys, FIRST, "--root", root, "--against", season / REGISTER)
    assert "data/output/2023-04-07/r1　不一致\n  brief.txt 被改动\ndata/output/seals.csv　不一致\n" in said
    assert status == 1
    assert "codec" not in said


def test_a_register_that_is_gone_is_named(season: Path, root: Path) -> None:
    (root / REGISTER).unlink()
    assert glance(root) == [f"{record} {UNREGISTERED}" for record in RECORDS]
    assert against(root, kept(season)) == (
        f"从 {OLDEST} 起与外面留存的不同：本机没有这一行（{lines(season)[1].split(',')[6]} 登记的）",
    )


RESAVED: dict[str, Callable[[bytes], bytes]] = {
    "CRLF": lambda content: content.replace(b"\n", b"\r\n"),
    "no BOM": lambda content: content[3:],
    "no last line end": lambda content: content[:-1],
    "CRLF, no BOM, no last line end": lambda content: content[3:].replace(b"\n", b"\r\n")[:-2],
}


@pytest.mark.parametrize("case", RESAVED)
def test_a_register_re_saved_by_an_editor_is_the_same_and_grows_on(season: Path, root: Path, case: str) -> None:
    (root / REGISTER).write_bytes(RESAVED[case]((root / REGISTER).read_bytes()))
    assert glance(root) == []
    grown(root)
    assert glance(root) == []
    for outside in (kept(season), lines(season)[-1]):
        verdict = verification.against(root, outside)
        assert (verdict.remarks, verdict.differences) == (
            ("到第6行（2023-04-28/r1）为止与外面留存的一致；此后本机登记了 1 行",), (),
        )  # fmt: skip


def grown(root: Path) -> None:
    """A fifth week, honestly sealed."""
    office = Office.at(root)
    office.week("2023-05-05")
    office.send("2023-05-05", "甲镇.xlsx", {"东河村": (50, 25), "西河村": (20, 0)})
    office.archive("2023-05-05")


@pytest.mark.parametrize(
    "planted",
    [
        lambda root: lines(root)[-1],
        lambda root: ",".join([*FORGED.split(",")[:5], sha256(lines(root)[-1]), *FORGED.split(",")[6:]]),
        lambda _: "\0垃圾",
    ],
)
def test_an_intent_that_was_planted_changes_nothing_and_is_never_registered(
    root: Path, planted: Callable[[Path], str]
) -> None:
    sealed = lines(root)
    (root / INTENT).write_text(planted(root) + "\n", encoding="utf-8")
    assert glance(root) == []
    grown(root)
    assert glance(root) == []
    assert lines(root)[:-1] == sealed


def test_an_intent_planted_for_a_record_of_nobody_does_not_make_it_one(root: Path) -> None:
    """A copy of the last week as a fifth, with the line that a killed run would have left."""
    copy(FOURTH, "2023-05-05")(root)
    facts = facts_of(folder(root, "2023-05-05/r1"))
    before = sha256(lines(root)[-1])
    cells = [facts["status"], facts["seal"], facts["digest"], before, facts["run"]["finished"], ""]
    (root / INTENT).write_text(",".join(["2023-05-05", "r1", *cells]) + "\n", encoding="utf-8")
    assert "存档是 2023-04-28 的，却放在 2023-05-05 下" in replayed(root, "2023-05-05")


# ---- what only an outside copy shows ---------------------------------------------------------------------------


def forged_and_rewritten(name: str) -> Callable[[Path], object]:
    return lambda root: (forge(folder(root, NEWEST), CHANGES[name]), rewrite_history(root))


def back_dated(root: Path) -> None:
    """Every run of the season said to be a day earlier."""
    for record in RECORDS:
        forge(folder(root, record), tampering.earlier)
    rewrite_history(root)


def newest_forgotten(root: Path) -> None:
    remove(FOURTH)(root)
    text_of(root, lambda texts: texts[:-1])


def first_forgotten(root: Path) -> None:
    """All but the newest week."""
    remove(FOURTH, THIRD, SECOND)(root)
    text_of(root, lambda texts: texts[:2])


# what was done -> (by which hand, from where on the outside copy differs)
ONLY_AN_OUTSIDE_COPY_SHOWS: dict[str, tuple[Callable[[Path], object], str]] = {
    "`reason` of the newest record, if it is its week's first, manifest and register made to fit":
        (forged_and_rewritten("reason"), "从第6行（2023-04-28/r1）起"),
    "`versions` of the newest record (a remark says that they are others), likewise":
        (forged_and_rewritten("versions"), "从第6行（2023-04-28/r1）起"),
    "`program` of the newest record (a remark says that it is another), likewise":
        (forged_and_rewritten("program"), "从第6行（2023-04-28/r1）起"),
    "`run` of the newest record (start, Python, system), likewise":
        (forged_and_rewritten("run.system"), "从第6行（2023-04-28/r1）起"),
    "the times of the whole season back-dated evenly, manifests and register made to fit":
        (back_dated, "从第2行（2023-04-07/r1）起"),
    "the newest week removed together with its line":
        (newest_forgotten, "从 2023-04-28/r1 起"),
    "all weeks from one on removed together with their lines":
        (first_forgotten, "从 2023-04-14/r1 起"),
}  # fmt: skip


@pytest.mark.parametrize("case", ONLY_AN_OUTSIDE_COPY_SHOWS)
def test_what_only_an_outside_copy_shows_is_named_with_it(season: Path, root: Path, case: str) -> None:
    tamper, first = ONLY_AN_OUTSIDE_COPY_SHOWS[case]
    tamper(root)
    assert glance(root) == []
    (by_the_copy,), (by_the_line,) = against(root, kept(season)), against(root, lines(season)[-1])
    assert by_the_copy.startswith(f"{first}与外面留存的不同")
    assert by_the_line.startswith(("从第6行（2023-04-28/r1）起与外面留存的不同", "从 2023-04-28/r1 起与外面留存的不同"))


def test_no_replay_tells_a_forged_run_versions_program_or_reason(root: Path) -> None:
    """All at once, in a season that is back-dated as well."""
    for name in ("reason", "versions", "program", "run.python", "run.system"):
        forge(folder(root, NEWEST), CHANGES[name])
    back_dated(root)
    (verdict,) = verification.verify(root, FOURTH)
    assert verdict.differences == ()
    assert [remark[:8] for remark in verdict.remarks] == ["程序包版本与存档", "程序已更新，与存"]


def test_the_newest_week_removed_with_its_line_is_named_by_the_line_that_was_sent_out(
    season: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newest_forgotten(root)
    status, said = run(capsys, "--root", root, "--against", lines(season)[-1])
    assert status == 1
    assert said.splitlines()[:-3] == [*ALL_ONE[:4], ALL_ONE[5]]  # without an outside copy all is one
    assert said.splitlines()[-3] == "data/output/seals.csv　不一致"
    assert said.splitlines()[-2].startswith("  从 2023-04-28/r1 起与外面留存的不同：本机没有这一行（")


def test_a_chain_rebuilt_by_the_program_from_altered_files_is_named_by_an_outside_copy(
    season: Path, other_office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each record of the rebuilt chain is a true record of files that were never sent."""
    status, said = run(capsys, "--root", other_office, "--against", season / REGISTER)
    assert status == 1
    assert said.splitlines()[:-3] == [*ALL_ONE[:3], ALL_ONE[5]]  # without an outside copy all is one
    assert said.splitlines()[-3] == "data/output/seals.csv　不一致"
    assert said.splitlines()[-2].startswith("  从第2行（2023-04-07/r1）起与外面留存的不同：封印原为 ")


def test_an_office_emptied_of_all_its_records_is_named_by_an_outside_copy(
    season: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(root / "data/output")
    assert run(capsys, "--root", root)[0] == 2  # there is nothing that could be verified
    status, said = run(capsys, "--root", root, "--against", season / REGISTER)
    assert status == 1
    assert f"从 {OLDEST} 起与外面留存的不同" in said


# ---- what nothing shows ----------------------------------------------------------------------------------------


def forgotten_since(root: Path) -> None:
    """A fifth week sealed after the copy was sent out, and removed with its line."""
    grown(root)
    remove("2023-05-05")(root)
    text_of(root, lambda texts: texts[:-1])


def touched(root: Path) -> None:
    for path in folder(root, NEWEST).rglob("*"):
        os.utime(path, (0, 0))


def emptiness(root: Path) -> None:
    (folder(root, NEWEST) / "空").mkdir()


# what was done -> (by which hand, why nothing shows it)
NOTHING_SHOWS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a week sealed by an ordinary run from files that no town sent":
        (grown, "it is a record like all others: where the files came from stands in no file"),
    "whatever was sealed after the newest outside copy, removed with its lines or sealed anew":
        (forgotten_since, "nobody else knew of it; so send out every line that `report` prints"),
    "the dates that the system keeps of files":
        (touched, "they change with every copy; a record's times stand in its manifest"),
    "an empty folder in a record":
        (emptiness, "it says nothing, and zips and mails drop it"),
}  # fmt: skip


@pytest.mark.parametrize("case", NOTHING_SHOWS)
def test_what_nothing_shows_is_listed(season: Path, root: Path, case: str) -> None:
    NOTHING_SHOWS[case][0](root)
    assert glance(root) == []
    assert against(root, kept(season)) == ()


def test_a_copy_that_was_taken_after_the_tampering_tells_nothing(root: Path) -> None:
    back_dated(root)
    assert against(root, kept(root)) == ()


# ---- manifests that are none -----------------------------------------------------------------------------------


def written(text: str) -> Callable[[Path], object]:
    return lambda record: (record / archive.MANIFEST).write_text(text, encoding="utf-8")


def forging(change: Callable[[Facts], object]) -> Callable[[Path], object]:
    return lambda record: forge(record, change)


def escaping(name: str, key: str) -> Callable[[Path], object]:
    """A manifest with this name of a file in one of its lists."""
    return forging(lambda facts: facts[key].append({"file": name, "sha256": ZEROS}))


NAMES = {
    "above": "../../外面", "above from inputs": "inputs/../../../外面", "absolute": "/etc/外面", "drive": "C:\\外面",
    "backslashes": "..\\..\\外面", "UNC": "\\\\host\\外面", "zero": "外\0面", "empty": "", "itself": ".",
}  # fmt: skip
MALFORMED: dict[str, Callable[[Path], object]] = {
    "no JSON": written("不是"),
    "a list": written("[1]"),
    "a number": written("1e999"),
    "null": written("null"),
    "nothing in it": written("{}"),
    "deep": written("[" * 100_000),
    "deep in a key": forging(put("versions", json.loads('{"x":' * 90 + "1" + "}" * 90))),
    "not UTF-8": lambda record: (record / archive.MANIFEST).write_bytes("{\"周\": 1}".encode("gbk")),
    "a folder": lambda record: ((record / archive.MANIFEST).unlink(), (record / archive.MANIFEST).mkdir()),
    "half a sign": lambda record: written(json.dumps({**facts_of(record), "reason": "\ud800"}))(record),
    "a key twice": lambda record: written((record / archive.MANIFEST).read_text("utf-8").replace("{", '{"week": "x",', 1))(record),
    "no digest": lambda record: written(json.dumps({**facts_of(record), "digest": ""}))(record),
    **{
        f"{key} is {str(value)[:40]}": forging(put(key, value))
        for key, value in [
            ("week", 7), ("week", "../.."), ("revision", "1"), ("revision", -1),  ("status", "定稿"),
            ("outputs", {}), ("outputs", [None]), ("inputs", "x"), ("history", [{}]), ("run", []), ("basis", None),
            ("versions", {"pandas": 3}), ("litter", ["../../外面"]), ("programme", "../../外面.yaml"),
            ("history", [{"week": "../..", "revision": "r1", "digest": ZEROS}]),
            ("history", [{"week": FIRST, "revision": "../../x", "digest": ZEROS}]),
            ("withheld", [{**WITHHELD, "file": "../../外面"}]), ("unread", ["../../外面"]),
        ]
    },
    **{f"{key}: {label}": escaping(name, key) for key in ("outputs", "inputs", "files") for label, name in NAMES.items()},
}  # fmt: skip


@pytest.fixture
def own_temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where all of the test lies, the run's temporary folder too: what is laid out must be gone, and nothing beside it."""
    (tmp_path / "临时").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "临时"))
    return tmp_path


@pytest.mark.parametrize("case", MALFORMED)
def test_a_manifest_that_is_none_costs_its_own_record_only(
    other_office: Path, own_temporary: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    """Nothing is replayed of it, nothing is written outside, the other revision is judged."""
    root = copied(other_office, own_temporary / "另一处")
    (folder(root, MIDDLE) / "brief.txt").write_bytes(b"x")
    MALFORMED[case](folder(root, f"{SECOND}/r1"))
    before = listing(own_temporary)
    status, said = run(capsys, SECOND, "--root", root)
    assert (status, listing(own_temporary)) == (1, before)
    assert f"  {SECOND}/r1" in said.partition("seals.csv　不一致")[2]
    assert "data/output/2023-04-14/r2　不一致\n  brief.txt 被改动\n" in said


@pytest.mark.parametrize("case", MALFORMED)
def test_a_manifest_that_is_none_is_said_of_a_record_sent_alone(
    season: Path, own_temporary: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    record = copied(folder(season, f"{SECOND}/r1"), own_temporary / "寄来")
    MALFORMED[case](record)
    before = listing(own_temporary)
    status, said = run(capsys, record)
    assert listing(own_temporary) == before
    assert status == 1, said


def test_a_revision_of_four_hundred_digits_takes_no_memory(season: Path, tmp_path: Path) -> None:
    """In a process of its own with 2 GB: without a limit the system ends whatever is large."""
    record = copied(folder(season, f"{SECOND}/r1"), tmp_path / "寄来")
    forge(record, put("revision", 10**400))
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31)); from pipeline import cli; "
    command = [sys.executable, "-c", limited + "sys.exit(cli.main(sys.argv[1:]))", "verify", str(record)]
    ran = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert ran.returncode == 1, ran.stderr.decode("utf-8")


@pytest.mark.parametrize("name", [name for name in NAMES.values() if name.strip(".") and "\0" not in name])
def test_a_zip_with_a_name_that_leads_outside_writes_nothing_there(
    season: Path, own_temporary: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    packed = tampering.zipped(folder(season, f"{THIRD}/r1"), own_temporary / "存档.zip")
    with zipfile.ZipFile(packed, "a") as more:
        more.writestr(name, b"x")
    before = listing(own_temporary)
    status, _ = run(capsys, packed)
    assert status in (1, 2)
    assert listing(own_temporary) == before
