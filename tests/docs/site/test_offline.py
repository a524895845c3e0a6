"""A page that needs the net is noticed, whatever it fetches; a link that a reader may follow is not held against it."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.site.offline import elsewhere, fetched_by_page, fetched_by_style

FETCHES = {
    '<script src="https://cdn.example/x.js"></script>': "https://cdn.example/x.js",
    "<SCRIPT async SRC='//cdn.example/x.js'></SCRIPT>": "//cdn.example/x.js",
    '<link rel="stylesheet" href="http://cdn.example/x.css">': "http://cdn.example/x.css",
    '<link rel="preconnect canonical" href="https://fonts.example">': "https://fonts.example",
    '<link href="https://cdn.example/x">': "https://cdn.example/x",
    '<img src=" https://cdn.example/x.png">': " https://cdn.example/x.png",
    '<style>@import "https://cdn.example/x.css";</style>': "https://cdn.example/x.css",
    "<p style=\"background: url('//cdn.example/x.png')\">": "//cdn.example/x.png",
}

DOES_NOT_FETCH = [
    '<a href="https://example.org/">a link</a>',
    '<link rel="canonical" href="https://example.org/page">',
    '<script src="_static/x.js"></script>',
    "<p>url(https://example.org/) in a text</p>",
    "<style>p { color: red }</style><p>@import https://example.org/</p>",
]


@pytest.mark.parametrize("page", FETCHES)
def test_what_a_page_fetches_is_found(page: str) -> None:
    assert fetched_by_page(page) == [FETCHES[page]]


@pytest.mark.parametrize("page", DOES_NOT_FETCH)
def test_what_a_page_does_not_fetch_is_not(page: str) -> None:
    assert fetched_by_page(page) == []


def test_a_style_sheet_is_read_too() -> None:
    assert fetched_by_style('@font-face { src: url("https://fonts.example/x.woff2") }') == [
        "https://fonts.example/x.woff2"
    ]
    assert fetched_by_style("p { background: url(picture.svg) }") == []


def test_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.html").write_text('<img src="https://cdn.example/x.png">')
    (tmp_path / "site.css").write_text("@import url(//cdn.example/x.css);")
    (tmp_path / "fine.html").write_text('<img src="x.png">')
    assert elsewhere(tmp_path) == [
        "https://cdn.example/x.png (docs/page.html)",
        "//cdn.example/x.css (site.css)",
    ]
