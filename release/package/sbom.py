"""The SBOM of a release, as CycloneDX 1.6: what security scanners read, in one JSON file, licences as expressions.

    sbom.py BUNDLE SWIFT-VERSION PROGRAM… >sbom

Nothing in it depends on the time or the machine. The environment has project.sh's values, and those of the suite.

Scanners match a component by its name, so it has the one that Debian's advisories use, and they look for the release in
the purl (Grype) or in the component of the operating system (Trivy). A CPE would find what Debian has fixed already:
only what is none of Debian's has one.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import uuid
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import quote

from libraries import Library, libraries


def sha256(content: str) -> list[dict]:
    return [{"alg": "SHA-256", "content": content}]


def debian() -> dict:
    """The release that the libraries come from."""
    return {
        "type": "operating-system",
        "bom-ref": "debian",
        "name": "debian",
        "version": os.environ["suite_release"],
        "description": "The release whose packages the libraries are; nothing else of it is in the programs",
        "supplier": {"name": "Debian", "url": ["https://www.debian.org"]},
        "properties": [{"name": "debian:codename", "value": os.environ["suite"]}],
    }


def purl(library: Library, swift: str) -> str:
    if not library.inputs:
        return f"pkg:github/swiftlang/swift@swift-{swift}-RELEASE"
    name, version = quote(library.package, safe=""), quote(library.version, safe=".-~:")
    distribution = f"debian-{os.environ['suite_release']}"
    return f"pkg:deb/debian/{name}@{version}?arch={library.architecture}&distro={distribution}"


def component(library: Library, swift: str) -> dict:
    """A library. Its files are those that went into the build: sources, and packages where those were taken."""
    entry = library.entry
    kinds = {True: "source-distribution", False: "distribution"}
    files = [
        {"type": kinds[one.architecture == "source"], "url": quote(one.file), "hashes": sha256(one.sha256)}
        for one in library.inputs
    ]
    version = library.version if library.inputs else swift
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
        "purl": purl(library, swift),
        "externalReferences": [{"type": "website", "url": entry["url"]}, *files],
    }


def swift_files(bundle: Path) -> list[dict]:
    """What of Swift is linked: its modules and tables for each platform. They have no other file of their own."""
    patterns = ("*/swift/embedded/Swift.swiftmodule/*.swiftmodule", "*/sysroot/usr/lib/libswiftUnicodeDataTables.a")
    found = sorted(path for pattern in patterns for path in bundle.glob(pattern))
    return [
        {
            "type": "distribution",
            "url": str(path.relative_to(bundle)),
            "hashes": sha256(hashlib.sha256(path.read_bytes()).hexdigest()),
        }
        for path in found
    ]


def main(bundle: Path, swift: str, programs: list[Path]) -> None:
    known = libraries(bundle)
    components = [component(library, swift) for library in known]
    packages = {library.name: library.package for library in known}
    maintainer = {"name": os.environ["project_maintainer"].partition(" <")[0]}
    next(one for one in components if one["name"] == "swift")["externalReferences"] += swift_files(bundle)
    name, version, url = (os.environ[key] for key in ("project_title", "version", "project_url"))
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in programs}
    time = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), timezone.utc)
    program = {
        "type": "application",
        "bom-ref": name,
        "supplier": {**maintainer, "url": [url]},
        "name": name,
        "version": version,
        "description": os.environ["project_summary"],
        "licenses": [{"license": {"id": os.environ["project_licence"]}}],
        "purl": f"pkg:github/{url.removeprefix('https://github.com/')}@v{version}",
        "externalReferences": [{"type": "vcs", "url": url}],
        "components": [
            {"type": "file", "bom-ref": file, "name": file, "hashes": sha256(content)} for file, content in sums.items()
        ],
    }
    bom = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url + version + ''.join(sums.values()))}",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "lifecycles": [{"phase": "build"}],
            "tools": {
                "components": [{"type": "application", "name": f"{name}: release/package/sbom.py", "version": version}]
            },
            "authors": [maintainer],
            "supplier": {**maintainer, "url": [url]},
            "component": program,
        },
        "components": [debian(), *components],
        "dependencies": [
            {"ref": name, "dependsOn": list(packages.values())},
            {"ref": "debian", "dependsOn": []},
            *(
                {"ref": library.package, "dependsOn": [packages[need] for need in library.entry.get("needs", [])]}
                for library in known
            ),
        ],
    }
    json.dump(bom, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], [Path(path) for path in sys.argv[3:]])
