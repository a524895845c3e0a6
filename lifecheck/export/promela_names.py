"""What an exported Promela model calls things, and the words that it must not use for them."""

from __future__ import annotations

from collections.abc import Sequence

from lifecheck.export.description import Description, Question, Statement
from lifecheck.export.names import Names, legal

# Promela's keywords and predefined names: spinroot.com/spin/Man/promela.html
_PROMELA = """
active assert atomic bit bool break byte c_code c_decl c_expr c_state c_track chan D_proctype d_step do else empty
enabled eval false fi for full get_priority goto hidden if in init inline int len local ltl mtype nempty never nfull np_
od of pc_value pid printf printm priority proctype provided return run select set_priority short show skip STDIN
timeout trace notrace true typedef unless unsigned xr xs always eventually until release stronguntil weakuntil implies
equivalent next X U V W
"""
# SPIN reads the model through the C preprocessor, and writes C in which a component is a variable: often of a
# structure, but a global one if it finds that no state depends on it. So that it is no function of that C or of the
# C library, the variable of a component ends in _now.
_C = "defined linux unix i386 bfs_dump_now comp_now m_now onstack_now"
_OURS = """
system taken take nothing unmet weakly strongly fair_rounds STATES_ONLY FORMULAS fair wait accept_all
"""


class PromelaNames:
    """Identifiers for everything in a description.

    Parameters
    ----------
    description
        What is exported.
    """

    def __init__(self, description: Description) -> None:
        names = Names({*_PROMELA.split(), *_C.split(), *_OURS.split()})
        dues = len(description.fair("weak")) + len(description.fair("strong"))
        for number in range(1, max(dues, len(description.possible)) + 1):
            names.new(f"due_{number}", "label")
        self.parts = [names.new(f"{legal(part.name, 'component')}_now", "component") for part in description.parts]
        self.triggers = {trigger: names.new(trigger, "trigger") for trigger in description.possible}
        self.states = [
            [names.new(f"{legal(part.name, 'component')}_{state.label}", "state") for state in part.states]
            for part in description.parts
        ]
        self.enabled = {t: names.new(f"enabled_{name}", "macro") for t, name in self.triggers.items()}
        for name in description.groups:  # a group has a macro that says where some member is possible
            self.enabled[name] = names.new(f"enabled_{legal(name, 'group')}", "macro")
        self.given_up = {
            name: names.new(f"given_up_{self.triggers.get(name) or legal(name, 'group')}", "variable")
            for name in description.fair("strong")
        }
        self._claims = {id(one): names.new(one.name, "claim") for one in description.questions}
        self._statements = {id(one): names.new(one.name, "predicate") for one in description.statements}
        self._others = {
            (id(one), what): names.new(f"{self._claims[id(one)]}_{what}", "claim")
            for one in description.questions
            for what in ("can_arise", "formula")
        }

    def statement(self, statement: Statement) -> str:
        """The macro of a predicate."""
        return self._statements[id(statement)]

    def taken(self, members: Sequence[str]) -> str:
        """Return the text for "the last step took one of these triggers"."""
        told = " || ".join(f"taken == {self.triggers[trigger]}" for trigger in members)
        return told if len(members) == 1 else f"({told})"

    def claim(self, question: Question) -> str:
        """The claim of a property."""
        return self._claims[id(question)]

    def witness(self, question: Question) -> str:
        """The claim that finds out whether a property's obligation can arise."""
        return self._others[id(question), "can_arise"]

    def formula(self, question: Question) -> str:
        """The formula of a property."""
        return self._others[id(question), "formula"]
