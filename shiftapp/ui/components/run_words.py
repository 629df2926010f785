"""What the page knows of the period's run, in expressions that several of its parts use."""

from shiftapp.ui.js import Js, js, when
from shiftapp.ui.state.answer import AnswerState
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.preview import PreviewState
from shiftapp.ui.state.run import RunState


def busy() -> Js:
    """Say whether a run is waiting or searching."""
    return js(["queued", "running"]).includes(RunState.status)


def explaining() -> Js:
    """Say whether the run has found that nothing keeps the hard rules, and finds out why."""
    return (js(RunState.status) == "running") & (js(RunState.outcome) == "infeasible")


def explained() -> Js:
    """Say whether it is known why the run found nothing."""
    return (js(AnswerState.verdict) == "clash") & js(["failed", "finished"]).includes(RunState.status)


def repairing() -> Js:
    """Say whether the run is to find who covers an absence."""
    return js(RunState.kind) == "repair"


def covered() -> Js:
    """Say whether the run offers ways to cover an absence."""
    return repairing() & (js(RunState.status) == "finished") & (js(AnswerState.options).length > 0)


def comparing() -> Js:
    """Say whether the run offers rosters beside its own, or found that there is none."""
    alternatives = js(RunState.kind) == "alternatives"
    return alternatives & (js(RunState.status) == "finished") & (js(AnswerState.others).length > 0)


def previewing() -> Js:
    """Say whether the cells show what a run would change."""
    return js(["running", "finished"]).includes(RunState.status) & (js(RunState.changed) > 0)


def outside() -> Js:
    """Return the stretches of days outside their limits: of the proposal, once it is final, while it is shown."""
    return when(previewing() & (js(PreviewState.after_count) >= 0), PreviewState.outside, GridState.outside)
