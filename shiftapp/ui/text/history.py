"""Texts of what became of a cell."""

TEXTS: dict[str, tuple[str, str]] = {
    "history.menu": ("変更履歴…", "History…"),
    "history.title": ("{names} {when}の変更履歴", "History · {names} · {when}"),
    "history.none": ("このセルはまだ誰も変更していません。", "Nobody has changed this cell yet."),
    "history.older": ("最新の{most}件を表示しています。", "These are the latest {most} changes."),
    "history.empty": ("未定", "not decided"),
    "history.pinned": ("固定", "pinned"),
    "history.restore": ("この値に戻す", "Restore this value"),
    "history.unknown": (
        "その変更は見つかりません。ページを読み込み直してください。何も変えていません。",
        "There is no such change: reload the page. Nothing was changed.",
    ),
    "history.kind.edit": ("入力", "edit"),
    "history.kind.paste": ("貼り付け", "paste"),
    "history.kind.fill": ("フィル", "fill"),
    "history.kind.run": ("自動作成 {run} を適用", "run {run} applied"),
    "history.kind.import": ("取り込み", "import"),
    "history.kind.undo": ("元に戻す", "undo"),
    "history.kind.redo": ("やり直し", "redo"),
    "history.kind.restore": ("履歴から復元", "restored from history"),
    "history.kind.employment": ("在籍期間の変更", "employment changed"),
}
