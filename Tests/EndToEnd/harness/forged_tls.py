"""A server whose TLS 1.3 handshake can be forged: it may know the certificate's key and yet share no secret.

`HANDSHAKES` holds every way it can go about it. Only `honest` is one that a client may take part in.
"""

from __future__ import annotations

import contextlib
import os
import queue
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from ssl import PEM_cert_to_DER_cert

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from . import tls13
from .process import DEADLINE
from .tls13 import (
    ALERT, APPLICATION_DATA, HANDSHAKE, KEY_SHARE, SECP256R1, SUPPORTED_VERSIONS, TLS_1_2, TLS_1_3, X25519, ZEROS,
    Cipher, ClientHello, Connection, extension, record, vector,
)  # fmt: skip

VERSION_1_3 = extension(SUPPORTED_VERSIONS, TLS_1_3.to_bytes(2))
ECDHE_ECDSA_AES_128_GCM_SHA256 = 0xC02B
UNHEARD_OF_GROUP = 0x0016
"""secp256k1, which the client neither offers nor has."""

_ANSWER = b'{"page":1,"results":[],"total_pages":1,"total_results":0}'
_RESPONSE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
    + f"Content-Length: {len(_ANSWER)}\r\n\r\n".encode()
    + _ANSWER
)


@dataclass
class Ending:
    """How one connection went: the first plain request that the client sent, or the alert with which it left."""

    request: bytes = b""
    alert: int | None = None


@dataclass
class Attempt:
    """One handshake under way."""

    connection: Connection
    hello: ClientHello
    server: ForgedServer
    transcript: bytes = b""
    random: bytes = field(default_factory=lambda: os.urandom(32))

    def __post_init__(self) -> None:
        self.transcript = self.hello.message

    def add(self, message: bytes) -> bytes:
        self.transcript += message
        return message

    def say_hello(self, *extensions: bytes, version: int = TLS_1_2, random: bytes | None = None) -> bytes:
        return self.add(
            tls13.server_hello(
                self.hello.session, version=version, random=random or self.random, extensions=b"".join(extensions)
            )
        )

    def identify(self) -> bytes:
        """Certificate and CertificateVerify, both as they should be."""
        certificate = self.add(tls13.certificate(self.server.certificate))
        signature = self.server.key.sign(tls13.to_be_signed(self.transcript), ECDSA(hashes.SHA256()))
        scheme = tls13.ECDSA_SECP256R1_SHA256.to_bytes(2)
        return certificate + self.add(tls13.message(tls13.CERTIFICATE_VERIFY, scheme + vector(signature, 2)))

    def no_extensions(self) -> bytes:
        return self.add(tls13.message(tls13.ENCRYPTED_EXTENSIONS, vector(b"", 2)))

    def finish(self, secret: bytes) -> bytes:
        return self.add(tls13.finished(secret, self.transcript))

    def send_plain(self, *messages: bytes) -> None:
        """Each in a record of its own."""
        for each in messages:
            self.connection.send(record(HANDSHAKE, each))

    def retry(self) -> None:
        """Sends a HelloRetryRequest as it should be; the next hello is the client's second."""
        first = tls13.message(254, tls13.hashlib.sha256(self.hello.message).digest())
        group = extension(KEY_SHARE, SECP256R1.to_bytes(2))
        asked = tls13.server_hello(
            self.hello.session, random=tls13.HELLO_RETRY_REQUEST, extensions=VERSION_1_3 + group
        )
        self.send_plain(asked)
        self.hello = self.connection.receive_client_hello()
        self.transcript = first + asked + self.hello.message

    def serve(self, handshake_secret: bytes, client: Cipher | None) -> Ending:
        """Takes the client's Finished, under `client` or plain, then its request under the application's keys."""
        master = tls13.master_secret(handshake_secret)
        inbound = Cipher(tls13.derive(master, "c ap traffic", self.transcript))
        outbound = Cipher(tls13.derive(master, "s ap traffic", self.transcript))
        while True:
            found = self.connection.receive()
            if found.kind == APPLICATION_DATA and client:
                found, client = client.open(found), None
            elif found.kind == APPLICATION_DATA:
                found = inbound.open(found)
            if found.kind == ALERT:
                return Ending(alert=found.data[1])
            if found.kind == APPLICATION_DATA:
                self.connection.send(outbound.seal(APPLICATION_DATA, _RESPONSE))
                self.connection.send(outbound.seal(ALERT, b"\1\0"))
                return Ending(request=found.data)


