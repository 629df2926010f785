"""Texts of what a team's data cannot take."""

TEXTS: dict[str, tuple[str, str]] = {
    "edit.archived": (
        "保管した期間は変更できません。何も変えていません。",
        "An archived period is not changed any more. Nothing was changed.",
    ),
    "staff.many": (
        "シフト表に表示できるのは{most}人までです。使わない人を停止してください。",
        "The schedule shows at most {most} people: make somebody inactive first.",
    ),
    "staff.archived": (
        "保管した期間にも新しい在籍期間の外のシフトがあります（{day}など）。保管した期間は変更できません。",
        "An archived period has shifts outside the new employment ({day} is one), and stays as it is.",
    ),
    "staff.changed": (
        "その間にシフト表が変わりました。空になるセルを確かめて、もう一度保存してください。",
        "The schedule changed meanwhile: look again at which cells would be emptied, and save once more.",
    ),
    "groups.many": ("グループは{most}個までです。", "At most {most} groups."),
    "groups.unknown": ("このグループはもうありません。", "This group is no longer there."),
}
