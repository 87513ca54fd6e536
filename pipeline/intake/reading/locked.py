"""Files that are encrypted with the password which Excel tries by itself: nobody is asked for it, and it guards nothing.

Excel writes them when a workbook's structure is protected (.xls) or when only its changes are; so do some systems.
"""

import io

from pipeline.intake.reading.book import ENCRYPTED, Unreadable
from pipeline.intake.reading.budget import Budget

_PASSWORD = "VelvetSweatshop"  # published in [MS-OFFCRYPTO] and [MS-XLS], the same for everybody
_MOST_ROUNDS = 1_000_000  # Excel writes 100,000; each is a step
_STANDARD_ROUNDS = 50_000  # what every other kind of key costs


def opened(content: bytes, budget: Budget) -> bytes:
    """The file inside; Unreadable if it asks for a password of somebody's own."""
    import msoffcrypto  # noqa: PLC0415 - and with it cryptography: few files need them

    inside = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(content))
        rounds = office.info["spinValue"] if getattr(office, "type", "") == "agile" else _STANDARD_ROUNDS
        if rounds > _MOST_ROUNDS:
            raise ValueError(rounds)
        budget.work(rounds + len(content) // 64)
        office.load_key(password=_PASSWORD)
        office.decrypt(inside)
    except Unreadable:
        raise
    except Exception:  # the library's own, olefile's, struct's: in each case it does not open
        raise Unreadable(ENCRYPTED) from None
    return inside.getvalue()
