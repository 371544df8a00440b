"""Handshakes that no client may take part in, by name: the server shares no secret, or goes on without it."""

from __future__ import annotations

from collections.abc import Callable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from . import tls13
from .forged_tls import VERSION_1_3, Attempt, Ending, honest, share_with
from .tls13 import HANDSHAKE, KEY_SHARE, TLS_1_2, TLS_1_3, X25519, ZEROS, Cipher, extension, record, vector

ECDHE_ECDSA_AES_128_GCM_SHA256 = 0xC02B
UNHEARD_OF_GROUP = 0x0016
"""secp256k1, which the client neither offers nor has."""


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
    attempt.send_plain(attempt.say_hello(share_with(attempt)[0], version=TLS_1_3))
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


def _older(attempt: Attempt, *more: bytes) -> Ending:
    """A hello of TLS 1.2 with its certificate, and what else is sent; then no more. A client that waits for the rest
    meets the end, and leaves with no alert."""
    attempt.send_plain(
        tls13.server_hello(b"", random=attempt.random, suite=ECDHE_ECDSA_AES_128_GCM_SHA256),
        tls13.message(tls13.CERTIFICATE, vector(vector(attempt.server.certificate, 3), 3)),
        *more,
    )
    attempt.connection.end()
    return attempt.serve(ZEROS, None)


def _key_exchange(attempt: Attempt, point: bytes) -> tuple[bytes, bytes]:
    """What follows the certificate in TLS 1.2: a share, signed, and the end of the server's part."""
    share = b"\3" + X25519.to_bytes(2) + vector(point, 1)
    signature = attempt.server.key.sign(attempt.hello.random + attempt.random + share, ECDSA(hashes.SHA256()))
    signed = share + tls13.ECDSA_SECP256R1_SHA256.to_bytes(2) + vector(signature, 2)
    return tls13.message(tls13.SERVER_KEY_EXCHANGE, signed), tls13.message(tls13.SERVER_HELLO_DONE, b"")


def older_version_after_a_retry(attempt: Attempt) -> Ending:
    """All of a server's part as it should be in TLS 1.2."""
    attempt.retry()
    return _older(attempt, *_key_exchange(attempt, X25519PrivateKey.generate().public_key().public_bytes_raw()))


def older_version_without_a_share(attempt: Attempt) -> Ending:
    return _older(attempt, tls13.message(tls13.SERVER_HELLO_DONE, b""))


def older_version_with_a_share_of_low_order(attempt: Attempt) -> Ending:
    return _older(attempt, *_key_exchange(attempt, bytes(32)))


def older_version_that_changes_ciphers_at_once(attempt: Attempt) -> Ending:
    hello = tls13.server_hello(b"", random=attempt.random, suite=ECDHE_ECDSA_AES_128_GCM_SHA256)
    attempt.connection.send(record(HANDSHAKE, hello) + record(tls13.CHANGE_CIPHER_SPEC, b"\1"))
    attempt.connection.end()
    return attempt.serve(ZEROS, None)


def retry_with_an_unheard_of_group(attempt: Attempt) -> Ending:
    group = extension(KEY_SHARE, UNHEARD_OF_GROUP.to_bytes(2))
    attempt.send_plain(attempt.say_hello(VERSION_1_3, group, random=tls13.HELLO_RETRY_REQUEST))
    return attempt.serve(ZEROS, None)


def plain_flight_behind_a_share(attempt: Attempt, *, joined: bool = False) -> Ending:
    """A secret is shared and then not used for the messages that it should protect."""
    share, secret = share_with(attempt)
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
            keyless_after_a_retry_in_version_1_3, older_version_after_a_retry, older_version_without_a_share,
            older_version_with_a_share_of_low_order, older_version_that_changes_ciphers_at_once,
            retry_with_an_unheard_of_group,
            a_share_of_low_order, plain_flight_behind_a_share, plain_flight_in_the_record_of_the_hello,
            ticket_in_the_record_of_the_finished,
        )
    },
}  # fmt: skip

SILENT = {"older version with a share of low order"}
"""What mbedTLS refuses without an alert."""
