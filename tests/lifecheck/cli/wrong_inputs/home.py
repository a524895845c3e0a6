"""Machines and claims that wrong calls are about."""

import enum

from transitions import Machine

from lifecheck import Claim, Component, Row, System, component_of, never, sometimes
from lifecheck.lessons import Adversary, Lesson


class Light(enum.Enum):
    OFF = "off"
    ON = "on"


class Lamp:
    def __init__(self):
        Machine(self, states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])


class Counter:
    def __init__(self):
        self.tries, self.log = 0, []
        row = {"trigger": "switch", "source": "off", "dest": "on", "unless": "tired", "after": ["count", "note"]}
        Machine(self, states=["off", "on"], initial="off", transitions=[row, ["switch", "on", "off"]])

    def tired(self):
        return self.tries > 1

    def count(self):
        self.tries += 1

    def note(self):
        self.log.append(self.tries)


def lamp():
    return Lamp()


def counter():
    return Counter()


def needs_one(size):
    return Lamp()


def returns_nothing():
    Lamp()


def raises():
    raise ValueError("no lamp")


def exits():
    raise SystemExit(3)


def same():
    return ONE


ONE = Lamp()
NUMBER, TEXT, NUMBERS, NONE, LAMPS = 3, "lamp", [3], [], [Lamp()]
HOUSE = System(
    "house",
    [
        Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"}),
        Component("door", ["shut", "open"], "shut", [Row("push", "shut", "open")], {"push"}),
    ],
)
VARIANTS = {
    "one": System("one", [component_of(lamp)]),
    "two": System("two", [component_of(lamp)], fair={"switch"}),
    "other": System("other", [Component("cat", ["in", "out"], "in", [Row("go", "in", "out")], {"go"})]),
}
CLAIM_OF_DARKNESS = Claim("dark", "it stays dark", never("lamp == 'on'"))
CLAIMS = [CLAIM_OF_DARKNESS, Claim("lit", "it can be lit", sometimes("lamp == 'on'"))]
TWICE = [CLAIM_OF_DARKNESS, CLAIM_OF_DARKNESS]
TYPO = [Claim("dark", "it stays dark", never("lamp == 'onn'"))]
MEMBER = [Claim("dark", "it stays dark", never("lamp == Light.ON"))]
UNKNOWN = [Claim("dark", "it stays dark", never("lmap == 'on'"))]
RAISES = [Claim("dark", "it stays dark", never(lambda s: 1 / 0 > 1))]
ANSWERS = [Claim("dark", "it stays dark", never(lambda s: "yes"))]
IS = [Claim("dark", "it stays dark", never(lambda s: s.lamp is Light.ON))]

BULB = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
BURNS = Adversary("Switch it on.", System("bulb", [BULB]), never("lamp == 'on'"))
LESSON = Lesson("lamps", "Lamps", "A lamp that burns.", [lamp], BURNS.system, adversary=BURNS)
