"""daily: 每日调度, a day between two weeks; nothing is sealed."""

from pathlib import Path

from pipeline import archive, daily, params
from pipeline.commands.shared import DRAFT, FINAL, programme_name
from pipeline.products import dispatch, pages


def day(root: Path, date: str) -> int:
    """Read one day (the newest that has a folder, without a date) beside the last sealed week: printed, and one page."""
    date = date or daily.newest(root)
    name = programme_name(root, date)
    found = daily.compute(root, params.programme(root, name), name, date)
    page = root / archive.OUTPUT / daily.DAILY / f"{date}.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_bytes(pages.daily_html(found))
    print("\n".join([*dispatch.lines(found), f"一页纸：{page.relative_to(root).as_posix()}（不存档，可重复运行）"]))
    return DRAFT if found.open else FINAL
