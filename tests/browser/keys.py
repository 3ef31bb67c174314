"""Somebody without a mouse: uses Tab, arrows, Space and Enter, and always sees where they are."""

from typing import Any

from playwright.sync_api import Page

MOST_TABS = 60
WHERE = """() => {
    const at = document.activeElement
    const part = at.matches('[type=radio], [type=checkbox]') ? at.nextElementSibling : at
    const pseudo = part === at ? null : '::before'
    const looks = () => {
        const style = getComputedStyle(part, pseudo)
        const drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
            && style.outlineColor !== 'rgba(0, 0, 0, 0)'
        const edge = parseFloat(style.borderTopWidth) > 0 ? style.borderColor : ''
        return [drawn ? style.outline : '', style.boxShadow, style.backgroundColor, edge].join()
    }
    const reached = looks()
    at.blur()
    const left = looks()
    at.focus({ preventScroll: true })
    const box = part.getBoundingClientRect()
    return {
        words: (at.labels?.[0] ?? at).textContent.trim() || at.getAttribute('aria-label') || '',
        name: at.name ?? '',
        marked: reached !== left,
        seen: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
        page: at === document.body,
    }
}"""


class Keys:
    """A page that is used by keyboard alone. Wherever the focus comes it must be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)

    def to_main(self) -> None:
        """By the link that comes first, past the page's head."""
        self.until(words="Skip to main content")
        self.press("Enter")

    def until(self, **wanted: str) -> None:
        """Press Tab until what has the focus says these ``words``, or is the field ``name``."""
        for _ in range(MOST_TABS):
            self.press("Tab")
            at = self._where()
            if all(value in at[key] for key, value in wanted.items()):
                return
        raise AssertionError(f"Tab never reached {wanted}")

    def _where(self) -> dict[str, Any]:
        at: dict[str, Any] = self.page.evaluate(WHERE)
        assert at["page"] or (at["marked"] and at["seen"]), f"the focus cannot be seen: {at}"
        return at

    def write(self, name: str, words: str) -> None:
        """Type into a field."""
        self.until(name=name)
        self.page.keyboard.type(words)

    def choose(self, name: str, words: str) -> None:
        """One of several answers, by the arrows."""
        self.until(name=name)
        for key in ("Space", *["ArrowDown"] * MOST_TABS):
            self.press(key)
            if self._where()["words"].startswith(words):
                return
        raise AssertionError(f"no arrow reached {words}")

    def tick(self, words: str) -> None:
        """A box."""
        self.until(words=words)
        self.press("Space")

    def go(self, words: str) -> None:
        """Follow the link, or press the button, that says this."""
        self.until(words=words)
        with self.page.expect_navigation():
            self.press("Enter")
