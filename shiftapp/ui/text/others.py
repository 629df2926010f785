"""Texts of rosters that would do nearly as well."""

TEXTS: dict[str, tuple[str, str]] = {
    "others.ask": ("別の案を探す", "Alternatives"),
    "others.within": ("許すコスト増", "Dearer by at most"),
    "others.percent": ("+{share}%まで", "within {share}%"),
    "others.found": ("別の案があります", "Alternatives found"),
    "others.only": ("この範囲に別の案はありません", "No alternative in this range"),
    "others.pick": ("「案を比べる」から選ぶと全員の画面に表示します。", "Compare them, and show one to everybody."),
    "others.show": ("案を比べる", "Compare"),
    "others.title": ("別の案", "Alternatives"),
    "others.says": (
        "どれも必須ルールを守ります。選ぶと案を全員の画面に表示します。反映するまでシフト表は変わりません。",
        "Each keeps the hard rules. Press one to show it to everybody; nothing changes until it is applied.",
    ),
    "others.itself": ("元の案", "The roster itself"),
    "others.cells": ("{count}セルが違う案", "{count} cells differ"),
    "others.cost.itself": ("コスト {cost}", "cost {cost}"),
    "others.cost": (
        "コスト {cost}（元の案との差 {difference}）",
        "cost {cost} ({difference} against the roster itself)",
    ),
    "others.rule": ("{rule}：コスト {there} → {here}", "{rule}: cost {there} → {here}"),
    "others.shift": ("{shift} の回数の個人差：{there} → {here}", "{shift}, spread over people: {there} → {here}"),
    "others.broken": (
        "空欄があるか、必須ルールを守っていません。先に自動作成で埋めてください。",
        "There are empty cells or broken hard rules: generate first.",
    ),
}
