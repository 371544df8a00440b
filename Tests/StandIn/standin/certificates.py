"""Certificates for tests, made with the openssl command line: a CA, an intermediate one, and leaves, good and bad.

Keys are ECDSA on P-256 unless RSA is asked for: mbedTLS 3.6 reads no Ed25519 certificates.
"""

from __future__ import annotations

import ssl
import subprocess
from functools import cached_property
from pathlib import Path
from typing import Any

_KEYS = {"ecdsa": ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "rsa": ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"]}

_CA_CONFIGURATION = """\
[ca]
default_ca = tests
[tests]
dir = {folder}
database = {folder}/index.txt
new_certs_dir = {folder}
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = serverAuth
subjectAltName = {names}
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
{extra}
[number-for-flag]
basicConstraints = critical,DER:30:03:02:01:01
keyUsage = critical,keyCertSign,cRLSign
[flag-behind-the-end]
basicConstraints = critical,DER:30:00:01:01:FF
keyUsage = critical,keyCertSign,cRLSign
"""

NO_AUTHORITIES = ("number-for-flag", "flag-behind-the-end")
"""Certificates whose basicConstraints do not say CA, and look to a careless reader as if they did."""


class Certificates:
    """A CA of its own in `folder`; `authority` is what SSL_CERT_FILE takes. Leaves are made when first asked for.

    `extra` is one more extension of the CA's own certificate, as OpenSSL's configuration writes it.
    """

    def __init__(self, folder: Path, kind: str = "ecdsa", extra: str | None = None) -> None:
        self.folder = folder
        self.kind = kind
        folder.mkdir(parents=True)
        (folder / "index.txt").touch()
        self.authority = folder / "authority.pem"
        self._key("authority")
        self._openssl(
            "req", "-new", "-x509", "-days", "30", "-key", self._path("authority", "key"), "-out", self.authority,
            "-subj", f"/CN=Test authority ({kind})", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
            *(("-addext", extra) if extra else ()),
        )  # fmt: skip

    @cached_property
    def good(self) -> ssl.SSLContext:
        return self._context("good")

    @cached_property
    def good_files(self) -> tuple[Path, Path]:
        """The good leaf and its key, for a server that is not made of an SSLContext."""
        assert self.good
        return self._path("good", "pem"), self._path("good", "key")

    @cached_property
    def expired(self) -> ssl.SSLContext:
        return self._context("expired", dates=("20200101000000Z", "20200201000000Z"))

    @cached_property
    def not_yet_valid(self) -> ssl.SSLContext:
        return self._context("not-yet-valid", dates=("20800101000000Z", "20801231000000Z"))

    @cached_property
    def of_another_host(self) -> ssl.SSLContext:
        return self._context("another-host", names="DNS:tmdb.example")

    @cached_property
    def good_and_root(self) -> ssl.SSLContext:
        """The server sends the root too, which is not needed."""
        return self._context("good-and-root", sent=("authority",))

    @cached_property
    def good_by_intermediate(self) -> ssl.SSLContext:
        """Of an intermediate authority, whose certificate the server sends."""
        self._issue("intermediate", extensions="authority")
        return self._context("good-by-intermediate", issuer="intermediate", sent=("intermediate",))

    def good_by_no_authority(self, kind: str) -> ssl.SSLContext:
        """Signed with the key of a certificate that is not a CA's, one of NO_AUTHORITIES."""
        self._issue(kind, extensions=kind)
        return self._context(f"good-by-{kind}", issuer=kind, sent=(kind,))

    def by_intermediate_with(self, extra: str) -> ssl.SSLContext:
        """Of an intermediate authority with one more extension, whose certificate the server sends."""
        name = f"intermediate-{len(list(self.folder.glob('intermediate-*.pem')))}"
        self._issue(name, extensions="authority", extra=extra)
        return self._context(f"good-by-{name}", issuer=name, sent=(name,))

    def good_for(self, name: str) -> ssl.SSLContext:
        return self._context(f"good-{name}", names=f"DNS:{name}")

    def limited_to(self, version: ssl.TLSVersion) -> ssl.SSLContext:
        """The good leaf behind one version of TLS."""
        context = self._context(f"good-{version.name}")
        context.minimum_version = context.maximum_version = version
        return context

    def _context(self, name: str, sent: tuple[str, ...] = (), **how: Any) -> ssl.SSLContext:
        """A server with a new leaf, and with more certificates that it sends behind it."""
        key = self._issue(name, **how)
        chain = self._path(name, "chain")
        chain.write_bytes(b"".join(self._path(each, "pem").read_bytes() for each in (name, *sent)))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain, key)
        return context

    def _issue(
        self,
        name: str,
        *,
        extensions: str = "leaf",
        issuer: str = "authority",
        names: str = "DNS:localhost,IP:127.0.0.1",
        dates: tuple[str, str] | None = None,
        extra: str = "",
    ) -> Path:
        """Makes a certificate; returns the file of its key."""
        configuration = self._path(name, "cnf")
        configuration.write_text(_CA_CONFIGURATION.format(folder=self.folder, names=names, extra=extra))
        key, request, certificate = self._key(name), self._path(name, "csr"), self._path(name, "pem")
        self._openssl("req", "-new", "-key", key, "-out", request, "-subj", f"/CN={name}")
        validity = ["-startdate", dates[0], "-enddate", dates[1]] if dates else ["-days", "20"]
        self._openssl(
            "ca", "-batch", "-notext", "-config", configuration, "-extensions", extensions, "-in", request,
            "-out", certificate, "-cert", self._path(issuer, "pem"), "-keyfile", self._path(issuer, "key"), *validity,
        )  # fmt: skip
        return key

    def _key(self, name: str) -> Path:
        path = self._path(name, "key")
        self._openssl("genpkey", "-algorithm", *_KEYS[self.kind], "-out", path)
        return path

    def _path(self, name: str, kind: str) -> Path:
        return self.folder / f"{name}.{kind}"

    @staticmethod
    def _openssl(*arguments: str | Path) -> None:
        done = subprocess.run(["openssl", *arguments], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"openssl {arguments[0]} failed:\n{done.stderr}")
