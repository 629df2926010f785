"""Texts of a cell's note."""

TEXTS: dict[str, tuple[str, str]] = {
    "note.menu": ("メモ…", "Note…"),
    "note.title": ("{names} {when}のメモ", "Note · {names} · {when}"),
    "note.says": ("メモ「{note}」", "note “{note}”"),
    "note.none": ("メモなし", "no note"),
    "note.card": ("{name} メモ", "{name}: note"),
    "note.left": ("{count} / {most}文字", "{count} / {most} characters"),
    "note.long": (
        "{most}文字までです。{over}文字減らすと保存できます。",
        "At most {most} characters: shorten it by {over} to save it.",
    ),
}
