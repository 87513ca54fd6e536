"""Each rule on records: when it speaks, what it says to the cell, and when it is silent."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from pipeline.intake import cleaning
from pipeline.intake.reading.book import CELL_TEXT
from pipeline.intake.typed import Entry, Form, Line
from pipeline.judging import checks
from pipeline.judging.checks import Evidence
from pipeline.params import Programme
from pipeline.records import Cell, Figure, Measure, Previous, Progress, Role, Sent, Status, Submission, Submissions
from pipeline.rules import Finding
from tests.helpers import PROGRAMME, TARGETS, Office, day, figure, lines, of, only

DAY, BEFORE = "2023-04-14", "2023-04-07"
USUAL = {"东河村": (28, 15), "西河村": (8, 0), "南山村": (20, 8)}
LAST = {"东河村": (20, 10), "西河村": (4, 0), "南山村": (10, 4)}  # accepted in the first week

Done = dict[str, tuple[object, ...]]  # village -> (新建, 整改[, 备注]) as typed; a number or a text


def figures(done: Done) -> list[Figure]:
    """What the towns' files say, understood: a number, or a state."""
    return [
        figure(village, kind, value, remark=str(rest[0]) if rest else "")
        for village, (new, renovated, *rest) in done.items()
        for kind, value in (("新建", new), ("整改", renovated))
    ]


def accepted(done: Done, week: str = BEFORE) -> list[Progress]:
    """A week's progress in which everything counted, as growth from nothing."""
    return [
        Progress(
            week=week,
            **row.key._asdict(),
            target=TARGETS[row.village][row.kind == "整改"],
            done=row.value,
            added=row.value,
            status=Status.REPORTED,
        )
        for row in figures(done)
    ]


def evidence(
    done: Done,
    history: Sequence[Progress] = (),
    programme: Programme | None = None,
    more: Iterable[Figure] = (),
    week: str = DAY,
) -> Evidence:
    """A week of all towns' files, after the weeks of `history` (by default one, with LAST)."""
    programme, history = programme or of(), history or accepted(LAST)
    last = {row.key: Previous(row.done, row.week, row.remark, row.target) for row in history if row.is_own}
    previous = {key: last.get(key, Previous()) for key in programme.targets(day(week))}
    submissions = Submissions(
        tuple(Submission(town=town, status=Sent.RECEIVED, file=f"{town}.xlsx") for town in programme.expected_towns)
    )
    return Evidence(programme, day(week), [*figures(done), *more], submissions, previous, history)


def told(seen: Evidence, rule: str = "") -> list[str]:
    """What one rule says, or every rule."""
    findings = checks.run(seen)
    return lines(only(findings, rule=rule) if rule else findings, "level", "message")


def of_town(east: tuple[object, ...], west: tuple[object, ...] = (4, 0)) -> Done:
    return {"东河村": east, "西河村": west, "南山村": (20, 8)}


def test_a_usual_week_has_no_finding() -> None:
    assert told(evidence(USUAL)) == []


def test_over_target_without_a_word_waits_for_a_decision() -> None:
    assert told(evidence(of_town((101, 12))), "over_target") == [
        "hold 甲镇《甲镇.xlsx》Sheet!E4“101”：超目标1座（目标为100），属实请在备注写明，填错请改"
    ]


def test_a_little_over_with_a_reason_counts() -> None:
    assert told(evidence(of_town((105, 12, "新增5户"))), "over_target") == [
        "query 甲镇《甲镇.xlsx》Sheet!E4“105”：超目标5座（目标为100），备注说明为“新增5户”，请再核对一次，填错请改"
    ]


def test_what_has_been_explained_is_not_asked_again_while_it_stands() -> None:
    over = of_town((105, 12, "新增5户"))
    assert told(evidence(over, accepted(over)), "over_target") == [
        "note 甲镇《甲镇.xlsx》Sheet!E4“105”：超目标5座（目标为100），备注说明为“新增5户”，与上次采用的数相同"
    ]
    more = of_town((104, 12, "新增4户"))
    assert told(evidence(more, accepted(over)), "over_target")[0].startswith("query ")


def test_what_was_accepted_over_its_target_is_no_question_again_while_both_stand() -> None:
    over = of_town((120, 12))
    assert told(evidence(over, accepted(over)), "over_target") == [
        "note 甲镇《甲镇.xlsx》Sheet!E4“120”：超目标20座（目标为100），与上次采用的数相同"
    ]
    assert told(evidence(of_town((121, 12)), accepted(over)), "over_target")[0].startswith("hold ")
    lowered = of(PROGRAMME.replace("new_build: 100", "new_build: 90"))
    full = of_town((100, 12))
    assert told(evidence(full, accepted(full), lowered), "over_target")[0].startswith("hold ")


