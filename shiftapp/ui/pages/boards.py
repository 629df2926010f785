"""The pages beside the schedule, for the app to add: what draws each, its address, and what it asks for when opened."""

from typing import Final

from shiftapp.ui.pages import calendar, conflicts, groups, periods, requests, rules, shift_types, staff
from shiftapp.ui.state.calendar import CalendarState
from shiftapp.ui.state.conflicts import StrategyState
from shiftapp.ui.state.periods import PeriodsState
from shiftapp.ui.state.requests import ROUTE as REQUESTS
from shiftapp.ui.state.requests import RequestsState
from shiftapp.ui.state.rules import RulesState
from shiftapp.ui.state.shift_types import ShiftTypesState
from shiftapp.ui.state.staff import StaffState

BOARDS: Final = (
    (rules.rules, rules.ROUTE, RulesState.open),
    (periods.periods, periods.ROUTE, PeriodsState.open),
    (shift_types.shift_types, shift_types.ROUTE, ShiftTypesState.open),
    (calendar.calendar, calendar.ROUTE, CalendarState.open),
    (conflicts.conflicts, conflicts.ROUTE, StrategyState.open),
    (requests.requests, REQUESTS, RequestsState.open),
    (staff.staff, staff.ROUTE, StaffState.open),
    (groups.groups, groups.ROUTE, StaffState.open),
)
