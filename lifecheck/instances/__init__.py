"""Many instances beside what they share."""

from lifecheck.instances.certificate import certificate, write_certificate
from lifecheck.instances.checking import check_instances, exploring, refuse_before_exploring
from lifecheck.instances.cutoff import Cutoff
from lifecheck.instances.decomposition import Decompositions, decompose
from lifecheck.instances.limits import DEFAULT_MEMORY
from lifecheck.instances.result import ANY_NUMBER, DecidedBy, InstancesResult

__all__ = [
    "ANY_NUMBER",
    "DEFAULT_MEMORY",
    "Cutoff",
    "DecidedBy",
    "Decompositions",
    "InstancesResult",
    "certificate",
    "check_instances",
    "decompose",
    "exploring",
    "refuse_before_exploring",
    "write_certificate",
]
