"""Processes of our own: each finds the program by its place, and has no folder on its path but Python's own.

So nothing that lies beside the program, in an office or in a record is ever imported, whatever its name. Standard
library only, since every start of the program is such a process.
"""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_FOUND = (
    "import sys, importlib.util as util; spec = util.spec_from_file_location('pipeline', sys.argv.pop(1)); "
    "module = util.module_from_spec(spec); sys.modules['pipeline'] = module; spec.loader.exec_module(module)"
)

_FOR_PEOPLE = ("PYTHON", "JUPYTER", "IPYTHON", "IPYKERNEL", "MPL", "MATPLOTLIB")  # what their settings begin with
_HARMLESS = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")


def command(code: str, *arguments: str, python: str = "") -> list[str]:
    """How to run `code`, which may import the program and has the arguments as sys.argv[1:], by this Python or another."""
    return [python or sys.executable, "-P", "-c", f"{_FOUND}; {code}", str(_PACKAGE / "__init__.py"), *arguments]


def variables(**more: str) -> dict[str, str]:
    """The environment of such a process: this one's, without people's settings, and the same output every time."""
    kept = {name: value for name, value in os.environ.items() if name in _HARMLESS or not name.startswith(_FOR_PEOPLE)}
    path = [folder for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep) if _is_a_choice(folder)]
    if path:
        kept["PYTHONPATH"] = os.pathsep.join(path)
    return {**kept, "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1", "PYTHONHASHSEED": "0", **more}


def settle() -> None:
    """The same for this process, and for those that its packages start."""
    kept = variables()
    os.environ.clear()
    os.environ.update(kept)
    warnings.simplefilter("ignore")  # of libraries, in English, where PYTHONWARNINGS asks for them


def _is_a_choice(folder: str) -> bool:
    """Whether it is a folder of packages that the user has chosen: not the program's own, not wherever one stands."""
    return Path(folder).is_absolute() and Path(folder).resolve() not in (_PACKAGE.parent, Path.cwd())
