"""What the tests on real programs need: the programs, and root."""

from __future__ import annotations

from mail import programs
from tests import needs


def mail_programs(*, dovecot: bool = False) -> None:
    """Skip without Postfix, clamd or root, by the missing package's name; fail where nothing may be skipped."""
    needs.nothing_missing(programs.why_not((*programs.MAIL, *(programs.DOVECOT if dovecot else ()))))


def linux() -> None:
    """Skip where processes cannot be found."""
    needs.nothing_missing(programs.why_not((), root=False))


def redis() -> None:
    """Skip without Redis; fail where nothing may be skipped."""
    needs.nothing_missing(programs.why_not(programs.REDIS, root=False))
