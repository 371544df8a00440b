"""A server whose TLS 1.3 handshake can be forged: it knows the certificate's key and may yet share no secret.

`honest` forges nothing; `forgeries` has the other ways to go about it.
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
    ALERT, APPLICATION_DATA, HANDSHAKE, KEY_SHARE, SECP256R1, SUPPORTED_VERSIONS, TLS_1_2, TLS_1_3, X25519,
    Cipher, ClientHello, Connection, extension, record, vector,
)  # fmt: skip

VERSION_1_3 = extension(SUPPORTED_VERSIONS, TLS_1_3.to_bytes(2))
_ANSWER = b'{"page":1,"results":[],"total_pages":1,"total_results":0}'
_RESPONSE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
    + f"Content-Length: {len(_ANSWER)}\r\n\r\n".encode()
    + _ANSWER
)


@dataclass
class Ending:
    """How one connection went: the first plain request that the client sent, or the alert with which it left; and
    whether it answered the handshake with messages of its own."""

    request: bytes = b""
    alert: int | None = None
    went_on: bool = False


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
        went_on = False
        while True:
            try:
                found = self.connection.receive()
            except (EOFError, ConnectionError):
                return Ending(went_on=went_on)
            if found.kind == APPLICATION_DATA and client:
                found, client = client.open(found), None
            elif found.kind == APPLICATION_DATA:
                found = inbound.open(found)
            if found.kind == ALERT:
                return Ending(alert=found.data[1], went_on=went_on)
            went_on = True
            if found.kind == APPLICATION_DATA:
                self.connection.send(outbound.seal(APPLICATION_DATA, _RESPONSE))
                self.connection.send(outbound.seal(ALERT, b"\1\0"))
                return Ending(request=found.data, went_on=went_on)


def share_with(attempt: Attempt) -> tuple[bytes, bytes]:
    """A key_share extension and the secret that it gives with the client's."""
    own = X25519PrivateKey.generate()
    secret = own.exchange(X25519PublicKey.from_public_bytes(attempt.hello.shares[X25519]))
    return extension(KEY_SHARE, X25519.to_bytes(2) + vector(own.public_key().public_bytes_raw(), 2)), secret


def honest(attempt: Attempt, shared: tuple[bytes, bytes] | None = None, behind: bytes = b"") -> Ending:
    """`behind` comes in the record of the last message."""
    share, secret = shared or share_with(attempt)
    attempt.send_plain(attempt.say_hello(VERSION_1_3, share))
    handshake = tls13.handshake_secret(secret)
    own_secret = tls13.derive(handshake, "s hs traffic", attempt.transcript)
    client = Cipher(tls13.derive(handshake, "c hs traffic", attempt.transcript))
    own = Cipher(own_secret)
    for flight in (attempt.no_extensions(), attempt.identify(), attempt.finish(own_secret) + behind):
        attempt.connection.send(own.seal(HANDSHAKE, flight))
    return attempt.serve(handshake, client)


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
