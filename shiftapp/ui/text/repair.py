"""Texts of an absence and of who covers it."""

TEXTS: dict[str, tuple[str, str]] = {
    "repair.ask": ("欠勤の代わり", "Absence"),
    "repair.ask.says": ("急な欠勤の代わりを探す", "Find who covers an absence"),
    "repair.menu": ("この日から欠勤…", "Away from here…"),
    "repair.says": (
        "シフト表との違いが少ない案を三つまで探します（10秒以内）。固定セルは、休む本人の分を除いて変えません。",
        "Looks for up to three rosters close to this one, within ten seconds. Pinned cells stay, except those of "
        "who is away.",
    ),
    "repair.who": ("休む人", "Who is away"),
    "repair.first": ("最初の日", "First day"),
    "repair.last": ("最後の日", "Last day"),
    "repair.start": ("代わりの案を探す", "Find cover"),
    "repair.show": ("案を見る", "See the options"),
    "repair.found": ("代わりの案があります", "Cover found"),
    "repair.pick": ("案を選ぶと全員の画面に表示します。", "Choose an option to show it to everybody."),
    "repair.title": ("{names}の欠勤（{when}）", "{names} away: {when}"),
    "repair.options": (
        "どれも実際に組めることを確認済みです。選ぶと案を全員の画面に表示します。反映するまでシフト表は変わりません。",
        "Each keeps the hard rules. Press one to show it to everybody; nothing changes until it is applied.",
    ),
    "repair.all": (
        "必須ルールと固定セルを守る案は、ほかにありません。",
        "The hard rules and pinned cells leave no other way.",
    ),
    "repair.few": ("ほかの案は時間内に見つかりませんでした。", "No other was found in time."),
    "repair.one": ("1 セルを変更", "1 cell changes"),
    "repair.cells": ("{count}セルを変更", "{count} cells change"),
    "repair.cost": ("コスト {cost}（今との差 {difference}）", "cost {cost} ({difference} against now)"),
    "repair.fewest": ("変更が最も少ない案です", "No roster changes fewer cells"),
    "repair.filled": ("空欄{count}セルも埋めます", "also fills {count} empty cells"),
    "repair.broken": ("負担が増えるルール：{rules}", "costs more: {rules}"),
    "repair.move": ("{names} {when}: {before} → {after}", "{names} · {when}: {before} → {after}"),
    "repair.more": ("ほか{count}セル", "and {count} more"),
    "repair.none": (
        "このままでは代わりの案がありません。上の固定を外すか、ルールを必須から考慮に変えて、もう一度探してください。",
        "Nobody can cover as things are: unpin one of the cells above or make one of the rules soft, then ask again.",
    ),
    "repair.unknown": (
        "そのスタッフはこの期間で勤務できません。ページを読み込み直してください。",
        "That person is not planned in this period: load the page again.",
    ),
    "repair.dates": (
        "欠勤の日は、期間の中で、最初の日から最後の日の順に選んでください。",
        "Choose dates inside the period, the first day not after the last.",
    ),
    "repair.no_absence": (
        "一日休む勤務区分と出勤の勤務区分の両方が必要です。勤務区分のページで追加してください。",
        "A shift type for a whole day off and one for work are needed: add them on the shift types page.",
    ),
    "repair.at_work": (
        "欠勤の日にはすべて勤務が入力されたため、代わりを探す日がありません。"
        "休みに戻すか、別の日で「欠勤の代わり」を使ってください。",
        "Somebody entered work on every day of the absence: there is nothing left to cover. "
        "Enter the day off again, or use “Absence” for other days.",
    ),
    "run.nobody_covers": (
        "必須ルールと固定セルを守ったまま代わりを置く案はありません。",
        "Nobody can cover within the hard rules and pinned cells.",
    ),
    "run.no_cover": (
        "時間内に代わりの案が見つかりませんでした。固定を減らすか、欠勤を短く分けて試してください。",
        "No cover was found in time: unpin cells, or ask for fewer days at once.",
    ),
}
