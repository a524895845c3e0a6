"""A missing package skips a test by name, and fails it where everything must run."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests import needs


def test_a_missing_package_skips_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(needs.SWITCH, raising=False)
    with pytest.raises(pytest.skip.Exception, match="no_such_package"):
        needs.package("no_such_package")


def test_with_the_switch_set_a_missing_package_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(needs.SWITCH, "1")
    with pytest.raises(ModuleNotFoundError, match="no_such_package"):
        needs.package("no_such_package")


def test_a_package_that_is_there_is_no_reason_to_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("", "1"):
        monkeypatch.setenv(needs.SWITCH, value)
        needs.package("transitions")


def test_a_missing_program_skips_by_name_and_is_an_error_with_the_switch_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(needs.SWITCH, raising=False)
    with pytest.raises(pytest.skip.Exception, match="no-such-program is not installed"):
        needs.program("no-such-program")
    monkeypatch.setenv(needs.SWITCH, "1")
    with pytest.raises(FileNotFoundError, match="no-such-program is not installed"):
        needs.program("no-such-program")
    needs.program("python3")


def test_a_reason_skips_by_its_words_and_is_an_error_with_the_switch_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(needs.SWITCH, raising=False)
    with pytest.raises(pytest.skip.Exception, match="no root"):
        needs.nothing_missing("no root")
    monkeypatch.setenv(needs.SWITCH, "1")
    with pytest.raises(FileNotFoundError, match="no root"):
        needs.nothing_missing("no root")
    needs.nothing_missing("")


def test_what_a_variable_does_not_name_skips_even_with_the_switch_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(needs.SWITCH, "1")
    monkeypatch.delenv("NO_SUCH_JAR", raising=False)
    with pytest.raises(pytest.skip.Exception, match="NO_SUCH_JAR does not name a jar"):
        needs.named_by("NO_SUCH_JAR", "a jar")
    monkeypatch.setenv("NO_SUCH_JAR", "here.jar")
    assert needs.named_by("NO_SUCH_JAR", "a jar") == "here.jar"


def test_what_tests_share_is_imported_whole_whatever_is_missing() -> None:
    """Pytest imports each file for its doctests, and a file that skips meanwhile stays half imported for the others."""
    shared = [path for path in Path(__file__).parent.rglob("*.py") if not path.name.startswith("test_")]
    assert len(shared) > 20
    skipping = [
        f"{path.name}:{found.lineno}"
        for path in shared
        for found in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(found, ast.Expr)
        and ast.unparse(found).startswith(("needs.", "pytest.skip", "pytest.importorskip"))
    ]
    assert skipping == []


def test_ci_sets_the_switch() -> None:
    assert f"export {needs.SWITCH}=1" in (Path(__file__).parents[1] / ".ci/run").read_text()
