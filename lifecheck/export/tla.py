"""A system as a TLA+ module: an action for each trigger, fairness as WF and SF, and the properties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lifecheck.export.condition import Condition, alternatives
from lifecheck.export.description import Description, Part, Question
from lifecheck.export.names import Names, legal, plain
from lifecheck.properties import Decisive

# Lamport, Specifying Systems, 15.1; and the words of TLC's configuration files
_RESERVED = """
ACTION ASSUME ASSUMPTION AXIOM BY BOOLEAN CASE CHOOSE CONSTANT CONSTANTS COROLLARY DEF DEFINE DEFS DOMAIN ELSE ENABLED
EXCEPT EXTENDS FALSE HAVE HIDE IF IN INSTANCE LAMBDA LEMMA LET LOCAL MODULE NEW OBVIOUS OMITTED ONLY OTHER PICK PROOF
PROPOSITION PROVE QED RECURSIVE SF_ STATE STRING SUBSET SUFFICES TAKE TEMPORAL THEN THEOREM TRUE UNCHANGED UNION USE
VARIABLE VARIABLES WF_ WITH WITNESS ACTION_CONSTRAINT ACTION_CONSTRAINTS ALIAS CHECK_DEADLOCK CONSTRAINT CONSTRAINTS
INIT INVARIANT INVARIANTS NEXT POSTCONDITION PROPERTIES PROPERTY SPECIFICATION SYMMETRY VIEW
Init Next Spec Fairness TypeOK taken turn vars states nothing
"""


def tla(description: Description, module: str | None = None) -> str:
    r"""Return a description as a TLA+ module, followed by the configurations for TLC.

    `taken` is the trigger of the last step; it is part of what a step changes, so that a trigger that
    leaves every component as it is can be told from standing still, and two triggers that do the same
    from each other. Under it ``WF_vars(t)`` says ``[]<>~ENABLED t \/ []<><<t>>`` of the trigger, whatever
    the number of components that take it together.

    Parameters
    ----------
    description
        What is exported.
    module
        Name of the module, which must be that of its file; the system's name unless given.
    """
    return "\n\n".join(_Module(description, module).texts()) + "\n"


def tlc_configuration(description: Description, module: str | None = None) -> str:
    r"""Return the configuration with which TLC checks the module, as a file of its own.

    Parameters
    ----------
    description, module
        As for `tla`.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, never
    >>> from lifecheck.export import describe
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> described = describe(System("lamp", [lamp]), {"dark": never("lamp == 'on'")}, 10)
    >>> print(tlc_configuration(described), end="")
    \* For lamp.tla: tlc -deadlock lamp, because a system may come to an end.
    \* Written by lifecheck from the tables that the machines were fired into.
    SPECIFICATION Spec
    INVARIANT TypeOK
    INVARIANT dark
    """
    return _Module(description, module).configuration_file()


class TlaNames:
    """Identifiers for everything in a description, and texts for its local states.

    Parameters
    ----------
    description
        What is exported.
    module
        Name of the module; the system's unless given.
    """

    def __init__(self, description: Description, module: str | None = None) -> None:
        self._names = Names(_RESERVED.split())
        self.module = module or _without_prefix(legal(description.system.name, "system"))
        self.parts = [self._new(part.name, "component") for part in description.parts]
        self.triggers = {trigger: self._new(trigger, "trigger") for trigger in description.possible}
        self.questions = {id(one): self._new(one.name, "property") for one in description.questions}
        self.witnesses = {
            id(one): self._new(f"{self.questions[id(one)]}_cannot_arise", "property")
            for one in description.questions
            if one.given is not None
        }
        self.statements = {id(one): self._new(one.name, "predicate") for one in description.statements}
        self.states = []
        for part in description.parts:
            local = Names(())  # texts, not identifiers: unique within the component is enough
            self.states.append([local.new(state.label, "state") for state in part.states])

    def _new(self, original: str, kind: str) -> str:
        return self._names.new(_without_prefix(original), kind)


class _Module(TlaNames):
    def __init__(self, description: Description, module: str | None) -> None:
        super().__init__(description, module)
        self.description = description

    def texts(self) -> Iterator[str]:
        yield self._head()
        if renamed := self._renamed():
            yield renamed
        yield self._initial()
        yield "\\* Triggers: each fires where every component that has it can take it, and they move together"
        yield from (self._action(trigger) for trigger in self.description.possible)
        if self.description.impossible:
            yield "\n".join(
                f"\\* {plain(trigger)} is blocked wherever the system comes to."
                for trigger in self.description.impossible
            )
        yield self._specification()
        if self.description.statements:
            yield self._predicates()
        yield from (self._question(question) for question in self.description.questions)
        yield "=" * 80
        yield self._configurations()

    def _head(self) -> str:
        title = f" MODULE {self.module} "
        settings = ", ".join(f"{key} {value}" for key, value in self.description.system.settings.items())
        lines = [title.center(80, "-"), "\\* " + plain(self.description.system.name)]
        if settings:
            lines.append("\\* " + plain(settings))
        lines.append("\\* Written by lifecheck from the tables that the real machines were fired into.")
        variables = ",\n  ".join([*self.parts, *self._turn, "taken  \\* the trigger of the last step"])
        lines += ["", "VARIABLES", f"  {variables}", ""]
        lines += [
            f"states == <<{', '.join(self.parts)}>>",
            f"vars == <<{', '.join(['states', *self._turn, 'taken'])}>>",
        ]
        return "\n".join(lines)

    def _renamed(self) -> str:
        """Tell what is not called as it was."""
        lines = []
        for position, part in enumerate(self.description.parts):
            if self.parts[position] != part.name:
                lines.append(f"\\* {self.parts[position]} is component {plain(repr(part.name))}")
            for name, state in zip(self.states[position], part.states, strict=True):
                if name != state.label:
                    lines.append(f'\\* {self.parts[position]}: "{name}" is {plain(repr(state.label))}')
        return "\n".join(lines)

    def _initial(self) -> str:
        lines = ["Init =="]
        for position, part in enumerate(self.description.parts):
            lines.append(f'  /\\ {self.parts[position]} = "{self.states[position][part.initial]}"')
        lines.append('  /\\ taken = "nothing"')
        lines += ["  /\\ turn = FALSE" for _ in self._turn]
        lines += ["", "TypeOK =="]
        for position in range(len(self.parts)):
            lines.append(f"  /\\ {self.parts[position]} \\in {self._set(position, range(len(self.states[position])))}")
        triggers = ", ".join(f'"{name}"' for name in ("nothing", *self.triggers.values()))
        lines.append(f"  /\\ taken \\in {{{triggers}}}")
        lines += ["  /\\ turn \\in BOOLEAN" for _ in self._turn]
        return "\n".join(lines)

    def _set(self, position: int, values: Sequence[int]) -> str:
        return "{" + ", ".join(f'"{self.states[position][value]}"' for value in values) + "}"

    def _among(self, position: int, values: Sequence[int]) -> str:
        """Return the text for "the component is in one of these states", the shorter way."""
        known = range(len(self.states[position]))
        if len(values) == len(known):
            return "TRUE"
        others = [value for value in known if value not in values]
        if len(values) <= len(others):
            if len(values) == 1:
                return f'{self.parts[position]} = "{self.states[position][values[0]]}"'
            return f"{self.parts[position]} \\in {self._set(position, values)}"
        if len(others) == 1:
            return f'{self.parts[position]} # "{self.states[position][others[0]]}"'
        return f"{self.parts[position]} \\notin {self._set(position, others)}"

    def _action(self, trigger: str) -> str:
        name = self.triggers[trigger]
        lines = [f"\\* {self.description.told(trigger, name)}", f"{name} =="]
        unchanged = []
        for position, part in enumerate(self.description.parts):
            if trigger not in part.moves:
                unchanged.append(self.parts[position])
                continue
            sources = part.sources(trigger)
            if all(part.moves[trigger][source] == source for source in sources):
                lines.append(f"  /\\ {self._among(position, sources)}")
                unchanged.append(self.parts[position])
                continue
            lines.append("  /\\ " + "\n     ".join(self._moves(position, part, trigger)))
        lines.append(f'  /\\ taken\' = "{name}"')
        lines += ["  /\\ turn' = ~turn" for _ in self._turn]
        if unchanged:
            lines.append(f"  /\\ UNCHANGED <<{', '.join(unchanged)}>>")
        return "\n".join(lines)

    def _moves(self, position: int, part: Part, trigger: str) -> Iterator[str]:
        groups: dict[int, list[int]] = {}
        for source in part.sources(trigger):
            target = part.moves[trigger][source]
            assert target is not None
            groups.setdefault(target, []).append(source)
        bullet = "\\/ " if len(groups) > 1 else ""
        for target, sources in groups.items():
            where = "" if len(sources) == len(part.states) else self._among(position, sources) + " /\\ "
            yield f'{bullet}{where}{self.parts[position]}\' = "{self.states[position][target]}"'

    def _specification(self) -> str:
        lines = ["Next =="]
        lines += [f"  \\/ {name}" for name in self.triggers.values()] or ["  FALSE"]
        fair = [f"  /\\ WF_vars({self._any_of(members)})" for members in self.description.fair("weak").values()]
        fair += [f"  /\\ SF_vars({self._any_of(members)})" for members in self.description.fair("strong").values()]
        lines += [
            "",
            "\\* Of each fair trigger: weakly, that it is taken again and again, or impossible again and again;",
            "\\* strongly, that it is taken again and again if it is possible again and again.",
            "Fairness ==",
            *(fair or ["  TRUE"]),
            "",
            "Spec == Init /\\ [][Next]_vars /\\ Fairness",
        ]
        return "\n".join(lines)

    @property
    def _turn(self) -> list[str]:
        """The variable that every step changes; it is needed where a group is fair.

        A member that is taken again and again and leaves everything as it is would else be no step, and another that
        is possible meanwhile would be owed.
        """
        return ["turn"] if self.description.groups else []

    def _any_of(self, members: Sequence[str]) -> str:
        """Return a trigger's action; of a group the one that takes some member."""
        return " \\/ ".join(self.triggers[trigger] for trigger in members)

    def _predicates(self) -> str:
        lines = ["\\* What the properties speak of: written out over the reachable states, where Python decides"]
        for statement in self.description.statements:
            name = self.statements[id(statement)]
            told = [] if name == statement.name else [plain(statement.name)]
            if isinstance(statement.condition, bool):
                told.append("so everywhere" if statement.condition else "so nowhere")
            lines.append(f"{name} == {self._text(statement.condition)}" + (f"  \\* {', '.join(told)}" if told else ""))
        return "\n".join(lines)

    def _text(self, condition: Condition | bool) -> str:
        if isinstance(condition, bool):
            # TLC 2.15 errs about constants: it finds <>TRUE violated, and refuses other tautologies
            return "TypeOK" if condition else "~TypeOK"
        simpler = alternatives(condition, len(self.states[condition.part]))
        if simpler is not None:
            here, other = simpler
            return f"{self._among(condition.part, here)} \\/ {_grouped(self._text(other))}"
        cases = []
        for values, inner in condition.cases:
            here_text = self._among(condition.part, values)
            cases.append(here_text if inner is True else f"{here_text} /\\ {_grouped(self._text(inner))}")
        return cases[0] if len(cases) == 1 else " \\/ ".join(_grouped(case) for case in cases)

    def _question(self, question: Question) -> str:
        name = self.questions[id(question)]
        words = f"{plain(question.words)}: " if question.words else ""
        lines = [f"\\* {plain(question.name)}: {words}{plain(question.asked.formula)}"]
        goal = self.statements[id(question.goal)]
        given = None if question.given is None else self.statements[id(question.given)]
        kind = question.asked.kind
        match kind.decided_by:
            case Decisive.STATE:
                if kind.is_reachability:
                    lines[0] += ". It holds where TLC finds this invariant violated: the trace is the witness."
                invariant = f"~{goal}" if kind.settling else goal
                lines.append(f"{name} == {invariant}" if given is None else f"{name} == {given} => {invariant}")
            case Decisive.LOOP:
                lines.append(f"{name} == <>{goal}" if given is None else f"{name} == {given} ~> {goal}")
            case Decisive.CLOSED_SET:
                lines.append(
                    "\\* It asks what is possible (AG EF), which no formula about behaviours can ask: left out."
                )
        if given is not None:
            lines += [
                "\\* The obligation can arise where TLC finds this invariant violated.",
                f"{self.witnesses[id(question)]} == ~{given}",
            ]
        return "\n".join(lines)

    def configuration_file(self) -> str:
        invariants = [one for one in self.description.questions if one.asked.kind.is_safety]
        promises = [one for one in self.description.questions if one.asked.kind.is_liveness]
        lines = [
            f"\\* For {self.module}.tla: tlc -deadlock {self.module}, because a system may come to an end.",
            "\\* Written by lifecheck from the tables that the machines were fired into.",
            *(line.strip() for line in self._configuration(invariants, promises)),
        ]
        return "\n".join(lines) + "\n"

    def _configurations(self) -> str:
        """What follows the module is not read by TLA+ tools, so that it can tell how to check it."""
        invariants = [one for one in self.description.questions if one.asked.kind.is_safety]
        witnesses = [one for one in self.description.questions if one.asked.kind.is_reachability]
        promises = [one for one in self.description.questions if one.asked.kind.is_liveness]
        lines = [
            f"For TLC, {self.module}.cfg, to be run with -deadlock, because a system may come to an end:",
            "",
            *self._configuration(invariants, promises),
        ]
        names = [self.questions[id(one)] for one in witnesses] + list(self.witnesses.values())
        if names:
            lines += ["", "Violated where something can happen; to be asked as invariants one by one:", ""]
            lines += [f"  {name}" for name in names]
        lines += ["", "To count the states of the system, without taken:", ""]
        lines += ["  INIT Init", "  NEXT Next", "  VIEW states"]
        return "\n".join(lines)

    def _configuration(self, invariants: Sequence[Question], promises: Sequence[Question]) -> list[str]:
        lines = ["  SPECIFICATION Spec", "  INVARIANT TypeOK"]
        lines += [f"  INVARIANT {self.questions[id(one)]}" for one in invariants]
        return lines + [f"  PROPERTY {self.questions[id(one)]}" for one in promises]


def _without_prefix(name: str) -> str:
    """Put a letter before a name that TLA+ would read as fairness."""
    return f"x{name}" if name.startswith(("WF_", "SF_")) else name


def _grouped(text: str) -> str:
    return f"({text})" if " /\\ " in text or " \\/ " in text else text
