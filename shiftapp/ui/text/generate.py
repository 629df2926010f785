"""Texts of runs that were refused or went wrong: what happened and what to do about it."""

TEXTS: dict[str, tuple[str, str]] = {
    "run.active": (
        "この期間は{who}さんが自動作成中です。終わるのを待つか、中止してください。",
        "{who} is generating this period: wait for the end, or cancel that run.",
    ),
    "run.over": ("この自動作成はすでに終わっています。", "That run is over already."),
    "run.unknown": (
        "その自動作成は見つかりません。ページを読み込み直してください。",
        "There is no such run: load the page again.",
    ),
    "run.no_clashes": (
        "自動作成の間の編集とはぶつかっていないため、再計算は不要です。",
        "No edit stands against this run: there is nothing to search again.",
    ),
    "run.limit": (
        "秒数は{shortest}から{longest}までの整数にしてください。",
        "Choose a whole number of seconds from {shortest} to {longest}.",
    ),
    "run.nothing_to_decide": (
        "スタッフと勤務区分を登録してから自動作成してください。",
        "Enter staff and shift types first: there is nothing to decide yet.",
    ),
    "run.nothing_found": (
        "反映できる案がありません。もう一度自動作成してください。",
        "This run has no roster to apply: generate again.",
    ),
    "run.infeasible": (
        "必須ルールをすべて守る案はありません。固定セルか必須ルールを減らしてください。",
        "No roster keeps every hard rule: unpin cells or make a rule soft.",
    ),
    "run.no_option": (
        "その対策はもうありません。一覧を開き直してください。",
        "That way out is no longer there: open the list again.",
    ),
    "run.no_roster": (
        "{seconds}秒では案が見つかりませんでした。秒数を増やしてください。",
        "No roster was found in {seconds} seconds: allow more.",
    ),
    "run.interrupted": (
        "サーバーが停止したため中断しました。もう一度自動作成してください。",
        "The server stopped in the middle: generate again.",
    ),
    "run.memory": (
        "計算に使えるメモリを超えました。期間を短くするか、ルールを減らしてください。",
        "The search needed more memory than it may use: shorten the period or switch off rules.",
    ),
    "run.killed": (
        "計算が外部から止められました。もう一度自動作成してください。",
        "The search was stopped from outside: generate again.",
    ),
    "run.crashed": (
        "計算中に問題が起きました。もう一度試し、続くようなら管理者に知らせてください。",
        "The search failed: try again, and tell your administrator if it happens again.",
    ),
}
