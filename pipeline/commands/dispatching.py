"""daily: 每日调度, a day between two weeks; nothing is sealed."""

from pathlib import Path

from pipeline import archive, daily
from pipeline.commands.shared import DRAFT, FINAL, command, programme_name
from pipeline.intake import answers
from pipeline.products import dispatch


def day(root: Path, date: str) -> int:
    """Read one day (the newest that has a folder, without a date) beside the last sealed week: printed, and one page."""
    from pipeline.products import pages  # noqa: PLC0415 - Jinja: what not every command pays

    date = date or daily.newest(root)
    sheet = answers.read(root, date, answers.OF_DAYS)
    result = daily.compute(root, *daily.load(root, programme_name(root, date), date, sheet))
    found = daily.dispatch(result)
    page = root / archive.OUTPUT / daily.DAILY / f"{date}.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_bytes(pages.daily_html(found))
    where = f"一页纸：{page.relative_to(root).as_posix()}（不存档，可重复运行）"
    print("\n".join([*dispatch.lines(found), *_to_decide(root, date, bool(daily.asked(result))), where]))
    return DRAFT if found.open else FINAL


def _to_decide(root: Path, date: str, is_asked: bool) -> list[str]:
    how = f"电话报来的数、待裁定的问题：运行 {command(root, f'decide {date}')}，填好处理单再运行一次。"
    return [how] if is_asked else []
