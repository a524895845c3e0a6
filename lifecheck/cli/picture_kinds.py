"""The kinds and formats of pictures, apart from what draws them, which takes time to import."""

from __future__ import annotations

KINDS = ("component", "lifecycle", "pair", "counterexample", "sequence", "good-run", "state-space", "matrix")

PICTURE_FORMATS = ("svg", "mermaid", "dot")

OF_CLAIMS = {
    "counterexample": "counterexamples",
    "sequence": "sequence diagrams",
    "good-run": "good runs",
    "state-space": "state spaces",
    "matrix": "the table of verdicts",
}
"""Those that show what is claimed, and what several of them are called."""