def _share(attempt: Attempt) -> tuple[bytes, bytes]:
    """A key_share extension and the secret that it gives with the client's."""
    own = X25519PrivateKey.generate()
    secret = own.exchange(X25519PublicKey.from_public_bytes(attempt.hello.shares[X25519]))
    return extension(KEY_SHARE, X25519.to_bytes(2) + vector(own.public_key().public_bytes_raw(), 2)), secret


def honest(attempt: Attempt, shared: tuple[bytes, bytes] | None = None, behind: bytes = b"") -> Ending:
    """`behind` comes in the record of the last message."""
    share, secret = shared or _share(attempt)
    attempt.send_plain(attempt.say_hello(VERSION_1_3, share))
    handshake = tls13.handshake_secret(secret)
    own_secret = tls13.derive(handshake, "s hs traffic", attempt.transcript)
    client = Cipher(tls13.derive(handshake, "c hs traffic", attempt.transcript))
    own = Cipher(own_secret)
    for flight in (attempt.no_extensions(), attempt.identify(), attempt.finish(own_secret) + behind):
        attempt.connection.send(own.seal(HANDSHAKE, flight))
    return attempt.serve(handshake, client)


def ticket_in_the_record_of_the_finished(attempt: Attempt) -> Ending:
    """Under the handshake's keys, which are those of the application no more."""
    ticket = (60).to_bytes(4) + bytes(4) + vector(b"nonce", 1) + vector(b"ticket", 2) + vector(b"", 2)
    return honest(attempt, behind=tls13.message(tls13.NEW_SESSION_TICKET, ticket))


def a_share_of_low_order(attempt: Attempt) -> Ending:
    """X25519 of the point 0 is 0, whatever the client's key."""
    return honest(attempt, (extension(KEY_SHARE, X25519.to_bytes(2) + vector(bytes(32), 2)), bytes(32)))


def _plain_flight(attempt: Attempt, secret: bytes = ZEROS, *, identity: bool = True) -> Ending:
    """Goes on in the plain, as if the secrets of the handshake were all zeros."""
    attempt.send_plain(*([attempt.identify()] if identity else []), attempt.finish(secret))
    return attempt.serve(ZEROS, None)


def _keyless(*extensions: bytes, **how) -> Callable[[Attempt], Ending]:  # noqa: ANN003
    def forge(attempt: Attempt) -> Ending:
        attempt.send_plain(attempt.say_hello(*extensions, **how))
        return _plain_flight(attempt)

    return forge


def keyless_with_a_share(attempt: Attempt) -> Ending:
    attempt.send_plain(attempt.say_hello(_share(attempt)[0], version=TLS_1_3))
    return _plain_flight(attempt)


def keyless_with_plain_extensions(attempt: Attempt) -> Ending:
    attempt.send_plain(attempt.say_hello(version=TLS_1_3), attempt.no_extensions())
    return _plain_flight(attempt)


def keyless_without_identity(attempt: Attempt) -> Ending:
    attempt.send_plain(attempt.say_hello(version=TLS_1_3))
    return _plain_flight(attempt, identity=False)


def keyless_after_a_retry(attempt: Attempt) -> Ending:
    attempt.retry()
    attempt.send_plain(attempt.say_hello(version=TLS_1_3))
    return _plain_flight(attempt)


def keyless_after_a_retry_in_version_1_3(attempt: Attempt) -> Ending:
    attempt.retry()
    attempt.send_plain(attempt.say_hello(VERSION_1_3))
    return _plain_flight(attempt)


