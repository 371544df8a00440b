"""SSL_CERT_FILE: the forms that it may have, and what is said of a file, or a certificate in it, that is of no use."""

from __future__ import annotations

import ssl
import subprocess
from pathlib import Path

import pytest
from harness.binaries import Binary
from harness.expectations import failure, says
from harness.process import DEADLINE, Start, environment
from standin import API_KEY, Certificates, StandIn
from test_advice_names import failed_check
from test_command_check import check

pytestmark = pytest.mark.same_everywhere("the forms of a file are bytes, and what is said of it is text")

BEFORE = "Subject: CN = Test\nIssuer: CN = Test\n\n# a comment, ümlaut -- and dashes -----\n"


def forms(authority: Path) -> dict[str, bytes]:
    """The certificate in every form that programs write and people keep."""
    pem = authority.read_bytes()
    text = pem.decode()
    first, *body, last, _ = pem.split(b"\n")
    trusted = subprocess.run(["openssl", "x509", "-in", authority, "-trustout"], capture_output=True, check=True).stdout
    return {
        "plain": pem,
        "byte-order mark": b"\xef\xbb\xbf" + pem,
        "byte-order mark and CR LF": b"\xef\xbb\xbf" + pem.replace(b"\n", b"\r\n"),
        "CR LF": pem.replace(b"\n", b"\r\n"),
        "CR": pem.replace(b"\n", b"\r"),
        "text before": BEFORE.encode() + pem + b"and behind\n",
        "text in another encoding before": "Autorité de cartes ".encode("latin-1") + b"\n" + pem,
        "no end of the last line": pem.rstrip(),
        "indented": "".join(f"    {line}\n" for line in text.splitlines()).encode(),
        "spaces at the ends": "".join(f"{line}  \t\n" for line in text.splitlines()).encode(),
        "one long line": b"\n".join((first, b"".join(body), last, b"")),
        "UTF-16, little endian": b"\xff\xfe" + text.encode("utf-16-le"),
        "UTF-16, big endian": b"\xfe\xff" + text.replace("\n", "\r\n").encode("utf-16-be"),
        "the old header": pem.replace(b" CERTIFICATE", b" X509 CERTIFICATE"),
        "OpenSSL's trusted form": trusted,
        "DER": ssl.PEM_cert_to_DER_cert(text),
        "twice": pem + pem,
        "behind a key": b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n" + pem,
    }


def test_each_form_of_the_file_is_taken(
    binary: Binary, secure_tmdb: StandIn, certificates: Certificates, tmp_path: Path
) -> None:
    refused = {}
    for name, content in forms(certificates.authority).items():
        file = tmp_path / "authorities"
        file.write_bytes(content)
        code, found = check(binary, secure_tmdb.url, SSL_CERT_FILE=str(file))
        if code != 0:
            refused[name] = found["TMDB"]
    assert refused == {}


def command(*arguments: str | Path) -> bytes:
    return subprocess.run(["openssl", *arguments], capture_output=True, check=True).stdout


def of_no_use(certificates: Certificates) -> dict[str, tuple[bytes | None, tuple[str, ...]]]:
    """What a file may hold in place of certificates, and what is then said."""
    pem, key = certificates.authority, certificates.folder / "authority.key"
    p12 = command("pkcs12", "-export", "-in", pem, "-inkey", key, "-passout", "pass:")
    p7b = command("crl2pkcs7", "-nocrl", "-certfile", pem)
    p7b_der = command("crl2pkcs7", "-nocrl", "-certfile", pem, "-outform", "DER")
    body = pem.read_bytes().split(b"\n")
    return {
        "absent": (None, ("No such file",)),
        "empty": (b"", ("is empty",)),
        "blank": (b"\r\n \n", ("is empty",)),
        "a text": (b"no certificate\n", ("no certificate",)),
        "a web page": (b"<!doctype html><title>Log in</title>\n", ("no certificate",)),
        "a key": (key.read_bytes(), ("private key", "no certificate")),
        "PKCS #12": (p12, (r"PKCS ?#12", "openssl pkcs12")),
        "PKCS #7": (p7b, (r"PKCS ?#7", "openssl pkcs7")),
        "PKCS #7 in DER": (p7b_der, (r"PKCS ?#7", "openssl pkcs7")),
        "cut off": (b"\n".join(body[:4]), ("line 1", "END CERTIFICATE")),
        "damaged": (b"\n".join((body[0], b"AAAA", body[-2])), ("line 1", "damaged")),
        "not base64": (b"\n".join((body[0], *body[1:3], b"?!?", *body[3:])), ("line 1", "damaged")),
        "cut within": (b"\n".join((body[0], *body[1:4], body[-2])), ("line 1", "damaged")),
    }


