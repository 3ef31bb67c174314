"""Copy the front-end files that pages use out of node_modules, without GOV.UK's branding.

Government guidance lets anyone use the design system, except its branding, logos and fonts. So the
font gives way to the system's own, and crest, crown and icons are left behind. Nothing is fetched
here, and nothing else of node_modules reaches a browser.
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "enabler" / "static" / "vendor"
GOVUK = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk"
LEAFLET = ROOT / "node_modules" / "leaflet"
DEJAVU = ROOT / "node_modules" / "dejavu-fonts-ttf"
PRINTED = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
"""What statements are printed in: letters of Welsh, Polish, Greek, Russian, Arabic and more."""

SYSTEM_FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif'
BRANDED_RULE = re.compile(
    r"[^{}]*(?:footer__crown|copyright-logo|logotype|logo-dot)[^{}]*\{[^{}]*\}"
)
BRANDING = re.compile(r"GDS Transport|crest|crown|logotype|logo-dot|/assets/", re.IGNORECASE)
LICENCE_MARK = re.compile(r"/\*!.*?\*/", re.DOTALL)


def without_source_map(text: str) -> str:
    """Drop the pointer to a map that is not served, which a browser would ask for in vain."""
    return re.sub(r"(/\*|//)# sourceMappingURL=\S+( \*/)?\s*$", "", text)


def without_branding(css: str) -> str:
    """Replace the font, drop the rules of crest, crown and logo; ValueError if a trace is left."""
    css = LICENCE_MARK.sub("", without_source_map(css))
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", SYSTEM_FONTS)
    css = BRANDED_RULE.sub("", css)
    trace = BRANDING.search(css)
    if trace:
        raise ValueError(f"branding is left in the stylesheet: {trace.group()}")
    return css


def vendor() -> None:
    """Lay out enabler/static/vendor anew."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    govuk, leaflet, dejavu = (VENDOR / name for name in ("govuk-frontend", "leaflet", "dejavu"))
    govuk.mkdir(parents=True)
    css = (GOVUK / "govuk-frontend.min.css").read_text(encoding="utf-8")
    (govuk / "govuk-frontend.min.css").write_text(without_branding(css), encoding="utf-8")
    shutil.copyfile(GOVUK.parents[1] / "README.md", govuk / "README.md")
    shutil.copytree(LEAFLET / "dist" / "images", leaflet / "images")
    shutil.copyfile(LEAFLET / "dist" / "leaflet.css", leaflet / "leaflet.css")
    shutil.copyfile(LEAFLET / "LICENSE", leaflet / "LICENSE")
    dejavu.mkdir()
    for source in (*(DEJAVU / "ttf" / name for name in PRINTED), DEJAVU / "LICENSE"):
        shutil.copyfile(source, dejavu / source.name)
    for source, folder in (
        (GOVUK / "govuk-frontend.min.js", govuk),
        (LEAFLET / "dist" / "leaflet.js", leaflet),
    ):
        script = without_source_map(source.read_text(encoding="utf-8"))
        (folder / source.name).write_text(script, encoding="utf-8")


if __name__ == "__main__":
    vendor()
