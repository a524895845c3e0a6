"""The entry of the command, as ``python -m mail``."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command; what interrupts it before it could begin is told in one line as well."""
    try:
        from mail.command import run_as_a_program

        return run_as_a_program()
    except KeyboardInterrupt:
        print("mail: interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
