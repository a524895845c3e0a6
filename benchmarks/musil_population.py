"""Explores with musil the system that it reads as JSON, or judges its promise; run by a Python that has musil.

`benchmarks/musil_model.py` writes the system. Prints what was found as JSON; the time is processor time, without
starting Python and reading the system.
"""

import json
import platform
import resource
import sys
from importlib import metadata
from operator import itemgetter
from time import process_time

from musil import Action, Model, check_liveness, explore

MOST = 1 << 40


def action(trigger):
    """Return a trigger as an action: a look-up of what its components do together."""
    places, next_of = trigger["places"], {tuple(source): target for source, target in trigger["moves"]}
    # of one place itemgetter would return no tuple
    here = itemgetter(*places) if len(places) > 1 else lambda state: (state[places[0]],)

    def apply(state):
        following = list(state)
        for place, target in zip(places, next_of[here(state)], strict=True):
            following[place] = target
        return tuple(following)

    return Action(trigger["name"], lambda state: here(state) in next_of, apply, fair=trigger["fair"])


def main():
    """Read, measure, print."""
    system = json.load(sys.stdin)
    model = Model(init=[tuple(system["initial"])], actions=[action(trigger) for trigger in system["triggers"]])
    promise = system["promise"]
    start = process_time()
    if promise is None:
        graph = explore(model, max_states=MOST)
        states, transitions, holds = len(graph.states), sum(map(len, graph.edges.values())), True
    else:
        place, given, goal = promise["place"], frozenset(promise["given"]), frozenset(promise["goal"])
        result = check_liveness(
            model,
            goal=lambda state: state[place] in goal,
            leadsto_from=lambda state: state[place] in given,
            max_states=MOST,
        )
        states, transitions, holds = result.states_explored, 0, result.ok
    seconds = process_time() - start
    found = {"states": states, "transitions": transitions, "errors": int(not holds), "seconds": seconds}
    found["bytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"run": found, "versions": [metadata.version("musil"), platform.python_version()]}))


if __name__ == "__main__":
    main()
