"""Texts of what a run has proved: no roster costs less, no roster meets more wishes.

No sentence is broken over lines, and where there is little room some are left out: each can stand alone.
"""

TEXTS: dict[str, tuple[str, str]] = {
    "proof.unknown": ("下限は時間内に証明できませんでした。", "What a roster costs at least was not proved in time."),
    "proof.free": ("どのルールにも反しない案です。", "This roster breaks no rule."),
    "proof.cheapest": (
        "このルールでコスト {cost} を下回る案はありません。",
        "No roster under these rules costs less than {cost}.",
    ),
    "proof.cheapest.more": ("この案が最小です。", "This one costs just that."),
    "proof.at_least": (
        "このルールでコスト {cost} を下回る案はありません。",
        "No roster under these rules costs less than {cost}.",
    ),
    "proof.at_least.more": ("最良の案は {found} です。", "The best found costs {found}."),
    "proof.wishes": (
        "希望は{wishes}件中最大{granted}件かないます。",
        "At most {granted} of {wishes} wishes can be met.",
    ),
    "proof.wishes.all": ("希望{wishes}件はすべてかないます。", "All {wishes} wishes can be met."),
    "proof.wishes.here": ("この案は{here}件です。", "Here {here} are."),
}
