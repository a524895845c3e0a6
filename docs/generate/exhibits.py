"""The exhibits of the museum of real defects: what was reported where, and which file in examples/ models it."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docs.generate.lesson_page import ROOT, number_of, page_of
from lifecheck import Claim, System, check, story
from lifecheck.lessons import Lesson
from lifecheck.properties import claim_named

MUSEUM = ROOT / "docs" / "museum"

FORGE = "https://github.com/"
EXCHANGE_TEAM = (
    "https://techcommunity.microsoft.com/t5/exchange-team-blog/"
    "email-stuck-in-exchange-on-premises-transport-queues/ba-p/3049447"
)
BYPASSED = "https://www.tidyhosts.com/blog/emails-stuck-in-the-exchange-transport-queues/"


@dataclass(frozen=True)
class Exhibit:
    """One reported defect: the file in examples/ that models it, and where it belongs.

    The variant that has the defect violates the claim, and the corrected one satisfies it.
    """

    name: str
    """Of the file in examples/."""
    defect_class: str
    software: str
    reports: Mapping[str, str]
    """What each report is called, and where it is."""
    claim: str
    lesson: int
    """The lesson that teaches this class of defect."""
    defect: str = "reported"
    corrected: str = "corrected"

    @property
    def page(self) -> Path:
        """Where its page is."""
        return MUSEUM / f"{self.name.replace('_', '-')}.md"

    @property
    def title(self) -> str:
        """What the museum calls it."""
        return self.page.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")

    @property
    def systems(self) -> Mapping[str, System]:
        """Every variant, by its name."""
        systems: Mapping[str, System] = importlib.import_module(f"examples.{self.name}").SYSTEMS
        return systems

    @property
    def claims(self) -> Sequence[Claim]:
        """Every claim of the file."""
        claims: Sequence[Claim] = importlib.import_module(f"examples.{self.name}").CLAIMS
        return claims

    @property
    def broken_claim(self) -> Claim:
        """The claim that the defect violates."""
        return claim_named(self.claims, self.claim)

    @property
    def lesson_page(self) -> Path:
        """The lesson's file."""
        return page_of(self.lesson)


def _issues(*places: str) -> dict[str, str]:
    """Return reports of a forge, written as owner/name#number, with their addresses."""
    found = {}
    for place in places:
        repository, _, number = place.partition("#")
        found[place] = f"{FORGE}{repository}/issues/{number}"
    return found


SWALLOWED = "swallowed without a word"
FOR_EVER = "tried again for ever"
TWICE = "done twice"
LOST = "lost in between"
WRONG_ANSWER = "answered wrongly"

