"""The system of large_system.py as musil's documentation writes systems; prints what it took as JSON."""

import json
import platform
import resource
import time
from dataclasses import dataclass, replace

from musil import Action, Model, check_liveness

BASE = 10


@dataclass(frozen=True, slots=True)
class Wheels:
    """Where each wheel is."""

    wheel_0: int = 0
    wheel_1: int = 0
    wheel_2: int = 0
    wheel_3: int = 0
    wheel_4: int = 0


def turn(name):
    """Return the action that turns one wheel."""
    return Action(
        f"turn_{name}", lambda s: True, lambda s: replace(s, **{name: (getattr(s, name) + 1) % BASE}), fair="weak"
    )


def main():
    """Check the promise of large_system.py that holds."""
    model = Model(init=Wheels(), actions=[turn(f"wheel_{digit}") for digit in range(5)])
    start = time.process_time()
    result = check_liveness(model, goal=lambda s: s.wheel_4 == 9, leadsto_from=lambda s: s.wheel_0 != 0)
    seconds = time.process_time() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {"holds": result.ok, "states": result.states_explored, "seconds": seconds, "megabytes": megabytes}
    print(json.dumps(found | {"python": platform.python_version()}))


if __name__ == "__main__":
    main()
