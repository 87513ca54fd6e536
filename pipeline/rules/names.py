"""Rules of names: towns and villages as they are written in a form."""

from pipeline.rules.rule import Level, rule

UNKNOWN_TOWN = rule(
    "unknown_town", "区镇名称无法识别", Level.REJECT, "“{written}”不是{member}名称", "T05 T06",
    acceptable=True, ask="请按现行{member}名称填报",
    variants={
        "near": ("“{written}”不是{member}名称", "请核对是否为“{near}”，改正后重报"),
        "former": ("“{written}”已撤并", "请按现行{member}填报"),
    },
)  # fmt: skip
OTHER_TOWN = rule(
    "other_town", "不在本年度范围的区镇", Level.NOTE, "不在本年度整村推进范围，未采用", "T07", excuses_file=True,
    variants={"file": "“{town}”不在本年度整村推进范围，未采用"},
)  # fmt: skip
DOUBTFUL_ALIAS = rule(
    "doubtful_alias", "区镇别名请确认", Level.NOTE, "“{written}”按{town}采用，请确认", "T03", told_once=True
)
UNKNOWN_VILLAGE = rule(
    "unknown_village", "村不在名单", Level.NOTE, "“{written}”不在整村推进名单，未计入", "T13",
    variants={"nowhere": "“{written}”不在整村推进名单，未计入；本{short}{part}名录里也没有，请核对{part}名"},
)  # fmt: skip
MISSPELT_VILLAGE = rule(
    "misspelt_village", "村名疑有误", Level.REJECT, "“{written}”不在名单", "T16 T18",
    acceptable=True, ask="请核对是否为“{near}”，改正后重报",
)  # fmt: skip
AMBIGUOUS_VILLAGE = rule(
    "ambiguous_village", "村名分不清村与社区", Level.REJECT, "“{written}”无法区分村与社区", "T10",
    acceptable=True, ask="请写全称",
)  # fmt: skip
SEVERAL_VILLAGES = rule(
    "several_villages", "一行填了几个村", Level.REJECT, "一行只能填{one}", "T15", acceptable=True, ask="请拆行"
)
FORMER_VILLAGE = rule(
    "former_village", "旧村名或村民小组", Level.REJECT, "这是旧村名或村民小组", "T17", acceptable=True,
    ask="请填现行行政村名",
)  # fmt: skip
VARIANT_NAME = rule("variant_name", "异体字按别名更正", Level.NOTE, "“{written}”按别名表更正为“{village}”", "T18")
WRONG_TOWN = rule(
    "wrong_town", "村填在别的区镇", Level.REJECT, "“{written}”属于{owner}，不属于{town}", "T12",
    acceptable=True, ask="请改正后重报",
)  # fmt: skip
DUPLICATE_VILLAGE = rule(
    "duplicate_village", "同一村出现多行", Level.REJECT,
    "“{village}”重复，数据不同（第{rows}行都是它的数），无法确定哪一行是全{item}的累计数", "T19",
    ask="请{one}只填一行后重报",
    variants={
        "bracket": (
            "“{written}”在{part}名“{village}”后另有说明，分不清这一行是不是全{item}的累计数", "请{one}只填一行、只写{part}名后重报"
        ),
        "same": ("“{village}”重复，数据相同（另见{cell}），计一次", ""),
    },
)  # fmt: skip
UNNAMED_ROW = rule(
    "unnamed_row", "有数字没有村名", Level.HOLD, "第{row}行只有数字没有{part}名，疑为合计", "L03",
    acceptable=True, ask="请写明{part}名或“合计”",
)  # fmt: skip
