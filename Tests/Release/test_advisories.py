"""release/advisories/check.py, against answers in the shapes of Debian's security tracker and of OSV."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from support.builder import Builder, Result

LOCK = """\
musl-dev amd64 1.2.5-3 00 musl-dev_1.2.5-3_amd64.deb
musl source 1.2.5-3 00 musl_1.2.5-3.dsc
libgcc-14-dev amd64 14.2.0-19 00 libgcc-14-dev_14.2.0-19_amd64.deb
gcc-14-base amd64 14.2.0-19 00 gcc-14-base_14.2.0-19_amd64.deb
linux-libc-dev all 6.12.1-1 00 linux-libc-dev_6.12.1-1_all.deb
ca-certificates all 20250419 00 ca-certificates_20250419_all.deb
curl source 8.14.1-2+deb13u5 00 curl_8.14.1-2+deb13u5.dsc
libyaml source 0.2.5-2 00 libyaml_0.2.5-2.dsc
mbedtls source 3.6.6-0.1~deb13u1 00 mbedtls_3.6.6-0.1~deb13u1.dsc
zlib source 1:1.3.dfsg+really1.3.1-1 00 zlib_1.3.dfsg+really1.3.1-1.dsc
"""


def kept(status: str, suite: str = "trixie", **more: Any) -> dict[str, Any]:
    """An advisory of the tracker, as it stands in one suite."""
    release = {"status": status, "repositories": {suite: "1.0-1"}, "urgency": "not yet assigned"} | more
    return {"description": "Something\nbad.", "scope": "remote", "releases": {suite: release}}


class Databases:
    """Both of them, on the loopback. By default they know an old weakness of curl alone, of which nothing is left."""

    def __init__(self) -> None:
        self.tracker: Any = {"curl": {"CVE-2000-0001": kept("resolved", fixed_version="7.1-1")}}
        self.osv: dict[tuple[str, str, str], list[dict[str, Any]]] = {
            ("Debian:13", "curl", "7.0-1"): [{"id": "DEBIAN-CVE-2000-0001"}]
        }
        self.page = 100
        self.asked: list[dict[str, Any]] = []
        databases = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(databases.tracker)

            def do_POST(self) -> None:
                question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                databases.asked.append(question)
                self._answer(databases.answer(question))

            def _answer(self, answer: Any) -> None:
                body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        package = question["package"]
        known = self.osv.get((package["ecosystem"], package["name"], question["version"]), [])
        first = int(question.get("page_token", 0))
        page = {"vulns": known[first : first + self.page]} if known else {}
        more = first + self.page < len(known)
        return page | ({"next_page_token": str(first + self.page)} if more else {})

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def databases() -> Iterator[Databases]:
    made = Databases()
    yield made
    made.close()


class Check:
    def __init__(self, builder: Builder, databases: Databases, place: Path) -> None:
        self._builder, self._databases = builder, databases
        self.lock = place / "lock"
        self.lock.write_text(LOCK)
        self.handled = builder.release / "advisories" / "handled.json"
        self.decide()

    def decide(self, *entries: dict[str, str]) -> None:
        self.handled.write_text(json.dumps(entries))

    def run(self, *arguments: str) -> Result:
        settings = {
            "ADVISORIES_TRACKER": f"{self._databases.address}/json",
            "ADVISORIES_OSV": f"{self._databases.address}/query",
            "LOCK": str(self.lock),
        }
        return self._builder.run(*arguments, script="advisories/check.py", **settings)


@pytest.fixture
def check(builder: Builder, databases: Databases, place: Path) -> Check:
    return Check(builder, databases, place)


MBEDTLS = ("Debian:13", "mbedtls", "3.6.6-0.1~deb13u1")
NOT_AFFECTED = {"id": "CVE-2026-1", "source": "mbedtls", "state": "not affected", "reason": "it is off"}


def test_nothing_new_is_said_with_the_list_of_libraries(check: Check, databases: Databases) -> None:
    result = check.run()
    assert result.code == 0, result
    assert result.output.splitlines() == [
        "musl 1.2.5-3: 0 known, 0 not handled",
        "gcc-14 14.2.0-19: 0 known, 0 not handled",
        "curl 8.14.1-2+deb13u5: 0 known, 0 not handled",
        "mbedtls 3.6.6-0.1~deb13u1: 0 known, 0 not handled",
        "zlib 1:1.3.dfsg+really1.3.1-1: 0 known, 0 not handled",
        "libyaml 0.2.5-2: 0 known, 0 not handled",
        "ca-certificates 20250419: 0 known, 0 not handled",
        "nothing new",
    ]
    assert {question["package"]["name"] for question in databases.asked} == {
        *("musl", "gcc-14", "curl", "mbedtls", "zlib", "libyaml", "ca-certificates")
    }


@pytest.mark.parametrize(
    ("found", "remedy"),
    [
        (kept("open"), "Debian has no fix yet (open, not yet assigned)."),
        (kept("open", nodsa="Minor issue"), "Debian has no fix yet (open, Minor issue)."),
        (kept("undetermined"), "Debian has no fix yet (undetermined, not yet assigned)."),
        (kept("resolved", fixed_version="3.6.6-1"), "Debian fixed it in 3.6.6-1."),
        (kept("resolved", fixed_version="1:0.1-1"), "Debian fixed it in 1:0.1-1."),
    ],
)
def test_what_the_tracker_has_against_a_version_is_new(
    check: Check, databases: Databases, found: dict[str, Any], remedy: str
) -> None:
    databases.tracker["mbedtls"] = {"CVE-2026-1": found}
    result = check.run()
    assert result.code == 1, result
    lines = result.output.splitlines()
    assert "mbedtls 3.6.6-0.1~deb13u1: 1 known, 1 not handled" in lines
    assert "NEW mbedtls: CVE-2026-1: Something bad." in lines
    assert f"    {remedy}" in lines


@pytest.mark.parametrize(
    "found",
    [
        kept("resolved", fixed_version="0"),
        kept("resolved", fixed_version="3.6.6-0.1~deb13u1"),
        kept("resolved", fixed_version="3.6.5-1"),
        kept("open", suite="bookworm"),
    ],
    ids=["never affected", "fixed in this one", "fixed before", "another suite"],
)
def test_what_does_not_concern_the_version_is_not(check: Check, databases: Databases, found: dict[str, Any]) -> None:
    databases.tracker["mbedtls"] = {"CVE-2026-1": found}
    assert check.run().code == 0


def test_a_security_update_that_is_not_taken_is_new(check: Check, databases: Databases) -> None:
    repositories = {"trixie": "3.6.6-0.1~deb13u1", "trixie-security": "3.6.8-0+deb13u1"}
    databases.tracker["mbedtls"] = {
        "CVE-2026-1": kept("resolved", fixed_version="0", repositories=repositories),
        "CVE-2026-2": kept("open", suite="bookworm"),
    }
    result = check.run()
    assert result.code == 1, result
    assert "NEW mbedtls: trixie-security has 3.6.8-0+deb13u1: " in result.output
    check.lock.write_text(LOCK.replace("3.6.6-0.1~deb13u1", "3.6.8-0+deb13u1"))
    assert check.run().code == 0


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ({"id": "DEBIAN-CVE-2026-1", "details": "Bad."}, "CVE-2026-1"),
        ({"id": "DSA-1-1", "upstream": ["CVE-2026-1"], "summary": "Bad."}, "CVE-2026-1"),
        ({"id": "OSV-1", "aliases": ["GHSA-1", "CVE-2026-1"], "summary": "Bad."}, "CVE-2026-1"),
        ({"id": "OSV-1", "summary": "Bad."}, "OSV-1"),
    ],
)
def test_what_osv_has_against_a_version_is_new(
    check: Check, databases: Databases, entry: dict[str, Any], name: str
) -> None:
    databases.osv[MBEDTLS] = [entry]
    result = check.run()
    assert result.code == 1, result
    assert f"NEW mbedtls: {name}: Bad." in result.output
    assert f"osv.dev/vulnerability/{entry['id']}." in result.output


def test_osv_is_read_to_its_last_page(check: Check, databases: Databases) -> None:
    databases.osv[MBEDTLS] = [{"id": f"DEBIAN-CVE-2026-{number}"} for number in range(1, 6)]
    databases.page = 2
    assert check.run().output.count("NEW mbedtls: CVE-2026-") == 5


def test_an_entry_that_osv_has_withdrawn_is_none(check: Check, databases: Databases) -> None:
    databases.osv[MBEDTLS] = [{"id": "DEBIAN-CVE-2026-1", "withdrawn": "2026-01-01T00:00:00Z"}]
    assert check.run().code == 0


def test_both_databases_know_of_one_and_it_is_told_once(check: Check, databases: Databases) -> None:
    databases.tracker["mbedtls"] = {"CVE-2026-1": kept("open")}
    databases.osv[MBEDTLS] = [{"id": "DEBIAN-CVE-2026-1", "details": "From OSV."}]
    result = check.run()
    assert result.output.count("NEW ") == 1 and "NEW mbedtls: CVE-2026-1: Something bad." in result.output


def test_what_is_handled_is_not_new_and_the_next_one_is(check: Check, databases: Databases) -> None:
    databases.tracker["mbedtls"] = {"CVE-2026-1": kept("open")}
    check.decide(NOT_AFFECTED)
    result = check.run()
    assert result.code == 0, result
    assert "mbedtls 3.6.6-0.1~deb13u1: 1 known, 0 not handled" in result.output
    databases.tracker["mbedtls"]["CVE-2026-2"] = kept("open")
    result = check.run()
    assert result.code == 1 and result.output.count("NEW ") == 1, result


def test_what_is_handled_in_one_library_is_new_in_another(check: Check, databases: Databases) -> None:
    databases.tracker["zlib"] = {"CVE-2026-1": kept("open")}
    check.decide(NOT_AFFECTED)
    assert "NEW zlib: CVE-2026-1" in check.run().output


def test_a_line_that_is_needed_no_more_is_told(check: Check) -> None:
    check.decide(NOT_AFFECTED)
    result = check.run()
    assert result.code == 0, result
    assert "note: mbedtls: CVE-2026-1 is reported no more" in result.output


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"reason": ""}, "id, source, state and reason are needed"),
        ({"more": "x"}, "id, source, state and reason are needed"),
        ({"source": "openssl"}, "nothing of the source openssl is linked"),
        ({"source": "linux"}, "nothing of the source linux is linked"),
        ({"state": "fine"}, "the state is neither"),
        ({"state": "patched"}, "names its patch"),
        ({"patch": "mbedtls-version-confusion.patch"}, "names its patch"),
        ({"state": "patched", "patch": "absent.patch"}, "there is no release/sdk/patches/absent.patch"),
    ],
)
def test_a_decision_that_says_too_little_is_refused(check: Check, change: dict[str, str], error: str) -> None:
    check.decide(NOT_AFFECTED | change)
    result = check.run("list")
    assert result.code == 2, result
    assert error in result.errors[0]


@pytest.mark.parametrize(
    ("tracker", "error"),
    [
        (b"<html>", "no answer of use from"),
        ([], "it is not an object"),
        ({}, "gave no table of curl"),
        ({"curl": {}}, "knows nothing of curl in trixie"),
        ({"curl": {"CVE-1": kept("open", suite="bookworm")}}, "knows nothing of curl in trixie"),
        ({"curl": {"CVE-1": kept("open")}, "mbedtls": []}, "gave no table of mbedtls"),
        ({"curl": {"CVE-1": kept("mended")}}, "calls CVE-1 'mended'"),
        ({"curl": {"CVE-1": kept("resolved")}}, "does not say what resolved CVE-1"),
        ({"curl": {"CVE-1": kept("resolved", fixed_version="one")}}, "not a version of Debian's"),
    ],
)
def test_an_answer_of_the_tracker_that_is_not_understood_is_an_error(
    check: Check, databases: Databases, tracker: Any, error: str
) -> None:
    databases.tracker = tracker
    result = check.run()
    assert result.code == 2, result
    assert error in result.errors[0]


def test_an_answer_of_osv_that_is_not_understood_is_an_error(check: Check, databases: Databases) -> None:
    databases.osv[MBEDTLS] = [{"summary": "no name"}]
    assert check.run().errors == ["OSV's answer has an entry without a name"]
    databases.osv.clear()
    result = check.run()
    assert result.code == 2 and "OSV knows nothing of curl 7.0-1 in Debian:13" in result.errors[0]


def test_a_database_that_does_not_answer_is_an_error(check: Check, databases: Databases) -> None:
    databases.close()
    result = check.run()
    assert result.code == 2 and "no answer of use from" in result.errors[0], result


def test_a_library_that_the_lock_lacks_is_an_error(check: Check) -> None:
    check.lock.write_text(LOCK.replace("zlib source", "zstd source"))
    result = check.run()
    assert result.code == 2 and "no version of zlib" in result.errors[0], result


def test_what_was_decided_of_the_libraries_here_can_be_listed(builder: Builder) -> None:
    """The repository's own lock and decisions, without a network."""
    result = builder.run("list", script="advisories/check.py")
    assert result.code == 0, result
    assert "\n  CVE-2026-115490: patched: " in result.output
