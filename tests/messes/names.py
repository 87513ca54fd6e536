"""T: names of towns and villages — exact names and aliases count, nothing that is merely like them."""

from collections.abc import Mapping

from tests.messes import builders as make
from tests.messes.builders import cells, form, together, worded
from tests.messes.case import Case, Found, kept, note, reject
from tests.messes.office import (
    BAO,
    CHANG,
    FORM,
    GUEST,
    HAI,
    LAST_DAY,
    SAN,
    SI,
    Past,
    Village,
    official,
    with_villages,
)

NEW = "盐灶村 新建"
ONE_ROW = {SAN: "received|returned"}  # the town's only village is lost


def silent(id: str, what: str, old: str, new: str, town: str = BAO, file: str = "") -> Case:
    """The town's form with a name in other words: read without a word, though nothing else names the town."""
    return Case(id, what, worded(old, new, town, file or "户厕.xlsx"), towns=(town,), file="户厕.xlsx")


def row(
    id: str, what: str, old: str, new: str, costs: Mapping[str, str], found: Found, town: str = BAO, **more: object
) -> Case:
    """A row that names nobody: its village is lost; that the village then has no row need not be said, but may."""
    return Case(
        id,
        what,
        worded(old, new, town),
        costs,
        (found,),
        also=("missing_village",),
        towns=(town,),
        file=f"{town}.xlsx",
        **more,  # type: ignore[arg-type]
    )


# ---- towns -----------------------------------------------------------------------------------------------------

STAR = with_villages(三星镇={"绣坊村": GUEST})
RIVER = with_villages(临江镇={"沙洲村": GUEST})
FIRST_ALIAS = Past((LAST_DAY,), words={"海门街道": "开发区"})

TOWNS = [
    silent("T01", "海门街道办事处", "海门街道", "海门街道办事处", HAI),
    silent("T01", "三厂街道办", "三厂街道", "三厂街道办", SAN),
    silent("T01", "三厂街办", "三厂街道", "三厂街办", SAN),
    silent("T02", "包场", "包场镇", "包场"),
    silent("T02", "四甲", "四甲镇", "四甲", SI),
    silent("T03", "海门港新区", "包场镇", "海门港新区"),
    silent("T03", "三厂工业园区", "三厂街道", "三厂工业园区", SAN),
    *(
        Case(
            "T03",
            alias,
            lambda desk, town=town, alias=alias: desk.put(
                f"{alias}.xlsx", make.xlsx(official(desk.plan, town).replace(town, alias))
            ),
            towns=(town,),
            plan=plan,
        )
        for alias, town, plan in (
            ("临江新区", "临江镇", RIVER),
            ("叠石桥", "三星镇", STAR),
            ("海门工业园区", "三星镇", STAR),
        )
    ),
    Case(
        "T03",
        "开发区-for-the-first-time",
        worded("海门街道", "开发区", HAI, "户厕.xlsx"),
        found=(note("doubtful_alias", says=("开发区", "海门街道")),),
        towns=(HAI,),
    ),
    Case(
        "T03",
        "开发区-again",
        worded("海门街道", "开发区", HAI, "户厕.xlsx"),
        towns=(HAI,),
        past=FIRST_ALIAS,
    ),
    silent("T04", "full-prefix", "包场镇", "江苏省南通市海门区包场镇人民政府"),
    silent("T04", "bureau", "包场镇", "包场镇农业农村和社会事业局"),
    row(
        "T05",
        "三长街道",
        "三厂街道",
        "三长街道",
        kept(SAN),
        reject("unknown_town", "A4", "三长街道", "“三长街道”不是区镇名称，请核对是否为“三厂街道”，改正后重报"),
        SAN,
        status=ONE_ROW,
    ),
    Case(
        "T05",
        "包扬镇-in-one-row",
        cells(A5="包扬镇"),
        kept("盐河村"),
        (reject("unknown_town", "A5", "包扬镇", "“包扬镇”不是区镇名称，请核对是否为“包场镇”，改正后重报"),),
        also=("missing_village",),
    ),
    *(
        Case(
            "T06",
            former,
            cells(A5=former),
            kept("盐河村"),
            (reject("unknown_town", "A5", former, f"“{former}”已撤并，请按现行区镇填报"),),
            also=("missing_village",),
        )
        for former in ("三阳镇", "万年镇", "货隆镇", "麒麟镇", "德胜镇", "天补镇", "东灶港镇", "三阳")
    ),
    Case(
        "T07",
        "滨江街道",
        together(
            form(FORM),
            form(FORM.replace("包场镇", "滨江街道").replace("盐灶村", "滨江村").replace("盐河村", "新江村"), "滨江街道.xlsx"),
        ),
        found=(note("other_town", file="滨江街道.xlsx", says="不在本年度整村推进范围，未采用"),),
        ignored=("滨江街道.xlsx",),
    ),
    Case(
        "T07",
        "海永镇-in-a-row",
        form(f"{FORM}\n海永镇 | 沙南村 | 30 | 10 | 5 | 2 |"),
        found=(note("other_town", file="包场镇.xlsx", says="不在本年度整村推进范围，未采用"),),
    ),
]  # fmt: skip


