"""Texts of what stands in the way of an edit or of opening a period."""

TEXTS: dict[str, tuple[str, str]] = {
    "edits.refused.one": ("受け付けられなかった入力があります", "An edit was not accepted"),
    "edits.refused": ("受け付けられなかった入力が{count}件あります", "{count} edits were not accepted"),
    "edits.refused.more": ("ほか{count}セル", "and {count} more cells"),
    "edits.unread": (
        "シフトとして読めない値が{count}件あり、そのセルは変えていません（例：{word}）。",
        "Cells stay as they were where the pasted value is no shift: {count}, such as “{word}”.",
    ),
    "edits.refused.pin": ("固定する", "pin"),
    "edits.refused.unpin": ("固定を外す", "unpin"),
    "edits.refused.no_note": ("メモを消す", "delete the note"),
    "period.none": (
        "まだ期間がありません。設定で作成してください。",
        "There is no period yet: create one in the settings.",
    ),
    "period.unknown": (
        "この期間はありません。ほかの期間を選んでください。",
        "There is no such period: choose another one.",
    ),
    "cell.outside_employment": (
        "{staff}さんは{day}には在籍していません。何も変えていません。",
        "{staff} is not employed on {day}. Nothing was changed.",
    ),
    "cell.outside_period": (
        "{day}はこの期間に入っていません。何も変えていません。",
        "{day} is not in this period. Nothing was changed.",
    ),
    "edit.same_cell_twice": (
        "{day}の同じセルが二度指定されています。何も変えていません。",
        "A cell of {day} is named twice. Nothing was changed.",
    ),
    "staff.unknown": (
        "このスタッフはいません。ページを読み込み直してください。何も変えていません。",
        "There is no such staff member: reload the page. Nothing was changed.",
    ),
    "shift.unknown": (
        "このシフトの種類はありません。ページを読み込み直してください。何も変えていません。",
        "There is no such shift type: reload the page. Nothing was changed.",
    ),
}
