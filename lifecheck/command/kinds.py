"""The kinds of picture that can be drawn, apart from what draws them, which takes time to import."""

from __future__ import annotations

KINDS = ("component", "lifecycle", "pair", "counterexample", "sequence", "good-run", "state-space", "matrix")
