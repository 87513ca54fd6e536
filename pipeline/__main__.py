"""python -m pipeline COMMAND: see `python -m pipeline --help`.

The first lines use the standard library only: on a fresh machine they make .venv and start again inside it.
"""

from __future__ import annotations

import sys

# jsonschema would import it for a URI format that no notebook uses: 1-2 s at every start.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

from pipeline import bootstrap  # noqa: E402


def main(arguments: list[str]) -> int:
    """Exit status of the command; the environment is made first where it is lacking."""
    status = bootstrap.ensure(arguments)
    if status is not None:
        return status
    from pipeline import cli  # noqa: PLC0415 - only now are its packages there

    return cli.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
