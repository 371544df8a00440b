"""The SBOM: valid CycloneDX 1.6, and complete against what the SDK was made from."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import get_spdx_licensing
from packageurl import PackageURL
from places import ROOT, VERSION
from support.checkout import Checkout, released
from support.platforms import BUNDLE, PLATFORMS


@pytest.fixture(scope="module")
def text() -> str:
    return released("tmdb-mcp_@.cdx.json").read_text()


@pytest.fixture(scope="module")
def components(text: str) -> dict[str, dict]:
    """What is linked."""
    return {one["name"]: one for one in json.loads(text)["components"] if one["type"] == "library"}


def suite() -> tuple[str, str]:
    settings = (ROOT / "release" / "sdk" / "settings.sh").read_text()
    return re.search(r"^suite=(\w+)$", settings, re.M)[1], re.search(r"^suite_release=(\d+)$", settings, re.M)[1]


def lock() -> list[list[str]]:
    return [line.split() for line in (BUNDLE / "inputs.lock").read_text().splitlines()]


def test_it_is_valid(text: str) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text.replace('"library"', '"nonsense"')) is not None


def test_it_is_of_these_programs(text: str) -> None:
    program = json.loads(text)["metadata"]["component"]
    assert (program["name"], program["version"]) == ("tmdb-mcp", VERSION)
    told = {file["name"]: file["hashes"][0]["content"] for file in program["components"]}
    assert told == {one.program.name: hashlib.sha256(one.program.read_bytes()).hexdigest() for one in PLATFORMS}


def test_every_file_that_went_in_is_there_with_its_sum(components: dict[str, dict]) -> None:
    told = {
        (reference["url"].replace("%3A", ":").replace("%2B", "+"), reference["hashes"][0]["content"])
        for component in components.values()
        for reference in component["externalReferences"]
        if "hashes" in reference and component["name"] != "swift"
    }
    entries = json.loads((ROOT / "release/package/libraries.json").read_text())
    others = {name for entry in entries if not entry.get("used", True) for name in entry["inputs"]}
    assert told == {(line[4], line[3]) for line in lock() if line[0] not in others}


def test_every_library_that_the_linker_gets_is_there(components: dict[str, dict]) -> None:
    belongs = {
        "c": "musl",
        "curl": "curl",
        "mbedtls": "mbedtls",
        "mbedx509": "mbedtls",
        "mbedcrypto": "mbedtls",
        "z": "zlib",
        "yaml": "libyaml",
        "caroots": "ca-certificates",
        "swiftUnicodeDataTables": "swift",
        "gcc": "gcc-14",
    }
    for platform in PLATFORMS:
        archives = platform.libraries.glob("*.a")
        linked = {archive.stem.removeprefix("lib").removesuffix("-alone") for archive in archives} | {"c", "gcc"}
        # The first is our own; the server has no C++.
        assert {belongs[name] for name in linked - {"swift-musl", "c++", "stdc++"}} <= set(components)
    for name, component in components.items():
        assert component["version"] and PackageURL.from_string(component["purl"]).version, name
        assert component["externalReferences"][0]["url"].startswith("https://")
        assert any("hashes" in reference for reference in component["externalReferences"]), name


def test_versions_are_those_of_the_inputs(components: dict[str, dict]) -> None:
    versions = {line[0]: line[2] for line in lock()}
    for name in ("musl", "curl", "mbedtls", "zlib", "libyaml", "ca-certificates"):
        assert components[name]["version"] == versions[name]
        purl = PackageURL.from_string(components[name]["purl"])
        assert (purl.type, purl.namespace, purl.name, purl.version) == ("deb", "debian", name, versions[name])
    assert components["gcc-14"]["version"] == versions["libgcc-14-dev"]
    assert components["swift"]["version"] == (ROOT / ".swift-version").read_text().strip()


# What scanners go by.


def test_the_release_of_debian_is_a_component(text: str) -> None:
    """Trivy looks there."""
    [system] = [one for one in json.loads(text)["components"] if one["type"] == "operating-system"]
    assert (system["name"], system["version"], system["bom-ref"]) == ("debian", suite()[1], "debian")
    assert system["properties"] == [{"name": "debian:codename", "value": suite()[0]}]


def test_names_are_those_of_debians_advisories(text: str, components: dict[str, dict]) -> None:
    """A component that is no library is passed over; one that is called linux would get the kernel's advisories."""
    linked = {"musl", "gcc-14", "curl", "mbedtls", "zlib", "libyaml", "ca-certificates"}
    assert set(components) == linked | {"linux-libc-dev", "swift"}
    assert {one["type"] for one in json.loads(text)["components"]} == {"library", "operating-system"}
    excluded = {name for name, component in components.items() if component["scope"] == "excluded"}
    assert excluded == {"linux-libc-dev"}


