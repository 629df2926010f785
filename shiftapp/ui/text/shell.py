"""Texts of the frame that every page stands in, and of dates."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = (("月", "Mon"), ("火", "Tue"), ("水", "Wed"), ("木", "Thu"), ("金", "Fri"), ("土", "Sat"), ("日", "Sun"))

TEXTS: dict[str, tuple[str, str]] = {
    "nav.label": ("ページ", "Pages"),
    "nav.schedule": ("シフト表", "Schedule"),
    "nav.staff": ("スタッフ", "Staff"),
    "nav.settings": ("設定", "Settings"),
    "nav.sign_out": ("ログアウト", "Sign out"),
    "nav.language": ("Switch to English", "日本語に切り替え"),
    "nav.light": ("明るさを切り替え", "Light or dark"),
    "missing.title": ("ページがありません", "There is nothing here"),
    "missing.says": (
        "アドレスが変わったか、リンクが古いようです。",
        "The address has changed, or the link is an old one.",
    ),
    "missing.back": ("シフト表を開く", "Open the schedule"),
    "notice.close": ("閉じる", "Close"),
    **{f"month.{number}": (f"{number}月", called) for number, called in enumerate(_MONTHS, 1)},
    **{f"weekday.{number}": both for number, both in enumerate(_WEEKDAYS)},
}