# ---- villages --------------------------------------------------------------------------------------------------

SIX = with_villages(包场镇={"六甲村": GUEST})
BRIDGE = with_villages(四甲镇={"二桥村": GUEST})
SOUTH = with_villages(三星镇={"镇南村": GUEST})
UNICORN = with_villages(常乐镇={"麒北村": GUEST})
NAMESAKES = with_villages(包场镇={"包场村": GUEST}, 四甲镇={"四甲村": GUEST}, 悦来镇={"悦来村": GUEST})
NEIGHBOURS = with_villages(三星镇={"瑞南村": GUEST, "瑞北村": Village((100, 40), (3, 5, 7, 9, 13), (0, 1, 3, 4, 6))})
VARIANTS = with_villages(
    常乐镇={"东门村": Village((100, 40), (4, 6, 8, 10, 12), (1, 2, 3, 4, 5), aliases=("东⻔村", "东竈村"))}
)


def doubtful(plan: make.Plan, town: str, village: str, stem: str, cell: str) -> Case:
    """A stem that names a village and a community: neither is taken."""

    def build(desk: make.Desk) -> None:
        desk.put(f"{town}.xlsx", make.xlsx(official(desk.plan, town).replace(village, stem)))

    return Case(
        "T10",
        stem,
        build,
        {f"{village} 新建": "10 carried", f"{village} 整改": "4 carried"},
        (reject("ambiguous_village", cell, stem, f"“{stem}”无法区分村与社区，请写全称", town=town),),
        also=("missing_village",),
        towns=(town,),
        file=f"{town}.xlsx",
        plan=plan,
        status={town: "received|returned"},
    )


