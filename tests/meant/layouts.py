"""Whole forms as clerks lay them out: columns as text, filled with the facts of a town's villages."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.meant.forms import TITLE, Pair, form, spread
from tests.messes.office import BAO, DAY, LAST_DAY, PLAN
from tests.weeks import FIRST

Row = dict[str, Any]  # what a village has to tell, by the names that columns and remarks use: {done_new}
_FIRST_WEEK: Mapping[str, Pair] = {"盐灶村": (11, 3), "盐河村": (5, 0)}
_COUNTS = ("target", "done", "last", "gain", "left", "started", "accepted")


# ---- facts -----------------------------------------------------------------------------------------------------


def facts(town: str = BAO, day: str = DAY) -> list[Row]:
    """The villages of the town: targets, figures of this week and the last one, and what can be reckoned from them."""
    rows = []
    for number, (name, village) in enumerate(PLAN[town].items(), 1):
        done = _FIRST_WEEK[name] if day == FIRST else village.at(DAY)
        last = (0, 0) if day == FIRST else village.at(LAST_DAY)
        row: Row = {"town": town, "village": name, "tier": village.tier, "number": number, "remark": ""}
        for at, kind in enumerate(("new", "renovated")):
            target = village.targets[at]
            row |= {
                f"target_{kind}": target,
                f"done_{kind}": done[at],
                f"last_{kind}": last[at],
                f"gain_{kind}": done[at] - last[at],
                f"left_{kind}": target - done[at],
                f"started_{kind}": min(target, done[at] + (15, 6)[at]),
                f"accepted_{kind}": max(0, done[at] - (7, 3)[at]),
            }
        rows.append(_reckoned(row))
    return rows


def _reckoned(row: Row) -> Row:
    """With the sums of both kinds, the rates, and the money spent."""
    for name in _COUNTS:
        row[name] = row[f"{name}_new"] + row[f"{name}_renovated"]
    for kind in ("", "_new", "_renovated"):
        row[f"rate{kind}"] = _rate(row[f"done{kind}"], row[f"target{kind}"])
        row[f"start_rate{kind}"] = _rate(row[f"started{kind}"], row[f"target{kind}"])
    row["money"] = f"{row['done_new'] * 0.05 + row['done_renovated'] * 0.025:.3f}".rstrip("0").rstrip(".")
    return row


def _rate(done: int, target: int) -> str:
    """Per cent, two decimals, halves rounded up as Excel does."""
    return f"{(20000 * done + target) // (2 * target) / 100:.2f}%" if target else "—"


def truth(town: str, day: str = DAY) -> dict[str, int]:
    """The figures that are to be used of the town's form."""
    return _figures(facts(town, day), "done")


def last_truth(town: str) -> dict[str, int]:
    """The same if nothing has changed since last week."""
    return _figures(facts(town), "last")


def _figures(rows: Sequence[Row], of: str) -> dict[str, int]:
    kinds = (("新建", "new"), ("整改", "renovated"))
    return {f"{row['village']} {kind}": row[f"{of}_{name}"] for row in rows for kind, name in kinds}


def rows_of(
    done: Sequence[Pair],
    remarks: Sequence[str] = ("", ""),
    targets: Sequence[Pair] | None = None,
    day: str = DAY,
) -> list[Row]:
    """The rows of 包场镇 with these figures in place of the true ones."""
    rows = facts(day=day)
    for at, row in enumerate(rows):
        row["done_new"], row["done_renovated"] = done[at]
        row["remark"] = remarks[at]
        if targets:
            row["target_new"], row["target_renovated"] = targets[at]
    return rows


def with_remarks(remarks: Sequence[str], town: str = BAO, day: str = DAY) -> list[Row]:
    """The true rows, each with its remark."""
    return [row | {"remark": remark} for row, remark in zip(facts(town, day), remarks, strict=True)]


def fits(remark: str, row: Row) -> bool:
    """Whether the remark speaks only of kinds that the village has to do."""
    return all(row[f"target_{kind}"] or f"_{kind}}}" not in remark for kind in ("new", "renovated"))


# ---- layouts ---------------------------------------------------------------------------------------------------


