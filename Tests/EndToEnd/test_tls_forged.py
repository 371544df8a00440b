"""A server that knows the certificate's key, but shares no secret or does not use it, gets no request.

CVE-2026-115490 was one of these: a ServerHello of "TLS 1.3" in the field of TLS 1.2, with nothing to make a key of.
"""

import pytest
from harness.expectations import FAULTS, failure, says
from harness.forged_tls import ForgedServer, honest
from harness.forgeries import FORGERIES, SILENT
from harness.process import Start
from standin import API_KEY, Certificates


def test_the_server_gets_a_request_when_it_forges_nothing(start: Start, certificates: Certificates) -> None:
    """So that each forgery below is the one reason why it gets none."""
    with ForgedServer(honest, *certificates.good_files) as tmdb:
        server = start(upstream=tmdb.url, SSL_CERT_FILE=str(certificates.authority))
        server.call({"query": "matrix"})
        assert API_KEY.encode() in tmdb.ending().request


# OpenSSL, which a host build has, is not what is shipped.
@pytest.mark.release_only
@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_handshake_without_a_secret_gets_no_request(
    start: Start, certificates: Certificates, forgery: str
) -> None:
    with ForgedServer(FORGERIES[forgery], *certificates.good_files) as tmdb:
        server = start(upstream=tmdb.url, SSL_CERT_FILE=str(certificates.authority))
        result = server.call({"query": "matrix"})
        ending = tmdb.ending()
        assert not ending.request and not ending.went_on
        assert ending.alert is not None or forgery in SILENT, "the client waits for more"
        assert says(failure(result), FAULTS["handshake"])
        assert server.is_alive()