def test_far_over_target_waits_even_with_a_reason() -> None:
    assert [line.split()[0] for line in told(evidence(of_town((106, 12, "新增6户"))), "over_target")] == ["hold"]


def test_messages_name_the_programmes_unit() -> None:
    households = of(PROGRAMME + "unit: 户\n")
    assert "超目标1户（" in told(evidence(of_town((101, 12)), programme=households), "over_target")[0]


def test_a_figure_where_there_is_no_task_goes_back() -> None:
    assert told(evidence(of_town((21, 12), (4, 3))), "no_such_task") == [
        "reject 甲镇《甲镇.xlsx》Sheet!F5“3”：无此项任务却有完成数，疑似新建、整改填反，没有任务的请填 0，填反的请改正后重报"
    ]


def test_a_cumulative_figure_that_falls_waits_for_a_decision() -> None:
    assert told(evidence(of_town((19, 12))), "fell") == [
        "hold 甲镇《甲镇.xlsx》Sheet!E4“19”：上次累计20（截至4月7日），本周19，累计数不应减少，疑似填了本周新增数，此前各周新增20，若19是本周新增，请改填39；确已减少请在备注写明原因"
    ]
    assert told(evidence(of_town((20, 12))), "fell") == []


def test_a_jump_is_asked_about_and_counts() -> None:
    """30 % of 100 is 30: 50 is not more than 20 + 30, 51 is."""
    assert told(evidence(of_town((50, 12))), "jump") == []
    assert told(evidence(of_town((51, 12))), "jump") == [
        "query 甲镇《甲镇.xlsx》Sheet!E4“51”：本周新增31，明显高于此前，属实请在备注写明，填错请改"
    ]


def test_a_village_without_a_row_is_asked_for() -> None:
    assert told(evidence({"东河村": (28, 15), "南山村": (20, 8)}), "missing_village") == [
        "reject 甲镇《甲镇.xlsx》：缺少“西河村”，请补报（零进展也要填 0）"
    ]


def test_a_target_that_differs_is_told_at_its_own_cell() -> None:
    typed = figure("东河村", "新建", 110, measure=Measure.TARGET, cell="C4")
    assert told(evidence(USUAL, more=[typed])) == [
        "note 甲镇《甲镇.xlsx》Sheet!C4“110”：目标以下达数100为准，表内填110；调整须有批准文号"
    ]


def test_a_total_that_differs_is_told_and_the_rows_count() -> None:
    def total(value: int) -> Figure:
        return figure("", "新建", value, town="甲镇", role=Role.IN_TOTAL, cell="E6")

    assert told(evidence(USUAL, more=[total(37)]), "total_differs") == [
        "note 甲镇《甲镇.xlsx》Sheet!E6“37”：表内合计37，明细相加36，以明细为准"
    ]
    assert told(evidence(USUAL, more=[total(36)]), "total_differs") == []


def test_blanks_are_zero_only_where_nothing_can_have_been_done() -> None:
    """西河村 has no 整改 task: its blank is 0, said in a note. 东河村 had 20: its blank goes back."""
    seen = evidence(of_town((None, 12), (5, None)))
    assert told(seen, "blank_figure") == [
        "reject 甲镇《甲镇.xlsx》Sheet!E4：完成数为空，上次累计20，请填写截至4月14日的累计完成数"
    ]
    assert told(seen, "taken_as_zero") == ["note 甲镇《甲镇.xlsx》Sheet!F5：完成数未填数字，无此项任务，按 0 计"]


def test_no_change_is_a_report() -> None:
    seen = evidence(of_town(("同上周", "无变化"), (5, 0)))
    assert told(seen) == [
        "note 甲镇《甲镇.xlsx》Sheet!E4“同上周”：按上次累计20采用",
        "note 甲镇《甲镇.xlsx》Sheet!F4“无变化”：按上次累计10采用",
    ]


def test_the_programme_may_give_a_rule_another_level() -> None:
    other = of(PROGRAMME.replace("towns:", "rules: {over_target: query, jump: hold}\ntowns:"))
    levels = {
        rule: [line.split()[0] for line in told(evidence(of_town(figures), programme=other), rule)]
        for rule, figures in (("over_target", (101, 12)), ("jump", (60, 12)))
    }
    assert levels == {"over_target": ["query"], "jump": ["hold"]}


