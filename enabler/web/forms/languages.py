"""Languages that people may ask for, each by its own name, so that its speakers see it."""

from collections.abc import Iterable

LANGUAGES: dict[str, str] = {
    "en": "English", "cy": "Cymraeg", "ar": "العربية", "bn": "বাংলা", "es": "Español",
    "fa": "فارسی", "fr": "Français", "gu": "ગુજરાતી", "pa": "ਪੰਜਾਬੀ", "pl": "Polski",
    "pt": "Português", "ro": "Română", "so": "Soomaali", "ti": "ትግርኛ", "tr": "Türkçe",
    "uk": "Українська", "ur": "اردو", "zh": "中文",
}  # fmt: skip
"""By ISO 639-1 code. The names are data, not words of the catalogue."""


def languages_words(codes: Iterable[str]) -> str:
    """Languages by their own names."""
    return ", ".join(LANGUAGES.get(code, code) for code in codes)


def language_choices(*, without: str | None = None) -> list[tuple[str, str]]:
    """Codes with the language's own name."""
    return [(code, name) for code, name in LANGUAGES.items() if code != without]
