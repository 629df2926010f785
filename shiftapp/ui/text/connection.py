"""Texts about the line between page and server."""

TEXTS: dict[str, tuple[str, str]] = {
    "connection.there": ("接続中", "Connected"),
    "connection.again": ("再接続中…", "Reconnecting…"),
    "connection.away": (
        "サーバーに接続できません。再接続しています…",
        "No connection to the server: reconnecting…",
    ),
    "connection.refused": (
        "接続が切れているため、何も変えていません。再接続後にもう一度入力してください。",
        "Not connected, so nothing was changed: try again once the page has reconnected.",
    ),
    "connection.unanswered": (
        "最後の入力にサーバーの返事がありません。表示は元に戻しました。保存されたかどうか確かめてください。",
        "The server did not answer your last edit. It is no longer shown: check whether it was saved.",
    ),
}
