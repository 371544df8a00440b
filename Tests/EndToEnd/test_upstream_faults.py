"""Whatever goes wrong upstream is told in the result of the call, without the key, and the next call works."""

import socket

import pytest
from harness.binaries import Binary
from harness.expectations import FAULTS, failure, says, structured
from harness.messages import MODERN, NEWEST_LEGACY
from harness.process import Start
from standin import ACCESS_TOKEN, API_KEY, StandIn, faults

# the fault, what the message says
UPSTREAM: dict[str, tuple[faults.Fault, str]] = {
    "401": (faults.status(401), "401"),
    "404": (faults.status(404), "404"),
    "500": (faults.status(500), "5xx"),
    "502": (faults.status(502), "5xx"),
    "503": (faults.status(503), "5xx"),
    "503 with a web page": (faults.web_page(503), "5xx"),
    "504": (faults.status(504), "5xx"),
    "a captive portal's web page": (faults.web_page(200), "captive portal"),
    "a web page of who blocks TMDB": (faults.web_page(403), "blocked"),
    "a redirect": (faults.redirect("http://127.0.0.1:9/elsewhere"), "redirect"),
    "cut off in the body": (faults.cut_off, "cut off"),
    "closed before the answer": (faults.hang_up, "cut off"),
    "reset before the answer": (faults.reset, "cut off"),
    "not HTTP": (faults.not_http, "cut off"),
    "broken JSON": (faults.broken_json(), "unreadable"),
    "no JSON at all": (faults.body(b""), "unreadable"),
    "JSON of another shape": (faults.unexpected_json(), "unreadable"),
    "results of another type": (faults.body(b'{"page":1,"results":"none"}'), "unreadable"),
    "JSON that nests without end": (faults.body(b"[" * 1_000_000), "unreadable"),
    "truncated gzip": (faults.truncated_gzip, "unreadable"),
    "a body of 256 MiB": (faults.oversized, "too large"),
    "a gzip body that unpacks to 256 MiB": (faults.gzip_bomb, "too large"),
}


@pytest.mark.parametrize(("fault", "kind"), UPSTREAM.values(), ids=UPSTREAM)
def test_a_fault_of_upstream_is_told_and_the_next_call_works(
    start: Start, tmdb: StandIn, fault: faults.Fault, kind: str
) -> None:
    # What may pass is tried again for as long as there is time.
    server = start() if kind == "too large" else start(TMDB_TIMEOUT="1")
    tmdb.fault = fault
    assert says(failure(server.call({"query": "matrix"})), FAULTS[kind])
    tmdb.fault = None
    assert structured(server.call({"query": "matrix"}))["results"]


@pytest.mark.parametrize(("retry_after", "kind"), [(None, "429"), (7, "429 after 7 s")])
def test_a_429_is_told_where_there_is_no_time_to_wait(
    start: Start, tmdb: StandIn, retry_after: int | None, kind: str
) -> None:
    server = start(TMDB_TIMEOUT="1")
    tmdb.fault = faults.status(429, retry_after)
    assert says(failure(server.call({"query": "matrix"})), FAULTS[kind])


@pytest.mark.parametrize("revision", [NEWEST_LEGACY, MODERN])
@pytest.mark.parametrize("fault", [faults.never, faults.trickle], ids=["no answer", "a body that never ends"])
def test_an_upstream_call_has_a_time_limit(start: Start, tmdb: StandIn, fault: faults.Fault, revision: str) -> None:
    server = start(revision=revision, TMDB_TIMEOUT="2")
    tmdb.fault = fault
    assert says(failure(server.call({"query": "matrix"})), FAULTS["timeout"])
    tmdb.fault = None
    assert structured(server.call({"query": "matrix"}))["results"]


@pytest.mark.native_only("the memory of a process under qemu is qemu's")
def test_a_big_body_leaves_the_memory_small(start: Start, tmdb: StandIn, binary: Binary) -> None:
    server = start()
    for fault in (faults.oversized, faults.gzip_bomb):
        tmdb.fault = fault
        failure(server.call({"query": "matrix"}))
    assert server.memory_kib(peak=True) < 64 * 1024


@pytest.mark.parametrize("key", [API_KEY, ACCESS_TOKEN], ids=["v3", "v4"])
def test_a_redirect_is_not_followed_to_where_the_key_does_not_belong(start: Start, tmdb: StandIn, key: str) -> None:
    with StandIn() as elsewhere:
        tmdb.fault = faults.redirect(elsewhere.url + "/search/multi?query=matrix")
        assert says(failure(start(key=key).call({"query": "matrix"})), FAULTS["redirect"])
        assert elsewhere.connections == 0


def test_a_refused_key_is_told_and_not_shown(start: Start) -> None:
    key = "f" * 32
    message = failure(start(key=key, secrets=(key,)).call({"query": "matrix"}))
    assert says(message, FAULTS["401"])


def test_an_unknown_host_is_told(start: Start) -> None:
    server = start(upstream="http://tmdb-mcp-test.invalid/3", TMDB_TIMEOUT="2")
    assert says(failure(server.call({"query": "matrix"})), FAULTS["unknown host"])
    assert server.is_alive()


def test_a_refused_connection_is_told_and_the_next_call_connects_again(start: Start) -> None:
    with socket.socket() as holder:  # bound and not listening: connections are refused, and no one else takes the port
        holder.bind(("127.0.0.1", 0))
        server = start(upstream=f"http://127.0.0.1:{holder.getsockname()[1]}/3", TMDB_TIMEOUT="2")
        assert says(failure(server.call({"query": "matrix"})), FAULTS["refused"])
        port = holder.getsockname()[1]
    with StandIn(port=port):
        assert structured(server.call({"query": "matrix"}))["results"]


def test_a_connection_that_upstream_closed_in_between_is_no_fault(start: Start, tmdb: StandIn) -> None:
    """TMDB closes idle connections; the next call opens another."""
    server = start()
    assert structured(server.call({"query": "matrix"}))["results"]
    tmdb.drop_connections()
    assert structured(server.call({"query": "dune"}))["results"]
    assert tmdb.connections == 2
