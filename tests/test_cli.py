"""The commands as an analyst types them: what is printed, what is written, and the exit status."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
import yaml

from pipeline import cli
from tests.helpers import PROGRAMME, Office, lines, read_form

FIRST, SECOND = "2023-04-07", "2023-04-14"
EAST_WEST, SOUTH = {"东河村": (20, 10), "西河村": (4, 0)}, {"南山村": (10, 4)}
CHECKOUT = Path(__file__).resolve().parent.parent


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """(exit status, stdout, stderr)"""
    status = cli.main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.fixture(autouse=True)
def _streams(monkeypatch: pytest.MonkeyPatch) -> None:
    """pytest's own streams cannot be reconfigured."""
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(type(getattr(sys, name)), "reconfigure", lambda *_, **__: None, raising=False)


@pytest.fixture
def one_week(office: Office) -> Office:
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", EAST_WEST)
    office.send(FIRST, "乙镇.xlsx", SOUTH)
    return office


# ---- check -----------------------------------------------------------------------------------------------------


def test_check_of_a_final_week(one_week: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """7 April: 7/183 = 3.83 % is due. 48 of 470 are done: 10.21 %; 6.38 points ahead."""
    assert run(capsys, "check", "--root", one_week.root) == (
        0,
        "第1周（截至2023年4月7日）　定稿\n"
        "截至4月7日，全区3个整村推进村累计完成户厕改造48座，占目标任务的10.21%，高于序时进度（3.83%）6.38个百分点；"
        "其中新建34座（10.00%）、整改14座（10.77%）。本周新增48座。\n"
        "分级别看：省级2个村完成44座，占目标任务的10.23%；区级1个村完成4座，占目标任务的10.00%。\n"
        "进度较快的有：甲镇（17.89%，超序时）、乙镇（5.00%，超序时）。\n"
        "没有区镇慢于序时进度超过1个百分点。\n"
        "2个区镇全部报送。\n"
        "没有待处理的数据问题；待说明0处，提示0处。\n\n",
        "",
    )
    assert not (one_week.root / "data/output").exists()


def test_check_names_each_fault_to_the_cell_and_until_when(
    one_week: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    one_week.send(FIRST, "甲镇.xlsx", {**EAST_WEST, "东河村": ("约20", 10)})
    status, out, _ = run(capsys, "check", FIRST, "--root", one_week.root)
    assert status == 1
    assert (
        "【退回】甲镇《甲镇.xlsx》Sheet!E4“约20”：“约20”不是确数，请填截至4月7日的累计完成数。请于4月7日 17:00 前改好重报。"
        in out.splitlines()
    )


def test_check_ends_with_what_the_towns_group_is_told(one_week: Office, capsys: pytest.CaptureFixture[str]) -> None:
    (one_week.root / "data/raw" / FIRST / "乙镇.xlsx").unlink()
    out = run(capsys, "check", FIRST, "--root", one_week.root)[1]
    assert out.endswith(
        "\n\n可发到各区镇工作群：\n"
        "@所有人 各区镇：\n第1周进展情况汇总表请于4月7日 17:00 前报送。\n目前已报1家，未报1家：乙镇。\n填累计数，无进展也请零报告。收到请回复。\n"
    )
    one_week.send(FIRST, "乙镇.xlsx", {"南山村": ("约10", "约4")})
    assert (
        "目前已报1家，退回1家（见退回单，请改好重报）：乙镇。"
        in run(capsys, "check", FIRST, "--root", one_week.root)[1]
    )
    one_week.send(FIRST, "乙镇.xlsx", SOUTH)
    assert "@所有人" not in run(capsys, "check", FIRST, "--root", one_week.root)[1]


def test_check_pays_for_no_workbook_library() -> None:
    """openpyxl takes half a second to load, and `check` writes nothing."""
    command = [sys.executable, "-c", "import sys, pipeline.commands; print('openpyxl' in sys.modules)"]
    assert subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout == "False\n"


def test_lines_ready_to_paste_settle_the_week(one_week: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """A doubtful figure, a blank one, two versions of a file, a rubbish file: every line printed, filled in, pasted."""
    one_week.send(FIRST, "甲镇.xlsx", {"东河村": ("约20", 10), "西河村": ("#REF!", 0)})
    one_week.send(FIRST, "乙镇 2.xlsx", {"南山村": (11, 4)})
    (one_week.root / "data/raw" / FIRST / "甲镇旧表.xlsx").write_bytes(b"PK\x03\x04 cut off")
    status, out, _ = run(capsys, "check", "--root", one_week.root)
    assert status == 1
    printed = [line for line in out.splitlines() if line.startswith("  - {do:")]
    assert [re.match(r"  - \{do: (\w+)", line)[1] for line in printed] == [
        "exclude",
        "correct",
        "correct",
        "use",
    ]  # type: ignore[index]
    filled = [line.replace("now: ,", "now: 7,").replace("reason: , by: ", "reason: 核实, by: 张三") for line in printed]
    one_week.week(FIRST, "\n".join(filled) + "\n")
    status, out, err = run(capsys, "check", "--root", one_week.root)
    assert (status, err) == (0, "")
    assert "采用文件" not in err


def test_check_json_is_one_object_in_the_promised_shape(one_week: Office, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "check", FIRST, "--json", "--root", one_week.root)
    found = json.loads(out)
    assert (status, err, out.count("\n")) == (0, "", 1)
    assert list(found) == ["week", "status", "submissions", "progress", "completion", "findings"]
    assert (found["week"], found["status"], found["findings"]) == (FIRST, "final", [])
    assert list(found["submissions"][0]) == ["town", "status", "file", "sha256"]
    assert list(found["progress"][0]) == [
        "week", "town", "village", "tier", "kind", "target", "done", "added", "status", "file", "sheet", "cell", "raw",
        "remark",
    ]  # fmt: skip
    assert list(found["completion"][0]) == [
        "week", "scope", "town", "village", "kind", "target", "done", "added", "remaining", "rate", "expected", "gap",
        "needed_per_week", "achieved_per_week", "rank", "light",
    ]  # fmt: skip
    west = found["completion"][4]  # 西河村 整改: no task
    assert [west[name] for name in ("target", "done", "rate", "gap", "rank", "light")] == [0, 0, None, None, None, ""]
    whole = found["completion"][-1]
    assert [whole[name] for name in ("scope", "rate", "expected", "gap")] == ["district", 0.1021, 0.0383, 6.38]


def test_an_empty_folder_is_a_draft_with_all_towns_missing(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.week(FIRST)
    status, out, _ = run(capsys, "check", FIRST, "--json", "--root", office.root)
    assert status == 1
    assert [(row["town"], row["status"]) for row in json.loads(out)["submissions"]] == [
        ("甲镇", "missing"), ("乙镇", "missing"), ("丙镇", "none_expected"),
    ]  # fmt: skip


# ---- what cannot run -------------------------------------------------------------------------------------------


def test_a_misspelt_key_in_either_file_is_one_message_and_status_2(
    one_week: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    path = one_week.root / "params/2023.yaml"
    path.write_text(PROGRAMME.replace("schedule:", "shedule:"), encoding="utf-8")
    assert run(capsys, "check", "--root", one_week.root) == (
        2,
        "",
        "params/2023.yaml 有 1 处错误，请改正后重新运行：\n"
        "  1. 第4行：没有“shedule”这个键，是否为 schedule（起止日期）？\n",
    )
    path.write_text(PROGRAMME, encoding="utf-8")
    week = one_week.root / f"params/{FIRST}.yaml"
    week.write_text(week.read_text(encoding="utf-8").replace("decisions:", "decision:"), encoding="utf-8")
    assert run(capsys, "report", FIRST, "--root", one_week.root) == (
        2,
        "",
        "params/2023-04-07.yaml 有 1 处错误，请改正后重新运行：\n  1. 第3行：没有“decision”这个键，是否为 decisions（书面决定）？\n",
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "2023-06-02"], "没有 params/2023-06-02.yaml。请先运行 python -m pipeline new 2023-06-02"),
        (["check", "第八周"], "“第八周”不是日期，应写成 2023-05-05 这样的截至日期。"),
        (["check", "2023-02-30"], "“2023-02-30”不是日期"),
        (["new", "2022-04-07"], "没有 params/2022.yaml。"),
        (["report", "--revise", "x"], "--revise 要写明是哪一周"),
        (["frobnicate"], "命令写法不对"),
        ([], "命令写法不对"),
    ],
)
def test_what_cannot_run_says_what_to_do(
    one_week: Office, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    root = ["--root", str(one_week.root)] if arguments and arguments[0] != "frobnicate" else []
    status, out, err = run(capsys, *arguments, *root)
    assert (status, out) == (2, "")
    assert err.startswith(said)
    assert "Traceback" not in err


def test_a_week_without_its_folder_and_an_office_without_weeks(
    one_week: Office, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (one_week.root / "data/raw" / FIRST).rename(tmp_path / "away")
    assert run(capsys, "check", FIRST, "--root", one_week.root)[2].startswith("没有文件夹 data/raw/2023-04-07。")
    assert run(capsys, "check", "--root", one_week.root)[2].startswith("data/raw/ 下还没有任何一周的文件夹。")
    assert run(capsys, "check", "--root", tmp_path / "nowhere")[2].startswith("没有文件夹 ")


def test_a_folder_that_cannot_be_written_is_said(one_week: Office, capsys: pytest.CaptureFixture[str]) -> None:
    (one_week.root / "data/output").write_text("a file in the way")
    for command in ("new", "report"):
        status, _, err = run(capsys, command, FIRST, "--root", one_week.root)
        assert status == 2
        assert err.startswith("不能读写文件（" if command == "new" else "不能写入 ")


# ---- new -------------------------------------------------------------------------------------------------------


def test_new_prepares_a_week_once(one_week: Office, capsys: pytest.CaptureFixture[str]) -> None:
    one_week.archive(FIRST)
    status, out, _ = run(capsys, "new", SECOND, "--root", one_week.root)
    assert (status, out) == (
        0,
        "已准备：params/2023-04-14.yaml、data/raw/2023-04-14/、空白表 data/output/2023-04-14/forms/\n"
        "把各区镇发来的文件放入 data/raw/2023-04-14/，然后运行 "
        f'python -m pipeline check 2023-04-14 --root "{one_week.root}"\n',
    )
    week = one_week.root / "params/2023-04-14.yaml"
    assert yaml.safe_load(week.read_text(encoding="utf-8"))["decisions"] is None  # what is pasted below it is its list
    forms = sorted((one_week.root / "data/output/2023-04-14/forms").iterdir())
    assert [path.name for path in forms] == [
        "乙镇 2023年度农村户厕改造整村推进每周进展情况汇总表（截至4月14日）.xlsx",
        "甲镇 2023年度农村户厕改造整村推进每周进展情况汇总表（截至4月14日）.xlsx",
    ]
    week.write_text("# mine", encoding="utf-8")
    assert run(capsys, "new", SECOND, "--root", one_week.root)[1].startswith("早已准备好，没有改动")
    assert week.read_text(encoding="utf-8") == "# mine"


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2023-04-08", "与另一期 2023-04-07 只差1天"),
        ("2023-03-24", "不在实施阶段（2023-04-01 至 2023-09-30）里"),
        ("2023-10-06", "不在实施阶段（2023-04-01 至 2023-09-30）里"),
    ],
)
def test_new_says_why_a_date_may_be_a_slip(
    one_week: Office, capsys: pytest.CaptureFixture[str], day: str, why: str
) -> None:
    status, out, _ = run(capsys, "new", day, "--root", one_week.root)
    assert status == 0
    assert out.startswith(f"请看一眼：{day} {why}。写错的，删去 params/{day}.yaml 和 data/raw/{day}/。\n已准备：")


def test_what_init_could_not_know_is_asked_for_until_it_is_written(
    one_week: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    path = one_week.root / "params" / "2023.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("示例〔2023〕4号", "（文号待填）"), encoding="utf-8")
    for command in ("check", "report"):
        _, out, _ = run(capsys, command, FIRST, "--root", one_week.root)
        assert "params/2023.yaml 里还有没填的：（文号待填），各处会照样印出来。" in out


def test_a_filled_form_of_ours_is_read_without_a_finding(one_week: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """And what we printed under it explains nothing: over target without 备注 is held."""
    one_week.archive(FIRST)
    run(capsys, "new", SECOND, "--root", one_week.root)
    blank = (
        one_week.root
        / "data/output/2023-04-14/forms/甲镇 2023年度农村户厕改造整村推进每周进展情况汇总表（截至4月14日）.xlsx"
    )
    book = openpyxl.load_workbook(blank)
    assert book.active["A7"].value == (
        "注：只填完成情况和备注。上次累计（截至4月7日）：东河村新建 20；东河村整改 10；西河村新建 4。"
        "完成情况填截至4月14日的累计数，零进展也要填数。"
    )
    for cell, figure in (("E4", 101), ("F4", 12), ("E5", 6), ("F5", 0)):
        book.active[cell] = figure
    sent = one_week.root / "data/raw" / SECOND / "甲镇.xlsx"
    book.save(sent)
    assert not read_form(sent, SECOND)[1]
    one_week.send(SECOND, "乙镇.xlsx", {"南山村": (20, 8)})
    assert lines(one_week.compute(SECOND).findings, "level", "rule") == ["hold over_target", "query jump"]


# ---- report ----------------------------------------------------------------------------------------------------


def test_report_records_every_week_that_has_no_record_oldest_first(
    one_week: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    one_week.week(SECOND)
    one_week.send(SECOND, "甲镇.xlsx", {"东河村": (28, 15), "西河村": (8, 0)})
    status, out, _ = run(capsys, "report", "--root", one_week.root)
    last = (one_week.root / "data/output/seals.csv").read_text(encoding="utf-8").splitlines()[-1]
    assert (status, out) == (
        1,
        "第1周（截至2023年4月7日）　定稿　已存档：data/output/2023-04-07/r1/\n"
        "第2周（截至2023年4月14日）　初稿　已存档：data/output/2023-04-14/r1/\n"
        "最新一周的存档：data/output/2023-04-14/r1/（图表在 charts/，汇总表是 汇总表.xlsx）\n"
        f"封存登记，请发到工作群或邮件留底（以后用 verify --against 核对）：\n{last}\n"
        f'这一周还是初稿。下一步：运行 python -m pipeline decide 2023-04-14 --root "{one_week.root}"，在处理单里处理完，再运行 report。\n',
    )
    status, out, _ = run(capsys, "report", "--root", one_week.root)
    assert (status, out.splitlines()[0][:14]) == (1, "各周都已有存档，没有新的周次")
    status, out, _ = run(capsys, "report", FIRST, "--root", one_week.root)
    assert (status, out.splitlines()[0]) == (
        0,
        "第1周（截至2023年4月7日）　定稿　输入没有变化，不另存档；已有存档：data/output/2023-04-07/r1/",
    )


def test_the_module_itself_answers_without_a_traceback(one_week: Office) -> None:
    """Through __main__, in another working directory, with a Chinese path, under a C locale."""
    environment = {**os.environ, "LC_ALL": "C", "PYTHONPATH": str(CHECKOUT)}
    environment.pop("PYTHONUTF8", None)
    command = [sys.executable, "-m", "pipeline", "check", "2023-06-02", "--root", str(one_week.root)]
    ran = subprocess.run(command, cwd=one_week.root, env=environment, capture_output=True, check=False)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr.decode("utf-8").startswith("没有 params/2023-06-02.yaml。")
