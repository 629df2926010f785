"""Who else is here."""

TEXTS: dict[str, tuple[str, str]] = {
    "presence.label": ("ほかに開いている人", "Others here"),
    "presence.follow": ("{who}さんのセルを追う", "Follow {who}"),
    "presence.unfollow": ("{who}さんを追うのをやめる", "Stop following {who}"),
    "presence.following": ("{who}さんを追っています", "Following {who}"),
}