def test_an_unknown_figure_is_never_taken_as_zero() -> None:
    """Rejected in the first week, blank or 无变化 in the second: nothing is known, so nothing is 0."""
    seen = evidence(of_town((None, "无变化"), (5, 0)), accepted({"西河村": (4, 0), "南山村": (10, 4)}))
    assert told(seen, "blank_figure") == [
        "reject 甲镇《甲镇.xlsx》Sheet!E4：完成数为空，此前没有可用的数，请填写截至4月14日的累计完成数",
        "reject 甲镇《甲镇.xlsx》Sheet!F4“无变化”：此前没有可用的数，请填写截至4月14日的累计完成数",
    ]


def test_a_blank_never_takes_away_what_was_accepted() -> None:
    """The task is dropped by a document, 10 are done: a blank is not 0."""
    changed = of(
        PROGRAMME + "target_changes:\n  - {town: 甲镇, village: 东河村, kind: 整改, target: 0, from: 2023-04-10,"
        " document: 示例〔2023〕7号, reason: 核减}\n"
    )
    assert told(evidence(of_town((28, None), (5, 0)), programme=changed), "blank_figure") == [
        "reject 甲镇《甲镇.xlsx》Sheet!F4：完成数为空，上次累计10，请填写截至4月14日的累计完成数"
    ]


# ---- growth of several weeks -----------------------------------------------------------------------------------

GROWN = {"东河村": (35, 15), "西河村": (8, 0), "南山村": (20, 8)}
SPOKEN = ("skipped_weeks", "growth_of_weeks")


def of_weeks(seen: Evidence, *lacking: str) -> list[str]:
    """What is said of the weeks that growth is of. lacking: weeks with raw files and no record."""
    return [line for rule in SPOKEN for line in told(replace(seen, lacking=lacking), rule)]


def with_east_older(older: str, last: str) -> list[Progress]:
    """Two recorded weeks; in the second 东河村's figures were carried."""
    rows = accepted(LAST, last)
    carried = [replace(row, status=Status.CARRIED, added=None) if row.village == "东河村" else row for row in rows]
    return [*accepted(LAST, older), *carried]


def test_skipped_weeks_are_said_once() -> None:
    """The first week is on record, of the second and third there is nothing; two towns have grown since."""
    assert of_weeks(evidence(GROWN, week="2023-04-28")) == [
        "note 第2周（截至4月14日）、第3周（截至4月21日）没有报送文件，也没有存档；本期含三周，周增量按三周计（上次采用数截至4月7日）"
    ]


def test_skipped_weeks_are_said_where_one_town_has_reported_or_nothing_has_grown() -> None:
    said = "note 第2周（截至4月14日）没有报送文件，也没有存档；本期含两周，周增量按两周计（上次采用数截至4月7日）"
    assert of_weeks(evidence({"东河村": (35, 10), "西河村": (4, 0)}, week="2023-04-21")) == [said]
    assert of_weeks(evidence(LAST, week="2023-04-21")) == [said]


def test_of_weeks_that_only_lack_their_record_nothing_is_said_to_be_skipped() -> None:
    """The note `no_record` names them; that the growth is of two weeks is said once."""
    assert of_weeks(evidence(GROWN, week="2023-04-21"), "2023-04-14") == [
        "note 本期含两周，周增量按两周计（上次采用数截至4月7日）"
    ]
    assert of_weeks(evidence(GROWN, week="2023-04-28"), "2023-04-13") == [
        "note 第3周（截至4月21日）没有报送文件，也没有存档；本期含三周，周增量按三周计（上次采用数截至4月7日）"
    ]


def test_a_village_with_a_gap_of_its_own_is_told_at_its_figure() -> None:
    """东河村's figures were carried in the second week: of its own weeks it is told, whether others were skipped or not."""
    history = with_east_older(BEFORE, DAY)
    own = [
        "note 甲镇《甲镇.xlsx》Sheet!E4“35”：新增15为{}周的增量（上次采用数截至4月7日）",
        "note 甲镇《甲镇.xlsx》Sheet!F4“15”：新增5为{}周的增量（上次采用数截至4月7日）",
    ]
    assert of_weeks(evidence(GROWN, history, week="2023-04-21")) == [line.format(2) for line in own]
    assert of_weeks(evidence(GROWN, history, week="2023-04-28")) == [
        "note 第3周（截至4月21日）没有报送文件，也没有存档；本期含两周，周增量按两周计（上次采用数截至4月14日）",
        *(line.format(3) for line in own),
    ]