def layout(*parts: str) -> str:
    """Columns parted by ; as heading=cell, the lines of a heading parted by /."""
    return ";".join(parts)


def pair(group: str, name: str, kind: str = "{}") -> str:
    """新建 and 整改 under one heading; kind: how they are written."""
    return flat(f"{group}/{kind}", name)


def flat(heading: str, name: str) -> str:
    """The same in headings of their own; {} stands for 新建 and 整改."""
    return f"{heading.format('新建')}={{{name}_new}};{heading.format('整改')}={{{name}_renovated}}"


PLACE, REMARK = "区镇={town};整村推进村={village}", "备注={remark}"
TARGETS, DONE = pair("目标任务", "target"), pair("完成情况", "done")
OFFICIAL = layout("区 镇={town};整村推进村={village}", TARGETS, DONE, REMARK)
IN_ONE_LINE = layout(
    PLACE,
    flat("目标任务{}", "target"),
    flat("完成{}", "done"),
    REMARK,
)

WIDE = layout(
    "序号={number}",
    PLACE,
    "级别={tier}",
    pair("目标任务（座）", "target"),
    pair("累计完成情况（座）", "done"),
    "累计完成情况（座）/小计={done};完成率={rate}",
    REMARK,
)

KINDS = layout(
    PLACE,
    "新建/目标任务={target_new};新建/完成情况={done_new};整改/目标任务={target_renovated};整改/完成情况={done_renovated}",
    REMARK,
)

THREE = layout(
    PLACE, pair("户厕改造情况（座）/目标任务", "target"), pair("户厕改造情况（座）/完成情况", "done"), REMARK
)

STARTED = layout(PLACE, TARGETS, pair("开工数", "started"), DONE, REMARK)


def table(
    columns: str,
    rows: Sequence[Row],
    title: str = TITLE,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
    total: str = "",
    town_again: str = "{town}",
    number_total: bool = False,
    merged_total: bool = False,
) -> str:
    """A form with these columns and rows; total: what its last row is called, if it has one.

    town_again: what 区镇 says from the second row on, `^` if it is merged. number_total: the total is called so under
    序号; merged_total: over all columns before the numbers.
    """
    laid = [_column(part) for part in columns.split(";")]
    lines = [" | ".join(cell.format(**row) for _, cell in laid) for row in rows[:1]]
    again = [(head, town_again if cell == "{town}" else cell) for head, cell in laid]
    lines += [" | ".join(cell.format(**row) for _, cell in again) for row in rows[1:]]
    if total:
        lines.append(_total(laid, rows, total, number_total, merged_total))
    width = len(laid)
    return form(
        *_heading([head for head, _ in laid]),
        *lines,
        title=title and spread(title, width),
        above=[spread(line, width) for line in above],
        below=[spread(line, width) for line in below],
    )


def _column(part: str) -> tuple[tuple[str, ...], str]:
    head, _, cell = part.partition("=")
    return tuple(head.split("/")), cell


def _heading(heads: Sequence[tuple[str, ...]]) -> list[str]:
    """The lines of the heading: what neighbours have in common is merged, and what has no more lines."""
    depth = max(map(len, heads))
    lines = []
    for level in range(depth):
        cells = []
        for head, before in zip(heads, [(), *heads], strict=False):
            within = level < min(len(head), len(before)) - 1 and before[: level + 1] == head[: level + 1]
            cells.append("<" if within else head[level] if level < len(head) else "^")
        lines.append(" | ".join(cells))
    return lines


def _total(
    laid: Sequence[tuple[tuple[str, ...], str]], rows: Sequence[Row], label: str, at_number: bool, merged: bool
) -> str:
    kinds = ("new", "renovated")
    sums = _reckoned(
        {f"{name}_{kind}": sum(row[f"{name}_{kind}"] for row in rows) for name in _COUNTS for kind in kinds}
    )
    cells, named = [], False
    for _, cell in laid:
        if cell in ("{number}", "{town}", "{village}"):
            here = not named and (at_number or cell != "{number}")
            cells.append(label if here else "<" if named and merged else "")
            named = named or here
        else:
            cells.append(cell.format(**sums, tier="") if cell.startswith("{") and cell != "{remark}" else "")
    return " | ".join(cells)
