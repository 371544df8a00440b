"""Names are found although the DNS server fails at part of what it is asked: the resolver of the static programs."""

from __future__ import annotations

import pytest
from harness.binaries import Binary
from harness.island import Outcome, run
from harness.nameserver import FAILURES, Rule
from harness.process import environment
from standin import API_KEY

pytestmark = [
    pytest.mark.release_only,  # a host build has the system's C library
    pytest.mark.same_everywhere("one source in C, which handles bytes; the rest shows that it is linked"),
]

BROKEN = (*FAILURES, "drop", "reserved", "garbage", "short", "echo", "empty")
"""All that a server may answer, or not, in place of addresses."""
SEARCHED = ("pod.test", "svc.test", "cluster.test")
SERVER = "nameserver 127.0.0.1\n"
SEARCHING = f"{SERVER}search {' '.join(SEARCHED)}\noptions ndots:5\n"
PATIENT = f"{SERVER}options timeout:60 attempts:2\n"
"""Longer than a call may take."""

Scripts = dict[str, dict[str, str]]
"""For each name what is answered for a type, or for a name below it ("*.pod.test"). What is left out is an address."""


def outcomes(binary: Binary, scripts: Scripts, resolv_conf: str = SERVER, ipv6: bool = True) -> dict[str, Outcome]:
    """One call of a tool for each name."""
    rules = []
    for name, script in scripts.items():
        for key, answer in script.items():
            kind, _, domain = key.partition(" below ")
            rules.append(Rule(f"{name}.{domain}" if domain else name, kind, answer))
        rules.append(Rule(name, "*", "address"))
    variables = environment(None, API_KEY, NO_PROXY="*")
    return run([*binary.command, "call", "search", "query=matrix"], variables, rules, list(scripts), resolv_conf, ipv6)


def not_found(outcomes: dict[str, Outcome]) -> dict[str, Outcome]:
    return {name: outcome for name, outcome in outcomes.items() if '"results"' not in outcome.stdout}


def label(answer: str) -> str:
    return answer.replace(",", "").replace(" ", "-")


def test_a_name_with_both_kinds_of_address(binary: Binary) -> None:
    outcome = outcomes(binary, {"api.test": {}})["api.test"]
    assert outcome.status == 0, outcome.stderr
    assert set(outcome.asked) == {"api.test A", "api.test AAAA"}


@pytest.mark.every_platform
@pytest.mark.parametrize("ipv6", [True, False], ids=["ipv6", "no ipv6"])
def test_an_aaaa_that_fails_leaves_the_a(binary: Binary, ipv6: bool) -> None:
    scripts = {f"{answer}.test": {"AAAA": answer} for answer in BROKEN}
    assert not_found(outcomes(binary, scripts, ipv6=ipv6)) == {}


def test_an_a_that_fails_leaves_the_aaaa(binary: Binary) -> None:
    scripts = {f"{answer}.test": {"A": answer} for answer in BROKEN if answer != "nxdomain"}
    assert not_found(outcomes(binary, scripts)) == {}


def test_a_family_that_is_never_answered_does_not_cost_the_whole_patience(binary: Binary) -> None:
    done = outcomes(binary, {"a.test": {"AAAA": "drop"}, "aaaa.test": {"A": "drop"}}, PATIENT)
    assert not_found(done) == {}
    # A packet may have been lost.
    assert done["a.test"].asked.count("a.test AAAA") > 1
    assert done["aaaa.test"].asked.count("aaaa.test A") > 1


def test_a_packet_that_is_lost_is_sent_again(binary: Binary) -> None:
    lost = {"both.test": {"*": "second try"}, "a.test": {"A": "second try", "AAAA": "empty"},
            "aaaa.test": {"A": "empty", "AAAA": "second try"}}  # fmt: skip
    assert not_found(outcomes(binary, lost)) == {}


@pytest.mark.every_platform
def test_every_form_of_an_answer_is_read(binary: Binary) -> None:
    forms = ("cname", "edns", "truncated", "truncated, tcp refused", "truncated, tcp silent")
    scripts = {f"{label(form)}.both.test": {"*": form} for form in forms}
    scripts |= {f"{label(form)}.a.test": {"A": form, "AAAA": "empty"} for form in forms}
    scripts |= {f"{label(form)}.aaaa.test": {"A": "refused", "AAAA": form} for form in forms}
    assert not_found(outcomes(binary, scripts)) == {}


def test_a_stream_that_fails_does_not_end_the_other_question(binary: Binary) -> None:
    """The other family's answer comes after the stream has ended."""
    scripts = {}
    for answer in ("truncated, no address", "truncated, tcp servfail"):
        scripts[f"{label(answer)}.a.test"] = {"A": answer, "AAAA": "address, after 300"}
        scripts[f"{label(answer)}.aaaa.test"] = {"AAAA": answer, "A": "address, after 300"}
    assert not_found(outcomes(binary, scripts)) == {}


@pytest.mark.parametrize("failing", [SEARCHED[:1], SEARCHED[2:], SEARCHED], ids=["the first", "the last", "all"])
def test_an_absolute_name_is_asked_when_search_domains_fail(binary: Binary, failing: tuple[str, ...]) -> None:
    """As in a pod of Kubernetes, where each name with fewer than five dots is first looked for below others."""
    scripts = {f"{answer}.test": {f"* below {domain}": answer for domain in failing} for answer in BROKEN}
    assert not_found(outcomes(binary, scripts, SEARCHING)) == {}


def test_a_search_domain_that_has_the_name_comes_first(binary: Binary) -> None:
    scripts = {name: {f"* below {SEARCHED[0]}": answer, f"* below {SEARCHED[1]}": "address", "*": "nxdomain"}
               for name, answer in (("api", "nxdomain"), ("db", "servfail"), ("web", "empty"))}  # fmt: skip
    done = outcomes(binary, scripts, SEARCHING)
    assert not_found(done) == {}
    for name, outcome in done.items():
        assert {question.split()[0] for question in outcome.asked} == {f"{name}.pod.test", f"{name}.svc.test"}


@pytest.mark.parametrize(
    "options", ["attempts:0", "timeout:0", "timeout:0 attempts:0", "attempts:9 timeout:1", "ndots:0", "ndots:99"]
)
def test_settings_of_the_resolver_at_their_limits(binary: Binary, options: str) -> None:
    assert not_found(outcomes(binary, {"api.test": {}}, f"{SERVER}search pod.test\noptions {options}\n")) == {}


@pytest.mark.parametrize("ipv6", [True, False], ids=["ipv6", "no ipv6"])
def test_a_server_is_heard_beside_one_that_cannot_be_reached(binary: Binary, ipv6: bool) -> None:
    scripts = {f"{answer}.test": {"AAAA": answer} for answer in BROKEN}
    assert not_found(outcomes(binary, scripts, f"nameserver 2001:db8::1\n{SERVER}", ipv6)) == {}


def test_a_name_that_is_not_found_is_told_as_that(binary: Binary) -> None:
    answers = (*BROKEN, "truncated, no address", "truncated, tcp servfail")
    for name, outcome in outcomes(binary, {f"{label(answer)}.test": {"*": answer} for answer in answers}).items():
        assert (outcome.status, outcome.stdout) == (1, "")
        assert f"could not resolve the host {name}" in outcome.stderr


def test_a_server_that_refuses_everything_is_not_waited_for(binary: Binary) -> None:
    scripts = {f"{answer}.test": {"*": answer} for answer in ("refused", "servfail", "notimp", "formerr", "garbage")}
    for name, outcome in outcomes(binary, scripts, PATIENT).items():
        assert f"could not resolve the host {name}" in outcome.stderr
