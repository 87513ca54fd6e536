"""The manual's pictures, drawn anew from the sample: `python -m tests.manual_pictures` (LibreOffice, Chromium, poppler).

Into notebooks/manual/: the brief, the page, a town's form, a 处理单 and a 退回单.
"""

import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

from pipeline import archive, commands
from pipeline.record import recording
from tests import browser
from tests.desk_sheet import Paper
from tests.helpers import Office, resaved
from tests.refresh_notebook import CHECKOUT, sample

OUT = CHECKOUT / "notebooks" / "manual"
NEWEST, RETURNED, SILENT = "2023-05-26", "2023-05-05", "2023-04-21"
_WIDTH = 1000  # pixels, as a manual on a screen shows them


def draw(office: Office, scratch: Path) -> None:
    """Every picture, from records made here."""
    for day in archive.weeks(office.root):
        if day in (NEWEST, RETURNED):
            recording.run_week(str(office.root), day)
        else:
            office.archive(day)
    record = office.root / "data/output" / NEWEST / "r1"
    _window(record / "brief.html", "brief", scratch, 820, 1120)
    _window(record / "weekly_report.html", "page", scratch, 1280, 900)
    commands.new(office.root, "2023-06-02")
    Paper(office, SILENT).answer("悦来镇 八里村 新建", "改为", 36)
    forms = office.root / "data/output/2023-06-02/forms"
    returns = office.root / "data/output" / RETURNED / "r1/feedback"
    _sheet(next(forms.glob("包场镇*")), "form", scratch)
    _sheet(next(returns.glob("退回单*.xlsx")), "return", scratch)
    _sheet(office.root / f"params/{SILENT} 处理单.xlsx", "decisions", scratch)


def _window(page: Path, name: str, scratch: Path, width: int, height: int) -> None:
    """A page as a window of this size shows it."""
    target = scratch / f"{name}.png"
    with browser.tab() as tab:
        tab.open(page, width, height)
        target.write_bytes(tab.picture())
    _kept(target, name)


def _sheet(workbook: Path, name: str, scratch: Path) -> None:
    """The first page of a workbook as it prints."""
    pdf = resaved(workbook, "pdf", scratch)
    subprocess.run(["pdftoppm", "-r", "110", "-png", "-singlefile", pdf, scratch / name], check=True)
    page = Image.open(scratch / f"{name}.png")
    page.crop((0, 0, page.width, int(page.height * 0.9))).save(scratch / f"{name}.png")  # without the print footer
    _kept(scratch / f"{name}.png", name)


def _kept(drawn: Path, name: str) -> None:
    """The picture without its white margins, small enough to be committed."""
    picture = Image.open(drawn).convert("RGB")
    inked = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
    assert inked, f"{name} is blank"
    cut = picture.crop((max(inked[0] - 12, 0), max(inked[1] - 12, 0), inked[2] + 12, inked[3] + 12))
    cut.thumbnail((_WIDTH, 2 * _WIDTH))
    OUT.mkdir(exist_ok=True)
    cut.quantize(64).save(OUT / f"{name}.png", optimize=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        draw(sample(Path(folder) / "office", archive.weeks(CHECKOUT)), Path(folder))
    print("\n".join(f"{path.name} {path.stat().st_size // 1024} KB" for path in sorted(OUT.iterdir())))
