"""Texts of undo and redo."""

TEXTS: dict[str, tuple[str, str]] = {
    "undo.label": ("元に戻す", "Undo"),
    "undo.says": (
        "自分の最後の変更を元に戻す（Ctrl+Z）",
        "Take back your own last change (Ctrl+Z)",
    ),
    "redo.label": ("やり直す", "Redo"),
    "redo.says": (
        "元に戻した変更をやり直す（Ctrl+Y、Ctrl+Shift+Z）",
        "Bring back what you undid (Ctrl+Y, Ctrl+Shift+Z)",
    ),
    "undo.cell": ("1セル", "1 cell"),
    "undo.cells": ("{count}セル", "{count} cells"),
    "undo.done": ("元に戻しました：{what}（{cells}）。", "Undone: {what}, {cells}."),
    "redo.done": ("やり直しました：{what}（{cells}）。", "Redone: {what}, {cells}."),
    "undo.none": ("元に戻せませんでした：{what}。", "Not undone: {what}."),
    "redo.none": ("やり直せませんでした：{what}。", "Not redone: {what}."),
    "extent": ("{whose}・{when}・{cells}", "{cells} of {whose}, {when}"),
    "extent.people": ("{n}人", "{n} people"),
    "extent.span": ("{first}〜{last}", "{first} – {last}"),
    "undo.left": (
        "{cells}はそのままです。{who}さんが{at}に変更しています。",
        "{cells} left alone, changed by {who} at {at}.",
    ),
    "undo.left.several": (
        "{cells}はそのままです。{who}さんほかが変更しています（最後は{at}）。",
        "{cells} left alone, changed by {who} and others, last at {at}.",
    ),
    "undo.gone": (
        "在籍期間か期間の外になった{cells}は戻せません。",
        "Cannot come back, outside employment or period: {cells}.",
    ),
    "undo.nothing": ("元に戻す変更がありません。", "You have nothing to undo here."),
    "redo.nothing": ("やり直す変更がありません。", "You have nothing to redo here."),
}