def test_a_file_of_no_use_is_named_with_what_it_is(binary: Binary, certificates: Certificates, tmp_path: Path) -> None:
    """At the start, with exit status 2, and by `check`."""
    for name, (content, words) in of_no_use(certificates).items():
        file = tmp_path / f"{name.replace(' ', '-').replace('#', '')}.pem"
        if content is not None:
            file.write_bytes(content)
        variables = {"SSL_CERT_FILE": str(file)}
        done = subprocess.run(
            [*binary.on_stdio], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=DEADLINE,
            env=environment("https://tmdb.invalid/3", API_KEY, **variables),
        )  # fmt: skip
        assert done.returncode == 2, name
        for message in (done.stderr, failed_check(binary, "https://tmdb.invalid/3", **variables)):
            assert says(message, ("SSL_CERT_FILE", file.name, *words)), name


def test_a_folder_in_place_of_the_file_is_named(binary: Binary, tmp_path: Path) -> None:
    message = failed_check(binary, "https://tmdb.invalid/3", SSL_CERT_FILE=str(tmp_path))
    assert says(message, ("SSL_CERT_FILE", tmp_path.name, "directory"))


# What OpenSSL takes in a root, and mbedTLS does not.
CRITICAL = {
    "name constraints": "nameConstraints=critical,permitted;DNS:localhost,permitted;IP:127.0.0.1/255.0.0.0",
    "policy constraints": "policyConstraints=critical,requireExplicitPolicy:3",
    "inhibit any policy": "inhibitAnyPolicy=critical,2",
    r"1\.2\.3\.4": "1.2.3.4=critical,ASN1:NULL",
}


@pytest.mark.every_platform
@pytest.mark.release_only
@pytest.mark.parametrize("words", CRITICAL)
def test_a_root_with_a_critical_extension_is_named_with_it(binary: Binary, tmp_path: Path, words: str) -> None:
    made = Certificates(tmp_path / "made", extra=CRITICAL[words])
    with StandIn(tls=made.good) as tmdb:
        message = failed_check(binary, tmdb.url, SSL_CERT_FILE=str(made.authority))
    assert says(message, ("SSL_CERT_FILE", made.authority.name, "line 1", "critical", words))
    assert "TLS 1.2" not in message


@pytest.mark.release_only
@pytest.mark.parametrize("sent", ["good", "good_and_root"])
def test_among_others_it_is_named_where_a_server_needs_it(
    start: Start, binary: Binary, certificates: Certificates, tmp_path: Path, sent: str
) -> None:
    made = Certificates(tmp_path / "made", extra=CRITICAL["name constraints"])
    good = certificates.authority.read_text()
    both = tmp_path / "both.pem"
    both.write_text(good + made.authority.read_text())
    where = ("SSL_CERT_FILE", f"line {good.count(chr(10)) + 1}", "critical", "name constraints")
    with StandIn(tls=getattr(made, sent)) as tmdb:
        message = failed_check(binary, tmdb.url, SSL_CERT_FILE=str(both))
        assert says(message, where)
        assert "TLS 1.2" not in message
        server = start(upstream=tmdb, SSL_CERT_FILE=str(both))
        assert says(failure(server.call({"query": "matrix"})), where)
    with StandIn(tls=certificates.good) as tmdb:
        assert check(binary, tmdb.url, SSL_CERT_FILE=str(both))[0] == 0


@pytest.mark.every_platform
@pytest.mark.release_only
def test_a_root_whose_key_is_of_a_kind_that_is_not_known_is_named(binary: Binary, tmp_path: Path) -> None:
    key, root = tmp_path / "root.key", tmp_path / "root.pem"
    command("genpkey", "-algorithm", "ED25519", "-out", key)
    command("req", "-x509", "-new", "-key", key, "-days", "30", "-subj", "/CN=root", "-out", root)
    message = failed_check(binary, "https://tmdb.invalid/3", SSL_CERT_FILE=str(root))
    assert says(message, ("SSL_CERT_FILE", "root.pem", "line 1"))
