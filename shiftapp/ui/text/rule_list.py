"""Texts about the list of rules: adding, copying, removing, finding, and the weights of all at once."""

TEXTS: dict[str, tuple[str, str]] = {
    "rules.add": ("ルールを追加", "Add a rule"),
    "rules.add.hint": (
        "種類を選ぶと、初期値のルールが「使わない」の状態で加わり、設定が開きます。",
        "Choose a kind. The rule comes with the usual numbers, switched off, and opens so that you can set it.",
    ),
    "rules.add.had": ("{count}件あり", "{count} in the list"),
    "rules.copy": ("複製", "Copy"),
    "rules.remove": ("削除", "Remove"),
    "rules.removed": ("「{rule}」を削除しました。", "“{rule}” has been removed."),
    "rules.was_reset": ("「{rule}」を初期値に戻しました。", "“{rule}” is back to its default."),
    "rules.reweighed": (
        "重みを「{preset}」にしました（変更{count}件）。",
        "Weights are now “{preset}” ({count} changed).",
    ),
    "rule.changed": (
        "このルールはその後変更されたため、元に戻しません。",
        "Somebody has changed this rule since: it stays as it is.",
    ),
    "rules.undo": ("元に戻す", "Undo"),
    "rules.preset": ("全体の重み", "Weights"),
    "rules.preset.strict": ("厳しめ", "Strict"),
    "rules.preset.balanced": ("標準", "Balanced"),
    "rules.preset.flexible": ("ゆるめ", "Flexible"),
    "rules.preset.own": ("独自", "Own"),
    "rules.preset.hint": (
        "全体の重みは、すべてのルールの重みをまとめて変えます。厳しめは標準の2倍、ゆるめは半分です。",
        "Weights sets those of all rules at once: strict doubles the usual ones, flexible halves them.",
    ),
    "rules.find": ("ルールを探す", "Find a rule"),
    "rules.find.none": ("当てはまるルールはありません。", "No rule matches."),
    "rules.theme.settled": ("カレンダーと確定済みのシフト", "What is already settled"),
    "rules.theme.cover": ("1日の人数", "People on a day"),
    "rules.theme.rest": ("連続勤務・休息・並び", "Runs, rest and sequences"),
    "rules.theme.count": ("休日数・勤務時間・公平さ", "Days off, hours and fairness"),
    "rules.theme.people": ("希望と、誰がどのシフトに入るか", "Wishes, and who has which shift"),
    "rules.theme.used": ("{all}件中{used}件を使用中", "{used} of {all} on"),
}
