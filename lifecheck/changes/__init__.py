"""What if: settings, mutants, and single changes that turn a verdict."""

from lifecheck.changes.candidates import ChangeKind
from lifecheck.changes.causes import Cause, Causes, Lattice
from lifecheck.changes.implicants import TooManyBoxesError, cover, prime_implicants
from lifecheck.changes.mutants import Change, Mutant, mutants_of
from lifecheck.changes.mutation import Mutation, Outcome, Trial, stale_reasons
from lifecheck.changes.pairs import Pair, Pairs
from lifecheck.changes.remedies import Attempt, Remedies, ranked

__all__ = [
    "Attempt",
    "Cause",
    "Causes",
    "Change",
    "ChangeKind",
    "Lattice",
    "Mutant",
    "Mutation",
    "Outcome",
    "Pair",
    "Pairs",
    "Remedies",
    "TooManyBoxesError",
    "Trial",
    "cover",
    "mutants_of",
    "prime_implicants",
    "ranked",
    "stale_reasons",
]
