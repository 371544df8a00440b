"""Certificates for tests, made with the openssl command line: a CA, and leaves that are right, expired or foreign.

Keys are ECDSA on P-256 unless RSA is asked for: mbedTLS 3.6 reads no Ed25519 certificates.
"""

from __future__ import annotations

import ssl
import subprocess
from functools import cached_property
from pathlib import Path

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
"""


class Certificates:
    """A CA of its own in `folder`; `authority` is what SSL_CERT_FILE takes. Leaves are made when first asked for."""

    def __init__(self, folder: Path, kind: str = "ecdsa") -> None:
        self.folder = folder
        self.kind = kind
        folder.mkdir(parents=True)
        (folder / "index.txt").touch()
        self.authority = folder / "authority.pem"
        self._key("authority")
        self._openssl(
            "req", "-new", "-x509", "-days", "30", "-key", self._path("authority", "key"), "-out", self.authority,
            "-subj", f"/CN=Test authority ({kind})", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
        )  # fmt: skip

    @cached_property
    def good(self) -> ssl.SSLContext:
        return self._context("good")

    @cached_property
    def expired(self) -> ssl.SSLContext:
        return self._context("expired", dates=("20200101000000Z", "20200201000000Z"))

    @cached_property
    def of_another_host(self) -> ssl.SSLContext:
        return self._context("another-host", names="DNS:tmdb.example")

    def limited_to(self, version: ssl.TLSVersion) -> ssl.SSLContext:
        """The good leaf behind one version of TLS."""
        context = self._context(f"good-{version.name}")
        context.minimum_version = context.maximum_version = version
        return context

    def _context(
        self, name: str, names: str = "DNS:localhost,IP:127.0.0.1", dates: tuple[str, str] | None = None
    ) -> ssl.SSLContext:
        configuration = self._path(name, "cnf")
        configuration.write_text(_CA_CONFIGURATION.format(folder=self.folder, names=names))
        key, request, leaf = self._key(name), self._path(name, "csr"), self._path(name, "pem")
        self._openssl("req", "-new", "-key", key, "-out", request, "-subj", f"/CN={name}")
        validity = ["-startdate", dates[0], "-enddate", dates[1]] if dates else ["-days", "20"]
        self._openssl(
            "ca", "-batch", "-notext", "-config", configuration, "-extensions", "leaf", "-in", request, "-out", leaf,
            "-cert", self.authority, "-keyfile", self._path("authority", "key"), *validity,
        )  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(leaf, key)
        return context

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
