"""Texts about the line between page and server."""

TEXTS: dict[str, tuple[str, str]] = {
    "connection.there": ("接続中", "Connected"),
    "connection.again": ("再接続中…", "Reconnecting…"),
    "connection.in": ("{seconds}秒後に再接続", "Reconnecting in {seconds} s"),
    "connection.offline": ("オフライン", "Offline"),
    "connection.now": ("今すぐ再接続", "Reconnect now"),
    "connection.waiting": ("未送信の入力{count}件", "{count} edits waiting"),
    "connection.waiting.one": ("未送信の入力 1件", "1 edit waiting"),
    "connection.not_saved": (
        "サーバーが保存できないため、自動で再送します",
        "the server cannot save just now: sent again by itself",
    ),
    "connection.away": (
        "サーバーに接続できません。シフトの入力はこの端末に保存し、つながり次第送信します。",
        "No connection to the server. Edits of the schedule are kept on this device and sent when it is back.",
    ),
    "connection.refused": (
        "接続が切れているため、何も変えていません。再接続後にもう一度操作してください。",
        "Not connected, so nothing was changed: try again once the page has reconnected.",
    ),
    "connection.sign_out": (
        "まだ送信していない入力があります。ログアウトすると、次にこの端末でログインするまで送信されません。ログアウトしますか？",
        "Some edits are not sent yet. If you sign out, they wait until you sign in again on this device. Sign out?",
    ),
}
