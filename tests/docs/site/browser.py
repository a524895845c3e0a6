"""Opens a page in a browser, and returns what its scripts have made of it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests import needs

BROWSER = "chromium"


def opened(page: Path, address: str = "") -> str:
    """Return the HTML of a page of a folder as it is after its scripts ran; what follows its name may be added."""
    needs.program(BROWSER)
    options = [
        "--headless",
        "--no-sandbox",  # root has none
        "--disable-gpu",
        "--allow-file-access-from-files",  # a page may look at another that lies beside it
        f"--user-data-dir={page.parent / 'browser'}",
        "--virtual-time-budget=2000",
        "--dump-dom",
    ]
    command = [BROWSER, *options, f"{page.as_uri()}{address}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
