"""What a browser gets of the design system carries no branding."""

import pytest

from scripts.vendor import SYSTEM_FONTS, VENDOR, without_branding, without_source_map
from tests.absence import skip_or_fail

RULES = """.govuk-body{font-family:GDS Transport,arial,sans-serif;margin:0}
@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}
@supports (mask-position:initial){
.govuk-footer__copyright-logo:before{mask-image:url(/assets/images/govuk-crest.svg)}}
.govuk-footer__crown{margin:1px}.govuk-tag{color:red}
/*# sourceMappingURL=govuk-frontend.min.css.map */"""


class TestBranding:
    def test_is_dropped_and_the_rest_is_kept(self) -> None:
        css = without_branding(RULES)
        assert ".govuk-tag{color:red}" in css
        assert f".govuk-body{{font-family:{SYSTEM_FONTS};margin:0}}" in css
        assert not any(word in css for word in ("Transport", "crest", "crown", "sourceMapping"))

    def test_of_a_new_kind_stops_the_set_up(self) -> None:
        with pytest.raises(ValueError, match="branding is left"):
            without_branding(".govuk-new{background:url(/assets/images/govuk-lion.svg)}")

    def test_is_in_no_file_that_is_served(self) -> None:
        sheet = VENDOR / "govuk-frontend" / "govuk-frontend.min.css"
        if not sheet.exists():
            skip_or_fail("front-end files are not installed: make setup")
        css = sheet.read_text("utf-8")
        assert ".govuk-error-summary" in css
        assert "GDS Transport" not in css
        assert {path.suffix for path in VENDOR.rglob("*.*")}.isdisjoint({".woff", ".woff2", ".ico"})


class TestSourceMaps:
    @pytest.mark.parametrize("end", ["//# sourceMappingURL=a.js", "/*# sourceMappingURL=a */\n"])
    def test_are_not_pointed_at(self, end: str) -> None:
        assert without_source_map(f"x()\n{end}") == "x()\n"
