"""Texts of what a run has proved: no roster costs less, no roster meets more wishes.

A sentence is told in parts that are never broken: it takes as many lines as there is room for.
"""

TEXTS: dict[str, tuple[str, str]] = {
    "proof.unknown": ("下限は時間内に証明できませんでした。", "What a roster costs at least was not proved in time."),
    "proof.free": ("どのルールにも反しない案です。", "This roster breaks no rule."),
    "proof.cheapest": (
        "このルールでコスト {cost} を下回る案はなく、",
        "No roster under these rules costs less than {cost},",
    ),
    "proof.cheapest.more": ("この案がちょうどその値です。", "and this one costs just that."),
    "proof.at_least": (
        "このルールでコスト {cost} を下回る案はありません。",
        "No roster under these rules costs less than {cost};",
    ),
    "proof.at_least.more": ("最良の案は {found} です。", "the best found costs {found}."),
    "proof.wishes": (
        "希望は {wishes} 件中最大 {granted} 件かないます。",
        "At most {granted} of {wishes} wishes can be met.",
    ),
    "proof.wishes.all": ("希望 {wishes} 件はすべてかないます。", "All {wishes} wishes can be met."),
    "proof.wishes.here": ("この案は {here} 件です。", "Here {here} are."),
}
