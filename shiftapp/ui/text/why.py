"""Texts of why a cell holds its shift, and what another one would cost."""

TEXTS: dict[str, tuple[str, str]] = {
    "why.menu": ("なぜこの勤務？…", "Why this? Why not…?"),
    "why.title": ("{names} {when}", "{names} · {when}"),
    "why.says": (
        "ほかのセルを今のままにして、このセルだけ変えたときのコストの差です。選ぶと、ほかのセルも動かした場合を調べます。",
        "What each would add to the cost with every other cell as it is. Press one to see how well the others can "
        "make room for it.",
    ),
    "why.now": ("現在", "now"),
    "why.hard": ("必須違反 {hard}", "hard rules broken {hard}"),
    "why.cheapest": (
        "ほかのセルが今のままなら、{symbol} が最も負担の少ない勤務です。",
        "With the other cells as they are, nothing does better here than {symbol}.",
    ),
    "why.cheaper": (
        "ほかのセルが今のままでも、{symbol} のほうが負担は少なくなります。",
        "Even with the other cells as they are, {symbol} would do better.",
    ),
    "why.loading": ("計算しています…", "Pricing each shift…"),
    "why.alone": ("このセルだけ {symbol} にすると", "{symbol} in this cell only"),
    "why.alone.nothing": ("ルール違反は増えも減りもしません。", "Breaks and mends nothing."),
    "why.moved": ("ほかのセルも動かして {symbol} にすると", "{symbol} with other cells moved"),
    "why.fewer": ("動かすセルを減らして {symbol} にすると", "{symbol} with fewer cells moved"),
    "why.working": ("約2秒かかります…", "Looking for about two seconds…"),
    "why.price": ("コストの差 {difference}", "cost {difference}"),
    "why.move.none": ("ほかのセルは動かさないのが最善です。", "No other cell is better moved."),
    "why.move.unfound": (
        "ほかのセルを動かす、より良い案は時間内に見つかりませんでした。",
        "Nothing better was found in time by moving other cells.",
    ),
    "why.counted": (
        "悪くなる分から、{symbol} そのもので良くなる分を引いた差です。すでに守れていないルールは今のままと見なします。",
        "What becomes worse, less what {symbol} itself mends. What is broken already is taken as it stands.",
    ),
    "why.exact": (
        "{symbol} を置く動かし方で、差がこれより小さいものはありません。",
        "No way of making room for {symbol} comes to less.",
    ),
    "why.least": (
        "もっと良い動かし方があっても、差は {least} より小さくなりません。",
        "A better way may exist, but none below {least}.",
    ),
    "why.besides": (
        "動かすセルでは、すでに守れていないルールもコスト{amount}分解消されます。差には含めていません。",
        "The cells that move also mend {amount} of what was broken before, which is not counted.",
    ),
    "why.filled": (
        "比較のため、空欄{count}セルを埋めて数えています。",
        "Priced with the {count} empty cells filled in.",
    ),
    "why.clash": (
        "ほかのセルをどう動かしても、次のルールのために {symbol} は置けません。",
        "However the other cells are moved, these do not allow {symbol} here:",
    ),
    "why.unknown": (
        "時間内にわかりませんでした。もう一度押すと調べ直します。",
        "No answer in time: press it again to try once more.",
    ),
    "why.breaks": ("守れなくなる", "broken"),
    "why.mends": ("解消", "mended"),
    "why.more": ("ほか{count}件", "and {count} more"),
    "why.put": ("このセルだけ変える", "Change this cell only"),
    "why.put.all": ("{count}セルを変える", "Change {count} cells"),
    "why.stale": ("調べたあとでシフト表が変わりました。", "The schedule has changed since this was worked out."),
    "why.repriced": (
        "調べたあとで、ルール・スタッフ・カレンダー・シフトの種類・希望のどれかが変わりました。",
        "Rules, staff, calendar, shift types or requests have changed since this was worked out.",
    ),
    "why.again": ("調べ直す", "Look again"),
    "why.no_cell": (
        "そのセルはもう計画の対象ではありません。ページを読み込み直してください。",
        "That cell is no longer planned: load the page again.",
    ),
}
