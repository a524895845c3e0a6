"""The option that chooses the variant of the requirement tests, and how Hypothesis runs."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from hypothesis import Phase, settings

import lifecheck

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
settings.register_profile("brief", settings.get_profile("project"), max_examples=20)
settings.load_profile("project")


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
