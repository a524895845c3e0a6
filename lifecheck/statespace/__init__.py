"""The explicit explorer: graphs of states, and what fairness means on them."""

from lifecheck.statespace.bisimulation import bisimilar
from lifecheck.statespace.components import strongly_connected
from lifecheck.statespace.explorer import Explorer, explore
from lifecheck.statespace.fairness import Fairness, fair_components, names_of_owed, needed_fairness
from lifecheck.statespace.graph import STATE_LIMIT, Graph
from lifecheck.statespace.growth import growth, told_growth
from lifecheck.statespace.labelling import Answers
from lifecheck.statespace.needed_observers import with_needed_observers
from lifecheck.statespace.obligation import Obligation
from lifecheck.statespace.reachability import never_leading_to, reachable, system_moves
from lifecheck.statespace.rendezvous import rendezvous
from lifecheck.statespace.staying import Staying, stayings

__all__ = [
    "STATE_LIMIT",
    "Answers",
    "Explorer",
    "Fairness",
    "Graph",
    "Obligation",
    "Staying",
    "bisimilar",
    "explore",
    "fair_components",
    "growth",
    "names_of_owed",
    "needed_fairness",
    "never_leading_to",
    "reachable",
    "rendezvous",
    "stayings",
    "strongly_connected",
    "system_moves",
    "told_growth",
    "with_needed_observers",
]
