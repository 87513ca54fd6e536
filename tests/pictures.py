"""Everything that people look at, as pictures, to be looked at: `python -m tests.pictures [CASE …]`.

Into pictures/ (git-ignored): charts, page and brief by Chromium, workbook, draft, towns' forms and returns by
LibreOffice, of the sample's first, a middle and the last week; charts and briefs of every case in tests/cases.py.
"""

import datetime as dt
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pipeline import archive, commands, founding
from pipeline.products import charts, pages
from pipeline.record import recording
from tests import browser, cases, programs
from tests.helpers import Office, programme, resaved
from tests.lint import faults
from tests.refresh_notebook import CHECKOUT, sample

OUT = CHECKOUT / "pictures"
WEEKS = ("2023-04-07", "2023-05-05", "2023-05-26")


def case(name: str, out: Path) -> None:
    """Charts and brief of one case; what the lint finds is printed."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for chart, figure in cases.charts_of(cases.CASES[name], Path(scratch)).items():
            (out / f"{chart}.png").write_bytes(charts.png(figure))
            print("".join(f"{name} {chart}: {fault}\n" for fault in faults(figure)), end="")
        told = cases.story_of(cases.CASES[name], Path(scratch))
        page = pages.brief_html(told, [], True, "0000-0000", "0" * 64)
        (out / "brief.html").write_bytes(page)
    shot(out / "brief.html", 820, 1160)


def season(out: Path) -> None:
    """The charts of twenty weeks."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        of = programme(Path(scratch))
        for chart, figure in cases.drawn(of, *cases.season(of)).items():
            (out / f"{chart}.png").write_bytes(charts.png(figure))


def week(office: Office, day: str, out: Path) -> None:
    """A record of the sample, and the forms for the week after, as pictures."""
    out.mkdir(parents=True, exist_ok=True)
    record = recording.run_week(str(office.root), day).revision
    for path in (record / "charts").iterdir():
        shutil.copyfile(path, out / path.name)
    shot(record / "weekly_report.html", 1320, 2600, out)
    shot(record / "weekly_report.html", 390, 2600, out)
    shot(record / "brief.html", 820, 1160, out)
    commands.new(office.root, day)
    documents = [*record.glob("*.xlsx"), *record.glob("*.docx"), *record.glob("feedback/*.xlsx")]
    for path in [*documents, *sorted((record.parent / "forms").glob("*.xlsx"))[:2]]:
        printed(path, out)


def founded_and_dispatched(office: Office, out: Path) -> None:
    """The table that a new office fills in, and a day after the sample's last week, for which two towns send."""
    out.mkdir(parents=True, exist_ok=True)
    commands.init(out, None, dt.date(2023, 3, 27))
    printed(out / founding.TEMPLATE, out)
    received = office.root / "data/raw/daily/2023-05-30"
    received.mkdir(parents=True)
    for path in [*(office.root / "data/raw/2023-05-26").glob("*.xlsx")][:2]:
        copied = received / path.name
        shutil.copyfile(path, copied)
        office.edit(copied, A40="　")  # other bytes than last week's
    commands.day(office.root, "")
    shot(office.root / "data/output/daily/2023-05-30.html", 820, 1160, out)
    shot(office.root / "data/output/daily/2023-05-30.html", 390, 1600, out)


def shot(page: Path, width: int, height: int, out: Path | None = None) -> None:
    """A page as a window of this size shows it, and as it prints."""
    if browser.CHROMIUM is None:
        print("no Chromium: no pictures of pages")
        return
    target = (out or page.parent) / f"{page.stem}-{width}.png"
    with browser.tab() as tab:
        tab.open(page, width, height)
        target.write_bytes(tab.picture())
        target.with_suffix(".pdf").write_bytes(tab.pdf())
    _paged(target.with_suffix(".pdf"))


def printed(document: Path, out: Path) -> None:
    """A document as LibreOffice prints it."""
    if programs.path(programs.LIBREOFFICE) is None:
        print("no LibreOffice: no pictures of documents")
        return
    _paged(resaved(document, "pdf", out))


def _paged(pdf: Path) -> None:
    """The pages of a PDF beside it, where poppler is installed."""
    if shutil.which("pdftoppm"):
        subprocess.run(["pdftoppm", "-r", "60", "-png", pdf, pdf.with_suffix("")], check=True)


if __name__ == "__main__":
    shutil.rmtree(OUT, ignore_errors=True)
    for wanted in sys.argv[1:] or cases.CASES:
        case(wanted, OUT / wanted)
    if not sys.argv[1:]:
        season(OUT / "season")
        with tempfile.TemporaryDirectory() as folder:
            office = sample(Path(folder) / "office", archive.weeks(CHECKOUT))
            for day in archive.weeks(office.root):
                if day in WEEKS:
                    week(office, day, OUT / day)
                else:
                    office.archive(day)
            founded_and_dispatched(office, OUT / "new-and-daily")
    print(f"{sum(1 for _ in OUT.rglob('*.png'))} pictures in {OUT}")
