"""Rules of the file and of who reports."""

from pipeline.rules.rule import Choice, Level, rule

# ---- the file --------------------------------------------------------------------------------------------------

UNREADABLE_FILE = rule(
    "unreadable_file", "文件无法读取", Level.REJECT, "", "F12 F13 F14 F16 F17 F18",
    choice=Choice.EXCLUDE,  # the readers know why, and what to ask
)  # fmt: skip
CANNOT_READ_HERE = rule(
    "cannot_read_here", "本机无法打开", Level.HOLD, "", "F16",
    choice=Choice.EXCLUDE, office_only=True,  # no town's fault
)  # fmt: skip
NOT_THE_FORM = rule(
    "not_the_form", "不是本表", Level.REJECT,
    "未找到表头“{member}、整村推进村、目标任务、完成情况”", "F22 F23 H08 H09 W18",
    choice=Choice.EXCLUDE, ask="请用下发的 Excel 模板填报",
    variants={
        "empty": "工作表中没有可读取的表格数据",
        "no_kinds": "未区分新建与整改，无法汇总",
        "another": "不是《{programme}每周进展情况汇总表》，识别到的标题为“{title}”",
        "unclear_zero": ("“无进展”之外还写了别的内容，不能当作零报告", "请用下发的 Excel 模板填报各{item}累计数"),
        "prose": ("文字报数不能直接采用", "请报送 Excel 表，来不及的打电话报数"),
    },
)  # fmt: skip
UNKNOWN_SENDER = rule(
    "unknown_sender", "无法确定填报单位", Level.REJECT,
    "无法确定是哪个{member}报送的", "F05",
    choice=Choice.EXCLUDE, ask="请在表内“{member}”列或文件名中写明{member}后重报",
    variants={"two": ("{where}为“{named}”，表内填的是“{written}”，无法确定填报单位", "请改正后重报")},
)  # fmt: skip
WRONG_UNIT = rule(
    "wrong_unit", "单位不对", Level.REJECT, "表内单位为“{written}”，本表应填{unit}数", "H12",
    whole_town=True, ask="请改正后重报",
)  # fmt: skip
WRONG_EXTENSION = rule(
    "wrong_extension", "扩展名与内容不符", Level.NOTE, "扩展名与实际格式不符，已按实际格式读取", "F08"
)
UNUSUAL_FORMAT = rule(
    "unusual_format", "不是常用格式", Level.NOTE, "{remark}", "F07 F09 F11 F16 F21",
    variants={
        "html": "文件实为网页格式，已读取其中表格，下次请用下发的 Excel 模板",
        "xml": "文件实为 XML 表格，已读取，下次请另存为 .xlsx",
        "docx": "Word 表格已读取，下次请用下发的 Excel 模板",
        "ods": ".ods 文件已读取，下次请另存为 .xlsx",
        "xlsb": ".xlsb 文件已读取，下次请另存为 .xlsx",
        "et": "WPS .et 文件，已按内容识别读取，下次请另存为 .xlsx",
        "macros": "只读数值，不运行宏；下次请用 .xlsx",
    },
)  # fmt: skip
COMMA_IN_REMARK = rule(
    "comma_in_remark", "备注里有逗号", Level.NOTE, "备注里的逗号没有加引号，已把后面的文字并入备注，请核对", "F10"
)  # fmt: skip
TEXT_BOX_IGNORED = rule(
    "text_box_ignored", "文本框没有读取", Level.NOTE, "表上的文本框（图形）没有读取，如与数字有关，请填入单元格或备注后重报",
    "F24",
)  # fmt: skip
PICTURES_IGNORED = rule(
    "pictures_ignored", "含图片", Level.NOTE, "文件含图片{count}张，已忽略图片只取数", "F24"
)  # fmt: skip
FILE_DATE_DIFFERS = rule(
    "file_date_differs", "文件名日期不一致", Level.NOTE,
    "文件名日期{written}与本期（截至{closing}）不一致，已按表内数据处理，请核对", "F01",
    variants={"tab": "工作表名写的是{written}，与本期（截至{closing}）不一致，已按表内数据处理，请核对"},
)  # fmt: skip
HIDDEN_SHEET = rule("hidden_sheet", "隐藏的工作表", Level.NOTE, "存在隐藏工作表“{sheet}”，未采用", "W03")
HIDDEN_ROW = rule(
    "hidden_row", "隐藏的行或列", Level.NOTE, "第{row}行被隐藏/筛选，仍按有效数据读取，请核对", "W04",
    variants={"column": "第{column}列被隐藏，仍按有效数据读取，请核对"},
)  # fmt: skip
SHEET_CHOSEN = rule("sheet_chosen", "按表名选表", Level.NOTE, "按表名匹配本期，采用“{sheet}”", "W01")
SEVERAL_TABLES = rule(
    "several_tables", "有多张符合格式的表", Level.HOLD,
    "有多张表符合格式且数据不同（{places}）", "W01 W02 W07",
    acceptable=True, whole_town=True, ask="请删除旧表后重报，或回复用哪一张",
    variants={
        "blocks": ("表内有两块数据（{places}），无法确定哪块为截至{closing}的累计数", "请只留一块后重报"),
        "dated": ("有{count}张表可能是本期数据（{places}）", "请只留本期的一张后重报，或回复用哪一张"),
        "hidden": (
            "显示的工作表是“{shown}”，写明本期的工作表“{hidden}”被隐藏且数据不同",
            "请取消隐藏、删除旧表后重报，或回复用哪一张",
        ),
    },
)  # fmt: skip
UNCLEAR_HEADING = rule(
    "unclear_heading", "表头看不准", Level.HOLD,
    "表头“{heading}”不能确定就是截至{closing}的累计完成数", "H06",
    acceptable=True, whole_town=True, ask="请把表头改回“完成情况”后重报，或回复就是累计数",
    variants={
        "several": (
            "有几列都可能是完成数（{heading}），无法确定哪一列是截至{closing}的累计数", "请只留一列后重报，或回复用哪一列"
        ),
    },
)  # fmt: skip
COLUMN_CHOSEN = rule(
    "column_chosen", "多列中选定一列", Level.NOTE, "完成数取自“{chosen}”，另有“{left}”未采用，请核对", "H06"
)
NOT_CUMULATIVE = rule(
    "not_cumulative", "表头不是累计", Level.HOLD,
    "表头为“{heading}”，本表应填累计数", "H14",
    acceptable=True, whole_town=True, ask="请改填截至{closing}的累计完成数",
)  # fmt: skip
OTHER_WEEK = rule(
    "other_week", "表内日期不是本期", Level.HOLD, "表内截至日期为{written}，本期为{closing}，可能是旧表", "H11",
    acceptable=True, whole_town=True, ask="是旧表请重报本期的，是本期的请改日期",
    variants={
        "prefilled": ("本表是为截至{made}预填的，本期为{closing}，可能是旧表", "请改用本期下发的表"),
        "member": ("上报表截至{made}，本期为{closing}，不是同一期", "请报送本期的汇总表"),
    },
)  # fmt: skip
DISOWNED_FORM = rule(
    "disowned_form", "表内说明不是累计数", Level.HOLD, "表内写“{words}”，这些数不是截至{closing}的累计完成数",
    acceptable=True, whole_town=True, ask="请改正后重报，或回复就是累计数",
    variants={
        "tab": (
            "只有工作表“{words}”上有表，像是说明或示例，不能确定是截至{closing}的累计完成数",
            "请改表名后重报，或回复就是累计数",
        ),
        "no_progress": ("表内写“{words}”，累计数却比上次多{added}", "请核对后改正"),
        "file": ("文件名写“{words}”，不能确定是截至{closing}的累计完成数", "请改名后重报，或回复就是累计数"),
    },
)  # fmt: skip
PROVISIONAL_FORM = rule(
    "provisional_form", "整表尚未核定", Level.QUERY, "表内写“{words}”，数字可能还会变", whole_town=True,
    ask="请核定：数没有变请回复，有变请重报",
    variants={"tab": "工作表名写“{words}”，数字可能还会变", "file": "文件名写“{words}”，数字可能还会变"},
)  # fmt: skip
WRONG_YEAR = rule(
    "wrong_year", "标题年份不对", Level.NOTE, "标题年份为{written}，已按{year}年度处理，请更正模板", "H10",
    whole_town=True,
    variants={"targets": ("标题年份为{written}，且目标与{year}年下达数不符，疑为往年的表", "请用当年的表重报")},
)  # fmt: skip
MISSPELT_HEADING = rule("misspelt_heading", "表头错字", Level.NOTE, "按“{meant}”处理，请更正", "H13")
EXTRA_COLUMNS = rule("extra_columns", "多出的列", Level.NOTE, "表内有本表以外的列（{columns}），未采用", "H06")
EXAMPLE_ROW = rule("example_row", "填写示例", Level.NOTE, "第{row}行是填写示例，未计入")
UNSIGNED = rule("unsigned", "未注明审核人", Level.NOTE, "未注明审核人", "P05")
DUPLICATE_FILE = rule("duplicate_file", "重复报送", Level.NOTE, "与《{other}》内容相同，保留一份", "F02")
CONFLICTING_FILES = rule(
    "conflicting_files", "多份文件数据不同", Level.HOLD,
    "收到{count}份且数据不同（{differences}）", "F03 P06",
    whole_town=True, choice=Choice.USE, ask="请书面确认以哪一份为准",
    variants={"decided": ("已按决定以本文件为准（{signature}）；未采用：{others}", "")},
)  # fmt: skip
SAME_AS_EARLIER_WEEK = rule(
    "same_as_earlier_week", "与以前某周文件相同", Level.HOLD,
    "与第{number}周文件完全一致，可能误发旧表", "F20", ask="请发本周的表，如本周确无进展请回复“无变化”",
    adjustable=True, acceptable=True, whole_town=True,
)  # fmt: skip
OTHER_TOWNS_ROWS = rule(
    "other_towns_rows", "他镇数据未采用", Level.NOTE, "只采用本{short}数据，其他{short}{count}行未采用", "W06"
)
EXCLUDED_FILE = rule("excluded_file", "按决定不采用的文件", Level.NOTE, "已按决定不采用（{signature}）")
BLANK_FORM = rule(
    "blank_form", "预填表没有填写", Level.NOTE, "这是程序预填的空白表，还没有填写，不作为报送", excuses_file=True
)

