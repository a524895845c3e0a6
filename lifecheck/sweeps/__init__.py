"""Sweeps: many settings, mutants and properties, on all cores or on a cluster, resumed after whatever ended them."""

from lifecheck.sweeps.digest import Digests
from lifecheck.sweeps.items import ITEM_LIMIT, Grid, Item, over_of
from lifecheck.sweeps.judging import Answer, Found, Question
from lifecheck.sweeps.origin import Origin, import_path
from lifecheck.sweeps.running import Running
from lifecheck.sweeps.store import Progress, Store, Stored
from lifecheck.sweeps.sweep import Asked, asked_about, opened, sweep, workers_for

__all__ = [
    "ITEM_LIMIT",
    "Answer",
    "Asked",
    "Digests",
    "Found",
    "Grid",
    "Item",
    "Origin",
    "Progress",
    "Question",
    "Running",
    "Store",
    "Stored",
    "asked_about",
    "import_path",
    "opened",
    "over_of",
    "sweep",
    "workers_for",
]
