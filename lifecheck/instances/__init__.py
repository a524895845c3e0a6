"""Many instances beside what they share."""

from lifecheck.instances.by_sets import space_of_instances
from lifecheck.instances.certificate import certificate, write_certificate
from lifecheck.instances.check import check
from lifecheck.instances.checking import Instances, check_instances
from lifecheck.instances.copies import Sharing
from lifecheck.instances.cutoff import Cutoff
from lifecheck.instances.decomposition import Decomposition, Decompositions, decompose
from lifecheck.instances.property_of_one import of_first
from lifecheck.instances.result import ANY_NUMBER, DecidedBy, InstancesResult

__all__ = [
    "ANY_NUMBER",
    "Cutoff",
    "DecidedBy",
    "Decomposition",
    "Decompositions",
    "Instances",
    "InstancesResult",
    "Sharing",
    "certificate",
    "check",
    "check_instances",
    "decompose",
    "of_first",
    "space_of_instances",
    "write_certificate",
]
