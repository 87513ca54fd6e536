"""Rules that judge a figure which can be read, and what decisions bring about."""

from pipeline.rules.rule import Level, judgement, rule

OVER_TARGET = judgement(
    "over_target", "超过目标", Level.HOLD,
    "超目标{over}{unit}（目标为{target}），请在备注说明；确认属实前沿用上次数", "L04",
    variants={
        "explained": "超目标{over}{unit}（目标为{target}），备注说明为“{remark}”，请核对",
        "known": "超目标{over}{unit}（目标为{target}），备注说明为“{remark}”，与上次采用的数相同",
        "as_before": "超目标{over}{unit}（目标为{target}），备注“{remark}”与上次相同，请补充说明本周新增的部分；确认属实前沿用上次数",
    },
)  # fmt: skip
NO_SUCH_TASK = judgement(
    "no_such_task", "没有任务却有完成数", Level.REJECT,
    "无此项任务却有完成数，是否新建、整改填反？请改正后重报", "L07",
)  # fmt: skip
TARGET_DIFFERS = judgement(
    "target_differs", "目标与下达数不同", Level.NOTE,
    "目标以区下达数{target}为准，表内填{typed}；调整须有批准文号", "L05",
)  # fmt: skip
WHOLE_TOWN_FIGURE = judgement(
    "whole_town_figure", "疑似填了全镇数", Level.HOLD,
    "数值与全镇年度任务相近（本村目标为{target}），请只填整村推进村", "L14",
)  # fmt: skip
FELL = judgement(
    "fell", "累计数减少", Level.HOLD,
    "上次累计{previous}{since}，本周{done}，累计数不应减少，请说明原因", "L08 L09",
    variants={
        "growth": "上次累计{previous}{since}，本周{done}，累计数不应减少，请说明原因"
        "；也疑似填了本周新增数，应填累计数（或为{total}{recent}）",
    },
)  # fmt: skip
SWAPPED = judgement(
    "swapped", "新建整改疑似填反", Level.HOLD, "新建、整改疑似填反（上次累计{before}，本周{now}），请核对", "L10"
)
MISPLACED_ROW = judgement(
    "misplaced_row", "疑似错行错列", Level.HOLD, "", "",
    variants={
        "village": "表内目标{typed}是“{other}”的任务（本村为{own}），疑似错行，请核对本行数字是不是本村的",
        "exchanged": "完成数等于本村目标（{own}），目标栏却是{typed}，疑似目标与完成填反，请核对",
        "kinds": "表内目标{typed}与下达数{own}正好相反，疑似新建、整改填反，请核对",
        "crossed": "完成数等于本村目标（{own}），目标栏却是{typed}，疑似目标与完成填串，请核对",
        "copied": "完成数与本村目标（{own}）完全相同，且一周内完成过半，疑似把目标填进了完成情况，请核对",
        "beside": "这一格空着，同一行另一格读不出，或备注里是个数字，疑似填错了格，请核对后改正",
        "shifted": "本行数字疑似错了一格（本村目标为{own}，表内目标栏为{typed}），请核对",
    },
)  # fmt: skip
FIGURES_DISAGREE = judgement(
    "figures_disagree", "与表内其他数不符", Level.HOLD, "按表内{names}，完成数应为{value}，填的是{done}，请核对后改正", "",
    variants={"blank": "表内合计比各村完成数多{value}，这一格却空着，请核对后填写"},
)  # fmt: skip
REMARK_DISOWNS = judgement(
    "remark_disowns", "备注说明不是本村累计数", Level.HOLD, "备注写“{words}”，这个数不是截至本期的本村累计完成数，请改正或说明", "",
    variants={
        "column": "这一行写着“{words}”，不像截至本期的本村累计完成数，请改正或说明",
        "village": "备注说明含“{other}”的数，一行只填一个村的累计完成数，请改正或说明",
        "count": "备注写“{words}”，完成情况却是{done}，请核对后改正",
        "note": "表内写“{words}”，完成情况却是{done}，请核对后改正",
        "no_progress": "备注写“{words}”，累计数却比上次多{added}，请核对",
    },
)  # fmt: skip
PROVISIONAL = judgement(
    "provisional",
    "数字尚未核定",
    Level.QUERY,
    "备注写“{words}”，数字可能还会变，请核定后在备注说明",
    "",
    variants={
        "column": "这一行写着“{words}”，数字可能还会变，请核定后在备注说明",
        "forecast": "备注写“{words}”，完成数只填截至{closing}已完成的，不含预计数",
    },
)
TOTAL_DIFFERS = judgement(
    "total_differs", "合计与明细不符", Level.NOTE, "表内合计{stated}，明细相加{added}，以明细为准", "L02",
    variants={"words": "表内写“{stated}”，明细相加为{added}，以明细为准"},
)  # fmt: skip
RATE_DIFFERS = judgement(
    "rate_differs", "完成率与计算不符", Level.NOTE, "表内完成率{typed}，计算为{exact}，以计算值为准", "L18"
)
ADDED_DIFFERS = judgement(
    "added_differs", "本周新增与累计不符", Level.QUERY,
    "表内本周新增{typed}，按累计数相减为{added}，请核对并在备注说明", "H06",
    variants={"words": "备注写“{typed}”，按累计数相减为{added}，请核对并在备注说明"},
)  # fmt: skip
JUMP = judgement(
    "jump", "单周增幅异常", Level.QUERY, "本周新增{added}，明显高于此前，请核实并在备注说明", "L11"
)  # fmt: skip
NO_PROGRESS = judgement("no_progress", "连续多周无进展", Level.NOTE, "连续{weeks}周无进展，列入提醒", "L12")
BEFORE_START = judgement(
    "before_start", "实施前已有完成数", Level.QUERY, "实施阶段前已有完成数，请核实并在备注说明", "L17"
)
TOO_REGULAR = judgement(
    "too_regular", "数据过于规律", Level.NOTE,
    "连续4周每周恰好新增{added}，数据规律性异常，建议抽查（仅供分析员参考）", "L21", office_only=True,
)  # fmt: skip
COUNTS_UNFINISHED = judgement(
    "counts_unfinished", "疑似计入在建", Level.QUERY, "备注提到“{words}”，完成数只计可投入使用的，请核实", "L13"
)
REMARK_CONTRADICTS = judgement(
    "remark_contradicts", "备注与数字不一致", Level.QUERY, "备注与数字不一致（备注“{remark}”），请核对", "L16"
)
HOUSEHOLDS_DIFFER = judgement(
    "households_differ", "户数与座数不同", Level.QUERY,
    "户数与{unit}数不同（备注“{words}”），按“{unit}”统计，请注明", "L15",
)  # fmt: skip
CORRECTS_EARLIER = judgement(
    "corrects_earlier", "更正以前的数", Level.HOLD,
    "备注要更正以前某周的数（“{remark}”），请按更正流程写明原值、新值、原因、日期；历史归档不改写", "L19",
)  # fmt: skip
PERSONAL_DATA = rule(
    "personal_data", "疑含个人信息", Level.NOTE,
    "备注疑含个人信息（姓名、电话、身份证或银行卡号），已遮蔽，不进入产出；请勿在表内填写", "L20",
)  # fmt: skip

# ---- decisions -------------------------------------------------------------------------------------------------

ENTERED_FIGURE = rule(
    "entered_figure", "按决定录入", Level.NOTE, "按决定录入 {now}（{signature}）", "F23",
    variants={"confirmed": "补录的{now}（{signature}）与镇里报送的一致，按镇里报送的采用"},
)  # fmt: skip
ENTERED_DIFFERS = rule(
    "entered_differs", "补录与报送不同", Level.HOLD,
    "补录{now}（{signature}），镇里报送{sent}，以哪个为准？以镇里的为准请认可；以补录的为准请把这条补录改为更正", "F23",
    acceptable=True, office_only=True,
)  # fmt: skip
STALE_DECISION = rule(
    "stale_decision", "决定与来文不符", Level.HOLD,
    "决定“{decision}”（{signature}）未执行：{why}。请核对后修改或删去这条决定", office_only=True,
)  # fmt: skip
