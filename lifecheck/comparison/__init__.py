"""One story on two variants."""

from lifecheck.comparison.compare import check_comparable, compare, has_a_story
from lifecheck.comparison.comparison import Comparison
from lifecheck.comparison.story import comparison_story

__all__ = [
    "Comparison",
    "check_comparable",
    "compare",
    "comparison_story",
    "has_a_story",
]
