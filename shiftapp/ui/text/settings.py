"""Texts of the frame of the settings pages."""

TEXTS: dict[str, tuple[str, str]] = {
    "settings.title": ("設定", "Settings"),
    "settings.label": ("設定のページ", "Settings pages"),
}
