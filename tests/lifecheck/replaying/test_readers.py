"""Logs are read whatever they hold, text, JSON, spans or recordings, and what was not understood is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lifecheck import InputError, replay
from lifecheck.replaying import LogEvent, LogFormat, Replay, StepKind, mapping_template, parse_mapping, read_mapping
from lifecheck.replaying.cases import is_before
from lifecheck.replaying.mapping import LogMapping
from lifecheck.replaying.text_lines import LINE_LIMIT
from tests.lifecheck.replaying.doors import HOUSE

TEXT = parse_mapping(r"""
format = "text"
case = "house"
time = "time"
[[line]]
pattern = '^(?P<time>\S+) (?P<house>\w+): the bell rings'
trigger = "ring"
seen = {bell = "rung"}
[[line]]
pattern = '^(?P<time>\S+) (?P<house>\w+): the door is (?P<how>open|close)e?d'
trigger = "{how}"
[[line]]
pattern = 'nobody is at home'
""")

RECORDS = parse_mapping(r"""
format = "json"
case = "{street} {house.number}"
[[line]]
when = {event = ["rang", "knocked"]}
trigger = "ring"
[[line]]
when = {event = "door"}
trigger = "{verb}"
seen = {door = "{state}"}
[[line]]
field = "message"
pattern = 'gave up after \d+ s'
trigger = "give_up"
""")


def read(tmp_path: Path, text: str | bytes, mapping: LogMapping | Path | None) -> Replay:
    path = tmp_path / "run.log"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return replay(HOUSE, path, mapping=mapping)


def test_lines_of_text_are_read_by_patterns_with_named_groups(tmp_path: Path) -> None:
    found = read(tmp_path, "1 a: the bell rings\n2 a: nobody is at home\n3 a: the door is opened\n", TEXT)
    assert found.answer.triggers == ("ring", "open")
    assert [step.line for step in found.answer.steps] == [1, 3]
    assert found.lines == 3
    assert found.events == 2
    assert found.remarks == ()


def test_what_no_rule_can_make_is_silent(tmp_path: Path) -> None:
    found = read(tmp_path, "1 a: the bell rings\n2 a: the bell rings\n", TEXT)
    assert found.answer.triggers == ("ring", "give_up", "ring")


def test_records_have_fields_within_fields_and_cases_of_several(tmp_path: Path) -> None:
    house = {"street": "Elm", "house": {"number": 7}}
    log = [
        house | {"event": "rang"},
        house | {"event": "door", "verb": "open", "state": "ajar"},
        house | {"event": "door", "verb": "close", "state": "shut"},
        house | {"event": "knocked"},
        house | {"message": "gave up after 30 s"},
    ]
    found = read(tmp_path, "\n".join(map(json.dumps, log)), RECORDS)
    assert found.cases == ("Elm 7",)
    assert found.answer.triggers == ("ring", "open", "close", "ring", "give_up")
    wrong = house | {"event": "door", "verb": "open", "state": "shut"}
    assert read(tmp_path, "\n".join(map(json.dumps, [log[0], wrong])), RECORDS).answer.line == 2


def test_a_record_that_lacks_its_case_or_a_field_is_told(tmp_path: Path) -> None:
    house = {"street": "Elm", "house": {"number": 7}}
    log = [house | {"event": "rang"}, {"event": "rang"}, {"event": "rang"}, house | {"event": "door", "verb": "open"}]
    found = read(tmp_path, "\n".join(map(json.dumps, log)), RECORDS)
    assert found.remarks == (
        "lines 2, 3: it has no '{street} {house.number}', which names the case",
        "line 4: it has no 'state', of which [[line]] 2 is made",
    )
    with pytest.raises(InputError, match="no line of the log shows anything; line 1: it has no"):
        read(tmp_path, json.dumps({"event": "rang"}), RECORDS)


def test_lines_that_no_rule_fits_are_counted(tmp_path: Path) -> None:
    found = read(tmp_path, "1 a: the bell rings\nsomething else\nand more\n", TEXT)
    assert found.remarks == ("2 lines of no pattern, the first line 2",)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_of_both_kinds_and_a_byte_order_mark_are_no_part_of_a_line(tmp_path: Path, end: str) -> None:
    text = "\ufeff" + end.join(["1 a: the bell rings", "", "2 a: the door is opened", ""])
    found = read(tmp_path, text, TEXT)
    assert [step.line for step in found.answer.steps] == [1, 3]
    log = "\ufeff" + end.join(json.dumps({"street": "Elm", "house": {"number": 7}, "event": "rang"}) for _ in "a") + end
    assert read(tmp_path, log, RECORDS).answer


def test_a_line_that_was_cut_and_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    whole = json.dumps({"street": "Elm", "house": {"number": 7}, "event": "rang"})
    found = read(tmp_path, f"{whole}\n{whole[:20]}", RECORDS)
    assert found.remarks == ("line 2: it is no JSON object; it may have been cut short",)
    found = read(tmp_path, b"1 a: the bell rings \xff\xfe\n\x00\x01\n" + b"[" * 100_000 + b"\n", TEXT)
    assert found.answer
    assert found.remarks[0] == "line 1: it is no valid UTF-8; what is not is read as \ufffd"
    assert read(tmp_path, f"{whole}\n" + "[" * 100_000, RECORDS).answer


def test_a_line_longer_than_memory_should_hold_is_left_out_and_told(tmp_path: Path) -> None:
    long = b"x" * (3 * LINE_LIMIT)
    found = read(tmp_path, b"1 a: the bell rings\n" + long + b"\n2 a: the door is opened\n", TEXT)
    assert found.answer.triggers == ("ring", "open")
    assert [step.line for step in found.answer.steps] == [1, 3]
    assert found.remarks == ("line 2: it has more than 1,048,576 bytes, and is left out",)
    with pytest.raises(InputError, match="no line that could be read; line 1: it has more than"):
        read(tmp_path, long, TEXT)


def test_a_clock_that_goes_backwards_is_told_and_the_order_of_lines_counts(tmp_path: Path) -> None:
    found = read(tmp_path, "2 a: the bell rings\n1 a: the door is opened\n1 b: the bell rings\n", TEXT)
    assert all(group.answer for group in found.groups)
    assert found.remarks == (
        "the clock goes backwards in 1 case, first on line 2: its time, 1, is before that of the line before it, 2; "
        "the order of lines is what counts",
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (1.0, 2.0, True),
        (1, 2.5, True),
        ("9", "10", True),
        ("2026-03-01T10:00:00", "2026-03-01T09:00:00", False),
        ("2026-03-01T10:00:00Z", "2026-03-01T09:30:00-01:00", True),
        ("2026-03-01T10:00:00Z", "2026-03-01T11:00:00", False),  # they cannot be compared
        ("soon", "later", False),
        ("1", 2.0, False),
    ],
)
def test_times_are_compared_as_what_they_mean(one: str | float, other: str | float, expected: bool) -> None:
    assert is_before(one, other) is expected


def span(name: str, start: int, **attributes: object) -> dict[str, object]:
    return {
        "traceId": "7",
        "spanId": str(start),
        "name": name,
        "startTimeUnixNano": str(start),
        "endTimeUnixNano": str(start + 1),
        "attributes": [{"key": key, "value": {"stringValue": value}} for key, value in attributes.items()],
        "events": [{"name": "gave up", "attributes": []}] if name == "ring" else [],
    }


SPANS = parse_mapping("""
format = "opentelemetry"
case = "trace_id"
time = "start"
[[line]]
when = {event = "gave up"}
[[line]]
when = {name = "ring"}
trigger = "ring"
[[line]]
when = {name = "door", "resource.service" = "porter"}
trigger = "{attributes.verb}"
""")


@pytest.mark.parametrize("indent", [None, 2])
def test_spans_as_otlp_writes_them_are_read_in_the_order_of_their_start(tmp_path: Path, indent: int | None) -> None:
    spans = [span("door", 9, verb="close"), span("ring", 3), span("door", 5, verb="open")]
    resource = {"attributes": [{"key": "service", "value": {"stringValue": "porter"}}]}
    document = {"resourceSpans": [{"resource": resource, "scopeSpans": [{"spans": spans}]}]}
    found = read(tmp_path, json.dumps(document, indent=indent), SPANS)
    assert found.answer.triggers == ("ring", "open", "close")


def test_spans_of_an_exporter_to_the_console_are_read(tmp_path: Path) -> None:
    mapping = parse_mapping("""
    format = "opentelemetry"
    case = "trace_id"
    [[line]]
    when = {name = "ring"}
    trigger = "ring"
    """)
    one = {"name": "ring", "context": {"trace_id": "0x7", "span_id": "0x1"}, "start_time": "2026-03-01T10:00:00Z"}
    one |= {"attributes": {"bell": 1}, "status": {"status_code": "OK"}}
    found = read(tmp_path, "\n".join(json.dumps(one, indent=4) for _ in "ab"), mapping)
    assert found.cases == ("0x7",)
    assert found.answer.triggers == ("ring", "open", "ring")
    with pytest.raises(InputError, match="it may have been cut short"):
        read(tmp_path, json.dumps(one, indent=4)[:-1], mapping)
    with pytest.raises(InputError, match="is no JSON; spans are JSON documents"):
        read(tmp_path, "10:00 the bell rings", mapping)
    with pytest.raises(InputError, match="there are no spans in the log"):
        read(tmp_path, "[1, {}]", mapping)


def test_a_function_may_read_lines(tmp_path: Path) -> None:
    path = tmp_path / "run.log"
    path.write_text("ring\n# nothing\nopen\n")
    found = replay(HOUSE, path, mapping=lambda text: None if text.startswith("#") else LogEvent(text, "one"))
    assert found.answer.triggers == ("ring", "open")
    with pytest.raises(InputError, match="line 1: the mapping raised ZeroDivisionError"):
        replay(HOUSE, path, mapping=lambda text: LogEvent(str(1 / 0)))
    with pytest.raises(InputError, match="no line of the log matches the mapping"):
        replay(HOUSE, path, mapping=lambda text: None)


def test_what_may_fire_without_a_line_although_it_writes_some_is_named_silent(tmp_path: Path) -> None:
    text = 'format = "text"\n{}\n[[line]]\npattern = "^(?P<what>.*)$"\ntrigger = "{{what}}"'
    log = "ring\nopen\nring\nopen\n"
    assert not read(tmp_path, log, parse_mapping(text.format("")))
    sampled = parse_mapping(text.format('silent = ["close"]'))
    assert read(tmp_path, log, sampled).answer.triggers == ("ring", "open", "ring", "close", "open")
    assert read(tmp_path, "ring\nopen\nclose\nring\n", sampled).answer.triggers == ("ring", "open", "close", "ring")


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_template_reads_what_it_says_it_reads(tmp_path: Path, form: str) -> None:
    mapping = tmp_path / "house.toml"
    mapping.write_text(mapping_template(HOUSE, form))
    assert read_mapping(mapping).rules[0].triggers == ("ring",)
    if form == "json":
        log = "\n".join(json.dumps({"id": 1, "event": trigger, "time": 1}) for trigger in ("ring", "give_up"))
    else:
        log = "10:00 a ring\n10:01 a give up\n"
    assert read(tmp_path, log, mapping).answer.triggers == ("ring", "give_up")


NO_MAPPINGS = {
    "format = ": "is no TOML",
    "": "it says no format; write format = one of 'json', 'text', 'opentelemetry'",
    'format = "xml"': "format is 'xml'; write format = one of 'json'",
    'format = "json"\ncolour = 1': "a key 'colour' that is not known",
    'format = "json"\ncase = 3': "case is 3; write text",
    'format = "json"': r"has no \[\[line\]\]",
    'format = "json"\nline = 3': r"has no \[\[line\]\]",
    'format = "json"\n[[line]]\nwhen = {event = "x"}': "names no trigger and no state; write trigger",
    'format = "json"\n[[line]]\ntrigger = 5': "trigger is 5; write a name, or a list of names",
    'format = "json"\n[[line]]\ntrigger = "{a"': "has a brace of its own",
    'format = "json"\n[[line]]\ntrigger = "ring"\nseen = {door = 5}': "write components with states",
    'format = "json"\n[[line]]\ntrigger = "ring"\nwhen = 5': "write fields with values",
    'format = "json"\n[[line]]\ntrigger = "ring"\npattern = "x"': "in which field the pattern is looked for",
    'format = "json"\n[[line]]\ntrigger = "ring"\ntriger = "x"': "'triger' that is not known; did you mean 'trigger'",
    'format = "json"\nsilent = 5\n[[line]]\ntrigger = "ring"': "silent is 5; write a name, or a list",
    'format = "text"\n[[line]]\ntrigger = "ring"': r"\[\[line\]\] 1 has no pattern",
    'format = "text"\n[[line]]\npattern = "("\ntrigger = "ring"': "is no regular expression",
    'format = "text"\n[[line]]\npattern = "x"\ntrigger = "ring"\nwhen = {a = 1}': "lines of text have no fields",
    'format = "text"\ncase = "id"\n[[line]]\npattern = "x"\ntrigger = "ring"': r"has no group 'id'; .*\(\?P<id>",
    'format = "text"\n[[line]]\npattern = "x"\ntrigger = "{what}"': "has no group 'what'",
}


@pytest.mark.parametrize("text", NO_MAPPINGS)
def test_what_is_no_mapping_is_refused_in_one_line_that_says_where(text: str) -> None:
    with pytest.raises(InputError, match=NO_MAPPINGS[text]) as refused:
        parse_mapping(text)
    assert "\n" not in str(refused.value)


def test_a_mapping_that_names_what_the_system_does_not_have_is_refused(tmp_path: Path) -> None:
    for line, told in {
        'trigger = "rign"': r"\[\[line\]\] 1 names trigger 'rign', .*; did you mean 'ring'",
        'trigger = "ring"\nseen = {dor = "shut"}': "'dor', which is no component; did you mean 'door'",
        'trigger = "x{a}"': "names no trigger and no state",
    }.items():
        mapping = parse_mapping(f'format = "json"\n[[line]]\n{line}')
        with pytest.raises(InputError, match=told):
            read(tmp_path, '{"a": "ring"}', mapping)
    silent = parse_mapping('format = "json"\nsilent = ["clos"]\n[[line]]\ntrigger = "{a}"')
    with pytest.raises(InputError, match=r"silent names trigger 'clos'.* did you mean 'close'"):
        read(tmp_path, "{}", silent)


def test_a_log_that_cannot_be_used_is_refused_with_what_is_in_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"line 1 is no JSON object: '10:00 ring'; .* format = 'text'"):
        read(tmp_path, "10:00 ring", RECORDS)
    told = (
        r"matches the mapping: the first is line 1, 'the door was painted'; the nearest pattern is that of \[\[line\]\]"
    )
    with pytest.raises(InputError, match=told):
        read(tmp_path, "the door was painted", TEXT)
    with pytest.raises(InputError, match=r"nearest pattern is that of \[\[line\]\] 1, event = 'knocked' or 'rang'"):
        read(tmp_path, '{"event": "ran"}', RECORDS)
    with pytest.raises(InputError, match="the log has no line that could be read"):
        read(tmp_path, "", TEXT)
    with pytest.raises(InputError, match="is no recording; say how its lines are read"):
        read(tmp_path, '{"event": "rang"}', None)
    with pytest.raises(InputError, match=r"log .*none.log' cannot be read: No such file"):
        replay(HOUSE, tmp_path / "none.log", mapping=TEXT)
    with pytest.raises(InputError, match="cannot be read: Is a directory"):
        replay(HOUSE, tmp_path, mapping=TEXT)
    with pytest.raises(InputError, match=r"mapping .*none.toml' cannot be read"):
        replay(HOUSE, tmp_path / "run.log", mapping=tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b"\xff")
    with pytest.raises(InputError, match="it is no valid UTF-8"):
        replay(HOUSE, tmp_path / "run.log", mapping=str(tmp_path / "bad.toml"))


def test_a_recording_of_another_component_is_refused_and_lines_that_lack_something_are_told(tmp_path: Path) -> None:
    header = json.dumps({"lifecheck": "recording", "version": 1, "component": "bel", "triggers": ["ring"]})
    line = json.dumps({"trigger": "ring", "case": "1", "source": "quiet", "destination": "rung", "time": 1.5})
    with pytest.raises(InputError, match=r"is of 'bel', which is none of the components.*did you mean 'bell'"):
        read(tmp_path, f"{header}\n{line}\n", None)
    header = header.replace('"bel"', '"bell"')
    found = read(tmp_path, f"{header}\n{line}\n{{}}\n", None)
    assert found.answer.triggers == ("ring",)
    assert found.remarks == ("line 3: it has no 'trigger', as lines of a recording have",)
    assert read(tmp_path, f"{header}\n{line}\n{line}\n", None).answer.triggers == ("ring", "open", "ring")
    unknown = line.replace('"ring"', '"knock"')
    assert not read(tmp_path, f"{header}\n{unknown}\n", None)


def test_what_a_group_can_match_says_which_triggers_a_rule_can_make(tmp_path: Path) -> None:
    for group in (r"ring|open[)(]?|\(", "[]ring|open]+", "ring|(?:open)"):
        mapping = parse_mapping(f"format = 'text'\n[[line]]\npattern = '^(?P<what>{group})$'\ntrigger = '{{what}}'")
        found = read(tmp_path, "ring\nring\n", mapping)
        assert found.answer.count(StepKind.SILENT) == 1, group
    meant = parse_mapping(
        "format = 'text'\n[[line]]\npattern = '^(x)?(?P<what>ring|(?(1)open|open))$'\ntrigger = '{what}'"
    )
    assert not read(tmp_path, "ring\nring\n", meant)  # all could be made, for all that can be told


def test_a_group_that_took_no_part_is_told(tmp_path: Path) -> None:
    mapping = parse_mapping("format = 'text'\n[[line]]\npattern = 'the bell( (?P<what>ring))?'\ntrigger = '{what}'")
    found = read(tmp_path, "the bell ring\nthe bell\n", mapping)
    assert found.remarks == ("line 2: a group of [[line]] 1 matched nothing there",)


def test_a_mapping_of_a_recording_reads_nothing_else_and_triggers_may_be_named_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "run.log"
    path.write_text("ring\nring\n")
    mapping = parse_mapping("format = 'text'\n[[line]]\npattern = '(?P<what>.*)'\ntrigger = '{what}'")
    assert not replay(HOUSE, path, mapping=mapping)
    assert replay(HOUSE, path, mapping=mapping, visible=["ring"])
    recorded = LogMapping(LogFormat.RECORDING)
    path.write_text('{"trigger": "ring"}\n')
    with pytest.raises(InputError, match="does not begin a recording"):
        replay(HOUSE, path, mapping=recorded)


def test_a_record_is_known_by_a_number_and_not_by_what_it_lacks(tmp_path: Path) -> None:
    mapping = parse_mapping("""
    format = "json"
    [[line]]
    when = {code = [1, true]}
    trigger = "ring"
    [[line]]
    when = {code = "null"}
    trigger = "open"
    """)
    found = read(tmp_path, '{"code": 1}\n{"code": null}\n{"other": 1}\n', mapping)
    assert found.answer.triggers == ("ring", "open")
    assert found.remarks == ("1 line of no pattern, the first line 3",)


def test_spaces_before_a_line_are_a_part_of_it(tmp_path: Path) -> None:
    mapping = parse_mapping("format = 'text'\n[[line]]\npattern = '^  (?P<what>ring|open)$'\ntrigger = '{what}'")
    assert read(tmp_path, "  ring\n  open\n", mapping).answer.triggers == ("ring", "open")


def test_a_group_that_took_no_part_hides_a_field_of_its_name(tmp_path: Path) -> None:
    mapping = parse_mapping("""
    format = "json"
    [[line]]
    field = "message"
    pattern = 'bell( (?P<what>ring))?'
    trigger = "{what}"
    """)
    log = '{"message": "bell ring", "what": "open"}\n{"message": "bell", "what": "open"}\n'
    found = read(tmp_path, log, mapping)
    assert found.answer.triggers == ("ring",)
    assert found.remarks == ("line 2: it has no 'what', of which [[line]] 1 is made",)
