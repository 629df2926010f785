"""Texts of conflicts: two people's values for one cell, and which of them stands."""

TEXTS: dict[str, tuple[str, str]] = {
    "conflicts.title": ("同時編集", "Editing together"),
    "conflicts.intro": (
        "二人が互いの変更を見ないまま同じセルを編集したとき、どちらの値を残すかを決めます。"
        "残らなかった値の人には必ずその場で知らせ、ボタン一つで戻せます。",
        "Which value stands when two people edit the same cell without having seen each other's change. "
        "Whoever's value does not stand is always told, on the spot, and can put it back with one press.",
    ),
    "conflicts.label": ("同じセルを二人が編集したとき", "When two people edit one cell"),
    "conflicts.last": ("後の人の値を残す", "The later value stands"),
    "conflicts.last.says": (
        "セルは後から編集した人の値になり、先の人に知らせます。",
        "The cell becomes what the later person entered; the earlier one is told.",
    ),
    "conflicts.first": ("先の人の値を残す", "The earlier value stands"),
    "conflicts.first.says": (
        "セルは先に編集した人の値のままで、後の人に知らせます。",
        "The cell stays as the earlier person left it; the later one is told.",
    ),
    "conflicts.merge": ("項目ごとに合わせる", "Combine"),
    "conflicts.merge.says": (
        "シフト・固定・メモのうち別々の項目の変更はどちらも残り、メモ同士はつなげます。"
        "同じ項目だけは後の人の値になり、先の人に知らせます。",
        "Changes of different things (shift, pin, note) are both kept, and two notes are joined. "
        "Only for the same thing the later value stands, and the earlier person is told.",
    ),
    "conflicts.ask": ("その都度選ぶ", "Choose each time"),
    "conflicts.ask.says": (
        "両方の値を名前と時刻つきで全員に示し、誰かが選ぶまでセルは変わりません。",
        "Both values are shown to everybody, with names and times; the cell does not change until somebody chooses.",
    ),
    "conflict.label": ("重なった編集", "Edits that met"),
    "conflict.head": ("重なった編集{count}件", "Edits that met: {count}"),
    "conflict.lost": (
        "{cell}：あなたの「{lost}」は{who}さんの「{stands}」になりました（{at}）。",
        "{cell}: your {lost} gave way to {stands} by {who}, {at}.",
    ),
    "conflict.open": (
        "{cell}：どちらにしますか？　{winner}さんの「{stands}」（{stood}）、{loser}さんの「{lost}」（{at}）",
        "{cell}: which one? {stands} by {winner}, {stood}, or {lost} by {loser}, {at}.",
    ),
    "conflict.cell": ("{name} {day}", "{name}, {day}"),
    "conflict.nobody": ("システム", "the system"),
    "conflict.empty": ("空欄", "empty"),
    "conflict.pinned": ("{shift}・固定", "{shift}, pinned"),
    "conflict.noted": ("{shift}・メモ「{note}」", "{shift}, note “{note}”"),
    "conflict.back": ("「{lost}」に戻す", "Put {lost} back"),
    "conflict.let": ("このままでよい", "Leave it"),
    "conflict.choose": ("「{value}」にする", "Take {value}"),
    "conflict.choose.of": ("{count}件とも{who}さんの値にする", "Take all {count} of {who}"),
    "conflict.choose.stands": ("{count}件とも今の値にする", "Keep all {count} as they stand"),
    "conflict.choose.lost": ("{count}件とももう一方の値にする", "Take the other value in all {count}"),
    "conflict.more": ("ほか{count}件も表示", "Show {count} more"),
    "conflict.fewer": ("一部だけ表示", "Show fewer"),
    "conflict.back.all": ("{count}件すべて戻す", "Put all {count} back"),
    "conflict.let.all": ("すべてこのまま", "Leave all"),
    "conflict.show": ("このセルを見る", "Show this cell"),
    "conflict.settled": (
        "この選択はもう済んでいます。",
        "Somebody has settled this already.",
    ),
}
