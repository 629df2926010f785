"""What a run has proved, in sentences: of its cost at its end, of wishes a moment later."""

import reflex as rx

from shiftapp.ui.components.run_words import explained
from shiftapp.ui.js import Js, js, known, var, when
from shiftapp.ui.say import phrase, word
from shiftapp.ui.state.run import RunState


def bounding() -> Js:
    """Say whether the run asks what a roster costs at least."""
    return (js(RunState.kind) == "generate") & ~explained()


def proving() -> Js:
    """Say whether the run's roster is on show with what is proved of it."""
    shown = (js(RunState.status) == "finished") & bounding() & (js(RunState.cost) >= 0)
    return shown & (js(RunState.error) == "") & (js(RunState.outcome) != "infeasible")


def cost_words() -> Js:
    """Say what no roster costs less than."""
    told = when(js(RunState.cost) == 0, word("proof.free"), _of_cost(js("proof.") + RunState.proof))
    return when(js(RunState.proof) == "", word("proof.unknown"), told)


def proof_words(first: Js) -> tuple[rx.Component | str, ...]:
    """Draw what is told: ``first``, and where there is a proof the sentences after it."""
    costly = proving() & (js(RunState.cost) > 0)
    more = when(costly, known(_of_cost(js("proof.") + RunState.proof + ".more"), ""), "")
    there = proving() & (js(RunState.wishes)["wishes"] > 0)
    wishes = js(RunState.wishes)
    everybody = wishes["granted"] == wishes["wishes"]
    most = phrase(when(everybody, word("proof.wishes.all"), word("proof.wishes")), wishes)
    here = phrase(word("proof.wishes.here"), wishes)
    return (
        rx.el.span(var(first)),
        " ",
        rx.el.span(var(more), class_name="proof-more"),
        " ",
        rx.el.span(var(when(there, most, "")), class_name="wish-words"),
        " ",
        rx.el.span(var(when(there, here, "")), class_name="wish-here"),
    )


def _of_cost(key: Js) -> Js:
    return phrase(word(key), RunState.proof_args)
