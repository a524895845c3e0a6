"""Judges exported systems with musil; run by a Python that has it, it knows nothing of lifecheck.

Reads a JSON list of exported systems from standard input, and prints a JSON list of what musil says of each:
the number of states, and the verdict on each property.
"""

import json
import sys

STAND_STILL = "stand still, as a run may where it owes nothing"


def judged(exported):
    """Return the number of states and the verdict on each property of one system."""
    from musil import Action, Model, check_liveness, explore  # here, so that a Python without it can read this file
    from musil.core import reaches

    parts = exported["components"]
    position = {part["name"]: at for at, part in enumerate(parts)}
    moves = [{(one["trigger"], one["source"]): one["target"] for one in part["moves"]} for part in parts]
    alphabets = [set(part["alphabet"]) for part in parts]

    def action(trigger):
        name = trigger["name"]
        owners = [at for at, alphabet in enumerate(alphabets) if name in alphabet]

        def enabled(state):
            return all((name, state[at]) in moves[at] for at in owners)

        def apply(state):
            return tuple(moves[at][name, here] if at in owners else here for at, here in enumerate(state))

        return Action(name, enabled, apply, fair=trigger["fairness"])

    def predicate(written):
        reads = [position[name] for name in written["reads"]]
        rows = [[None if states is None else set(states) for states in row] for row in written["true_in"]]

        def holds(state):
            return any(
                all(states is None or state[at] in states for at, states in zip(reads, row, strict=True))
                for row in rows
            )

        return holds

    triggers = exported["triggers"]
    actions = [action(trigger) for trigger in triggers]
    start = tuple(part["initial"] for part in parts)
    graph = explore(Model(init=[start], actions=actions))
    by_itself = explore_from(graph, {trigger["name"] for trigger in triggers if not trigger["environment"]})
    stands = Action(STAND_STILL, lambda state: True, lambda state: state)
    model = Model(init=[start], actions=[*actions, stands])
    verdicts = {}
    for asked in exported["properties"]:
        goal = predicate(asked["goal"])
        given = predicate(asked["given"]) if asked["given"] else None
        if given is not None and not any(map(given, graph.states)):
            verdicts[asked["name"]] = "vacuous"
            continue
        match asked["kind"]:
            case "always":
                holds = all(goal(state) for state in graph.states if given is None or given(state))
            case "never":
                holds = not any(map(goal, graph.states))
            case "sometimes":
                holds = any(map(goal, graph.states))
            case "can_always_reach":
                holds = reaches(by_itself, goal) == set(graph.states)
            case "eventually":
                holds = check_liveness(model, goal=goal).ok
            case "leads_to":
                holds = check_liveness(model, goal=goal, leadsto_from=given).ok
        verdicts[asked["name"]] = "holds" if holds else "violated"
    return {"states": len(graph.states), "verdicts": verdicts}


def explore_from(graph, names):
    """Return the same states with the edges of some triggers alone."""
    edges = {state: tuple(edge for edge in graph.edges[state] if edge[0] in names) for state in graph.states}
    return type(graph)(initial=graph.initial, states=graph.states, edges=edges, truncated=graph.truncated)


if __name__ == "__main__":
    json.dump([judged(exported) for exported in json.load(sys.stdin)], sys.stdout)