def older_version_after_a_retry(attempt: Attempt) -> Ending:
    """A hello of TLS 1.2, which goes on as it should; no more than its first two messages are needed."""
    attempt.retry()
    attempt.send_plain(
        tls13.server_hello(b"", random=attempt.random, suite=ECDHE_ECDSA_AES_128_GCM_SHA256),
        tls13.message(tls13.CERTIFICATE, vector(vector(attempt.server.certificate, 3), 3)),
    )
    # A client that goes along waits for more: it then meets the end, and says so with no alert.
    attempt.connection.end()
    return attempt.serve(ZEROS, None)


def retry_with_an_unheard_of_group(attempt: Attempt) -> Ending:
    group = extension(KEY_SHARE, UNHEARD_OF_GROUP.to_bytes(2))
    attempt.send_plain(attempt.say_hello(VERSION_1_3, group, random=tls13.HELLO_RETRY_REQUEST))
    return attempt.serve(ZEROS, None)


def plain_flight_behind_a_share(attempt: Attempt, *, joined: bool = False) -> Ending:
    """A secret is shared and then not used for the messages that it should protect."""
    share, secret = _share(attempt)
    hello = attempt.say_hello(VERSION_1_3, share)
    handshake = tls13.handshake_secret(secret)
    own_secret = tls13.derive(handshake, "s hs traffic", attempt.transcript)
    client = Cipher(tls13.derive(handshake, "c hs traffic", attempt.transcript))
    messages = [hello, attempt.no_extensions(), attempt.identify(), attempt.finish(own_secret)]
    attempt.send_plain(*([b"".join(messages)] if joined else messages))
    return attempt.serve(handshake, client)


def plain_flight_in_the_record_of_the_hello(attempt: Attempt) -> Ending:
    return plain_flight_behind_a_share(attempt, joined=True)


FORGERIES: dict[str, Callable[[Attempt], Ending]] = {
    "keyless": _keyless(version=TLS_1_3),
    "keyless, the version an extension": _keyless(VERSION_1_3),
    "keyless, both versions 1.3": _keyless(VERSION_1_3, version=TLS_1_3),
    "keyless, a random of HelloRetryRequest": _keyless(version=TLS_1_3, random=tls13.HELLO_RETRY_REQUEST),
    **{f"keyless, version {version:04x}": _keyless(version=version) for version in (0x0300, 0x0302, TLS_1_2, 0x0305)},
    "keyless, an empty extension": _keyless(extension(0x0017, b""), version=TLS_1_3),
    **{
        forge.__name__.replace("_", " "): forge
        for forge in (
            keyless_with_a_share, keyless_with_plain_extensions, keyless_without_identity, keyless_after_a_retry,
            keyless_after_a_retry_in_version_1_3, older_version_after_a_retry, retry_with_an_unheard_of_group,
            a_share_of_low_order, plain_flight_behind_a_share, plain_flight_in_the_record_of_the_hello,
            ticket_in_the_record_of_the_finished,
        )
    },
}  # fmt: skip


class ForgedServer:
    """Listens on the loopback, with one kind of handshake; a context manager. `endings` holds how each went."""

    def __init__(self, handshake: Callable[[Attempt], Ending], certificate: Path, key: Path) -> None:
        self._handshake = handshake
        self.certificate = PEM_cert_to_DER_cert(certificate.read_text())
        loaded = serialization.load_pem_private_key(key.read_bytes(), None)
        assert isinstance(loaded, EllipticCurvePrivateKey)
        self.key = loaded
        self.endings: queue.SimpleQueue[Ending] = queue.SimpleQueue()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://localhost:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> ForgedServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(DEADLINE)
        self._listener.close()

    def ending(self) -> Ending:
        """How the next connection went."""
        return self.endings.get(timeout=DEADLINE)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                client.settimeout(DEADLINE)
                with client:
                    self.endings.put(self._meet(Connection(client)))

    def _meet(self, connection: Connection) -> Ending:
        try:
            return self._handshake(Attempt(connection, connection.receive_client_hello(), self))
        except (EOFError, ConnectionError):
            return Ending()
        except InvalidTag:
            return Ending(request=b"(under keys that the server does not have)")
