"""Many instances beside what they share."""

from lifecheck.instances.checking import check_instances, exploring, refuse_before_exploring
from lifecheck.instances.cutoff import Cutoff
from lifecheck.instances.decomposition import Decompositions, decompose
from lifecheck.instances.limits import DEFAULT_MEMORY
from lifecheck.instances.result import InstancesResult

__all__ = [
    "DEFAULT_MEMORY",
    "Cutoff",
    "Decompositions",
    "InstancesResult",
    "check_instances",
    "decompose",
    "exploring",
    "refuse_before_exploring",
]
