"""The two databases. An answer that is not understood is an error, never "nothing found"."""

from __future__ import annotations

import json
import os
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from linked import Library

TRACKER = os.environ.get("ADVISORIES_TRACKER") or "https://security-tracker.debian.org/tracker/data/json"
OSV = os.environ.get("ADVISORIES_OSV") or "https://api.osv.dev/v1/query"
SECONDS = 300
BYTES_MAX = 512 * 1024 * 1024
PAGES_MAX = 50

NUMBERS = {"bookworm": "12", "trixie": "13", "forky": "14"}
"""What OSV calls the suites."""

PROBE = ("curl", "7.0-1")
"""A version of which either database must know something, or it is not the one that it was."""


class Unusable(Exception):
    """There is no answer to rely on; the message says why."""


@dataclass(frozen=True)
class Advisory:
    source: str
    id: str
    text: str
    remedy: str


def tracker(libraries: list[Library], suite: str) -> list[Advisory]:
    """What Debian's security tracker has open in these versions, and fixed in newer ones of the suite."""
    data = _fetch(TRACKER)
    if not any(suite in _entry(each, "releases") for each in _entry(data, PROBE[0]).values()):
        raise Unusable(f"Debian's security tracker knows nothing of {PROBE[0]} in {suite}: is the suite still kept?")
    found = []
    for library in libraries:
        secured = None
        for identity, advisory in _entry(data, library.source, {}).items():
            release = _entry(advisory, "releases").get(suite)
            if release is None:
                continue
            secured = _entry(release, "repositories").get(f"{suite}-security", secured)
            text = " ".join(str(advisory.get("description") or "no description").split())[:300]
            remedy = _remedy(library, release, identity)
            if remedy:
                found.append(Advisory(library.source, identity, text, remedy))
        if secured and library.is_older_than(secured):
            name = f"{suite}-security has {secured}"
            found.append(Advisory(library.source, name, "a security update", "Take it: make sdk-lock."))
    return found


def _remedy(library: Library, release: dict[str, Any], identity: str) -> str | None:
    """What there is to do; nothing where this version is not affected."""
    status = release.get("status")
    if status == "resolved":
        fixed = release.get("fixed_version")
        if not isinstance(fixed, str):
            raise Unusable(f"Debian's security tracker does not say what resolved {identity}")
        # "0" stands for a package that was never affected.
        return f"Debian fixed it in {fixed}." if library.is_older_than(fixed) else None
    if status in ("open", "undetermined"):
        why = release.get("nodsa") or release.get("urgency")
        return f"Debian has no fix yet ({status}{f', {why}' if why else ''})."
    raise Unusable(f"Debian's security tracker calls {identity} {status!r}, which is not known here")


def osv(libraries: list[Library], suite: str) -> list[Advisory]:
    """What OSV has for these versions, by the CVE's name where it has one."""
    ecosystem = f"Debian:{NUMBERS[suite]}" if suite in NUMBERS else None
    if not ecosystem:
        raise Unusable(f"no number is known of {suite}: add it in release/advisories/databases.py")
    if not _query(ecosystem, *PROBE):
        raise Unusable(f"OSV knows nothing of {PROBE[0]} {PROBE[1]} in {ecosystem}: is it called so still?")
    found = []
    for library in libraries:
        for vulnerability in _query(ecosystem, library.source, library.version):
            text = str(vulnerability.get("summary") or vulnerability.get("details") or "no description")
            identity = _identity(vulnerability)
            remedy = f"See https://osv.dev/vulnerability/{vulnerability['id']}."
            found.append(Advisory(library.source, identity, " ".join(text.split())[:300], remedy))
    return found


def _identity(vulnerability: dict[str, Any]) -> str:
    own = vulnerability.get("id")
    if not isinstance(own, str):
        raise Unusable("OSV's answer has an entry without a name")
    names = [own.removeprefix("DEBIAN-"), *vulnerability.get("upstream", []), *vulnerability.get("aliases", [])]
    return next((name for name in names if name.startswith("CVE-")), own)


def _query(ecosystem: str, name: str, version: str) -> list[dict[str, Any]]:
    question = {"package": {"ecosystem": ecosystem, "name": name}, "version": version}
    found: list[dict[str, Any]] = []
    for _ in range(PAGES_MAX):
        answer = _fetch(OSV, question)
        vulnerabilities = answer.get("vulns", [])
        if not isinstance(vulnerabilities, list) or not all(isinstance(each, dict) for each in vulnerabilities):
            raise Unusable(f"OSV's answer about {name} has no list of entries")
        # A withdrawn entry was a mistake.
        found += [each for each in vulnerabilities if "withdrawn" not in each]
        if not answer.get("next_page_token"):
            return found
        question = question | {"page_token": answer["next_page_token"]}
    raise Unusable(f"OSV's answer about {name} has no end")


def _entry(table: Any, name: str, default: Any = None) -> dict[str, Any]:
    found = table.get(name, default) if isinstance(table, dict) else None
    if not isinstance(found, dict):
        raise Unusable(f"Debian's security tracker gave no table of {name}")
    return found


def _fetch(address: str, question: dict[str, Any] | None = None) -> dict[str, Any]:
    body = None if question is None else json.dumps(question).encode()
    headers = {"User-Agent": "tmdb-mcp advisories", "Content-Type": "application/json"}
    try:
        with urllib.request.urlopen(urllib.request.Request(address, body, headers), timeout=SECONDS) as response:
            data = response.read(BYTES_MAX + 1)
        if len(data) > BYTES_MAX:
            raise Unusable(f"{address} gave more than {BYTES_MAX} bytes")
        answer = json.loads(data)
    except (OSError, ValueError) as error:
        raise Unusable(f"no answer of use from {address}: {error}") from None
    if not isinstance(answer, dict):
        raise Unusable(f"no answer of use from {address}: it is not an object")
    return answer
