"""The faults of the stand-in that choose among others: by lot, by a script, by path, and held by a gate."""

import gzip
import json
import threading
import zlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from harness.asking import get, outcome, url_of
from standin import API_KEY, OTHER_API_KEY, StandIn, faults, plans


def outcomes(tmdb: StandIn, seed: int, count: int = 60, share: float = 1 / 3) -> list[str]:
    tmdb.fault = plans.ByLot(share, seed)
    return [outcome(url_of(tmdb, f"movie/603?x={number}")) for number in range(count)]


def test_lots_depend_on_the_seed_alone(tmdb: StandIn) -> None:
    first = outcomes(tmdb, seed=7)
    assert outcomes(tmdb, seed=7) == first
    assert outcomes(tmdb, seed=8) != first


def test_lots_do_not_depend_on_the_order_of_arrival_or_on_the_key(tmdb: StandIn) -> None:
    first = outcomes(tmdb, seed=7)
    tmdb.fault = plans.ByLot(1 / 3, 7)
    urls = [url_of(tmdb, f"movie/603?x={number}", OTHER_API_KEY) for number in range(60)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(outcome, reversed(urls))) == first[::-1]


def test_about_the_share_fails_in_every_way(tmdb: StandIn) -> None:
    lots = plans.ByLot(1 / 3, seed=1)
    tmdb.fault = lots
    found = Counter(outcome(url_of(tmdb, f"configuration?x={number}")) for number in range(300))
    assert found["200"] == lots.answered == 300 - len(lots.failures)
    assert 70 <= len(lots.failures) <= 130
    assert {kind for _, kind in lots.failures} == set(plans.KINDS)
    assert {path for path, _ in lots.failures} == {"/3/configuration"}


def test_a_request_fails_no_more_often_in_a_row_than_is_said(tmdb: StandIn) -> None:
    tmdb.fault = plans.ByLot(1, seed=1, in_a_row=2)
    found = [outcome(url_of(tmdb, "configuration")) == "200" for _ in range(9)]
    assert found == [False, False, True] * 3


def test_none_or_all_may_fail(tmdb: StandIn) -> None:
    assert set(outcomes(tmdb, seed=1, share=0)) == {"200"}
    assert "200" not in outcomes(tmdb, seed=1, share=1)
    with pytest.raises(ValueError, match="share"):
        plans.ByLot(1.5, seed=1)


@pytest.mark.parametrize("kind", plans.KINDS)
def test_every_way_to_fail_is_one(tmdb: StandIn, kind: str) -> None:
    tmdb.fault = plans.ByLot(1, seed=1, kinds={kind: plans.KINDS[kind]})
    assert outcome(url_of(tmdb, "movie/603")) != "200"
    tmdb.fault = None
    assert outcome(url_of(tmdb, "movie/603")) == "200"


def test_a_script_is_played_once(tmdb: StandIn) -> None:
    script = plans.Script([faults.status(500), None, faults.status(429, retry_after=0)])
    tmdb.fault = script
    assert [outcome(url_of(tmdb, "configuration")) for _ in range(5)] == ["500", "200", "429", "200", "200"]
    assert script.left == 0
    tmdb.fault = plans.Script([None], then=faults.status(503))
    assert [outcome(url_of(tmdb, "configuration")) for _ in range(3)] == ["200", "503", "503"]


def test_a_path_can_have_a_fault_of_its_own(tmdb: StandIn) -> None:
    tmdb.fault = plans.ByPath({r"/3/movie/604": None, r"/3/movie/\d+": faults.status(500)})
    assert [outcome(url_of(tmdb, f"movie/{film}")) for film in (603, 604, 605)] == ["500", "200", "500"]
    assert outcome(url_of(tmdb, "tv/1396")) == "200"
    tmdb.fault = plans.ByPath({r"/3/configuration": plans.Script([faults.status(502)])}, faults.status(404))
    assert [outcome(url_of(tmdb, "configuration")) for _ in range(2)] == ["502", "200"]
    assert outcome(url_of(tmdb, "movie/603")) == "404"


def test_a_gate_holds_two_hundred_requests_until_it_is_opened(tmdb: StandIn) -> None:
    gate = plans.Gate()
    tmdb.fault = gate
    with ThreadPoolExecutor(200) as pool:
        try:
            asked = [pool.submit(outcome, url_of(tmdb, f"configuration?x={number}")) for number in range(200)]
            gate.wait_for(200)
            assert not any(each.done() for each in asked)
            assert tmdb.counts == {"/3/configuration": 200}
        finally:
            gate.release()
        assert {each.result() for each in asked} == {"200"}
    assert gate.waiting == 0
    assert outcome(url_of(tmdb, "configuration")) == "200"
    gate.hold()
    thread = threading.Thread(target=outcome, args=[url_of(tmdb, "configuration")])
    thread.start()
    gate.wait_for(1)
    gate.release()
    thread.join()


def test_a_gate_that_waits_in_vain_says_so(tmdb: StandIn) -> None:
    with pytest.raises(TimeoutError, match="holds 0"):
        plans.Gate().wait_for(1, seconds=0.01)


def test_a_broken_gzip_body_is_labelled_and_whole_in_length(tmdb: StandIn) -> None:
    tmdb.fault = faults.corrupt_gzip
    status, headers, body = get(url_of(tmdb, "configuration"))
    assert (status, headers["Content-Encoding"], len(body)) == (200, "gzip", int(headers["Content-Length"]))
    with pytest.raises((OSError, EOFError, zlib.error)):
        gzip.decompress(body)


def test_errors_hold_no_key(tmdb: StandIn) -> None:
    for code in (401, 403, 404, 422, 429, 500, 502, 503, 504):
        tmdb.fault = faults.status(code)
        status, _, body = get(url_of(tmdb, "configuration"))
        assert status == code
        assert json.loads(body)["success"] is False
        assert API_KEY.encode() not in body
