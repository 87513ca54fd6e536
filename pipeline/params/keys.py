"""The keys of the two YAML files, each with its name in words."""

KEYS = {
    "week": "截至日期", "programme": "方案", "decisions": "书面决定",
    "do": "做什么", "reason": "理由", "by": "经办人", "date": "日期", "town": "区镇", "village": "村", "kind": "类别",
    "file": "文件", "written": "文件里的写法", "sha256": "文件指纹", "was": "表内原文", "now": "采用数", "rule": "规则",
    "title": "方案名称", "office": "单位名称", "document": "文号", "unit": "计数单位", "schedule": "起止日期",
    "start": "开始日期", "end": "结束日期", "milestones": "节点", "deadline": "截止时刻", "lights": "预警线",
    "behind": "慢序时", "far_behind": "严重滞后", "carry": "是否沿用", "rules": "规则级别", "level": "层级", "towns": "区镇", "count": "村数",
    "aliases": "别名", "villages": "村", "name": "村名", "tier": "级别", "new_build": "新建目标", "renovation": "整改目标",
    "target_changes": "目标调整", "target": "目标", "from": "起始日期",
}  # fmt: skip


def named(key: str) -> str:
    """reason（理由）; a key that is none of ours as it is."""
    return f"{key}（{KEYS[key]}）" if key in KEYS else key
