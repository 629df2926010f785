"""Texts of importing a folder: what was found, and what is wrong with which line."""

TEXTS: dict[str, tuple[str, str]] = {
    "import.where": ("{file} {line}行目", "{file}, line {line}"),
    "import.done": ("取り込みました。", "Imported."),
    "import.dry": ("問題はありません。まだ何も取り込んでいません。", "Nothing is wrong. Nothing was imported yet."),
    "import.stopped": (
        "問題が{count}件あるため、何も取り込みませんでした。",
        "Nothing was imported: {count} problems must be mended first.",
    ),
    "import.tally": (
        "{what}：追加 {added}・変更 {changed}・そのまま {same}",
        "{what}: {added} added, {changed} changed, {same} as they were",
    ),
    "import.staff": ("スタッフ", "Staff"),
    "import.groups": ("グループ", "Groups"),
    "import.calendar": ("カレンダー", "Calendar"),
    "import.requests": ("希望", "Requests"),
    "import.periods": ("期間", "Periods"),
    "import.ignored": ("読み込まなかったファイル：{files}", "Files left alone: {files}"),
    "import.no_files": (
        "このフォルダーには {expected} のどれもありません。",
        "None of {expected} is in this folder.",
    ),
    "import.too_large": ("{largest} MBまでのファイルにしてください。", "The file may have at most {largest} MB."),
    "import.not_utf8": (
        "文字コードがUTF-8ではありません。「CSV UTF-8」で保存し直してください。",
        "This is not UTF-8. Save the file again as “CSV UTF-8”.",
    ),
    "import.not_csv": ("CSVとして読めません（{reason}）。", "This cannot be read as CSV ({reason})."),
    "import.too_many": ("{most}件までです。", "At most {most} of them are possible."),
    "import.no_column": (
        "見出しに「{column}」がありません。使える見出し：{expected}",
        "The heading has no column “{column}”. Columns are: {expected}",
    ),
    "import.unknown_column": (
        "見出し「{column}」は使えません。使える見出し：{expected}",
        "The column “{column}” is not known. Columns are: {expected}",
    ),
    "import.column_twice": ("見出し「{column}」が2回あります。", "The column “{column}” is there twice."),
    "import.columns": (
        "列が{found}個あります。見出しと同じ{expected}個にしてください。",
        "The line has {found} fields, the heading {expected}: make them equal.",
    ),
    "import.missing": ("「{column}」が空です。", "“{column}” is empty."),
    "import.too_long": ("「{column}」は{longest}文字までです。", "“{column}” may have at most {longest} characters."),
    "import.bad_number": (
        "「{column}」の「{value}」は{low}から{high}までの整数にしてください。",
        "“{column}” is “{value}”: a whole number from {low} to {high} was expected.",
    ),
    "import.bad_date": (
        "「{column}」の「{value}」は日付ではありません。2026-12-31 のように書いてください。",
        "“{column}” is “{value}”: a date such as 2026-12-31 was expected.",
    ),
    "import.bad_word": (
        "「{column}」の「{value}」は使えません。使える値：{expected}",
        "“{column}” is “{value}”: expected one of {expected}.",
    ),
    "import.dates_order": (
        "「{later}」が「{earlier}」より前です。",
        "“{later}” lies before “{earlier}”.",
    ),
    "import.twice": ("{earlier}行目と重複しています。", "This repeats line {earlier}."),
    "import.unknown_name": (
        "「{name}」というスタッフはいません。staff.csv と同じ書き方にしてください。",
        "There is nobody called “{name}”. Write the name as in staff.csv.",
    ),
    "import.name_twice": ("「{name}」が2回あります。", "“{name}” is named twice."),
    "import.small_group": (
        "グループには2人以上が必要です（今は{found}人）。",
        "A group needs two members or more, this one has {found}.",
    ),
    "import.not_employed": ("{name} は {day} に在籍していません。", "{name} is not employed on {day}."),
    "import.cells_outside": (
        "{name} には在籍期間の外（{day}など）に{count}個のシフトが入っています。先にシフト表で消してください。",
        "{name} has {count} filled cells outside the employment ({day} is one). Empty them on the schedule first.",
    ),
    "demo.not_empty": (
        "このチームにはもうスタッフか期間があります。デモは空のチームにだけ入れられます。",
        "This team has staff or periods already. The demo goes into an empty team only.",
    ),
}
"""Codes are those of ``shiftapp.importing`` and ``shiftapp.services.demo``."""
