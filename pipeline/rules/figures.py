"""Rules of figures: what a cell says, or why it says no number."""

from pipeline.rules.rule import Level, rule

_FILL = "请填截至{closing}的累计完成数"
_FILL_A_NUMBER = "请填数字：截至{closing}的累计完成数"

UNREADABLE_FIGURE = rule(
    "unreadable_figure", "数字无法识别", Level.REJECT, "“{raw}”无法识别为{unit}数",
    "V10 V11 V12 V13 V14 V15 V17 V18 V21 V23 V24 V25 V26 V28",
    ask=_FILL,
    variants={
        "no_count": "“{raw}”不是数字",
        "share": "完成情况应填数量，不填比例",
        "other_target": "“{raw}”无法识别为完成数",
        "other_previous": "括号内数与上周累计{previous}不符",
        "added": ("疑似只填本周新增；上周累计{previous}", "请改填累计数：若是本周新增，应填{total}"),
        "only_added": "疑似只填本周新增",
        "letters": "含字母，疑为{meant}",
        "about": "“{raw}”不是确数",
        "range": "“{raw}”是区间，不是确数",
        "reference": ("“{raw}”不是数字", _FILL_A_NUMBER),
        "finished": ("“{raw}”不是数字", f"{_FILL_A_NUMBER}（目标{{target}}）"),
        "footnote": ("数字带脚注标记", "请去掉标记，只填截至{closing}的累计完成数"),
        "sum": ("“{raw}”是算式", "请填合计后的数字：截至{closing}的累计完成数"),
        "several": ("“{raw}”一格内有多个数", "请只填一个数：截至{closing}的累计完成数"),
        "shown": ("单元格显示为“{raw}”，与实际存的数不同", "请把数字格式改为“常规”，再填截至{closing}的累计完成数"),
        "numeral": ("“{raw}”可指{large}，也可能是{small}", "请改用阿拉伯数字填截至{closing}的累计完成数"),
    },
)  # fmt: skip
NOT_WHOLE = rule(
    "not_whole", "不是整数", Level.REJECT, "实际值为{raw}，{unit}数应为整数", "V07 W20", ask=_FILL
)  # fmt: skip
NEGATIVE = rule(
    "negative", "负数", Level.REJECT, "累计数不能为负", "V19", ask="要核减的，请填核减后的累计数，并在备注写明原因"
)  # fmt: skip
IMPOSSIBLE_FIGURE = rule(
    "impossible_figure", "数值明显异常", Level.REJECT, "数值{raw}明显异常", "V20", ask=_FILL,
    variants={"target": "数值{done}明显异常（目标为{target}）"},
)  # fmt: skip
DATE_FIGURE = rule(
    "date_figure", "单元格是日期", Level.REJECT, "单元格是日期", "V22", ask="请设为“文本/常规”后重填"
)  # fmt: skip
ERROR_FIGURE = rule("error_figure", "错误值", Level.REJECT, "单元格为错误值{raw}", "W09", ask=_FILL)
UNCALCULATED_FORMULA = rule(
    "uncalculated_formula", "公式未计算", Level.REJECT, "公式未计算", "W08", ask="请打开保存后重报"
)  # fmt: skip
MERGED_FIGURE = rule(
    "merged_figure", "几格共用一个数", Level.REJECT, "{villages}共用一个数", "W14", ask="请{by_part}、分新建和整改填报",
    variants={"cells": "几格共用一个数"},
)  # fmt: skip
RAGGED_ROW = rule(
    "ragged_row", "栏数与表头不符", Level.REJECT,
    "这一行的栏数与表头不符（多因数字或文字里的逗号没有加引号），分不清哪个数属于哪一栏", "F10",
    ask="请去掉逗号或用 .xlsx 重报",
)  # fmt: skip
BLANK_FIGURE = rule(
    "blank_figure", "完成数为空", Level.REJECT, "完成数为空，上次累计{previous}", "V08 V09 V16",
    ask="请填写截至{closing}的累计完成数",
    variants={"unknown": "完成数为空，此前没有可用的数", "unchanged": "此前没有可用的数"},
)  # fmt: skip
STRUCK_FIGURE = rule(
    "struck_figure", "删除线或红字", Level.QUERY, "单元格带删除线", "W17", ask="请确认数值是否有效",
    variants={"red": "单元格为红字", "part": ("单元格内部分文字带删除线，无法确定有效数字", _FILL)},
)  # fmt: skip
UNSEEN_FIGURE = rule(
    "unseen_figure", "显示不出的数", Level.NOTE, "单元格存有{value}，但格式或字体颜色使它显示不出，按{value}采用，请核对", "W04"
)  # fmt: skip
FORMULA_FIGURE = rule(
    "formula_figure", "公式的结果", Level.NOTE, "按结果{value}采用", "W08 W11",
    variants={"computed": "公式未保存结果，按可见格代算为{value}，请打开保存后再报"},
)  # fmt: skip
EXTERNAL_LINK = rule(
    "external_link", "外部链接的公式", Level.NOTE, "数值引自别的文件，按表内保存的结果采用，请核对", "W10"
)
COMMENT_ADDED = rule("comment_added", "批注并入备注", Level.NOTE, "批注已并入备注", "W16")
READ_IN_CONTEXT = rule(
    "read_in_context", "按勾稽关系采用", Level.NOTE, "“{raw}”中{target}为目标数，按{value}采用", "V12 V17 V21",
    variants={
        "chinese": "中文数字“{raw}”按{value}采用",
        "previous": "“{raw}”与上次累计{previous}勾稽一致，按{value}采用",
    },
)  # fmt: skip
TAKEN_AS_ZERO = rule(
    "taken_as_zero", "空白按 0", Level.NOTE, "完成数未填数字，上次累计为 0，按 0 计", "V08 V09 V16",
    variants={"no_task": "完成数未填数字，无此项任务，按 0 计"},
)  # fmt: skip
TAKEN_AS_UNCHANGED = rule(
    "taken_as_unchanged", "无变化按上周累计", Level.NOTE, "按上次累计{previous}采用", "V27 P03"
)  # fmt: skip
GROWTH_OF_WEEKS = rule(
    "growth_of_weeks", "新增含多周", Level.NOTE, "新增{added}为{weeks}周的增量（上次采用数截至{since}）", "P04",
    variants={"all": "本期含{weeks}周，周增量按{weeks}周计（上次采用数截至{since}）"},
)  # fmt: skip
