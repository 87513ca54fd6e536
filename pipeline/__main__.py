"""python -m pipeline COMMAND: see `python -m pipeline --help`.

The first lines use the standard library only: on a fresh machine they make .venv and start again inside it.
"""

from __future__ import annotations

import os
import sys

# The program is found by now. What else lies in its folder, or where one stands, is not to be imported by any name.
_HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib is not imported yet
_RELATIVE = [folder for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep) if not os.path.isabs(folder)]  # noqa: PTH117
_ELSEWHERE = {_HOME, os.getcwd(), *map(os.path.abspath, _RELATIVE)}  # noqa: PTH109
sys.path[:] = [folder for folder in sys.path if os.path.abspath(folder) not in _ELSEWHERE]  # noqa: PTH100

# jsonschema would import it for a URI format that no notebook uses: 1-2 s at every start.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

from pipeline import apart, bootstrap, terminal  # noqa: E402

terminal.prepare()


def main(arguments: list[str]) -> int:
    """Exit status of the command; the environment is made first where it is lacking."""
    status = bootstrap.ensure(arguments)
    if status is not None:
        return status
    apart.settle()
    from pipeline import cli  # noqa: PLC0415 - only now are its packages there

    return cli.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
