"""Texts of the calendar page."""

TEXTS: dict[str, tuple[str, str]] = {
    "calendar.title": ("カレンダー", "Calendar"),
    "calendar.intro": (
        "日付を押すたびに、通常 → 出勤日 → 休業日 → 通常と変わります。祝日は自動で表示されます。",
        "Each press on a date turns it: ordinary → must work → closed → ordinary. National holidays are shown.",
    ),
    "calendar.earlier": ("前の月", "Earlier month"),
    "calendar.later": ("次の月", "Later month"),
    "calendar.today": ("今月", "This month"),
    "calendar.month": ("{year}年{month}", "{month} {year}"),
    "calendar.day": ("{date} {kind} {holiday}", "{date} {kind} {holiday}"),
    "calendar.kind": ("この日は", "This date is"),
    "calendar.normal": ("通常", "ordinary"),
    "calendar.must_work": ("出勤日", "must work"),
    "calendar.must_off": ("休業日", "closed"),
    "calendar.holiday": ("独自の祝日", "own holiday"),
    "calendar.public": ("国民の祝日", "national holiday"),
    "calendar.entered": ("登録した日", "Dates you entered"),
    "calendar.none": ("この3か月に登録した日はありません。", "None in these three months."),
    "calendar.edit_of": ("{date}を編集", "Edit {date}"),
    "calendar.note_label": ("メモ", "Note"),
}
