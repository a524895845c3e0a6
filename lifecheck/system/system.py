"""A system: components that meet on shared triggers, who owes fairness, and what each trigger means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

from lifecheck.errors import CompositionError, did_you_mean
from lifecheck.system.component import Component
from lifecheck.system.fairness import Owing, expanded, members_of, owing, told_owing
from lifecheck.text import counted, plural


@dataclass(frozen=True, eq=False)
class System:
    """Components composed by rendezvous: a trigger fires where every component that has it can take it.

    Parameters
    ----------
    name
        Title in reports.
    components
        The parts; the order of their rows is the order of the triggers everywhere.
    observers
        Components that only watch: they must never block, and a property is checked with those alone
        that it reads.
    environment
        Triggers that owe nothing.
    fair
        System triggers that are weakly fair (one that stays possible is taken in the end), and groups of them: of
        ``("retry_soon", "retry_late")`` some member is taken in the end while some member stays possible, whichever it
        is at the time. Without it, all that are not the environment's; choices of one trigger that takes arguments are
        one group then, and so they are where their common name is written.
    strong
        Triggers that are strongly fair (one possible again and again is taken in the end), and groups of them, each
        with the reason.
    meanings
        One sentence for each trigger that says what it means.
    settings
        What this variant of a system was made from: switch and value, for reports.
    remarks
        What to keep in mind when a switch of the settings is named as a cause.
    copied
        Names of the components and observers of which each instance has its own copy, for `copies` and for
        `check_instances`; the others are shared by all instances.
    broadcast
        Triggers of shared components that all copies take together; no copy may ever block one.
    instances
        How many instances the system models, if it models instances.
    instance
        What reports call one instance, as in ``instance="order"``.
    several
        What they call several, where ``s``, ``es`` or ``ies`` does not make it, as in ``several="children"``.

    Raises
    ------
    CompositionError
        If names clash, an entry names no trigger, a trigger belongs to observers alone, or an instance has no name.

    Examples
    --------
    >>> from lifecheck import Row
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> system = System("lamp", [lamp], environment={"switch_on"})
    >>> system.triggers, system.weakly_fair
    (('switch_on',), frozenset())
    """

    name: str
    components: Sequence[Component]
    observers: Sequence[Component] = field(default=(), kw_only=True)
    environment: Set[str] = field(default=frozenset(), kw_only=True)
    fair: Collection[Owing] | None = field(default=None, kw_only=True)
    strong: Mapping[Owing, str] = field(default_factory=dict, kw_only=True)
    meanings: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    settings: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    remarks: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    copied: Set[str] = field(default=frozenset(), kw_only=True)
    broadcast: Set[str] = field(default=frozenset(), kw_only=True)
    instances: int | None = field(default=None, kw_only=True)
    instance: str = field(default="instance", kw_only=True)
    several: str = field(default="", kw_only=True)
    left_out: frozenset[str] = field(default=frozenset(), init=False)

    def __post_init__(self) -> None:
        for name in ("components", "observers"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        object.__setattr__(self, "strong", reasons_of_strong(self.strong))
        if not self.components:
            raise CompositionError(f"system {self.name!r} has no components")
        names = [component.name for component in self.parts]
        for name, number in Counter(names).items():
            if number > 1:
                raise CompositionError(f"system {self.name!r}: two components are called {name!r}")
        for name in sorted(self.copied):
            if name not in names:
                raise CompositionError(
                    f"system {self.name!r}: copied names {name!r}, which is none of its components; "
                    + did_you_mean(name, names)
                )
        if not self.instance.strip():
            raise CompositionError(f"system {self.name!r}: instance is empty; say what an instance is, or leave it out")
        for part in self.parts:
            if part.guards is not None and (len(self.components) > 1 or self.copied):
                raise CompositionError(
                    f"system {self.name!r}: guards of {part.name!r} answer either way, which is for one machine alone; "
                    "make it without guards='either', or ask about it by itself"
                )
        self._name_triggers()
        self._check_triggers()

    @property
    def parts(self) -> tuple[Component, ...]:
        """Components, then observers."""
        return (*self.components, *self.observers)

    @cached_property
    def triggers(self) -> tuple[str, ...]:
        """Every trigger once, in the order of components and rows."""
        return tuple(dict.fromkeys(trigger for part in self.components for trigger in part.triggers))

    @cached_property
    def owners(self) -> Mapping[str, tuple[Component, ...]]:
        """The components that must take each trigger together."""
        found: dict[str, list[Component]] = {trigger: [] for trigger in self.triggers}
        for part in self.parts:
            for trigger in part.alphabet:
                if trigger in found:
                    found[trigger].append(part)
        return {trigger: tuple(owners) for trigger, owners in found.items()}

    @cached_property
    def fireable(self) -> tuple[str, ...]:
        """The triggers for which every component that has them has a row; the others are blocked for ever."""
        return tuple(
            trigger
            for trigger in self.triggers
            # the rows of a hierarchical part are what firing showed, so that one may be missing
            if all(part.nesting or any(row.trigger == trigger for row in part.rows) for part in self.owners[trigger])
        )

    @cached_property
    def families(self) -> Mapping[str, tuple[str, ...]]:
        """The triggers that are choices of one that its machine's owner calls by one name, by that name."""
        found: dict[str, list[str]] = {}
        named = {new: name for part in self.components for new, name in part.families.items()}
        for trigger in self.triggers:
            if trigger in named:
                found.setdefault(named[trigger], []).append(trigger)
        # a name that another component has as a trigger of its own says that one; its own member says them all
        return {name: tuple(ones) for name, ones in found.items() if name in ones or name not in self.triggers}

    @cached_property
    def owed_strongly(self) -> Mapping[str, tuple[str, ...]]:
        """What is owed strong fairness, triggers and groups in the system's order: what to call it, and its members."""
        return self._named(self.strong)

    @cached_property
    def owed_weakly(self) -> Mapping[str, tuple[str, ...]]:
        """What is owed weak fairness and no strong one, as `owed_strongly`.

        Examples
        --------
        >>> from lifecheck import Row
        >>> rows = [Row("soon", "sent", "sent"), Row("late", "sent", "sent"), Row("get", "sent", "got")]
        >>> line = Component("line", ["sent", "got"], "sent", rows, {"soon", "late", "get"})
        >>> System("line", [line], fair=["get", ("soon", "late")]).owed_weakly
        {'soon or late': ('soon', 'late'), 'get': ('get',)}
        """
        declared: Iterable[Owing] = self._all_of_the_system if self.fair is None else self.fair
        return {name: members for name, members in self._named(declared).items() if name not in self.owed_strongly}

    @cached_property
    def strongly_fair(self) -> frozenset[str]:
        """Triggers that are strongly fair each by itself, not as members of a group."""
        return frozenset(members[0] for members in self.owed_strongly.values() if len(members) == 1)

    @cached_property
    def weakly_fair(self) -> frozenset[str]:
        """Triggers that are weakly and not strongly fair each by itself, not as members of a group."""
        return frozenset(members[0] for members in self.owed_weakly.values() if len(members) == 1)

    @property
    def _all_of_the_system(self) -> Iterable[Owing]:
        """Every trigger that is not the environment's, choices of one as a group."""
        chosen = {one: members for members in self.families.values() for one in members}
        for trigger in self.triggers:
            if trigger not in self.environment:
                own = tuple(one for one in chosen.get(trigger, (trigger,)) if one not in self.environment)
                yield own if len(own) > 1 else own[0]

    def _named(self, declared: Iterable[Owing]) -> dict[str, tuple[str, ...]]:
        return {
            told_owing(members if len(members) > 1 else members[0], self.families): members
            for members in self._grouped(declared)
        }

    def _grouped(self, declared: Iterable[Owing]) -> list[tuple[str, ...]]:
        """Return the members of each, in the system's order."""
        place = {trigger: number for number, trigger in enumerate(self.triggers)}
        groups = {tuple(sorted(members_of(owed), key=place.__getitem__)) for owed in declared}
        return sorted(groups, key=lambda members: [place[trigger] for trigger in members])

    @property
    def instance_words(self) -> str:
        """What reports call several instances: orders, where one is called an order."""
        return self.several or plural(self.instance)

    def counted_instances(self, number: int) -> str:
        """Return a number of instances as reports write it.

        Examples
        --------
        >>> from lifecheck import Row
        >>> queue = Component("queue", ["new"], "new", [Row("read", "new", "new")], {"read"})
        >>> System("mail", [queue], instance="entry").counted_instances(2)
        '2 entries'
        """
        return counted(number, self.instance, self.several)

    @property
    def has_several_starts(self) -> bool:
        """Whether the environment chooses an initial state before the first step."""
        return any(part.starts for part in self.parts)

    @cached_property
    def by_start(self) -> tuple[System, ...]:
        """The system once for each choice of initial states, in the order of the parts; itself if there is none.

        Examples
        --------
        >>> from lifecheck import Row
        >>> lamp = Component("lamp", ["off", "on"], ("off", "on"), [Row("switch", "off", "on")], {"switch"})
        >>> [system.components[0].initial for system in System("lamp", [lamp]).by_start]
        ['off', 'on']
        """
        if not self.has_several_starts:
            return (self,)
        found = []
        for chosen in product(*(part.starts or (part.initial,) for part in self.parts)):
            parts = [
                part.starting_in(state) if part.starts else part for part, state in zip(self.parts, chosen, strict=True)
            ]
            count = len(self.components)
            system = replace(self, components=parts[:count], observers=parts[count:])
            object.__setattr__(system, "left_out", self.left_out)
            found.append(system)
        return tuple(found)

    def with_observers(self, names: Iterable[str]) -> System:
        """Return the same system with the named observers alone; always the same object for the same names."""
        wanted = frozenset(names)
        cache: dict[frozenset[str], System] = self.__dict__.setdefault("_reduced", {})
        if wanted not in cache:
            kept = tuple(observer for observer in self.observers if observer.name in wanted)
            gone = {observer.name for observer in self.observers} - wanted
            reduced = replace(self, observers=kept, copied=self.copied - gone) if gone else self
            if gone:
                object.__setattr__(reduced, "left_out", self.left_out | gone)
            cache[wanted] = reduced
        return cache[wanted]

    def _name_triggers(self) -> None:
        """Take a name that several choices of a trigger have in common for all of them, and write groups as tuples."""
        families = self.families
        where = f"system {self.name!r}: "
        if self.fair is not None:
            fair = frozenset(owing(f"{where}fair", one, families) for one in self.fair)
            object.__setattr__(self, "fair", fair)
        strong = {owing(f"{where}strong", one, families): reason for one, reason in self.strong.items()}
        object.__setattr__(self, "strong", strong)
        for name in ("environment", "broadcast"):
            object.__setattr__(self, name, frozenset(expanded(getattr(self, name), families)))
        owed = {one for group in (*(self.fair or ()), *self.strong) for one in members_of(group)}
        outside = {one for part in self.components for one in part.environment if one not in owed}
        object.__setattr__(self, "environment", self.environment | outside)
        meanings = {one: told for name, told in self.meanings.items() for one in expanded([name], families)}
        object.__setattr__(self, "meanings", meanings)

    def _check_triggers(self) -> None:
        known = dict.fromkeys(self.triggers)  # in order, for what may have been meant
        for observer in self.observers:
            for trigger in observer.triggers:
                if trigger not in known:
                    raise CompositionError(
                        f"system {self.name!r}: trigger {trigger!r} belongs only to observer {observer.name!r}, "
                        "so nothing that happens is observed; " + did_you_mean(trigger, known)
                    )
        entries: dict[str, Iterable[str]] = {
            "environment": self.environment,
            "fair": [trigger for owed in self.fair or () for trigger in members_of(owed)],
            "strong": [trigger for owed in self.strong for trigger in members_of(owed)],
            "meanings": self.meanings,
            "broadcast": self.broadcast,
        }
        for role, names in entries.items():
            for trigger in sorted(names):
                if trigger not in known:
                    raise CompositionError(
                        f"system {self.name!r}: {role} names {trigger!r}, which is no trigger of its components; "
                        + did_you_mean(trigger, known)
                    )
        for role in ("fair", "strong"):
            both = sorted(set(entries[role]) & set(self.environment))
            if both:
                raise CompositionError(
                    f"system {self.name!r}: trigger {both[0]!r} is both {role} and the environment's; "
                    "the environment owes no fairness"
                )
        self._refuse_groups_called_alike()

    def _refuse_groups_called_alike(self) -> None:
        """Refuse a group that is called as a trigger outside of it or as another: one of them would be owed nothing."""
        called: dict[str, set[str]] = {}
        for members in self._grouped([*(self._all_of_the_system if self.fair is None else self.fair), *self.strong]):
            name = told_owing(members if len(members) > 1 else members[0], self.families)
            is_another = name in self.triggers and name not in members
            if is_another or called.setdefault(name, set(members)) != set(members):
                raise CompositionError(
                    f"system {self.name!r}: fairness is owed to a group of {', '.join(map(repr, members))}, which is "
                    f"called {name!r}, as another is that has other members; call a trigger something else"
                )


def reasons_of_strong(strong: object) -> dict[Owing, str]:
    """Return the strongly fair triggers and groups with their reasons.

    Raises
    ------
    CompositionError
        If the reasons are missing; shows how they are written.

    Examples
    --------
    >>> reasons_of_strong(["answer"])
    Traceback (most recent call last):
    lifecheck.errors.CompositionError: strong is ['answer']; write each trigger with the reason why it is strongly \
fair: strong={'answer': '...'}
    """
    if isinstance(strong, Mapping):
        return dict(strong)
    names = [strong] if isinstance(strong, str) else list(strong) if isinstance(strong, Iterable) else ["answer"]
    shown = ", ".join(f"{name!r}: '...'" for name in names) or "'answer': '...'"
    raise CompositionError(
        f"strong is {strong!r}; write each trigger with the reason why it is strongly fair: strong={{{shown}}}"
    )
