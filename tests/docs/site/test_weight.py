"""A page that takes long on a slow line is noticed; of the whole site when it is built, which refuses one."""

from __future__ import annotations

from pathlib import Path

from docs.site.weight import heavy


def test_a_page_over_the_limit_is_named_with_its_size(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "long.html").write_text("x" * 1_001)
    (tmp_path / "short.html").write_text("x" * 1_000)
    (tmp_path / "data.json").write_text("x" * 2_000)
    assert heavy(tmp_path, 1_000) == ["docs/long.html (1,001 bytes of 1,000)"]


def test_a_page_of_300_kilobytes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("x" * 300_001)
    assert heavy(tmp_path)