VILLAGES = [
    *(
        Case("T08", words, worded("盐灶村", words))
        for words in ("盐灶村村委会", "盐灶村村民委员会", "盐灶村（省级）", "盐灶村★", "1.盐灶村")
    ),
    Case("T09", "盐灶", worded("盐灶村", "盐灶")),
    Case("T09", "both-villages", together(form(FORM.replace("盐灶村", "盐灶").replace("盐河村", "盐河")))),
    doubtful(SIX, BAO, "六甲村", "六甲", "B6"),
    doubtful(SOUTH, "三星镇", "镇南村", "镇南", "B4"),
    doubtful(UNICORN, CHANG, "麒北村", "麒北", "B5"),
    doubtful(BRIDGE, SI, "二桥村", "二桥", "B5"),
    Case("T10", "full-name", cells(), plan=SIX),
    Case(
        "T10",
        "the-community-is-not-the-village",
        lambda desk: desk.put("包场镇.xlsx", make.xlsx(official(desk.plan, BAO).replace("六甲村", "六甲街"))),
        {"六甲村 新建": "10 carried", "六甲村 整改": "4 carried"},
        (Found("", "", says="六甲街"), Found("reject", "", town=BAO)),
        also=("missing_village", "unknown_village"),
        plan=SIX,
    ),
    Case("T11", "named-like-its-town", cells(), plan=NAMESAKES),
    Case(
        "T11",
        "first-row-of-its-town",
        form(FORM + "\n包场镇 | 包场村 | 100 | 40 | 12 | 5 |"),
        plan=NAMESAKES,
        places={"包场村 新建": "Sheet1!E6"},
    ),
    Case(
        "T12",
        "五甲村-in-包场镇",
        form(FORM + "\n包场镇 | 五甲村 | 0 | 85 | 0 | 61 |"),
        found=(reject("wrong_town", "B6", "五甲村", "“五甲村”属于四甲镇，不属于包场镇"),),
    ),
    Case(
        "T13",
        "团结村",
        form(FORM + "\n包场镇 | 团结村 | 90 | 20 | 30 | 10 |"),
        found=(note("unknown_village", "B6", "团结村", "“团结村”不在整村推进名单，未计入"),),
    ),
    Case(
        "T13",
        "a-real-village",
        form(FORM + "\n包场镇 | 河塘村 | 90 | 20 | 30 | 10 |"),
        found=(note("unknown_village", "B6", "河塘村", "“河塘村”不在整村推进名单，未计入"),),
    ),
    Case(
        "T14",
        "row-lacking",
        form("\n".join(FORM.splitlines()[:4])),
        kept("盐河村"),
        (reject("missing_village", file="包场镇.xlsx", of="盐河村", says="缺少“盐河村”，请补报（零进展也要填 0）"),),
    ),
    Case(
        "T14",
        "settled-by-accept",
        form("\n".join(FORM.splitlines()[:4])),
        kept("盐河村"),
        (note("missing_village"),),
        decisions="  - {do: accept, town: 包场镇, village: 盐河村, rule: missing_village, reason: 停工, by: 张三, date: 2023-05-12}\n",
    ),
    Case(
        "T15",
        "盐灶村、盐河村",
        form("\n".join(FORM.splitlines()[:3]) + "\n包场镇 | 盐灶村、盐河村 | 585 | 180 | 57 | 24 |"),
        kept(BAO),
        (reject("several_villages", "B4", "盐灶村、盐河村", "一行只能填一个村，请拆行"),),
        also=("missing_village",),
        status={BAO: "pending|returned"},
    ),
    row(
        "T16",
        "织纺村",
        "织坊村",
        "织纺村",
        kept(SAN),
        reject("misspelt_village", "B4", "织纺村", "“织纺村”不在名单，请核对是否为“织坊村”，改正后重报"),
        SAN,
        status=ONE_ROW,
    ),
    row("T16", "盐皂村", "盐灶村", "盐皂村", kept("盐灶村"), reject("misspelt_village", "B4", "盐皂村", "“盐皂村”不在名单")),
    Case("T16", "two-task-villages-one-character-apart", cells()),
    Case("T16", "瑞南村-and-瑞北村", cells(), plan=NEIGHBOURS),
    row("T17", "原盐灶村", "盐灶村", "原盐灶村", kept("盐灶村"), reject("former_village", "B4", "原盐灶村", "请填现行行政村名")),
    row("T17", "盐灶村7组", "盐灶村", "盐灶村7组", kept("盐灶村"), reject("former_village", "B4", "盐灶村7组", "请填现行行政村名")),
    *(
        Case(
            "T18",
            f"alias-{alias}",
            lambda desk, alias=alias: desk.put(
                f"{CHANG}.xlsx", make.xlsx(official(desk.plan, CHANG).replace("东门村", alias))
            ),
            found=(note("variant_name", "B5", alias, "东门村"),),
            towns=(CHANG,),
            file=f"{CHANG}.xlsx",
            plan=VARIANTS,
        )
        for alias in ("东⻔村", "东竈村")
    ),
    row("T18", "盐竈村", "盐灶村", "盐竈村", kept("盐灶村"), reject("misspelt_village", "B4", "盐竈村")),
    row(
        "T18",
        "private-character",
        "织坊村",
        "织\ue5e5村",
        kept(SAN),
        reject("misspelt_village", "B4", "织\ue5e5村"),
        SAN,
        status=ONE_ROW,
    ),
    Case(
        "T19",
        "same-figures",
        form(FORM + "\n包场镇 | 盐灶村 | 420 | 180 | 45 | 24 |"),
        found=(note("duplicate_village", of="盐灶村", says="“盐灶村”重复，数据相同"),),
        places={NEW: "Sheet1!E4"},
    ),
    Case(
        "T19",
        "other-figures",
        form(FORM + "\n包场镇 | 盐灶村 | 420 | 180 | 47 | 24 |"),
        kept("盐灶村") | {"盐灶村 整改": "24 reported|20 carried"},
        (reject("duplicate_village", of="盐灶村", says="“盐灶村”重复，数据不同"),),
        also=("duplicate_village",),  # 整改 is the same in both rows
    ),
    Case("T20", "subtotal-of-the-town", form(FORM + "\n包场镇小计 | < | 585 | 180 | 57 | 24 |")),
    Case("T20", "subtotal-in-the-column-of-villages", form(FORM + "\n包场镇 | 小计 | 585 | 180 | 57 | 24 |")),
    Case("T20", "town-above-its-villages", form(FORM.replace("\n包场镇 | 盐灶村", "\n包场镇 | 包场镇小计 | 585 | 180 | 57 | 24 |\n包场镇 | 盐灶村"))),
]  # fmt: skip

CASES = [*TOWNS, *VILLAGES]
