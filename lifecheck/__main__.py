"""The entry of the command line, also as ``python -m lifecheck``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command as a program of its own, to whose standard output nothing is written but its answer."""
    try:
        from lifecheck.cli import kept_for_the_answer
        from lifecheck.cli import main as command

        with kept_for_the_answer():
            command()
    except KeyboardInterrupt:  # before the command could take it
        print("lifecheck: interrupted", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
