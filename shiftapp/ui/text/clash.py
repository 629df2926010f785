"""Texts of what cannot be kept together, and of what would mend it."""

TEXTS: dict[str, tuple[str, str]] = {
    "clash.why": ("理由と対策", "Why, and what to do"),
    "clash.title": ("両立しないルール", "What cannot be kept together"),
    "clash.together": (
        "次のすべてを同時に守ることはできません。どれか一つを外せば両立します。",
        "These cannot all be kept. Without any one of them, the others can.",
    ),
    "clash.among": (
        "次のすべてを同時に守ることはできません（関係のないものが含まれることがあります）。",
        "These cannot all be kept; not every one of them need be to blame.",
    ),
    "clash.more": ("ほかに、次も両立しません。", "Apart from that, neither can these."),
    "clash.ways": ("対策", "Ways out"),
    "clash.verified": (
        "どれも実際に組めることを確認済みです。選ぶと案を全員の画面に表示します。反映するまでシフト表は変わりません。",
        "Each was tried and gives a roster. Press one to show it to everybody; nothing changes until it is applied.",
    ),
    "clash.none": (
        "時間内に対策が見つかりませんでした。上のどれかを外して、もう一度自動作成してください。",
        "No way out was found in time: give up one of the above, then generate again.",
    ),
    "clash.price": ("コスト {cost} · 必須ルールの超過 {broken}", "cost {cost} · hard rules exceeded by {broken}"),
    "clash.cost": ("コスト {cost} · 必須違反なし", "cost {cost} · no hard rule broken"),
    "clash.way": (
        "両立しないルールの一部をゆずった案です。",
        "A way out of the clash: not every hard rule is kept.",
    ),
    "clash.chosen": ("表示中", "Shown"),
    "clash.settings": ("ルールの設定を開く", "Change the rule for good"),
    "clash.named": ("{rule}「{label}」", "{rule} {label}"),
    "clash.everybody": ("全員", "everybody"),
    "rules.kept": ("すでに入力されているセル", "Cells already filled in"),
    "rules.automatic": ("希望した人だけのシフト", "Shifts only for those who asked"),
    "relax.unpin": ("{names}の{when}の固定 {shifts} を外す", "Unpin {shifts} of {names} on {when}"),
    "relax.unpin.kept": (
        "{names}の{when}に入力済みの {shifts} を変える",
        "Change {shifts}, already filled in for {names} on {when}",
    ),
    "relax.withdraw": ("{names}の希望 {shifts}（{when}）をかなえない", "Do not grant {names} {shifts} on {when}"),
    "relax.open": ("{when}を「{rule}」の対象から外す", "Leave {when} out of “{rule}”"),
    "relax.open.calendar": ("{when}を通常の日として扱う", "Treat {when} as an ordinary day"),
    "relax.exempt": ("{names}を「{rule}」の対象から外す", "Leave {names} out of “{rule}”"),
    "relax.soften": ("「{rule}」を必須から考慮に変える", "Make “{rule}” soft instead of hard"),
    "relax.drop": ("「{rule}」を使わない", "Switch “{rule}” off"),
    "relax.loosen": ("{rule}：{before} を {after} にする {who}", "“{rule}”: {after} instead of {before} {who}"),
    "relax.loosen.group_cover": (
        "{rule}の1日の不在を{before}日分から{after}日分まで認める",
        "Allow {after} instead of {before} days off a day in “{rule}”",
    ),
    "relax.loosen.daily_limits.maximum": (
        "{when}の休みを{before}人から{after}人まで認める",
        "Allow {after} instead of {before} people off on {when}",
    ),
    "relax.loosen.daily_limits.minimum": (
        "{when}の休みは{before}人でなく{after}人でよいとする",
        "Ask for {after} instead of {before} people off on {when}",
    ),
    "relax.loosen.period_limits.maximum": (
        "{names}の休日を{before}日から{after}日まで認める（{when}）",
        "Allow {names} {after} instead of {before} days off, {when}",
    ),
    "relax.loosen.period_limits.minimum": (
        "{names}の休日は{before}日でなく{after}日でよいとする（{when}）",
        "Give {names} {after} instead of {before} days off, {when}",
    ),
    "relax.loosen.consecutive_work": (
        "連続勤務を{before}日から{after}日まで認める",
        "Allow {after} instead of {before} working days in a row",
    ),
}
