"""Texts of a run: how it is doing, how it ended, what to do with it."""

TEXTS: dict[str, tuple[str, str]] = {
    "run.label": ("自動作成の状況", "Run"),
    "run.queued": ("順番待ち", "Waiting for a worker"),
    "run.running": ("計算中", "Searching"),
    "run.finishing": ("まもなく終了", "Finishing"),
    "run.finished": ("終了", "Finished"),
    "run.failed": ("失敗しました", "Failed"),
    "run.cancelled": ("中止しました。シフト表は変わっていません。", "Cancelled. The roster is as it was."),
    "run.elapsed": ("経過", "Elapsed"),
    "run.seconds": ("{spent} / {limit} 秒", "{spent} of {limit} s"),
    "run.score": ("スコア", "Score"),
    "run.bound": ("下限", "Bound"),
    "run.gap": ("最良との差は最大 {share} %", "within {share} % of the best possible"),
    "run.best": ("これ以上よい案はありません", "the best possible"),
    "run.finish": ("ここまでで終了", "Finish now"),
    "run.cancel": ("中止", "Cancel"),
    "run.changes": ("{count} セルが変わります", "{count} cells would change"),
    "run.apply": ("反映する", "Apply"),
    "run.discard": ("破棄する", "Discard"),
    "run.close": ("閉じる", "Close"),
    "outcome.optimal": ("最適な案ができました", "Best possible roster found"),
    "outcome.feasible": ("案ができました", "Roster found"),
    "outcome.infeasible": (
        "必須ルールをすべて守る案はありません。固定セルか必須ルールを減らしてください。",
        "No roster keeps every hard rule: unpin cells or make a rule soft.",
    ),
    "outcome.cancelled": ("中止しました", "Cancelled"),
    "outcome.unknown": (
        "時間内に案が見つかりませんでした。秒数を増やしてください。",
        "No roster found in time: allow more seconds.",
    ),
}
