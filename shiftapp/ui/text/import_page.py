"""Texts of the import page. What is wrong with a file is in ``imports``."""

TEXTS: dict[str, tuple[str, str]] = {
    "import.title": ("取り込み", "Import"),
    "import.lead": (
        "staff.csv・groups.csv・calendar.csv・requests.csv、またはそのフォルダーのzipを選んでください。確認してから取り込みます。",
        "Choose staff.csv, groups.csv, calendar.csv and requests.csv, or a zip of their folder. "
        "They are checked before anything is imported.",
    ),
    "import.example": ("見本のファイルをダウンロード", "Download example files"),
    "import.choose": ("ファイル", "Files"),
    "import.drop": ("ここにファイルを置くか、押して選んでください", "Drop the files here, or press to choose them"),
    "import.check": ("確認する", "Check"),
    "import.looking": ("確認しています…", "Checking…"),
    "import.confirm": ("取り込む", "Import"),
    "import.again": ("ファイルを選び直す", "Choose other files"),
    "import.more": ("ほか{count}件", "and {count} more"),
    "import.later": ("あとで", "Later"),
    "import.what": ("種類", "What"),
    "import.added": ("追加", "Added"),
    "import.changed": ("変更", "Changed"),
    "import.same": ("そのまま", "As they were"),
    "import.expired": (
        "ファイルを預かる時間が過ぎました。もう一度選んでください。",
        "The files were kept too long. Choose them again.",
    ),
}
