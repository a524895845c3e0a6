"""The entry of the command line, also as ``python -m lifecheck``."""

from __future__ import annotations

from lifecheck.cli import main

if __name__ == "__main__":
    main()
