"""The whole seal as a QR code, for whoever has the paper and a telephone: what it says can be given to verify --code."""

from functools import cache


@cache
def svg(seal: str) -> str:
    """A picture for a page, as wide as the page's style says."""
    import segno  # noqa: PLC0415 - `check` prints no paper

    drawn = segno.make(seal.upper(), error="m", micro=False, boost_error=False)  # capitals and digits make it small
    picture: str = drawn.svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None, title="校验码全文")
    return picture
