"""Texts of signing in, of the first run, and of what the gate refuses."""

TEXTS: dict[str, tuple[str, str]] = {
    "signin.title": ("ログイン", "Sign in"),
    "signin.lead": ("シフト表を開きます。", "To your schedule."),
    "signin.email": ("メールアドレス", "E-mail"),
    "signin.password": ("パスワード", "Password"),
    "signin.button": ("ログイン", "Sign in"),
    "signin.wrong": (
        "メールアドレスかパスワードが違います。",
        "The e-mail or the password is not right.",
    ),
    "signin.forgotten": (
        "パスワードを忘れたときは、サーバーで次を実行すると、オーナーの新しいパスワードを決められます。",
        "Forgotten? This command, on the server, gives an owner a new password:",
    ),
    "signin.wait": (
        "何度か違っていました。{seconds}秒後にもう一度お試しください。",
        "Several tries were wrong. Try again in {seconds} s.",
    ),
    "signin.busy": (
        "混み合っています。少し待ってからもう一度お試しください。",
        "Many people are signing in. Try again shortly.",
    ),
    "signin.team": (
        "このアカウントはどのチームにも入っていません。チームのオーナーに連絡してください。",
        "This account is in no team any more. Ask the owner of your team.",
    ),
    "setup.title": ("はじめての設定", "Set up shiftapp"),
    "setup.lead": (
        "最初のアカウント（オーナー）とチームを作ります。",
        "Creates the first account, the owner, and its team.",
    ),
    "setup.you": ("アカウント", "You"),
    "setup.your_name": ("お名前", "Name"),
    "setup.password_rules": (
        "10文字以上。名前やメールアドレス、よく使われるものは避けてください。",
        "10 characters or more; not your name, your e-mail or a common one.",
    ),
    "setup.your_team": ("チーム", "Team"),
    "setup.team_name": ("チーム名", "Team name"),
    "setup.team_example": ("例：本館 調理部", "such as Main kitchen"),
    "setup.language": ("言語", "Language"),
    "setup.country_label": ("国（祝日）", "Country (public holidays)"),
    "setup.start": ("始め方", "Start with"),
    "setup.demo": ("デモの厨房", "The demo kitchen"),
    "setup.demo_says": ("18人・62日分の見本で試します。", "18 people and 62 days to try things on."),
    "setup.import": ("ファイルから取り込む", "An import"),
    "setup.import_says": (
        "スタッフ・グループ・カレンダー・希望のCSV。",
        "CSV files of staff, groups, calendar and requests.",
    ),
    "setup.empty": ("空のチーム", "An empty team"),
    "setup.empty_says": ("自分で一から入力します。", "Enter everything yourself."),
    "setup.button": ("作成して始める", "Create and start"),
    "setup.looking": ("リンクを確認しています…", "Checking the link…"),
    "setup.void_title": ("このリンクは使えません", "This link cannot be used"),
    "setup.void": (
        "使用済みか、新しいリンクに置き換えられています。サーバーで次を実行すると、新しいリンクが表示されます。",
        "It was used, or replaced by a newer one. This command, on the server, prints a new link:",
    ),
    "setup.void_signin": ("アカウントがある場合はログインしてください。", "If you have an account, sign in."),
    "setup.used": (
        "このリンクは使用済みか、新しいものに置き換えられています。",
        "This link was used, or replaced by a newer one.",
    ),
    "setup.name": ("名前を120文字以内で入力してください。", "Enter a name of at most 120 characters."),
    "setup.email": (
        "メールアドレスを入力してください（例：owner@example.com）。",
        "Enter an e-mail address such as owner@example.com.",
    ),
    "setup.team": ("チーム名を120文字以内で入力してください。", "Enter a team name of at most 120 characters."),
    "setup.country": ("国を一覧から選んでください。", "Choose a country from the list."),
    "password.short": ("{shortest}文字以上にしてください。", "Use {shortest} characters or more."),
    "password.long": ("{longest}文字以内にしてください。", "Use at most {longest} characters."),
    "password.common": (
        "よく使われるパスワードです。別のものにしてください。",
        "This one is too common. Choose another.",
    ),
    "password.personal": (
        "名前やメールアドレスに近すぎます。別のものにしてください。",
        "This is too close to your name or e-mail. Choose another.",
    ),
    "refused.right": ("この操作の権限がありません。", "You have no right to do this."),
    "refused.payload": (
        "受け取った内容を理解できませんでした。何も変更していません。ページを再読み込みしてください。",
        "The server did not understand that. Nothing was changed. Reload the page.",
    ),
    "refused.unknown": (
        "ページが古いようです。再読み込みしてください。",
        "This page seems to be an old one. Reload it.",
    ),
    "refused.database": (
        "データベースに接続できません。変更は保存されていません。つながり次第、続けられます。",
        "The database does not answer. That was not saved. It goes on as soon as the database is back.",
    ),
    "refused.broken": (
        "サーバーで問題が起きました。変更は保存されていません。",
        "The server met a fault of its own. That was not saved.",
    ),
}
