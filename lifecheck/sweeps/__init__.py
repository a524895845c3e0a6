"""Sweeps: many settings, mutants and properties, on all cores or on a cluster, resumed after whatever ended them."""

from lifecheck.sweeps.digest import Digests
from lifecheck.sweeps.fewest import Conditions, fewest_conditions
from lifecheck.sweeps.items import ITEM_LIMIT, Grid, Item, over_of
from lifecheck.sweeps.judging import Answer, Found, Question
from lifecheck.sweeps.mutation import Mutated, trials
from lifecheck.sweeps.origin import Origin, import_path
from lifecheck.sweeps.page import refuse_page, write_page
from lifecheck.sweeps.running import Running
from lifecheck.sweeps.seeds import Seeds, seeds_tried, violated_on_runs
from lifecheck.sweeps.store import Progress, Store, Stored
from lifecheck.sweeps.summary import LETTERS, Summary, Unexpected
from lifecheck.sweeps.sweep import Plan, asked_about, opened, sweep, workers_for

__all__ = [
    "ITEM_LIMIT",
    "LETTERS",
    "Answer",
    "Conditions",
    "Digests",
    "Found",
    "Grid",
    "Item",
    "Mutated",
    "Origin",
    "Plan",
    "Progress",
    "Question",
    "Running",
    "Seeds",
    "Store",
    "Stored",
    "Summary",
    "Unexpected",
    "asked_about",
    "fewest_conditions",
    "import_path",
    "opened",
    "over_of",
    "refuse_page",
    "seeds_tried",
    "sweep",
    "trials",
    "violated_on_runs",
    "workers_for",
    "write_page",
]