def test_where_no_figure_of_the_last_record_was_its_own_the_gap_is_everybodys() -> None:
    rows = [replace(row, status=Status.CARRIED, added=None) for row in accepted(LAST, DAY)]
    seen = evidence(GROWN, [*accepted(LAST), *rows], week="2023-04-28")
    assert of_weeks(seen) == [
        "note 第3周（截至4月21日）没有报送文件，也没有存档；本期含三周，周增量按三周计（上次采用数截至4月7日）"
    ]
    assert of_weeks(replace(seen, week=day("2023-04-21"))) == [
        "note 本期含两周，周增量按两周计（上次采用数截至4月7日）"
    ]


def test_a_growth_downwards_has_a_true_minus() -> None:
    history = with_east_older(BEFORE, DAY)
    seen = evidence({**GROWN, "东河村": (17, 15)}, history, week="2023-04-21")
    assert "新增−3为2周的增量" in told(seen, "growth_of_weeks")[0]


def test_before_the_first_record_and_after_the_week_before_nothing_is_skipped() -> None:
    assert of_weeks(evidence(GROWN)) == []
    assert (
        of_weeks(
            replace(
                evidence(GROWN, week="2023-05-26"),
                history=(),
                previous=dict.fromkeys(of().targets(day(DAY)), Previous()),
            )
        )
        == []
    )


def test_our_own_notes_in_a_remark_explain_nothing() -> None:
    seen = evidence(of_town((101, 12, "〔本周未报送，沿用截至4月7日数〕")))
    assert [line.split()[0] for line in told(seen, "over_target")] == ["hold"]


# ---- what else a row says --------------------------------------------------------------------------------------


def with_targets(new: int | None, old: int | None, done: Done) -> Evidence:
    """甲镇's 东河村 (100, 50) with these typed targets."""
    typed = [figure("东河村", kind, count, measure=Measure.TARGET) for kind, count in (("新建", new), ("整改", old))]
    return evidence(done, more=typed)


@pytest.mark.parametrize(
    ("typed", "done", "words"),
    [
        ((200, 80), (28, 15), "表内目标200、80是“南山村”的任务（本村为100、50），疑似错行，属实请在备注写明，填错请改"),
        (
            (28, 15),
            (100, 50),
            "完成数等于本村目标（100、50），目标栏却是28、15，疑似目标与完成填反，属实请在备注写明，填错请改",
        ),
        ((50, 100), (28, 15), "表内目标50、100与下达数100、50正好相反，疑似新建、整改填反，属实请在备注写明，填错请改"),
        (
            (100, 15),
            (28, 50),
            "完成数等于本村目标（100、50），目标栏却是100、15，疑似目标与完成填串，属实请在备注写明，填错请改",
        ),
        (
            (100, 50),
            (100, 50),
            "完成数与本村目标（100、50）完全相同，且一周内完成过半，疑似把目标填进了完成情况，属实请在备注写明，填错请改",
        ),
        (
            (9, 50),
            (15, None),
            "本行数字疑似错了一格（本村目标为100、50，表内目标栏为9、50），属实请在备注写明，填错请改",
        ),
        (
            (None, 100),
            (50, 28),
            "本行数字疑似错了一格（本村目标为100、50，表内目标栏为空、100），属实请在备注写明，填错请改",
        ),
    ],
)
def test_typed_targets_bear_witness_that_a_row_is_out_of_place(
    typed: tuple[int | None, int | None], done: tuple[int, int | None], words: str
) -> None:
    said = told(with_targets(*typed, of_town(done)), "misplaced_row")
    assert [line.split("：", 1)[1] for line in said] == [words, words]
    assert {line.split()[0] for line in said} == {"hold"}


@pytest.mark.parametrize("typed", [(100, 50), (110, 50), (100, None), (None, None), (95, 48)])
def test_a_target_that_merely_differs_moves_no_row(typed: tuple[int | None, int | None]) -> None:
    assert told(with_targets(*typed, of_town((28, 15))), "misplaced_row") == []
    assert told(with_targets(*typed, of_town((50, 15))), "misplaced_row") == []  # 整改's target by chance


