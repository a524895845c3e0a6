"""The code of every kind of finding, and what it means."""

from __future__ import annotations

CODES = {
    "unknown-destination": "A transition leads to a state that does not exist. The library notices when it is fired.",
    "unknown-source": "A transition starts in a state that does not exist, so that it can never be taken.",
    "never-wins": (
        "A transition stands behind another with the same trigger and source that is always taken first, or asks for "
        "a condition and its opposite."
    ),
    "method-hides-trigger": (
        "The model has a method, or another attribute, with the name of a trigger. The library leaves it in place, so "
        "that calling it fires nothing."
    ),
    "initial-not-declared": (
        "Only transitions from every state lead out of the initial state, and none names it. The library adds an "
        "initial state that is not among the states."
    ),
    "unknown-callback": "A condition or callback is named that the model does not have. The library looks it up late.",
    "collapsing-regions": (
        "The same enum is used in two places of a hierarchical machine. Its members are looked up by value, so that "
        "the library takes the states of one place for those of the other."
    ),
    "initial-without-exit": (
        "No transition leaves the initial state. The library adds an initial state that is not among the states, so "
        "that a misspelt one goes unnoticed."
    ),
    "unreachable-state": "No way leads from the initial state to this one.",
    "unused-transition": "A transition is taken nowhere, although its source is reached.",
    "reads-outside": (
        "A transition is taken nowhere, because its condition, or one before it, reads an attribute of the model that "
        "nothing in the machine changes. What is found is true for the value that a fresh model has."
    ),
    "stuck-state": "Nothing can happen in this state, and it is not final.",
    "livelock": "From these states a run goes round for ever: nothing else, and no final state, can be reached.",
    "no-way-to-final": "From this state no final state can be reached.",
    "condition-not-boolean": (
        "A condition answers something other than True or False. The library compares with == True (unless: == False), "
        "so that what counts as true elsewhere may not count here."
    ),
    "outcome-differs": (
        "The same trigger in the same state led to different outcomes, so that something decides which is not part of "
        "the state."
    ),
    "undeclared-attribute": "A callback changes an attribute of the model that is not declared as part of the state.",
    "changed-when-refused": (
        "A trigger is refused, and yet the state is another afterwards: a condition or a prepare callback changes "
        "something, or on_exception hides an error."
    ),
    "callback-raises": "A condition or callback raises when the trigger is fired without arguments.",
    "too-many-states": "The states did not come to an end within the limit, so that what is not found is unknown.",
}
