"""An address as a QR code, drawn as part of the page."""

import segno
from markupsafe import Markup


def qr_code(address: str, title: str) -> Markup:
    """The code as inline SVG without a style of its own; ``title`` is what it is, in words."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        omitsize=True, border=2, title=title, svgclass=None, lineclass=None
    )
    return Markup(drawn)  # noqa: S704  (segno escapes the title)
