"""What can be asked of a system, what is claimed of it, and the verdicts."""

from lifecheck.properties.claim import Claim, Role, claim_named, refuse_same_names
from lifecheck.properties.ending import Final, can_end, final_by_component
from lifecheck.properties.expression import Combination, Expression, structure_of
from lifecheck.properties.kind import Decisive, Kind
from lifecheck.properties.property import (
    Predicate,
    Property,
    always,
    can_always_reach,
    evaluate,
    eventually,
    leads_to,
    name_of,
    never,
    sometimes,
)
from lifecheck.properties.renaming import reading_as
from lifecheck.properties.translated import Translated
from lifecheck.properties.verdict import Verdict

__all__ = [
    "Claim",
    "Combination",
    "Decisive",
    "Expression",
    "Final",
    "Kind",
    "Predicate",
    "Property",
    "Role",
    "Translated",
    "Verdict",
    "always",
    "can_always_reach",
    "can_end",
    "claim_named",
    "evaluate",
    "eventually",
    "final_by_component",
    "leads_to",
    "name_of",
    "never",
    "reading_as",
    "refuse_same_names",
    "sometimes",
    "structure_of",
]
