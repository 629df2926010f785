"""Texts about whom and when a rule concerns."""

TEXTS: dict[str, tuple[str, str]] = {
    "rules.scope": ("対象", "Concerns"),
    "rules.scope.all": ("全員・毎日", "everybody, every day"),
    "rules.scope.hint": (
        "何も選ばなければ全員・毎日が対象です。複数の条件は、すべて満たすものだけが対象になります。",
        "With nothing chosen, everybody on every day. Of several conditions, all must hold.",
    ),
    "rules.scope.types": ("雇用形態", "Staff types"),
    "rules.scope.groups": ("グループ", "Groups"),
    "rules.scope.staff": ("スタッフ", "Staff"),
    "rules.scope.days": ("曜日", "Weekdays"),
    "rules.scope.first": ("最初の日", "First date"),
    "rules.scope.last": ("最後の日", "Last date"),
    "rules.scope.dates": ("この日だけ", "Only on these dates"),
    "rules.scope.dates_hint": ("例：2026-12-24, 2026-12-31", "Such as 2026-12-24, 2026-12-31"),
    "rules.scope.dates_wrong": (
        "日付は 2026-12-24, 2026-12-31 の形で入力してください。",
        "Enter dates such as 2026-12-24, 2026-12-31.",
    ),
    "rules.scope.dates_many": ("日付は{most}日までです。", "At most {most} dates."),
    "rules.scope.people": ("スタッフ{count}人", "{count} people"),
    "rules.scope.groups_count": ("{count}グループ", "{count} groups"),
    "rules.scope.dates_count": ("{count}日", "{count} dates"),
    "rules.scope.from": ("{date}から", "from {date}"),
    "rules.scope.until": ("{date}まで", "until {date}"),
    "rules.name": ("ルール名（任意）", "Name of your own"),
    "rule.scope": (
        "この対象は使えません（{field}）。選び直してください。",
        "This cannot be what the rule concerns ({field}): choose again.",
    ),
}
