"""The demo: a hotel kitchen as its manager keeps it. Names are invented."""

from importlib.resources import files
from typing import Final

from shiftapp.domain.visitor import Language

_ENGLISH: Final = {
    "佐藤 健一": "Kenichi Sato",
    "鈴木 美咲": "Misaki Suzuki",
    "高橋 大輔": "Daisuke Takahashi",
    "田中 由紀": "Yuki Tanaka",
    "伊藤 翔太": "Shota Ito",
    "渡辺 彩": "Aya Watanabe",
    "山本 浩二": "Koji Yamamoto",
    "中村 恵": "Megumi Nakamura",
    "小林 拓也": "Takuya Kobayashi",
    "加藤 愛": "Ai Kato",
    "吉田 誠": "Makoto Yoshida",
    "山田 直美": "Naomi Yamada",
    "佐々木 亮": "Ryo Sasaki",
    "山口 綾子": "Ayako Yamaguchi",
    "松本 剛": "Tsuyoshi Matsumoto",
    "井上 真理": "Mari Inoue",
    "木村 修": "Osamu Kimura",
    "林 さくら": "Sakura Hayashi",
    "副料理長": "Sous-chef",
    "料理長": "Head chef",
    "焼場": "Grill",
    "煮方": "Simmering",
    "造り": "Sashimi",
    "揚場": "Frying",
    "八寸場": "Appetisers",
    "洗い場": "Dishwashing",
    "ホール": "Dining room",
    "パントリー": "Pantry",
    "調理": "Kitchen",
    "管理": "Stewarding",
    "責任者": "Chefs in charge",
    "大晦日": "New Year's Eve",
    "元日": "New Year's Day",
    "設備点検": "Maintenance",
}
"""What stands in the files, in the order in which it is put into English: the longer of two that overlap first."""


def demo_files(language: Language = "ja") -> dict[str, bytes]:
    """Return the files of the demo kitchen, ready to import, with its names in a language."""
    folder = files("shiftapp.importing") / "hotel_kitchen"
    found = {file.name: file.read_bytes() for file in folder.iterdir() if file.name.endswith(".csv")}
    return found if language == "ja" else {name: _in_english(content) for name, content in found.items()}


def _in_english(content: bytes) -> bytes:
    text = content.decode()
    for japanese, english in _ENGLISH.items():
        text = text.replace(japanese, english)
    return text.encode()
