"""A missing package skips a test by name, and fails it where everything must run."""

from __future__ import annotations

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


def test_no_test_skips_in_another_way_for_a_missing_package() -> None:
    folder = Path(__file__).parent
    users = [path for path in folder.rglob("*.py") if "importor" + "skip" in path.read_text()]
    assert users == [folder / "needs.py"]


def test_ci_sets_the_switch() -> None:
    assert f"export {needs.SWITCH}=1" in (Path(__file__).parents[1] / ".ci/run").read_text()
