"""P: process — who reports, when, how often, and signed by whom."""

from tests.messes import builders as make
from tests.messes.builders import cells, form, raw, together
from tests.messes.case import Case, hold, kept, note, query
from tests.messes.office import BAO, FORM, GAP, NONE, official

ALL_KEPT = kept(BAO)
UNCHANGED = {
    "盐灶村 新建": "40 reported",
    "盐灶村 整改": "20 reported",
    "盐河村 新建": "10 reported",
    "盐河村 整改": "0 reported",
}


def late(desk: make.Desk) -> None:
    """包场镇's file comes when the week is on record."""
    desk.office.archive(desk.day)
    desk.put("包场镇.xlsx", make.xlsx(official(desk.plan, BAO)))


def signed(words: str) -> str:
    """The form with a line of persons at its foot."""
    return f"{FORM}\n{words} | < | < | < | < | < | <"


CASES = [
    Case(
        "P01",
        "not-reported",
        together(),
        ALL_KEPT,
        (query("missing_town", town=BAO, says=("未报", "沿用第5周")),),
        status={BAO: "missing"},
    ),
    Case(
        "P01",
        "never-reported",
        together(),
        kept(BAO, past=NONE),
        (query("missing_town", town=BAO, says="未报"),),
        status={BAO: "missing"},
        past=NONE,
    ),
    Case(
        "P01",
        "settled-by-accept",
        together(),
        ALL_KEPT,
        (note("missing_town", town=BAO),),
        status={BAO: "missing"},
        decisions="  - {do: accept, town: 包场镇, rule: missing_town, reason: 停电, by: 张三, date: 2023-05-12}\n",
        open_end=True,
    ),
    Case("P02", "late", late, found=(note("late_file", file="包场镇.xlsx", says="迟报"),), status={BAO: "late"}),
    Case(
        "P03",
        "in-a-workbook",
        raw("包场镇.xlsx", lambda: make.xlsx("包场镇本周无进展")),
        UNCHANGED,
        (note("taken_as_unchanged", file="包场镇.xlsx", says="累计"),),
    ),
    Case(
        "P03",
        "in-a-text-file",
        raw("包场镇.txt", "本周无进展".encode()),
        UNCHANGED,
        (note("taken_as_unchanged", file="包场镇.txt", says="累计"),),
    ),
    Case(
        "P03",
        "in-the-cells",
        cells(E4="本周无进展", F4="本周无进展", E5="本周无进展"),
        UNCHANGED,
        (
            note("taken_as_unchanged", "E4", "本周无进展", "累计40采用", of="盐灶村 新建"),
            note("taken_as_unchanged", "F4", "本周无进展", "累计20采用", of="盐灶村 整改"),
            note("taken_as_unchanged", "E5", "本周无进展", "累计10采用", of="盐河村 新建"),
        ),
    ),
    Case(
        "P04",
        "two-weeks-in-one",
        cells(),
        found=(note("growth_of_weeks", says=("本期含两周", "按两周计")),),
        past=GAP,
    ),
    Case(
        "P05",
        "no-reviewer",
        form(signed("填报人：张三 审核人： 联系电话：13812345678")),
        found=(note("unsigned", file="包场镇.xlsx", says="未注明审核人"),),
        secrets=("13812345678",),
    ),
    Case("P05", "reviewed", form(signed("填报人：张三 审核人：李四"))),
    Case("P05", "the-form-has-no-such-line", form(FORM)),
    Case(
        "P06",
        "two-offices-differ",
        together(
            form(FORM, "包场镇农业农村和社会事业局.xlsx"),
            form(FORM.replace("| 24 |", "| 26 |"), "包场镇建设局.xlsx"),
        ),
        ALL_KEPT,
        (hold("conflicting_files", town=BAO, says=("收到2份且数据不同", "请书面确认以哪一份为准", "24", "26")),),
        status={BAO: "pending"},
    ),
    Case(
        "P06",
        "two-offices-agree",
        together(form(FORM, "包场镇农业农村和社会事业局.xlsx"), form(FORM, "包场镇建设局.xlsx")),
        also=("duplicate_file",),
    ),
]