HOUSEHOLD_LEDGER = rule(
    "household_ledger", "农户台账", Level.NOTE,
    "文件含农户台账（花名册），有个人信息，没有采用，没有存档；只报汇总表，不要报送农户名册", excuses_file=True,
)  # fmt: skip
FORM_WITH_LEDGER = rule(
    "form_with_ledger", "汇总表与农户台账同在", Level.REJECT,
    "汇总表与农户台账（花名册）放在同一个文件里，有个人信息，整个文件没有采用，没有存档", ask="请只发汇总表重报，不要报送农户名册",
    choice=Choice.EXCLUDE,
)  # fmt: skip

# ---- who reports -----------------------------------------------------------------------------------------------

MISSING_TOWN = rule(
    "missing_town", "区镇未报", Level.QUERY,
    "本周未报，合计沿用第{number}周累计数", "P01", ask="请于{closing} {deadline} 前报送",
    acceptable=True, is_absence=True, office_only=True,  # to the towns 催报 speaks of it
    variants={
        "part": "本周未报，合计沿用第{number}周累计数，{lacking}还没有数，暂缺",
        "unknown": "本周未报，没有可沿用的数，暂缺",
        "not_carried": "本周未报，暂缺",
    },
)  # fmt: skip
NOT_EXPECTED = rule("not_expected", "无需报送", Level.NOTE, "本年度无整村推进村，无需报送，文件未采用")
LATE_FILE = rule("late_file", "迟报", Level.NOTE, "本周首次存档后才收到，列为迟报", "P02")
MISSING_VILLAGE = rule(
    "missing_village",
    "缺少任务村",
    Level.REJECT,
    "缺少“{village}”",
    "T14",
    acceptable=True,
    ask="请补报（零进展也要填 0）",
)
NO_RECORD = rule(
    "no_record", "以前某周没有存档", Level.NOTE,
    "截至 {weeks} 有报送文件但没有存档，未计入历史；请先运行 python -m pipeline report", office_only=True,
)  # fmt: skip
SKIPPED_WEEKS = rule(
    "skipped_weeks", "中间跳过的周", Level.NOTE,
    "{skipped}没有报送文件，也没有存档；本期含{weeks}周，周增量按{weeks}周计（上次采用数截至{since}）", "P04",
)  # fmt: skip
