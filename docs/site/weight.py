"""Finds pages that take long on a slow line."""

from __future__ import annotations

from pathlib import Path

MOST = 300_000
"""How many bytes a page may have."""


def heavy(folder: Path, most: int = MOST) -> list[str]:
    """Return each page below a folder that is larger than a number of bytes, with its size."""
    sizes = {path: path.stat().st_size for path in sorted(folder.rglob("*.html"))}
    return [f"{path.relative_to(folder)} ({size:,} bytes of {most:,})" for path, size in sizes.items() if size > most]
