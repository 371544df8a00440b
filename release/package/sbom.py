"""The SBOM of a release, as CycloneDX 1.6: what security scanners read, in one JSON file, licences as expressions.

Nothing in it depends on the time or the machine.

Scanners match a component by its name, so it has the one that Debian's advisories use, and they look for the release in
the purl (Grype) or in the component of the operating system (Trivy). A CPE would find what Debian has fixed already:
only what is none of Debian's has one.
"""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import quote

from libraries import Library, libraries
from release import Platform, Release


def sha256(content: str) -> list[dict]:
    return [{"alg": "SHA-256", "content": content}]


def debian(release: Release) -> dict:
    """The release that the libraries come from."""
    return {
        "type": "operating-system",
        "bom-ref": "debian",
        "name": "debian",
        "version": release.suite_release,
        "description": "The release whose packages the libraries are; nothing else of it is in the programs",
        "supplier": {"name": "Debian", "url": ["https://www.debian.org"]},
        "properties": [{"name": "debian:codename", "value": release.suite}],
    }


def purl(library: Library, release: Release) -> str:
    if not library.inputs:
        return f"pkg:github/swiftlang/swift@swift-{release.swift}-RELEASE"
    name, version = quote(library.package, safe=""), quote(library.version, safe=".-~:")
    distribution = f"debian-{release.suite_release}"
    return f"pkg:deb/debian/{name}@{version}?arch={library.architecture}&distro={distribution}"


def component(library: Library, release: Release) -> dict:
    """A library. Its files are those that went into the build: sources, and packages where those were taken."""
    entry = library.entry
    kinds = {True: "source-distribution", False: "distribution"}
    files = [
        {"type": kinds[one.architecture == "source"], "url": quote(one.file), "hashes": sha256(one.sha256)}
        for one in library.inputs
    ]
    version = library.version if library.inputs else release.swift
    return {
        "type": "library",
        "bom-ref": library.package,
        "supplier": {"name": entry.get("supplier", "Debian")},
        "name": library.package,
        "version": version,
        "description": entry["title"],
        "scope": "excluded" if entry.get("headers") else "required",
        "licenses": [{"expression": entry["licence"]}],
        **({"cpe": f"cpe:2.3:a:{entry['cpe']}:{version}:*:*:*:*:*:*:*"} if "cpe" in entry else {}),
        "purl": purl(library, release),
        "externalReferences": [{"type": "website", "url": entry["url"]}, *files],
    }


def swift_files(bundle: Path) -> list[dict]:
    """What of Swift is linked: its modules and tables for each platform. They have no other file of their own."""
    patterns = ("swift/embedded/Swift.swiftmodule/*.swiftmodule", "swift/musl/*/libswiftUnicodeDataTables.a")
    found = sorted(path for pattern in patterns for path in bundle.glob(pattern))
    return [
        {
            "type": "distribution",
            "url": str(path.relative_to(bundle)),
            "hashes": sha256(hashlib.sha256(path.read_bytes()).hexdigest()),
        }
        for path in found
    ]


def sbom(release: Release, platforms: list[Platform]) -> dict[str, Any]:
    """That of the programs for these platforms."""
    known = libraries(release.bundle)
    components = [component(library, release) for library in known]
    packages = {library.name: library.package for library in known}
    maintainer = {"name": release.author}
    next(one for one in components if one["name"] == "swift")["externalReferences"] += swift_files(release.bundle)
    programs = [release.program(platform) for platform in platforms]
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in programs}
    identity = release.url + release.version + "".join(sums.values())
    name, supplier = release.title, {**maintainer, "url": [release.url]}
    program = {
        "type": "application",
        "bom-ref": name,
        "supplier": supplier,
        "name": name,
        "version": release.version,
        "description": release.summary,
        "licenses": [{"license": {"id": release.licence}}],
        "purl": f"pkg:github/{release.url.removeprefix('https://github.com/')}@v{release.version}",
        "externalReferences": [{"type": "vcs", "url": release.url}],
        "components": [
            {"type": "file", "bom-ref": file, "name": file, "hashes": sha256(content)} for file, content in sums.items()
        ],
    }
    tool = {"type": "application", "name": f"{name}: release/package/sbom.py", "version": release.version}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, identity)}",
        "version": 1,
        "metadata": {
            "timestamp": release.time.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "lifecycles": [{"phase": "build"}],
            "tools": {"components": [tool]},
            "authors": [maintainer],
            "supplier": supplier,
            "component": program,
        },
        "components": [debian(release), *components],
        "dependencies": [
            {"ref": name, "dependsOn": list(packages.values())},
            {"ref": "debian", "dependsOn": []},
            *(
                {"ref": library.package, "dependsOn": [packages[need] for need in library.entry.get("needs", [])]}
                for library in known
            ),
        ],
    }
