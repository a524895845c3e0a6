"""Machines as people have them, about which something is wrong: where they are, how they are made, what they name."""

import asyncio
import enum
import random
import time

from transitions import Machine
from transitions.extensions import HierarchicalMachine, LockedMachine

from lifecheck import Claim, Component, Row, System, never


class Order:
    """Fired with arguments."""

    def __init__(self):
        row = {"trigger": "pay", "source": "open", "dest": "paid", "conditions": "is_enough"}
        Machine(self, states=["open", "paid"], initial="open", transitions=[row, ["ship", "paid", "="]])

    def is_enough(self, amount):
        return amount >= 5


class Configured(Machine):
    """Gets its states when it is made."""

    def __init__(self, **configuration):
        super().__init__(self, **configuration)


class Named:
    def __init__(self, name, size=1):
        Machine(self, states=["a"], initial="a")


class Forgetful(Machine):
    def __init__(self):
        self.ready = True


class Bare:
    """Has no machine."""


class Loop:
    def __init__(self):
        asyncio.get_running_loop()


class Nested:
    def __init__(self):
        HierarchicalMachine(self, states=["a", "b_c"], initial="a", transitions=[["go", "a", "b_c"]])


class Two:
    def __init__(self):
        self.left = Machine(states=["a"], initial="a", transitions=[["go", "a", "="]])
        self.right = Machine(states=["a"], initial="a", transitions=[["go", "a", "="]])


class Copied:
    """Stands for a machine of a copy of the library."""

    class Machine:
        pass

    Machine.__module__ = "vendored.core"


class Broken:
    @property
    def machine(self):
        raise RuntimeError("not now")


class Random:
    def __init__(self):
        row = {"trigger": "roll", "source": "a", "dest": "b", "conditions": "is_lucky"}
        Machine(self, states=["a", "b"], initial="a", transitions=[row])

    def is_lucky(self):
        return random.random() > 0.5


class Counting:
    def __init__(self):
        self.count = 0
        Machine(
            self, states=["a"], initial="a", transitions=[{"trigger": "go", "source": "a", "dest": "=", "after": "add"}]
        )

    def add(self):
        self.count += 1


class Raising:
    def __init__(self):
        Machine(
            self,
            states=["a", "b"],
            initial="a",
            transitions=[{"trigger": "go", "source": "a", "dest": "b", "before": "f"}],
        )

    def f(self):
        raise ValueError("no way")


class Unknown:
    def __init__(self):
        Machine(self, states=["a", "b"], initial="a", transitions=[["go", "a", "c"]])


class Colour(enum.Enum):
    RED = 1
    GREEN = 2


def light():
    return Machine(states=Colour, initial=Colour.RED, transitions=[["go", Colour.RED, Colour.GREEN]])


def several_models():
    return Machine([Bare(), Bare()], states=["a"], initial="a")


async def awaited():
    return Machine(states=["a"], initial="a")


def generated():
    yield Machine(states=["a"], initial="a")


def locked():
    return LockedMachine(states=["a"], initial="a", transitions=[["go", "a", "="]])


def slow():
    time.sleep(60)


DOOR = Component(
    "door", ["shut", "open"], "shut", [Row("push", "shut", "open"), Row("pull", "open", "shut")], {"push", "pull"}
)


class Systems:
    """Made when it is asked for, as a part of a project is."""

    @property
    def unknown(self):
        return System("house", [DOOR], fair=[("push", "pul")])

    @property
    def empty(self):
        return System("house", [DOOR], fair=[()])

    @property
    def owing(self):
        return System("house", [DOOR], environment={"push"}, fair=[("push", "pull")])

    @property
    def starts(self):
        return System("house", [Component("door", DOOR.states, ("shut", "opne"), DOOR.rows, DOOR.alphabet)])


HOUSE = System("house", [Component("door", DOOR.states, ("shut", "open"), DOOR.rows, DOOR.alphabet)])
SYSTEMS = Systems()
NO_STATES = Machine()
VENDORED = Copied.Machine()
PAIR = Two()
BROKEN = Broken()
ORDERS = {"one": Order, "two": Order}
LIST = [Order]
NEVER = [Claim("never", "it never is", never("state == 'nowhere'"))]
PAYING = [Claim("paid", "nobody pays", never("state == 'payed'"))]
READS = [Claim("reads", "it reads", never("order.state == 'open'"))]
ATTRIBUTE = [Claim("count", "it counts", never("state.count > 2"))]
