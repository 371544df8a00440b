"""The handshake, the session, and the small requests of the eras that have them."""

import re
from collections.abc import Iterator

import pytest
from harness.messages import notification, request
from wire.http import Endpoint
from wire.legacy import CLIENT, Session
from wire.modern import Modern
from wire.scenarios import scenario

VISIBLE_ASCII = re.compile(r"[\x21-\x7e]+")


@pytest.fixture
def session(endpoint: Endpoint, revision: str) -> Iterator[Session]:
    """A session whose end is the test's own business, without a GET stream."""
    session = Session(endpoint, revision).open(listening=False)
    yield session
    session.close()


def needs_an_identifier(session: Session) -> str:
    if session.identifier is None:
        pytest.skip("the server keeps no sessions")
    return session.identifier


@scenario("server-initialize", "server-initialize")
def test_the_handshake_opens_a_session(connection: Session) -> None:
    opened = connection.opened
    assert opened["protocolVersion"] == connection.revision
    assert opened["serverInfo"]["name"] and opened["serverInfo"]["version"]
    assert isinstance(opened["capabilities"], dict)


@scenario("server-initialize", "server-session-id-visible-ascii")
def test_the_session_id_is_visible_ascii(endpoint: Endpoint, session: Session, revision: str) -> None:
    """Also where the request already names the revision that it asks for."""
    params = {"protocolVersion": revision, "capabilities": {}, "clientInfo": CLIENT}
    response = endpoint.post({"MCP-Protocol-Version": revision}, request(1, "initialize", params))
    assert response.status == 200
    other = Session(endpoint, revision)
    other.identifier = response.headers["Mcp-Session-Id"]
    assert VISIBLE_ASCII.fullmatch(needs_an_identifier(other))
    assert other.identifier != session.identifier
    other.close()


@scenario("ping", "ping")
def test_a_ping_is_answered(connection: Session) -> None:
    assert connection.request("ping") == {}


@scenario("logging-set-level", "logging-set-level")
def test_the_level_of_the_log_is_set(connection: Session) -> None:
    assert connection.request("logging/setLevel", {"level": "info"}) == {}


@scenario("server-session-lifecycle", "server-session-initialized-accepted")
def test_the_session_takes_a_notification(session: Session) -> None:
    needs_an_identifier(session)
    accepted = session.endpoint.post(session.headers, notification("notifications/initialized"))
    assert 200 <= accepted.status < 300


@scenario("server-session-lifecycle", "server-session-delete-accepted")
def test_a_session_is_ended_by_its_client(session: Session) -> None:
    needs_an_identifier(session)
    status = session.delete().status
    if status == 405:
        pytest.skip("the server does not let its clients end sessions")
    assert 200 <= status < 300
    session.identifier = None


@scenario("server-session-lifecycle", "server-session-terminated-returns-404")
def test_an_ended_session_is_not_found(session: Session) -> None:
    needs_an_identifier(session)
    if session.delete().status == 405:
        pytest.skip("the server does not let its clients end sessions")
    assert session.endpoint.post(session.headers, request(2, "tools/list", {})).status == 404
    assert session.get().status == 404
    session.identifier = None


@pytest.mark.beyond
@scenario("server-session-lifecycle", "beyond-session-id-required")
def test_a_request_without_its_session_id_is_refused(session: Session) -> None:
    needs_an_identifier(session)
    headers = {"MCP-Protocol-Version": session.revision}
    assert session.endpoint.post(headers, request(2, "tools/list", {})).status == 400


@scenario("dns-rebinding-protection", "localhost-host-rebinding-rejected")
def test_a_foreign_host_and_origin_are_refused(endpoint: Endpoint, revision: str) -> None:
    assert 400 <= probe(endpoint, revision, "evil.example.com") < 500


@scenario("dns-rebinding-protection", "localhost-host-valid-accepted")
def test_the_own_host_and_origin_are_served(endpoint: Endpoint, revision: str) -> None:
    assert 200 <= probe(endpoint, revision, endpoint.authority) < 300


@pytest.mark.beyond
@scenario("dns-rebinding-protection", "beyond-origin-alone-403")
def test_a_foreign_origin_alone_is_forbidden(endpoint: Endpoint, revision: str) -> None:
    """A browser that a rebound name leads here sends the attacker's name as both; a page elsewhere only its origin."""
    assert probe(endpoint, revision, endpoint.authority, origin="http://evil.example.com") == 403


def probe(endpoint: Endpoint, revision: str, host: str, origin: str | None = None) -> int:
    """The status of a request that needs nothing before it, from that host and origin."""
    names = {"Host": host, "Origin": origin or f"http://{host}", "MCP-Protocol-Version": revision}
    if revision == Modern.revision:
        _, response = Modern(endpoint, {}).post("server/discover", headers=names | {"Mcp-Method": "server/discover"})
        return response.status
    params = {"protocolVersion": revision, "capabilities": {}, "clientInfo": CLIENT}
    response = endpoint.post(names | {"Mcp-Method": "initialize"}, request(1, "initialize", params))
    opened = Session(endpoint, revision)
    opened.identifier = response.headers["Mcp-Session-Id"]
    opened.close()
    return response.status
