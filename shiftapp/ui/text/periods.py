"""Texts of the periods page."""

TEXTS: dict[str, tuple[str, str]] = {
    "periods.title": ("期間", "Periods"),
    "periods.intro": (
        "一つの期間が一つのシフト表です。通常は営業月を1か月または2か月分まとめて作ります。",
        "Each period is one schedule: usually one or two business months.",
    ),
    "periods.none": ("期間がまだありません。最初の期間を作りましょう。", "No periods yet: make the first one."),
    "periods.new": ("新しい期間", "New period"),
    "periods.length": ("日付", "Dates"),
    "periods.one": ("営業月1か月", "One business month"),
    "periods.two": ("営業月2か月", "Two business months"),
    "periods.own": ("自由に決める（1〜92日）", "Own dates (1–92 days)"),
    "periods.starts": ("開始日", "First date"),
    "periods.ends": ("終了日", "Last date"),
    "periods.name": ("名前（省略可）", "Name (optional)"),
    "periods.name_hint": ("空欄なら日付で表示します。", "Left empty, the dates stand for it."),
    "periods.create": ("期間を作る", "Make the period"),
    "periods.open": ("シフト表を開く", "Open schedule"),
    "periods.rename": ("名前を変える", "Rename"),
    "periods.rename_of": ("{period}の名前を変える", "Rename {period}"),
    "periods.days": ("{days}日間", "{days} days"),
    "periods.span": ("{starts}〜{ends}", "{starts} – {ends}"),
    "period.overlap": (
        "{starts}〜{ends}の期間と重なります。重ならない日付を選んでください。",
        "These dates overlap with the period {starts} to {ends}. Choose dates that do not.",
    ),
    "period.dates": (
        "期間は1〜{longest}日で、終わりは始まりより後にしてください。",
        "A period has 1 to {longest} days, and ends after it starts.",
    ),
    "period.name": ("名前は{longest}文字以内にしてください。", "A name has at most {longest} characters."),
    "periods.too_long": ("1〜{most}日の長さにしてください。", "A period has 1 to {most} days."),
}