EXHIBITS = (
    Exhibit(
        "redis_streams",
        SWALLOWED,
        "Redis Streams",
        _issues("redis/redis#5754", "redis/redis#13314"),
        "deleted-is-cleared",
        8,
        defect="deletes",
        corrected="mended",
    ),
    Exhibit(
        "kafka",
        SWALLOWED,
        "Hermes on Kafka",
        _issues("allegro/hermes#515"),
        "ignored-is-committed",
        8,
        defect="filters",
        corrected="commits-strong",
    ),
    Exhibit(
        "tomodachi_duplicates",
        SWALLOWED,
        "tomodachi on SQS",
        _issues("kalaspuff/tomodachi#2074"),
        "handled-is-deleted",
        2,
    ),
    Exhibit(
        "jetstream",
        SWALLOWED,
        "NATS JetStream",
        _issues("nats-io/nats-server#5564"),
        "is-answered",
        3,
        defect="max-deliver",
        corrected="terminates",
    ),
    Exhibit(
        "rabbitmq_requeue",
        FOR_EVER,
        "RabbitMQ",
        _issues("rabbitmq/rabbitmq-server#1020", "rabbitmq/rabbitmq-server#502"),
        "leaves-queue",
        2,
    ),
    Exhibit(
        "nullmailer_permanent_errors",
        FOR_EVER,
        "nullmailer",
        _issues("bruceg/nullmailer#1"),
        "refused-is-told",
        3,
    ),
    Exhibit(
        "nullmailer_bounces",
        FOR_EVER,
        "nullmailer",
        _issues("bruceg/nullmailer#69", "bruceg/nullmailer#54"),
        "queue-comes-to-rest",
        3,
    ),
    Exhibit(
        "exchange_2022",
        FOR_EVER,
        "Exchange Server 2016 and 2019",
        {"the Exchange team, 1 January 2022": EXCHANGE_TEAM, "how it was bypassed": BYPASSED},
        "clean-mail-arrives",
        7,
    ),
    Exhibit(
        "sqs",
        FOR_EVER,
        "clients of Amazon SQS",
        _issues("aws/aws-sdk-js#1279", "aws/aws-sdk-js#1750", "bbc/sqs-consumer#83"),
        "leaves-queue",
        4,
        defect="slow",
        corrected="deletes",
    ),
    Exhibit("rq_started", LOST, "RQ", _issues("rq/rq#507", "rq/rq#1372"), "can-settle", 4),
    Exhibit(
        "resque_pop",
        LOST,
        "Resque and Sidekiq",
        _issues("resque/resque#93", "sidekiq/sidekiq#1831", "sidekiq/sidekiq#607"),
        "nothing-is-lost",
        6,
    ),
    Exhibit(
        "symfony_messenger",
        LOST,
        "Symfony Messenger",
        _issues("symfony/symfony#36870", "symfony/symfony#64865", "symfony/symfony#63275"),
        "nothing-is-lost",
        6,
    ),
    Exhibit(
        "dirigible_outbox",
        LOST,
        "Eclipse Dirigible",
        _issues("eclipse-dirigible/dirigible#6816", "eclipse-dirigible/dirigible#6854"),
        "stored-is-published",
        1,
    ),
    Exhibit("maddy_lmtp", WRONG_ANSWER, "maddy", _issues("foxcpp/maddy#453"), "released-is-stored", 1),
    Exhibit(
        "haraka_full_disk",
        WRONG_ANSWER,
        "Haraka",
        _issues("haraka/Haraka#1263", "haraka/Haraka#1264"),
        "no-bounce",
        7,
    ),
    Exhibit(
        "rfc1047",
        TWICE,
        "SMTP servers of 1988",
        {"RFC 1047": "https://www.rfc-editor.org/rfc/rfc1047"},
        "delivered-at-most-once",
        5,
    ),
    Exhibit("maddy_acknowledgement", TWICE, "maddy", _issues("foxcpp/maddy#23"), "leaves-queue", 5),
    Exhibit(
        "metabase_recipients",
        TWICE,
        "Metabase and NServiceBus",
        _issues("metabase/metabase#47961", "Particular/NServiceBus#1052"),
        "one-copy",
        5,
    ),
    Exhibit(
        "celery_eta",
        TWICE,
        "Celery on Redis",
        _issues("celery/kombu#337", "celery/celery#4766", "celery/celery#2599"),
        "done-at-most-once",
        5,
    ),
    Exhibit(
        "nexspence_lock",
        TWICE,
        "Nexspence",
        _issues("nexspence/nexspence#223", "nexspence/nexspence#226"),
        "lock-is-kept",
        5,
    ),
)


def exhibits_of(lesson: Lesson) -> list[Exhibit]:
    """Return the exhibits of the class that a lesson teaches."""
    return [one for one in EXHIBITS if str(one.lesson) == number_of(lesson)]


def reports(exhibit: Exhibit) -> str:
    """Return links to the reports of an exhibit."""
    return ", ".join(f"[{name}]({address})" for name, address in exhibit.reports.items())


def told_of(exhibit: Exhibit) -> str:
    """Return the story that lifecheck tells of an exhibit's defect."""
    return story(check(exhibit.systems[exhibit.defect], exhibit.broken_claim.asked))
