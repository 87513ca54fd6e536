"""The manual's two tables, written anew: `python -m tests.refresh_manual`.

The rules come from pipeline/rules/, the kinds of mess from tests/messes/messes.csv, the list that the acceptance
tests go through.
"""

import csv

from pipeline.rules import RULES
from tests.refresh_notebook import CHECKOUT

MANUAL = CHECKOUT / "README.zh-CN.md"
MESSES = CHECKOUT / "tests" / "messes" / "messes.csv"
TREATMENTS = {
    "S": "照常处理", "N": "采用并提示", "H": "待裁定", "Rc": "退回这个数", "Rr": "退回这一行", "Rf": "退回这个文件",
}  # fmt: skip


def messes() -> list[dict[str, str]]:
    """The list of messes: id, form, treatment."""
    with MESSES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def rule_lines() -> list[str]:
    """One line a rule: name, level, what may be done about it."""
    found = ["| 规则 | 名称 | 级别 |", "|---|---|---|"]
    for rule in RULES.values():
        level = f"{rule.level.label}{'*' if rule.adjustable else ''}{' ✓' if rule.acceptable else ''}"
        found.append(f"| {rule.label} | `{rule.name}` | {level} |")
    return found


def mess_lines() -> list[str]:
    """One line a mess: what is met, how it is treated, by which rules."""
    found = ["| 编号 | 情形 | 处理 | 规则 |", "|---|---|---|---|"]
    for mess in messes():
        labels = "、".join(rule.label for rule in RULES.values() if mess["id"] in rule.messes)
        form = mess["form"].replace("|", "\\|").replace("*", "\\*").replace("~", "\\~").replace("<", "\\<")
        found.append(f"| {mess['id']} | {form} | {TREATMENTS[mess['treatment']]} | {labels} |")
    return found


def replaced(text: str, head: str, lines: list[str]) -> str:
    """The manual with the table under a heading line replaced."""
    before, _, rest = text.partition(head)
    after = rest[rest.index("\n\n") :] if "\n\n" in rest else "\n"
    return before + "\n".join(lines) + after


def refreshed() -> str:
    """The manual as it should be."""
    text = replaced(MANUAL.read_text(encoding="utf-8"), "| 规则 | 名称 | 级别 |", rule_lines())
    return replaced(text, "| 编号 | 情形 | 处理 | 规则 |", mess_lines())


if __name__ == "__main__":
    MANUAL.write_text(refreshed(), encoding="utf-8", newline="\n")
