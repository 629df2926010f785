"""Names of the kinds of rule that a team switches on as it needs them, and what each asks for."""

TEXTS: dict[str, tuple[str, str]] = {
    "rules.rolling_limits": ("任意の連続日数での上限・下限", "Rolling limits"),
    "rules.rolling_limits.says": (
        "どの連続した7日間（日数は変更可）でも、休日数・勤務日数・勤務時間を範囲内にします。",
        "Days off, working days or hours stay within limits in any 7 (or so many) days in a row.",
    ),
    "rules.minimum_rest": ("勤務間インターバル", "Minimum rest"),
    "rules.minimum_rest.says": (
        "勤務の終わりから次の勤務の始まりまで、決めた時間を空けます。",
        "Between the end of a shift and the start of the next lies at least this much time.",
    ),
    "rules.staff_type_limits": ("雇用形態ごとの不在", "Staff type limits"),
    "rules.staff_type_limits.says": (
        "同じ雇用形態の人が同じ日に休みすぎないようにします（休み1日、早上がりは半日）。",
        "Not too many of a staff type are away on one day (off counts 1 day, early ½).",
    ),
    "rules.coverage": ("必要人数", "Coverage"),
    "rules.coverage.says": (
        "シフトごとの人数を範囲内にします。スキルや曜日で変えられます。",
        "Enough people, and not too many, have a shift: by skill or weekday if you like.",
    ),
    "rules.backup_cover": ("代わりの人", "Backup cover"),
    "rules.backup_cover.says": (
        "グループの人が休む日は、そのグループの代わりの人が出勤します。",
        "When a member of a group is away, one of the group's backups works.",
    ),
    "rules.after_closure": ("連休明けの出勤", "After a closure"),
    "rules.after_closure.says": (
        "続いた休業日の直後は、全員が出勤します。",
        "Everyone works on the first days after a long closure.",
    ),
    "rules.weekends": ("週末の勤務", "Weekends"),
    "rules.weekends.says": (
        "勤務する週末の数を抑え、週末を半分だけ働くことを避けます。",
        "Nobody works too many weekends, or only half of one.",
    ),
    "rules.run_lengths": ("同じシフトの続く日数", "Run lengths"),
    "rules.run_lengths.says": (
        "同じシフトが続く日数を範囲内にします（休みは2日以上まとめる、夜勤は3〜5日など）。",
        "Runs of a shift are neither too short nor too long: two days off together, nights three to five at a time.",
    ),
    "rules.hours": ("勤務時間", "Working hours"),
    "rules.hours.says": (
        "週・月・期間の勤務時間を範囲内にします。契約時間にも合わせられます。",
        "Hours per week, month or period stay within limits, or close to the contract.",
    ),
    "rules.priority": ("個人の優先", "Preferences"),
    "rules.priority.says": (
        "曜日や日付ごとに、入れたいシフトと避けたいシフトを1〜5の強さ、または必須で決めます。",
        "Shifts that someone prefers or avoids on weekdays or dates, with a strength of 1–5 or as a must.",
    ),
    "rules.pair": ("一緒・別々", "Together or apart"),
    "rules.pair.says": (
        "選んだ人どうしを同じシフトに入れる、または入れないようにします。",
        "The chosen people are on the same shift, or never are.",
    ),
    "rules.fairness": ("公平さ", "Fairness"),
    "rules.fairness.says": (
        "休み・週末・夜勤などの回数の差を小さくします。契約時間に応じて比べ、過去の期間も数えられます。",
        "Days off, weekends, nights … are spread evenly, for the hours of each contract; past periods may count too.",
    ),
    "rules.minimum_change": ("変更を少なく", "Few changes"),
    "rules.minimum_change.says": (
        "自動作成で、いま入っているセルをできるだけ変えません。",
        "Generating changes as few as possible of the cells that are filled when it starts.",
    ),
}
