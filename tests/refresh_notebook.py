"""Execute the committed notebook anew on the sample's newest week, after a change of what it shows. Its first chart
becomes the README's picture.

python -m tests.refresh_notebook
"""

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from pipeline import archive
from pipeline.record import execution, source
from tests.helpers import Office

CHECKOUT = Path(__file__).resolve().parent.parent
PICTURE = source.NOTEBOOK.with_name("completion.png")  # the README's


def sample(folder: Path, unrecorded: Sequence[str] = ()) -> Office:
    """A copy of the sample office below `folder` with the records of all weeks but these (by default the newest)."""
    for name in ("params", "data/raw"):
        shutil.copytree(CHECKOUT / name, folder / name)
    (folder / "notebooks").mkdir()
    shutil.copyfile(source.NOTEBOOK, folder / "notebooks" / source.NOTEBOOK.name)
    office = Office.at(folder)
    weeks = archive.weeks(folder)
    for day in weeks:
        if day not in (unrecorded or weeks[-1:]):
            office.archive(day)
    return office


def executed(office: Office) -> nbformat.NotebookNode:
    """The notebook with its outputs, as Run All gives them."""
    notebook = nbformat.read(office.root / "notebooks" / source.NOTEBOOK.name, as_version=4)
    os.environ.update(PYTHONPATH=str(CHECKOUT), PYTHONHASHSEED="0")
    client = NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": office.root / "notebooks"}}
    )
    return execution.canonical(client.execute())


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        made = executed(sample(Path(folder) / "office"))
    source.NOTEBOOK.write_bytes(execution.to_bytes(made))
    source.ORIGINAL.write_text(json.dumps(source.digests(), indent=0) + "\n", encoding="utf-8", newline="\n")
    PICTURE.write_bytes(execution.pictures(made)["1-分镇完成率"])
