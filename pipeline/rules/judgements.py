"""Rules that judge a figure which can be read, and what decisions bring about."""

from pipeline.rules.rule import Level, judgement, rule

_TRUE_OR_WRONG = "属实请在备注写明，填错请改"
_WORDS_OR_NUMBER = "请核对：数字有误请改数字，文字有误请改文字"

OVER_TARGET = judgement(
    "over_target", "超过目标", Level.HOLD,
    "超目标{over}{unit}（目标为{target}）", "L04", ask=_TRUE_OR_WRONG,
    variants={
        "explained": (
            "超目标{over}{unit}（目标为{target}），备注说明为“{remark}”", "请再核对一次，填错请改"
        ),
        "accepted": ("超目标{over}{unit}（目标为{target}），与上次采用的数相同", ""),
        "known": ("超目标{over}{unit}（目标为{target}），备注说明为“{remark}”，与上次采用的数相同", ""),
        "as_before": (
            "超目标{over}{unit}（目标为{target}），备注“{remark}”与上次相同", "请补充说明本周新增的部分，填错请改"
        ),
    },
)  # fmt: skip
NO_SUCH_TASK = judgement(
    "no_such_task", "没有任务却有完成数", Level.REJECT,
    "无此项任务却有完成数，疑似新建、整改填反", "L07", ask="没有任务的请填 0，填反的请改正后重报",
)  # fmt: skip
TARGET_DIFFERS = judgement(
    "target_differs", "目标与下达数不同", Level.NOTE,
    "目标以下达数{target}为准，表内填{typed}；调整须有批准文号", "L05",
)  # fmt: skip
WHOLE_TOWN_FIGURE = judgement(
    "whole_town_figure", "疑似填了全镇数", Level.HOLD,
    "数值与全{short}年度任务相近（本{item}目标为{target}）", "L14", ask="请只填整村推进村",
)  # fmt: skip
FELL = judgement(
    "fell", "累计数减少", Level.HOLD,
    "上次累计{previous}{since}，本周{done}，累计数不应减少", "L08 L09",
    ask="填错请改，确已减少请在备注写明原因",
    variants={
        "growth": (
            "上次累计{previous}{since}，本周{done}，累计数不应减少，疑似填了本周新增数{recent}",
            "若{done}是本周新增，请改填{total}；确已减少请在备注写明原因",
        ),
    },
)  # fmt: skip
SWAPPED = judgement(
    "swapped",
    "新建整改疑似填反",
    Level.HOLD,
    "新建、整改疑似填反（上次累计{before}，本周{now}）",
    "L10",
    ask=_TRUE_OR_WRONG,
)
MISPLACED_ROW = judgement(
    "misplaced_row", "疑似错行错列", Level.HOLD, "", "", ask=_TRUE_OR_WRONG,
    variants={
        "village": "表内目标{typed}是“{other}”的任务（本{item}为{own}），疑似错行",
        "exchanged": "完成数等于本{item}目标（{own}），目标栏却是{typed}，疑似目标与完成填反",
        "kinds": "表内目标{typed}与下达数{own}正好相反，疑似新建、整改填反",
        "crossed": "完成数等于本{item}目标（{own}），目标栏却是{typed}，疑似目标与完成填串",
        "copied": "完成数与本{item}目标（{own}）完全相同，且一周内完成过半，疑似把目标填进了完成情况",
        "beside": ("这一格空着，同一行另一格读不出，或备注里是个数字，疑似填错了格", "请核对后改正"),
        "shifted": "本行数字疑似错了一格（本{item}目标为{own}，表内目标栏为{typed}）",
    },
)  # fmt: skip
FIGURES_DISAGREE = judgement(
    "figures_disagree", "与表内其他数不符", Level.HOLD, "按表内{names}，完成数应为{value}，填的是{done}", "",
    ask="请核对后改正",
    variants={"blank": ("表内合计比各{item}完成数多{value}，这一格却空着", "请核对后填写")},
)  # fmt: skip
REMARK_DISOWNS = judgement(
    "remark_disowns", "备注说明不是本村累计数", Level.HOLD, "备注写“{words}”，这个数不是截至本期的本{item}累计完成数", "",
    ask=_WORDS_OR_NUMBER,
    variants={
        "column": "这一行写着“{words}”，不像截至本期的本{item}累计完成数",
        "village": ("备注说明含“{other}”的数", "请只填本{item}的累计完成数，一行{one}"),
        "count": "备注写“{words}”，完成情况却是{done}",
        "note": "表内写“{words}”，完成情况却是{done}",
        "no_progress": "备注写“{words}”，累计数却比上次多{added}",
    },
)  # fmt: skip
PROVISIONAL = judgement(
    "provisional", "数字尚未核定", Level.QUERY, "备注写“{words}”，数字可能还会变", "", ask="请核定后在备注说明",
    variants={
        "column": "这一行写着“{words}”，数字可能还会变",
        "forecast": ("备注写“{words}”，完成数不含预计数", "请只填截至{closing}已完成的"),
    },
)  # fmt: skip
TOTAL_DIFFERS = judgement(
    "total_differs", "合计与明细不符", Level.NOTE, "表内合计{stated}，明细相加{added}，以明细为准", "L02",
    variants={"words": "表内写“{stated}”，明细相加为{added}，以明细为准"},
)  # fmt: skip
RATE_DIFFERS = judgement(
    "rate_differs", "完成率与计算不符", Level.NOTE, "表内完成率{typed}，计算为{exact}，以计算值为准", "L18"
)
ADDED_DIFFERS = judgement(
    "added_differs", "本周新增与累计不符", Level.QUERY,
    "表内本周新增{typed}，按累计数相减为{added}", "H06", ask=_TRUE_OR_WRONG,
    variants={"words": "备注写“{typed}”，按累计数相减为{added}"},
)  # fmt: skip
JUMP = judgement(
    "jump", "单周增幅异常", Level.QUERY, "本周新增{added}，明显高于此前", "L11", ask=_TRUE_OR_WRONG
)  # fmt: skip
NO_PROGRESS = judgement("no_progress", "连续多周无进展", Level.NOTE, "连续{weeks}周无进展，列入提醒", "L12")
BEFORE_START = judgement(
    "before_start", "实施前已有完成数", Level.QUERY, "实施阶段前已有完成数", "L17", ask=_TRUE_OR_WRONG
)
TOO_REGULAR = judgement(
    "too_regular", "数据过于规律", Level.NOTE,
    "连续4周每周恰好新增{added}，数据规律性异常，建议抽查（仅供分析员参考）", "L21", office_only=True,
)  # fmt: skip
COUNTS_UNFINISHED = judgement(
    "counts_unfinished",
    "疑似计入在建",
    Level.QUERY,
    "备注提到“{words}”，完成数只计可投入使用的",
    "L13",
    ask="请核实，没有完工的不要计入",
)
REMARK_CONTRADICTS = judgement(
    "remark_contradicts",
    "备注与数字不一致",
    Level.QUERY,
    "备注与数字不一致（备注“{remark}”）",
    "L16",
    ask=_WORDS_OR_NUMBER,
)
HOUSEHOLDS_DIFFER = judgement(
    "households_differ", "户数与座数不同", Level.QUERY,
    "户数与{unit}数不同（备注“{words}”），按“{unit}”统计", "L15", ask="请核对填的是不是{unit}数",
)  # fmt: skip
CORRECTS_EARLIER = judgement(
    "corrects_earlier", "更正以前的数", Level.HOLD,
    "备注要更正以前某周的数（“{remark}”）", "L19",
    ask="请在备注写明哪一周的数、原值、新值、原因",
)  # fmt: skip
PERSONAL_DATA = rule(
    "personal_data", "疑含个人信息", Level.NOTE,
    "备注疑含个人信息（姓名、电话、身份证或银行卡号），已遮蔽，不会写进任何材料；请勿在表内填写", "L20",
)  # fmt: skip

# ---- decisions -------------------------------------------------------------------------------------------------

ENTERED_FIGURE = rule(
    "entered_figure", "按决定录入", Level.NOTE, "已按另外报来的数计{now}（{signature}）", "F23",
    variants={"confirmed": "另外报来的{now}（{signature}）与表内一致，按表内的采用"},
)  # fmt: skip
ENTERED_DIFFERS = rule(
    "entered_differs", "补录与报送不同", Level.HOLD,
    "补录{now}（{signature}），{short}里报送{sent}，以哪个为准？以{short}里的为准请认可；以补录的为准请把这条补录改为更正", "F23",
    acceptable=True, office_only=True,
)  # fmt: skip
STALE_DECISION = rule(
    "stale_decision", "决定与来文不符", Level.HOLD,
    "决定“{decision}”（{signature}）未执行：{why}。写在参数文件里的请核对后修改或删去，处理单里的请重新处理", office_only=True,
)  # fmt: skip
