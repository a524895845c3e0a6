"""Writes what lint found for other tools: SARIF, which editors and forges read, and annotations of a workflow."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lifecheck.linting.codes import CODES
from lifecheck.linting.finding import Finding, LintReport
from lifecheck.linting.source_lines import SourceLine
from lifecheck.version import __version__

Where = Callable[[Finding], SourceLine | None]
"""Finds where what a finding is about was written."""

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(report: LintReport, where: Where, folder: Path) -> str:
    """Return a report as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format).

    Parameters
    ----------
    report
        What was found.
    where
        Finds its place in a file.
    folder
        Paths are written relative to it, with ``/``.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import lint
    >>> report = lint(Machine(states=["off", "on"], initial="off", transitions=[["go", "off", "onn"]]))
    >>> found = json.loads(sarif(report, lambda finding: SourceLine(Path("lamp.py"), 3), Path()))
    >>> [(one["ruleId"], one["locations"][0]["physicalLocation"]["region"]) for one in found["runs"][0]["results"]][:1]
    [('unknown-destination', {'startLine': 3})]
    """
    codes = list(dict.fromkeys(report.codes))
    rules = [
        {
            "id": code,
            "shortDescription": {"text": CODES[code].partition(". ")[0].rstrip(".") + "."},
            "fullDescription": {"text": CODES[code]},
        }
        for code in codes
    ]
    driver = {"name": "lifecheck", "semanticVersion": _semantic(__version__), "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes, where(finding), folder) for finding in report.findings],
        "properties": {"linted": report.name, "remarks": list(report.remarks)},
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def github(report: LintReport, where: Where, folder: Path) -> str:
    """Return a report as workflow commands, which GitHub shows beside the lines of a change.

    Parameters
    ----------
    report, where, folder
        As for `sarif`.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import lint
    >>> report = lint(Machine(states=["off", "on"], initial="off", transitions=[["go", "off", "onn"]]))
    >>> print(github(report, lambda finding: SourceLine(Path("lamp.py"), 3), Path()).splitlines()[0])
    ::error file=lamp.py,line=3,title=lifecheck unknown-destination::transition 'go' from 'off' to 'onn': there is no \
state 'onn', so it raises when it is taken. Correct its destination: did you mean 'on'?
    """
    return "\n".join(_annotation(finding, where(finding), folder) for finding in report.findings)


def _result(finding: Finding, codes: list[str], at: SourceLine | None, folder: Path) -> dict[str, Any]:
    place: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": finding.place}]}
    if at is not None:
        artifact = {"uri": _uri(at.path, folder)}
        place["physicalLocation"] = {"artifactLocation": artifact, "region": {"startLine": at.line}}
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": "note" if finding.is_question else "error",
        "message": {"text": _told(finding)},
        "locations": [place],
        "properties": {"origin": str(finding.origin)},
    }


def _annotation(finding: Finding, at: SourceLine | None, folder: Path) -> str:
    # docs.github.com, Workflow commands for GitHub Actions: what must be escaped in a message, and in a property
    place = {} if at is None else {"file": _relative(at.path, folder), "line": str(at.line)}
    properties = {**place, "title": f"lifecheck {finding.code}"}
    written = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
    return f"::{'notice' if finding.is_question else 'error'} {written}::{_escaped(_told(finding))}"


def _told(finding: Finding) -> str:
    remedy = finding.remedy[:1].upper() + finding.remedy[1:]
    ending = "" if finding.sentence.endswith("?") else "."
    return f"{finding.place}: {finding.sentence}{ending} {remedy}"


def _escaped(text: str, more: str = "") -> str:
    return "".join(f"%{ord(letter):02X}" if letter in "%\r\n" + more else letter for letter in text)


def _relative(path: Path, folder: Path) -> str:
    full = path.resolve()
    root = folder.resolve()
    return (full.relative_to(root) if full.is_relative_to(root) else path).as_posix()


def _uri(path: Path, folder: Path) -> str:
    from urllib.parse import quote

    relative = _relative(path, folder)
    return Path(relative).as_uri() if Path(relative).is_absolute() else quote(relative)


def _semantic(version: str) -> str:
    return ".".join([*version.split(".")[:3]]).partition("+")[0]
