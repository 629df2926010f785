"""Texts of a period's history."""

TEXTS: dict[str, tuple[str, str]] = {
    "past.title": ("変更履歴", "History"),
    "past.filters": ("絞り込み・日時の指定", "Filter, or choose a time"),
    "past.none": ("該当する変更はありません。", "No change matches."),
    "past.by": ("変更した人", "Changed by"),
    "past.of": ("スタッフ", "Staff member"),
    "past.day": ("日付", "Date"),
    "past.kind": ("種類", "Kind"),
    "past.any": ("すべて", "All"),
    "past.at": ("この日時の状態を見る", "See it as it was at"),
    "past.newer": ("新しい変更", "Newer"),
    "past.older": ("古い変更", "Older"),
    "past.most": ("うち{most}セルを表示しています。", "The first {most} cells are listed."),
    "past.nobody": ("（システム）", "(system)"),
    "past.repair": ("欠勤の対応 {run} を適用", "cover for an absence applied, run {run}"),
    "past.see": ("この時点を見る", "See this moment"),
    "past.compare": ("表示中の時点と比べる", "Compare with the moment shown"),
    "past.take_back": ("この変更を取り消す…", "Take this back…"),
    "past.note": ("メモ", "note"),
    "past.shown": (
        "{when}の状態です（閲覧のみ）。ルールとスタッフは現在のものです。",
        "As it was at {when}, to look at only. Rules and staff are today's.",
    ),
    "past.empty": (
        "最初の変更より前の状態です（閲覧のみ）。",
        "As it was before the first change, to look at only.",
    ),
    "past.compared": ("2つの時点の違い：{cells}", "Different between the two moments: {cells}"),
    "past.with_now": ("現在と比べる", "Compare with now"),
    "past.back": ("現在に戻る", "Back to now"),
    "past.restore": ("復元…", "Restore…"),
    "past.scope": ("復元する範囲", "What to restore"),
    "past.scope.all": ("期間全体", "the whole period"),
    "past.scope.row": ("{name}の行", "the row of {name}"),
    "past.scope.day": ("{day}", "{day}"),
    "past.scope.cell": ("{name} {day}", "{name}, {day}"),
    "past.plan": ("{cells}が変わります。", "{cells} would change."),
    "past.plan.newer": (
        "その後に変更された{cells}はそのままにします。",
        "Left alone, as something newer is there: {cells}.",
    ),
    "past.plan.outside": (
        "在籍期間か期間の外になった{cells}は戻せません。",
        "Cannot come back, outside employment or period: {cells}.",
    ),
    "past.plan.unused": (
        "使用を終えたスタッフまたは勤務の{cells}は戻せません。",
        "Cannot come back, as the staff member or the shift type is out of use: {cells}.",
    ),
    "past.do": ("復元する", "Restore"),
    "past.done": (
        "復元しました（{cells}）。元に戻すこともできます。",
        "Restored: {cells}. Undo takes it back.",
    ),
    "past.before": (
        "その日時には、この期間はまだありませんでした。もっと後の日時を選んでください。",
        "The period did not exist yet at that time: choose a later one.",
    ),
    "past.no_moment": (
        "その時点はまだありません。ページを読み込み直してください。",
        "The period has not come to that moment: reload the page.",
    ),
    "past.no_run": (
        "自動作成 {run} は、この期間に適用されていません。何も変えていません。",
        "Run {run} was never applied to this period. Nothing was changed.",
    ),
    "past.moved": (
        "確認の後に、対象のセルが変更されました。もう一度確認してください。何も変えていません。",
        "Some of these cells were changed after you looked: look again. Nothing was changed.",
    ),
    "past.same": ("戻すセルがありません。すでにその状態です。", "Nothing to restore: the cells hold that already."),
}
