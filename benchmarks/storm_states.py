"""Explores with Storm's decision diagrams the PRISM text that it reads; run by a Python that has stormpy.

Prints what was counted as JSON. The time is processor time of building the model, without starting Python and without
parsing the text; what Storm makes beside the reachable states, its transitions and rewards, is in it.
"""

import json
import sys
import tempfile
from pathlib import Path
from time import process_time

import stormpy


def main():
    """Explore, and print the counts."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "system.prism").write_text(sys.stdin.read())
        program = stormpy.parse_prism_program(str(Path(folder) / "system.prism"))
    start = process_time()
    model = stormpy.build_symbolic_model(program)
    seconds = process_time() - start
    run = {"states": model.nr_states, "transitions": model.nr_transitions, "errors": 0, "seconds": seconds}
    print(json.dumps({"run": run, "version": stormpy.__version__}))


if __name__ == "__main__":
    main()
