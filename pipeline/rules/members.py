"""Rules about what an office below sends up: its sheet 上报表."""

from pipeline.rules.rule import Level, rule

DRAFT_SUBMISSION = rule(
    "draft_submission", "下级报来的是初稿", Level.QUERY,
    "报来的是第{revision}版初稿，下级还有未了结的问题", ask="请了结后报送定稿",
)  # fmt: skip
PARTS_NOT_OWN = rule(
    "parts_not_own", "含沿用或缺数", Level.QUERY,
    "{tier}{kind}里有{parts}不是本周的数", ask="请补齐后重报，或说明原因",
)  # fmt: skip
CODE_DIFFERS = rule(
    "code_differs", "校验码与数不符", Level.HOLD,
    "校验码 {code} 与所附的数不符，封存以后可能被改动过", acceptable=True, whole_town=True, ask="请重新发送封存的汇总表，不要改动",
    variants={
        "cell": "上报表这里是“{written}”，所附的数相加是{sum}，封存以后可能被改动过",
    },
)  # fmt: skip
OLDER_REVISION = rule("older_revision", "较早的版次", Level.NOTE, "是第{revision}版，已收到第{newer}版，按新的采用")
OTHER_TIER = rule("other_tier", "不是本级的任务", Level.NOTE, "{tier}不是本级下达的任务，未计入")
