"""What the program on HTTP inherits from who starts it: ignored signals, missing standard streams."""

import signal

import pytest
from harness.listening import Serve
from harness.wire import Wire


def test_the_end_of_the_terminal_is_not_the_end_under_nohup(serve: Serve) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        server = serve()
    finally:
        signal.signal(signal.SIGHUP, before)
    server.process.send_signal(signal.SIGHUP)
    with Wire(server) as wire:
        assert wire.ask("GET", "/ready").json == {"status": "ready"}


@pytest.mark.parametrize("closed", ["0<&-", "1>&-", "0<&- 1>&-"])
def test_a_server_without_standard_streams_serves_http(serve: Serve, closed: str) -> None:
    server = serve(shell=f'exec "$0" "$@" {closed}', SERVER_MODE="both")
    with Wire(server) as wire:
        assert wire.ask("GET", "/health").status == 200
