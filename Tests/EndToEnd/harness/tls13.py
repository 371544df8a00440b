"""The parts of TLS 1.3 (RFC 8446) that a server needs: messages, records, keys. It knows one cipher suite.

Nothing here insists on what a server should do: `forged_tls` builds wrong handshakes of the same parts.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import socket
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHANGE_CIPHER_SPEC, ALERT, HANDSHAKE, APPLICATION_DATA = 20, 21, 22, 23
CLIENT_HELLO, SERVER_HELLO, NEW_SESSION_TICKET, ENCRYPTED_EXTENSIONS = 1, 2, 4, 8
CERTIFICATE, SERVER_KEY_EXCHANGE, SERVER_HELLO_DONE, CERTIFICATE_VERIFY, FINISHED = 11, 12, 14, 15, 20
SUPPORTED_VERSIONS, KEY_SHARE = 43, 51

TLS_1_2, TLS_1_3 = 0x0303, 0x0304
AES_128_GCM_SHA256 = 0x1301
ECDSA_SECP256R1_SHA256 = 0x0403
SECP256R1, X25519 = 0x0017, 0x001D
HELLO_RETRY_REQUEST = hashlib.sha256(b"HelloRetryRequest").digest()
"""The server random that makes a ServerHello a HelloRetryRequest."""

HASH_BYTES = 32
ZEROS = bytes(HASH_BYTES)


def vector(data: bytes, length_bytes: int) -> bytes:
    return len(data).to_bytes(length_bytes) + data


def message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + vector(body, 3)


def extension(kind: int, data: bytes) -> bytes:
    return kind.to_bytes(2) + vector(data, 2)


def record(kind: int, data: bytes) -> bytes:
    return bytes([kind]) + TLS_1_2.to_bytes(2) + vector(data, 2)


def server_hello(
    session: bytes, *, version: int = TLS_1_2, random: bytes, suite: int = AES_128_GCM_SHA256, extensions: bytes = b""
) -> bytes:
    body = version.to_bytes(2) + random + vector(session, 1) + suite.to_bytes(2) + b"\0"
    return message(SERVER_HELLO, body + (vector(extensions, 2) if extensions else b""))


def certificate(*chain: bytes) -> bytes:
    entries = b"".join(vector(each, 3) + vector(b"", 2) for each in chain)
    return message(CERTIFICATE, vector(b"", 1) + vector(entries, 3))


def to_be_signed(transcript: bytes) -> bytes:
    """What a server signs in its CertificateVerify."""
    return b" " * 64 + b"TLS 1.3, server CertificateVerify\0" + hashlib.sha256(transcript).digest()


def finished(secret: bytes, transcript: bytes) -> bytes:
    key = expand_label(secret, "finished", b"", HASH_BYTES)
    return message(FINISHED, hmac.digest(key, hashlib.sha256(transcript).digest(), "sha256"))


def expand_label(secret: bytes, label: str, context: bytes, length: int) -> bytes:
    """HKDF-Expand-Label, for at most one hash of output."""
    info = length.to_bytes(2) + vector(b"tls13 " + label.encode(), 1) + vector(context, 1)
    return hmac.digest(secret, info + b"\1", "sha256")[:length]


def derive(secret: bytes, label: str, transcript: bytes = b"") -> bytes:
    return expand_label(secret, label, hashlib.sha256(transcript).digest(), HASH_BYTES)


def handshake_secret(shared: bytes) -> bytes:
    early = hmac.digest(ZEROS, ZEROS, "sha256")
    return hmac.digest(derive(early, "derived"), shared, "sha256")


def master_secret(handshake: bytes) -> bytes:
    return hmac.digest(derive(handshake, "derived"), ZEROS, "sha256")


class Cipher:
    """Protects the records of one direction."""

    def __init__(self, secret: bytes) -> None:
        self._key = AESGCM(expand_label(secret, "key", b"", 16))
        self._iv = int.from_bytes(expand_label(secret, "iv", b"", 12))
        self._count = 0

    def seal(self, kind: int, data: bytes) -> bytes:
        inner = data + bytes([kind])
        head = record(APPLICATION_DATA, bytes(len(inner) + 16))[:5]
        return head + self._key.encrypt(self._nonce(), inner, head)

    def open(self, sealed: Record) -> Record:
        """Raises InvalidTag for a record under another key."""
        inner = self._key.decrypt(self._nonce(), sealed.data, record(sealed.kind, sealed.data)[:5]).rstrip(b"\0")
        return Record(inner[-1], inner[:-1])

    def _nonce(self) -> bytes:
        nonce = self._iv ^ self._count
        self._count += 1
        return nonce.to_bytes(12)


@dataclass(frozen=True)
class Record:
    kind: int
    data: bytes


class ClientHello:
    """What a server takes from it."""

    def __init__(self, whole: bytes) -> None:
        self.message = whole
        rest = Reader(whole[4:])
        rest.take(2)
        self.random = rest.take(32)
        self.session = rest.vector(1)
        self.suites = rest.vector(2)
        rest.vector(1)
        self.extensions: dict[int, bytes] = {}
        listed = Reader(rest.vector(2))
        while not listed.at_end:
            kind = int.from_bytes(listed.take(2))
            self.extensions[kind] = listed.vector(2)
        self.shares: dict[int, bytes] = {}
        shares = Reader(Reader(self.extensions[KEY_SHARE]).vector(2))
        while not shares.at_end:
            group = int.from_bytes(shares.take(2))
            self.shares[group] = shares.vector(2)


class Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._next = 0

    @property
    def at_end(self) -> bool:
        return self._next == len(self._data)

    def take(self, count: int) -> bytes:
        taken = self._data[self._next : self._next + count]
        assert len(taken) == count, "the message ends too early"
        self._next += count
        return taken

    def vector(self, length_bytes: int) -> bytes:
        return self.take(int.from_bytes(self.take(length_bytes)))


class Connection:
    """Records over a socket. What the client closes is an EOFError."""

    def __init__(self, client: socket.socket) -> None:
        self._client = client
        self._input = client.makefile("rb")

    def send(self, data: bytes) -> None:
        """A client that has left meanwhile may have said why: that is still to be read."""
        with contextlib.suppress(ConnectionError):
            self._client.sendall(data)

    def end(self) -> None:
        """Sends no more."""
        with contextlib.suppress(OSError):
            self._client.shutdown(socket.SHUT_WR)

    def receive(self) -> Record:
        """The next record but those that say nothing: ChangeCipherSpec, which TLS 1.3 keeps for old middleboxes."""
        while True:
            head = self._read(5)
            found = Record(head[0], self._read(int.from_bytes(head[3:])))
            if found.kind != CHANGE_CIPHER_SPEC:
                return found

    def receive_client_hello(self) -> ClientHello:
        found = self.receive()
        assert found.kind == HANDSHAKE and found.data[0] == CLIENT_HELLO, found
        return ClientHello(found.data)

    def _read(self, count: int) -> bytes:
        data = self._input.read(count)
        if len(data) != count:
            raise EOFError
        return data