@pytest.mark.parametrize(
    ("remark", "line"),
    [
        ("以上为预计数", "hold remark_disowns 备注写“以上为预计数”，这个数不是截至本期的本村累计完成数"),
        ("含西河村3座", "hold remark_disowns 备注说明含“西河村”的数"),
        ("因下雨，本周无进展", "hold remark_disowns 备注写“本周无进展”，累计数却比上次多13"),
        ("数据待核实", "query provisional 备注写“数据待核实”，数字可能还会变"),
        ("5月底预计完成28座", "query provisional 备注写“5月底预计完成28座”，完成数不含预计数"),
    ],
)
def test_a_remark_can_take_its_figure_back(remark: str, line: str) -> None:
    findings = checks.run(evidence(of_town((28, 15, remark))))
    assert lines(findings, "level", "rule", "words") == [line]


def test_no_progress_where_nothing_was_added_contradicts_nothing() -> None:
    assert told(evidence(of_town((20, 10, "本周无进展")))) == []


@pytest.mark.parametrize("remark", ["无", "同上", "正常", "#N/A", "/"])
def test_a_remark_that_says_nothing_explains_no_surplus(remark: str) -> None:
    assert [line.split()[0] for line in told(evidence(of_town((101, 12, remark))), "over_target")] == ["hold"]


def test_kinds_that_change_places_are_both_held_even_if_one_looks_plausible() -> None:
    """After 20 and 10: 整改 24 alone looks like growth, but 新建 cannot have fallen to 11."""
    assert [line.split()[0] for line in told(evidence(of_town((11, 24))), "swapped")] == ["hold", "hold"]


# ---- names and texts, as cleaning finds them -------------------------------------------------------------------


def cleaned(village: str, remark: str = "") -> tuple[list[Figure], list[Finding]]:
    """A row of 甲镇's form with 28 and 15, its village as written."""

    def cell(address: str, raw: str) -> Cell:
        return Cell(file="甲镇.xlsx", sheet="Sheet", cell=address, raw=raw)

    entries = [
        Entry(file="甲镇.xlsx", sheet="Sheet", cell=at, raw=raw, measure=Measure.DONE, kind=kind, type=CELL_TEXT)
        for kind, at, raw in (("新建", "E6", "28"), ("整改", "F6", "15"))
    ]
    line = Line(
        row=6, town=cell("A6", "甲镇"), village=cell("B6", village), remark=cell("G6" if remark else "", remark),
        entries=tuple(entries),
    )  # fmt: skip
    form = Form(file="甲镇.xlsx", lines=(line,))
    previous = {key: Previous() for key in of().targets(day(DAY))}
    return cleaning.figures([form], {"甲镇.xlsx": "甲镇"}, of(), day(DAY), previous)[:2]


@pytest.mark.parametrize(
    ("village", "line"),
    [
        ("南山村", "reject wrong_town 甲镇《甲镇.xlsx》Sheet!B6“南山村”：“南山村”属于乙镇，不属于甲镇，请改正后重报"),
        ("桃花源村", "note unknown_village 甲镇《甲镇.xlsx》Sheet!B6“桃花源村”：“桃花源村”不在整村推进名单，未计入；本镇村名录里也没有，请核对村名"),
        ("东湖村", "reject misspelt_village 甲镇《甲镇.xlsx》Sheet!B6“东湖村”：“东湖村”不在名单，请核对是否为“东河村”，改正后重报"),
    ],
)  # fmt: skip
def test_a_name_that_is_not_the_towns_is_told_and_never_corrected(village: str, line: str) -> None:
    figures, findings = cleaned(village)
    assert figures == []
    assert lines(findings, "level", "rule", "message") == [line]


def test_phone_numbers_are_masked_everywhere_and_told() -> None:
    figures, findings = cleaned("东河村", "张三13800001234")
    assert lines(findings, "level", "rule", "village") == ["note personal_data 东河村"]
    assert [row.remark for row in figures] == ["张*138****1234", "张*138****1234"]
    assert all("13800001234" not in str(row) for row in (*figures, *findings))