def test_the_purls_tell_the_release(components: dict[str, dict]) -> None:
    """Grype looks there, and takes a codename for a distribution of this name. The colon of an epoch stays."""
    for name, component in components.items():
        if name == "swift":
            continue
        version = component["version"].replace("+", "%2B")
        architecture = "all" if name == "linux-libc-dev" else "source"
        expected = f"pkg:deb/debian/{name}@{version}?arch={architecture}&distro=debian-{suite()[1]}"
        assert component["purl"] == expected
    assert "@1:" in components["zlib"]["purl"]


def test_only_what_is_none_of_debians_has_a_cpe(components: dict[str, dict]) -> None:
    """Debian fixes without a new version, which a CPE would not tell."""
    version = (ROOT / ".swift-version").read_text().strip()
    told = {name: component["cpe"] for name, component in components.items() if "cpe" in component}
    assert told == {"swift": f"cpe:2.3:a:apple:swift:{version}:*:*:*:*:*:*:*"}


def test_the_minimum_elements_are_there(text: str, components: dict[str, dict]) -> None:
    """Those of the NTIA: supplier, name, version, identifiers, dependencies, author, time; and with what, and when."""
    metadata = json.loads(text)["metadata"]
    for supplied in (metadata, metadata["component"], *components.values()):
        assert supplied["supplier"]["name"]
    assert metadata["authors"][0]["name"] and metadata["timestamp"]
    assert metadata["tools"]["components"][0]["name"] and metadata["lifecycles"] == [{"phase": "build"}]


def test_licences_are_spdx(components: dict[str, dict]) -> None:
    licensing = get_spdx_licensing()
    for name, component in components.items():
        [licence] = component["licenses"]
        assert licensing.validate(licence["expression"]).errors == [], name


def test_the_files_of_swift_are_those_of_the_sdk(components: dict[str, dict]) -> None:
    files = {one["url"]: one["hashes"] for one in components["swift"]["externalReferences"] if "hashes" in one}
    assert len(files) >= 2 * len(PLATFORMS)
    for name, [content] in files.items():
        assert hashlib.sha256((BUNDLE / name).read_bytes()).hexdigest() == content["content"]


def test_dependencies_lead_to_components(text: str, components: dict[str, dict]) -> None:
    known = {"tmdb-mcp", *components}
    dependencies = {one["ref"]: one["dependsOn"] for one in json.loads(text)["dependencies"]}
    assert set(dependencies) == known | {"debian"} and set(dependencies["tmdb-mcp"]) == set(components)
    assert {name for names in dependencies.values() for name in names} <= known


def test_an_input_that_nobody_described_is_an_error(checkout: Checkout) -> None:
    bundle = next((checkout.sdk_work / "bundle").iterdir())
    with (bundle / "inputs.lock").open("a") as file:
        file.write(f"openssl source 3.5.7-1 {'0' * 64} openssl_3.5.7.orig.tar.gz\n")
    result = checkout.run("make")
    assert result.code != 0 and "says nothing of openssl, which inputs.lock has" in result.output


def test_no_version_is_typed_twice() -> None:
    """They come from inputs.lock."""
    sources = [path for path in (ROOT / "release" / "package").rglob("*") if path.suffix in (".py", ".json", "")]
    upstream = {re.sub(r"^\d+:|[-+].*", "", line[2]) for line in lock()}
    for path in filter(Path.is_file, sources):
        assert not [version for version in upstream if version in path.read_text()], path
