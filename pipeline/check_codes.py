"""The seal of a week, and the check code by which a sheet of paper is known as its.

seal = sha256(rest ‖ digest of the published figures), so that who has only the figures and the digest of the rest can
check them. The check code is its first 120 bits: nobody can fit other figures to it.
"""

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Protocol

from pipeline.records import Key

_SIGNS, _GROUP = 24, 4
_TWINS = str.maketrans("08", "OB")  # signs that base32 does not have, for those they are taken for; 1 is I or L


class Published(Protocol):
    """One figure of the official form."""

    @property
    def key(self) -> Key: ...
    @property
    def target(self) -> int: ...
    @property
    def done(self) -> int | None: ...


def figures(progress: Iterable[Published]) -> str:
    """sha256 of what the official form prints: [区镇, 村, 类别, 目标, 累计完成] of each village × kind, in its order."""
    published = [[*row.key, row.target, row.done] for row in progress]
    return hashlib.sha256(json.dumps(published, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def seal(rest: str, figures: str) -> str:
    """rest, figures: their digests."""
    return hashlib.sha256(f"{rest}{figures}".encode()).hexdigest()


def check_code(seal: str) -> str:
    """ABCD-EFGH-IJKL-MNOP-QRST-UVWX: the seal's beginning in base32."""
    signs = base64.b32encode(bytes.fromhex(seal)).decode()[:_SIGNS]
    return "-".join(signs[at : at + _GROUP] for at in range(0, _SIGNS, _GROUP))


def is_whole(typed: str) -> bool:
    """Whether what was typed can be a check code, or the whole seal as the QR code gives it."""
    signs = _plain(typed)
    return bool(re.fullmatch(r"[0-9A-F]{64}|[A-Z0-8]{24,52}", signs))


def belongs(typed: str, seal: str) -> bool:
    """Whether a check code, read from paper or by its QR code, is this seal's. Case, blanks and hyphens do not count."""
    signs = _plain(typed)
    if re.fullmatch(r"[0-9A-F]{64}", signs):
        return signs == seal.upper()
    if not seal:
        return False
    pattern = signs.translate(_TWINS).replace("1", "[IL]")
    return len(signs) >= _SIGNS and bool(re.match(pattern, base64.b32encode(bytes.fromhex(seal)).decode()))


def _plain(typed: str) -> str:
    """Its letters and digits, whatever stands around or between them."""
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", typed).upper())
