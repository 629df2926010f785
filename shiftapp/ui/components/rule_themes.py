"""The kinds of rule by theme, as the page groups them and the dialog offers them."""

from typing import Final

from shiftapp.domain.rule_settings import RuleKind

THEMES: Final[dict[str, tuple[RuleKind, ...]]] = {
    "settled": ("calendar", "pins", "minimum_change"),
    "cover": ("daily_limits", "coverage", "group_cover", "staff_type_limits", "backup_cover", "after_closure"),
    "rest": ("consecutive_work", "sequences", "minimum_rest", "run_lengths", "weekends"),
    "count": ("period_limits", "rolling_limits", "hours", "fairness"),
    "people": ("requests", "priority", "eligibility", "pair"),
}
"""Theme → kinds, in the order in which they are drawn; what is always kept has no theme."""
