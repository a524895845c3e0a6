"""Logs and mappings that people give by mistake, and logs that hold what nobody thought of: told in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lifecheck import Claim, Component, InputError, Row, System, never, replay
from lifecheck.replaying import LogEvent, Replay, mapping_template, parse_mapping
from lifecheck.replaying.cases import is_before
from tests.lifecheck.replaying.doors import HOUSE

WORDS = 'format = "json"\ncase = "id"\ntime = "at"\n[[line]]\ntrigger = "{what}"\n'
SPANS = 'format = "opentelemetry"\ncase = "attributes.house"\ntime = "start"\n[[line]]\ntrigger = "{name}"\n'
HEADER = {"lifecheck": "recording", "version": 1, "component": "bell", "triggers": ["ring", "open", "give_up"]}
RANG = {"trigger": "ring", "source": "quiet", "destination": "rung", "case": "1", "time": 1.5}


def read(tmp_path: Path, log: str | bytes, mapping: str | None = WORDS) -> Replay:
    path = tmp_path / "run.log"
    path.write_bytes(log.encode() if isinstance(log, str) else log)
    return replay(HOUSE, path, mapping=None if mapping is None else parse_mapping(mapping))


def objects(*found: object) -> str:
    return "".join(json.dumps(one) + "\n" for one in found)


def words(*triggers: object) -> str:
    return objects(*({"id": 1, "what": trigger} for trigger in triggers))


def span(name: object, start: object, **more: object) -> dict[str, object]:
    attributes = [{"key": "house", "value": {"stringValue": "7"}}]
    return {"name": name, "startTimeUnixNano": start, "attributes": attributes} | more


def document(*spans: object, **resource: object) -> str:
    return json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": spans}], **resource}]})


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ('case = "{id"', r"the mapping: '\{id' has a brace of its own; write it twice"),
        ('case = "id}"', "'id}' has a brace of its own; write it twice"),
        ('case = "{}"', "'{}' has braces with nothing in them; write the name of a field"),
        ('time = "{at"', "'{at' has a brace of its own"),
    ],
)
def test_braces_that_do_not_close_are_refused_wherever_they_stand(mapping: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        parse_mapping(f'format = "json"\n{mapping}\n[[line]]\ntrigger = "ring"')


def test_what_stands_in_braces_is_a_name_whatever_letters_it_has(tmp_path: Path) -> None:
    log = objects({"urn:id": 1, "what!r": "ring"}, {"urn:id": 1, "what!r": "open"})
    found = read(tmp_path, log, 'format = "json"\ncase = "{urn:id}"\n[[line]]\ntrigger = "{what!r}"')
    assert found.answer.triggers == ("ring", "open")
    assert found.cases == ("1",)


def test_a_time_may_be_made_of_several_fields_or_groups(tmp_path: Path) -> None:
    log = objects(
        *({"day": "2026-03-01", "hour": hour, "what": what} for hour, what in [("10", "ring"), ("09", "open")])
    )
    found = read(tmp_path, log, 'format = "json"\ntime = "{day}T{hour}:00"\n[[line]]\ntrigger = "{what}"')
    assert "its time, 2026-03-01T09:00, is before that of the line before it" in found.remarks[0]
    mapping = "format = 'text'\ntime = '{d}T{h}'\n[[line]]\npattern = '(?P<d>.*) (?P<h>.*) (?P<w>.*)'\ntrigger = '{w}'"
    found = read(tmp_path, "2026-03-01 10:00 ring\n2026-03-01 09:00 open\n", mapping)
    assert "the clock goes backwards in 1 case, first on line 2" in found.remarks[0]


def test_a_time_that_no_pattern_has_is_refused_with_what_to_write() -> None:
    mapping = "format = 'text'\ntime = 'at'\n[[line]]\npattern = '(?P<what>.*)'\ntrigger = '{what}'"
    with pytest.raises(InputError, match=r"no pattern has a group 'at', which time names; .*\(\?P<at>"):
        parse_mapping(mapping)


def test_a_field_within_a_field_may_be_written_as_toml_writes_it(tmp_path: Path) -> None:
    mapping = 'format = "json"\n[[line]]\nwhen = {bell.is = ["rung", "loud"]}\ntrigger = "ring"'
    assert read(tmp_path, objects({"bell": {"is": "loud"}}), mapping).answer.triggers == ("ring",)
    with pytest.raises(InputError, match=r"when wants bell\.is to be one of no values; write one, or leave it out"):
        parse_mapping('format = "json"\n[[line]]\nwhen = {bell.is = []}\ntrigger = "ring"')


def test_one_silent_trigger_needs_no_list(tmp_path: Path) -> None:
    log = words("ring", "open", "ring", "open")
    assert read(tmp_path, log, f'silent = "close"\n{WORDS}').answer.triggers == (
        "ring",
        "open",
        "ring",
        "close",
        "open",
    )


def test_a_component_that_there_is_not_is_told_with_its_place_in_the_mapping(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"the mapping, \[\[line\]\] 1 tells a state of 'dor', .*did you mean 'door'"):
        read(tmp_path, words("ring"), WORDS + 'seen = {dor = "ajar"}')


def test_a_state_that_there_is_not_is_told_with_its_line(tmp_path: Path) -> None:
    log = objects({"id": 1, "what": "ring", "is": "rung"}, {"id": 1, "what": "open", "is": "quit"})
    with pytest.raises(InputError, match=r"line 2 of the log tells that 'bell' is 'quit', .*did you mean 'quiet'"):
        read(tmp_path, log, WORDS + 'seen = {bell = "{is}"}')


def test_a_trigger_that_is_empty_shows_nothing_and_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, words("ring", "", "open"))
    assert found.answer.triggers == ("ring", "open")
    assert found.remarks == ("line 2: its 'what' is empty, of which [[line]] 1 is made",)
    mapping = "format = 'text'\n[[line]]\npattern = '^bell(?P<what>.*)$'\ntrigger = '{what}'"
    assert read(tmp_path, "bellring\nbell\n", mapping).remarks == (
        "line 2: a group of [[line]] 1 matched nothing there",
    )


def test_a_list_is_read_as_json_writes_it(tmp_path: Path) -> None:
    found = read(tmp_path, objects({"id": ["a", 1], "what": "ring"}))
    assert found.cases == ('["a", 1]',)


def test_a_first_line_that_was_cut_is_told_as_any_other(tmp_path: Path) -> None:
    found = read(tmp_path, '"what": "open"}\n' + words("ring", "open"))
    assert found.answer.triggers == ("ring", "open")
    assert found.remarks == ("line 1: it is no JSON object; it may have been cut short",)


def test_lines_of_text_are_no_json_after_three_of_them_although_the_log_goes_on(tmp_path: Path) -> None:
    told = "line 1 is no JSON object: 'ring'; lines of text are read with format = 'text'"
    for count in (1, 2, 3):
        with pytest.raises(InputError, match=told):
            read(tmp_path, "ring\n" * count)
    with pytest.raises(InputError, match=told):
        read(tmp_path, "ring\n" * 3 + words("ring"))


@pytest.mark.parametrize(
    ("log", "told"),
    [
        (words("ring").encode("utf-16"), "it is UTF-16; write it as UTF-8 first"),
        (b"\xfe\xff" + words("ring").encode("utf-16-be"), "it is UTF-16; write it as UTF-8 first"),
        (b"\x1f\x8b\x08\x00", "it is compressed; unpack it first, as gunzip does"),
        (b"BZh91AY", "as bunzip2 does"),
    ],
)
def test_a_log_that_is_compressed_or_of_another_encoding_is_refused_with_what_to_do(
    tmp_path: Path, log: bytes, told: str
) -> None:
    with pytest.raises(InputError, match=f"the log cannot be read: .*{told}"):
        read(tmp_path, log)


def test_a_recording_that_is_given_a_mapping_is_told_to_need_none(tmp_path: Path) -> None:
    for mapping in (WORDS, "format = 'text'\n[[line]]\npattern = 'x'\ntrigger = 'ring'"):
        with pytest.raises(InputError, match="it is a recording, which needs no mapping"):
            read(tmp_path, objects(HEADER, RANG), mapping)


def test_a_recording_of_another_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is of version 2, and this lifecheck reads version 1"):
        read(tmp_path, objects(HEADER | {"version": 2}, RANG), None)


def test_recordings_one_after_another_are_read_where_they_are_of_one_component(tmp_path: Path) -> None:
    found = read(tmp_path, objects(HEADER, RANG, HEADER, RANG | {"case": "2"}), None)
    assert found.cases == ("1", "2")
    assert found.remarks == ("line 3: another recording begins there; cases of one name are taken for one",)
    with pytest.raises(InputError, match="line 3 begins a recording of 'door' after that of 'bell'; replay each"):
        read(tmp_path, objects(HEADER, RANG, HEADER | {"component": "door"}, RANG), None)


@pytest.mark.parametrize("wrong", [{"trigger": ["ring"]}, {"trigger": {}}])
def test_a_recording_with_a_trigger_that_is_no_text_is_impossible_there(tmp_path: Path, wrong: dict[str, Any]) -> None:
    assert read(tmp_path, objects(HEADER, RANG, RANG | wrong), None).answer.line == 3


@pytest.mark.parametrize("time", [[1], {}, True, "soon", None])
def test_a_time_that_is_none_is_no_time(tmp_path: Path, time: object) -> None:
    opened = RANG | {"trigger": "open", "source": "rung", "destination": "quiet", "time": time}
    found = read(tmp_path, objects(HEADER, RANG | {"time": time}, opened), None)
    assert found.answer.triggers == ("ring", "open")
    assert found.remarks == ()


def test_spans_that_begin_within_a_microsecond_keep_their_order(tmp_path: Path) -> None:
    first, later = 1_700_000_000_000_000_050, 1_700_000_000_000_000_100
    for make in (str, int):
        found = read(tmp_path, document(span("open", make(later)), span("ring", make(first))), SPANS)
        assert found.answer.triggers == ("ring", "open")
    assert is_before(str(first), str(later))
    assert not is_before(str(later), str(first))


@pytest.mark.parametrize(
    "log",
    [
        document(span("ring", "5"), resource="porter"),
        document(span("ring", "5", status="OK")),
        document(span("ring", "5", context=7)),
        document(span("ring", "5", events=5)),
        document(span("ring", "²")),
        document(span("ring", None)),
        document(span("ring", "9" * 5_000)),
        document(span("ring", "5"), resource={"attributes": 5}),
        document(
            span("ring", "5", attributes=[5, {"key": ["x"], "value": {"a": 1}}, {"key": "house", "value": {"i": 7}}])
        ),
    ],
)
def test_a_span_is_read_although_something_beside_it_is_not_as_it_should_be(tmp_path: Path, log: str) -> None:
    assert read(tmp_path, log, SPANS).answer.triggers == ("ring",)


def test_spans_are_told_to_be_cut_where_others_stand_before(tmp_path: Path) -> None:
    found = read(tmp_path, document(span("ring", "5")) + "\n" + document(span("open", "6"))[:-9], SPANS)
    assert found.answer.triggers == ("ring",)
    assert found.remarks == ("line 2: the document that begins on line 2 is no whole JSON; it may have been cut short",)
    with pytest.raises(InputError, match="what stands on line 1 is no JSON; spans are JSON documents"):
        read(tmp_path, "the bell rings\n", SPANS)


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (5, "event 2 of the log is 5; write a trigger"),
        (None, "event 2 of the log is None"),
        (("open",), r"event 2 of the log is \('open',\)"),
        (("open", "ajar"), "has seen 'ajar'; write components with the names of their states"),
        (("open", {"door": 5}), "has seen {'door': 5}; write components with the names of their states"),
        ((5, {}), "has trigger 5; write its name, or several in a tuple"),
    ],
)
def test_what_is_no_event_is_refused_with_its_place_or_what_is_wrong(event: Any, told: str) -> None:
    with pytest.raises(InputError, match=told):
        replay(HOUSE, ["ring", event])


def test_a_case_may_be_called_by_a_number(tmp_path: Path) -> None:
    events: list[Any] = [LogEvent("ring", case=7), LogEvent("open", case=7)]  # type: ignore[arg-type]
    assert replay(HOUSE, events).cases == ("7",)


def test_a_function_that_returns_no_event_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "run.log"
    path.write_text("ring\n")
    with pytest.raises(InputError, match="line 1: the mapping returned 'ring'; let it return a LogEvent, or None"):
        replay(HOUSE, path, mapping=lambda text: text)  # type: ignore[arg-type, return-value]


def test_one_property_needs_no_list_and_what_is_none_is_refused() -> None:
    for asked in (never("door == 'ajar'"), Claim("shut", "The door stays shut.", never("door == 'ajar'"))):
        (broken,) = replay(HOUSE, ["ring", "open"], properties=asked).answer.broken  # type: ignore[arg-type]
        assert broken.line == 2
    with pytest.raises(InputError, match="properties holds \"door == 'ajar'\", which is no property"):
        replay(HOUSE, ["ring"], properties="door == 'ajar'")  # type: ignore[arg-type]


def test_a_template_writes_braces_of_a_trigger_twice() -> None:
    called = Component("order", ["open", "paid"], "open", [Row("pay({'by': 1})", "open", "paid")], {"pay({'by': 1})"})
    system = System("order", [called])
    rule = parse_mapping(mapping_template(system)).rules[0]
    assert rule.triggers == ("pay({{'by': 1}})",)
    assert rule.when == {"event": frozenset({"pay({'by': 1})"})}