# ---- one week from its files -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def second_week(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office whose first week is in the archive, and whose second has two doubtful files."""
    office = Office(tmp_path_factory.mktemp("checks") / "o")
    office.week(BEFORE)
    office.send(BEFORE, "甲镇 4.7.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    office.send(BEFORE, "乙镇 4.7.xlsx", {"南山村": (10, 4)})
    office.archive(BEFORE)
    return office


def test_the_file_of_an_earlier_week_is_held(second_week: Office) -> None:
    second_week.week(DAY)
    old = second_week.root / "data/raw" / BEFORE / "甲镇 4.7.xlsx"
    (second_week.root / "data/raw" / DAY / "甲镇 4.14.xlsx").write_bytes(old.read_bytes())
    second_week.send(DAY, "乙镇.xlsx", {"南山村": (20, 8)})
    result = second_week.compute(DAY)
    assert lines(result.findings, "level", "message") == [
        "hold 甲镇《甲镇 4.14.xlsx》：与第1周文件完全一致，可能误发旧表，请发本周的表，如本周确无进展请回复“无变化”"
    ]
    assert lines(result.progress, "status")[:4] == ["carried"] * 4


def test_a_row_that_is_refused_for_its_name_is_complained_of_once(second_week: Office) -> None:
    """A misspelt village costs its own figures; those of the last week are carried."""
    path = second_week.send("2023-04-21", "甲镇.xlsx", {"东河村": (28, 15), "西河村": (8, 0)})
    second_week.week("2023-04-21")
    second_week.edit(path, B4="东湖村")
    result = second_week.compute("2023-04-21")
    assert lines(only(result.findings, rule="misspelt_village"), "level", "message") == [
        "reject 甲镇《甲镇.xlsx》Sheet!B4“东湖村”：“东湖村”不在名单，请核对是否为“东河村”，改正后重报"
    ]
    assert lines(result.progress, "village", "kind", "done", "status")[:2] == [
        "东河村 新建 20 carried", "东河村 整改 10 carried",
    ]  # fmt: skip


# ---- counts of the form that agree with one another ------------------------------------------------------------


def beside(*others: tuple[str, Measure, int | str], total: int | None = None) -> list[str]:
    """What is said of 东河村's 新建 28 (target 100, 20 a week ago, 西河村 4) beside these other counts of the form."""
    typed = [figure("东河村", kind, value, measure=measure, raw=str(value)) for kind, measure, value in others]
    totals = [replace(figure("东河村", "新建", total, role=Role.IN_TOTAL), village="")] if total is not None else []
    return told(evidence(of_town((28, 15)), more=[*typed, *totals]), "figures_disagree")


def test_two_counts_that_agree_on_another_figure_hold_it() -> None:
    expected = "hold 甲镇《甲镇.xlsx》Sheet!E4“28”：按表内剩余、合计，完成数应为82，填的是28，请核对后改正"
    assert beside(("新建", Measure.LEFT, 18), total=86) == [expected]
    assert [line.split("：")[1] for line in beside(("新建", Measure.ADDED, 62), ("新建", Measure.RATE, "82%"))] == [
        "按表内上次累计加本周新增、完成率，完成数应为82，填的是28，请核对后改正"
    ]
    assert [line.split("：")[1] for line in beside(("合计", Measure.SUM, 97), total=86)] == [
        "按表内新建整改合计、合计，完成数应为82，填的是28，请核对后改正"
    ]


def test_one_count_alone_or_two_that_differ_hold_nothing() -> None:
    assert beside(("新建", Measure.LEFT, 18)) == beside(total=86) == []
    assert beside(("新建", Measure.LEFT, 18), total=60) == []
    assert beside(("新建", Measure.LEFT, 72), ("新建", Measure.ADDED, 8), ("新建", Measure.RATE, "28%"), total=32) == []


def test_a_blank_that_the_total_counts_is_no_zero() -> None:
    first = accepted({"东河村": (0, 0), "西河村": (0, 0), "南山村": (0, 0)})
    total = replace(figure("东河村", "新建", 12, role=Role.IN_TOTAL), village="")
    held = "hold 甲镇《甲镇.xlsx》Sheet!E5：表内合计比各村完成数多4，这一格却空着，请核对后填写"
    assert told(evidence(of_town((8, 5), (None, 0)), first, more=[total]), "figures_disagree") == [held]
    assert told(evidence(of_town((12, 5), (None, 0)), first, more=[total]), "figures_disagree") == []


def test_a_blank_beside_what_cannot_be_read_or_a_remark_of_digits_is_a_slip_of_a_cell() -> None:
    for row in ((None, "45/24"), (None, 24, "15")):
        said = told(evidence(of_town(row)), "misplaced_row")
        assert [line.split("：", 1)[1] for line in said] == [
            "这一格空着，同一行另一格读不出，或备注里是个数字，疑似填错了格，请核对后改正"
        ] * 2
    assert told(evidence(of_town((28, None, "下雨停工"))), "misplaced_row") == []
