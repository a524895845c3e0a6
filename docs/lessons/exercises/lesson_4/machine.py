"""Four small machines, each with a goal. What the environment does owes nothing; all else is as fair as you say."""

from __future__ import annotations

from transitions import Machine

from lifecheck import State, System, component_of


def machine(states: list[str], rows: list[list[str]]) -> Machine:
    """Return a machine that starts in the first of its states."""
    return Machine(
        states=states, initial=states[0], transitions=rows, auto_transitions=False
    )


download = machine(
    ["nothing", "half", "all"], [["fetch", "nothing", "half"], ["fetch", "half", "all"]]
)


def downloaded(s: State) -> bool:
    """The download is complete."""
    return s.download == "all"


bus = machine(
    ["away", "at_stop"],
    [
        ["arrive", "away", "at_stop"],
        ["depart", "at_stop", "away"],
        ["board", "at_stop", "at_stop"],
    ],
)

passenger = machine(["waiting", "on_board"], [["board", "waiting", "on_board"]])


def on_board(s: State) -> bool:
    """The passenger has boarded a bus."""
    return s.passenger == "on_board"


door = machine(
    ["locked", "open"],
    [["unlock", "locked", "open"], ["shake", "locked", "locked"]],
)

key = machine(
    ["inside", "outside"],
    [["unlock", "outside", "outside"], ["fetch_key", "inside", "outside"]],
)

hallway = machine(["behind_door"], [])


def opened(s: State) -> bool:
    """The door is open."""
    return s.door == "open"


lamp = machine(["off", "on"], [["switch_on", "off", "on"], ["flicker", "off", "off"]])


def lit(s: State) -> bool:
    """The lamp is on."""
    return s.lamp == "on"


MACHINES = {
    "download": (
        System("download", [component_of(download, "download")]),
        downloaded,
    ),
    "bus": (
        System("bus", [component_of(bus, "bus"), component_of(passenger, "passenger")]),
        on_board,
    ),
    "key": (
        System(
            "key",
            [
                component_of(door, "door"),
                component_of(key, "key"),
                # whoever has the key waits for the hallway, too
                component_of(hallway, "hallway", alphabet={"fetch_key"}),
            ],
        ),
        opened,
    ),
    "lamp": (
        System("lamp", [component_of(lamp, "lamp")], environment={"flicker"}),
        lit,
    ),
}
