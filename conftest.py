"""The option that chooses the variant of the requirement tests, and how Hypothesis runs."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from hypothesis import Phase, settings

import lifecheck
from tests.cross_check import is_in_part, sized_names

# pytest executes a file that it collects once more, as another module, unless the file is imported by then; and rooms
# are imported whole
for room in pkgutil.iter_modules(lifecheck.__path__):
    if room.ispkg:
        importlib.import_module(f"lifecheck.{room.name}")

# Forty examples found each violated requirement with every one of a hundred seeds; sixty leave room.
# A derandomized run is the same every time; `--hypothesis-profile=explore` looks further, `brief` less far. The explain
# phase is left out: it lists lines of the checker, and takes far longer than finding the run.
settings.register_profile(
    "project",
    max_examples=60,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    print_blob=False,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)
settings.register_profile("explore", settings.get_profile("project"), max_examples=2_000, derandomize=False)
settings.register_profile("brief", settings.get_profile("project"), max_examples=5)
settings.load_profile("project")


LONGEST = (
    "test_agrees_on_machines_with_callbacks.py",
    "test_agrees_with_the_small_explorer.py",
    "test_agrees_with_naive_judge.py",
    "test_comparison_of_random_systems.py",
    "test_interruptions.py",
    "test_both_ways.py",
    "test_spin_agrees_on_machines_with_callbacks.py",
    "test_explain_pytest.py",
    "test_documents.py",
    "test_matrix.py",
    "test_requirements.py",
    "test_mutation.py",
)
"""The files that take longest: a process that began one of them last would work on alone."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the longest files first, mark what `make cross-check` compares more of, and leave its other parts out."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(LONGEST)))
    for item in items:
        module = getattr(item, "module", None)
        if hasattr(module, "sized") and getattr(item, "originalname", item.name) in sized_names(module):
            item.add_marker("cross_check")
    others = [item for item in items if not is_in_part(item.nodeid)]
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if is_in_part(item.nodeid)]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the variant to judge."""
    parser.addoption("--variant", default="patched", help="variant of the mail system that must meet the requirements")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse an unknown variant before any test runs."""
    from lifecheck.errors import did_you_mean
    from model import VARIANTS

    name = config.getoption("--variant")
    if name not in VARIANTS:
        raise pytest.UsageError(f"there is no variant {name!r}; {did_you_mean(name, VARIANTS)}")


@pytest.fixture(scope="session")
def variant(request: pytest.FixtureRequest) -> str:
    """Name of the variant that the requirement tests judge."""
    return str(request.config.getoption("--variant"))
