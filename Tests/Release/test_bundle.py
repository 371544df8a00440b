"""What is in the artifact bundle."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from places import ROOT
from support.platforms import (
    BUILT,
    BUNDLE,
    PLATFORMS,
    SDK_WORK,
    Platform,
    archive_of,
    is_archive,
    output_of,
    tool,
    toolchain,
)

LIBRARIES = ("c", "curl", "mbedtls", "mbedx509", "mbedcrypto", "z", "yaml", "caroots", "swift-musl", "c++")
LICENCES = {
    "ca-certificates": "Mozilla Public License",
    "libc++": "LLVM Exceptions",
    "curl": "Permission to use, copy, modify, and distribute this software",
    "libgcc": "GCC RUNTIME LIBRARY EXCEPTION",
    "libyaml": "Permission is hereby granted, free of charge",
    "linux-headers": "License: GPL-2",
    "mbedtls": "Apache-2.0",
    "musl": "Permission is hereby granted, free of charge",
    "swift": "Runtime Library Exception",
    "zlib": "This software is provided 'as-is'",
}
COMMON_LICENCES = {
    "Apache-2.0": "Apache License",
    "GPL-2": "GNU GENERAL PUBLIC LICENSE",
    "GPL-3": "GNU GENERAL PUBLIC LICENSE",
}


def test_the_bundle_names_one_sdk_a_platform() -> None:
    """By names that no other SDK has."""
    info = json.loads((BUNDLE / "info.json").read_text())
    assert info["schemaVersion"] == "1.0"
    assert set(BUILT) >= set(PLATFORMS)
    assert set(info["artifacts"]) == {platform.identity for platform in BUILT}
    for platform in BUILT:
        artifact = info["artifacts"][platform.identity]
        assert artifact["type"] == "swiftSDK"
        assert artifact["variants"] == [{"path": f"{platform.triple}/sdk.json"}]
        assert platform.triple.split("-")[1] == "embedded"


def test_the_description_of_an_sdk_leads_to_what_is_there(built: Platform) -> None:
    description = json.loads((built.sdk / "sdk.json").read_text())
    assert description["schemaVersion"] == "4.0"
    [(triple, paths)] = description["targetTriples"].items()
    assert triple == built.triple
    for folder in ("sdkRootPath", "swiftResourcesPath", "swiftStaticResourcesPath"):
        assert (built.sdk / paths[folder]).is_dir()
    [toolset] = [json.loads((built.sdk / path).read_text()) for path in paths["toolsetPaths"]]
    assert "@" not in json.dumps(toolset), "a name of the template was not filled in"


def test_every_library_is_there(built: Platform) -> None:
    toolset = json.loads((built.sdk / "toolset.json").read_text())
    told = {option[2:] for option in toolset["linker"]["extraCLIOptions"] if option.startswith("-l")}
    assert told | {"c", "mbedx509", "mbedcrypto"} == {*LIBRARIES, "swiftUnicodeDataTables"}
    for name in (*told, *LIBRARIES):
        assert output_of(tool("llvm-ar"), "t", archive_of(built, name)).strip(), f"lib{name}.a is empty"
    for name in ("rcrt1.o", "crt1.o", "crti.o", "crtn.o"):
        assert (built.c_libraries / name).is_file()
    for name in ("libgcc.a", "libgcc_eh.a", "crtbeginS.o", "crtendS.o"):
        assert (built.compiler_libraries / name).is_file()
    assert not list(BUNDLE.rglob("*.so*")), "a shared library would be preferred to a static one"


def test_what_the_readme_links_is_in_the_bundle() -> None:
    links = re.findall(r"\]\(([^()\s]+)\)", (BUNDLE / "README.md").read_text())
    within = [link.partition("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]
    assert "example" in within
    for link in within:
        target = (BUNDLE / link).resolve()
        assert target.exists() and target.is_relative_to(BUNDLE.resolve()), link


MACHINES = {
    "amd64": "X86-64",
    "arm64": "AArch64",
    "armv7": "ARM",
    "armv6": "ARM",
    "riscv64": "RISC-V",
    "i386": "Intel 80386",
}


def test_every_library_is_for_its_platform(built: Platform) -> None:
    for folder in (built.libraries, built.c_libraries, built.compiler_libraries):
        for library in filter(is_archive, folder.glob("*.a")):
            headers = output_of("readelf", "--file-header", library)
            machines = set(re.findall(r"Machine: +(?:Advanced Micro Devices )?(.*)$", headers, re.MULTILINE))
            assert machines <= {MACHINES[built.name]}, library


def test_every_header_of_the_module_map_is_there(built: Platform) -> None:
    include = built.sdk / "sysroot" / "usr" / "include"
    text = (include / "module.modulemap").read_text()
    modules = set(re.findall(r"^(?:extern )?module (\w+)", text, re.MULTILINE))
    assert modules == {"CURL", "YAML", "ZLib", "MbedTLS", "CARoots", "SwiftMusl"}
    system = ("stdio.h", "linux/types.h", "asm/types.h", "asm-generic/types.h", "swift-musl/SwiftMusl.h")
    for header in [*re.findall(r'header "(.*)"', text), *system]:
        assert (include / header).is_file(), header


def test_the_modules_of_swift_are_there_under_the_name_of_the_platform(built: Platform) -> None:
    embedded = BUNDLE / "swift" / "embedded"
    for module in ("Swift", "Synchronization", "Musl", "EmbeddedLinux"):
        assert (embedded / f"{module}.swiftmodule" / f"{built.triple}.swiftmodule").stat().st_size > 1000
    for header in ("shims/SwiftStddef.h", "clang/include/stddef.h", "clang/include/stdarg.h"):
        assert (BUNDLE / "swift" / header).is_file()


def test_what_is_the_same_on_all_platforms_is_there_once() -> None:
    sums: dict[bytes, list[Path]] = {}
    for path in BUNDLE.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.stat().st_size > 100_000:
            sums.setdefault(hashlib.sha256(path.read_bytes()).digest(), []).append(path)
    twice = {path.relative_to(BUNDLE) for paths in sums.values() if len(paths) > 1 for path in paths}
    # Those for ARMv6, which both take; an archive may have one of the two platforms.
    assert twice <= {Path(f"swift/musl/{name}/libswiftUnicodeDataTables.a") for name in ("armv6", "armv7")}


def test_the_ca_roots_are_those_of_the_inputs(platform: Platform) -> None:
    roots = (SDK_WORK / "caroots" / "caroots.pem").read_bytes()
    assert roots.count(b"-----BEGIN CERTIFICATE-----") == roots.count(b"-----END CERTIFICATE-----") > 100
    assert roots + b"\0" in archive_of(platform, "caroots").read_bytes()


def element(der: bytes, start: int) -> tuple[int, int]:
    """Where the contents of an element of DER begin and end."""
    begin = start + 2
    size = der[start + 1]
    if size > 127:
        begin += size - 128
        size = int.from_bytes(der[start + 2 : begin])
    return begin, begin + size


def without_signature(der: bytes) -> bytes:
    """A certificate with an empty BIT STRING of one byte for its signature (RFC 5280 section 4.1)."""
    signed, _ = element(der, 0)
    _, algorithm = element(der, signed)
    _, signature = element(der, algorithm)
    contents = der[signed:signature] + b"\3\2\0\0"
    return b"\x30\x82" + len(contents).to_bytes(2) + contents


def test_the_ca_roots_in_der_are_those_in_pem_without_their_signatures(platform: Platform, place: Path) -> None:
    pem = (SDK_WORK / "caroots" / "caroots.pem").read_text()
    texts = re.findall(r"-----BEGIN CERTIFICATE-----\n(.*?)-----END", pem, re.DOTALL)
    expected = b"".join(without_signature(base64.b64decode(text)) for text in texts)
    assert expected in archive_of(platform, "caroots").read_bytes()


# Prints the flags that mbedTLS has for each certificate of a PEM file, with the CA roots trusted.
VERIFY = """
#include <caroots.h>
#include <mbedtls/ssl.h>
#include <psa/crypto.h>
#include <stdio.h>

int main(int count, char **arguments) {
    mbedtls_ssl_config configuration;
    mbedtls_x509_crt all;
    mbedtls_ssl_config_init(&configuration);
    mbedtls_x509_crt_init(&all);
    ca_roots_trust(&configuration);
    if (count != 2 || psa_crypto_init() != 0 || mbedtls_x509_crt_parse_file(&all, arguments[1]) != 0) return 1;
    for (mbedtls_x509_crt *next = &all, *after; next; next = after) {
        uint32_t flags = 0;
        after = next->next;
        next->next = NULL;
        mbedtls_x509_crt_verify_with_ca_cb(next, configuration.MBEDTLS_PRIVATE(f_ca_cb), NULL,
            &mbedtls_x509_crt_profile_default, NULL, &flags, NULL, NULL);
        printf("%u\\n", (unsigned)flags);
    }
    return 0;
}
"""
NOT_TRUSTED = 8  # MBEDTLS_X509_BADCERT_NOT_TRUSTED


def test_mbedtls_trusts_what_a_ca_root_has_signed(platform: Platform, place: Path) -> None:
    """Each root has signed itself: the whole certificate is verified with the key of the one inside the library."""
    source, program = place / "verify.c", place / "verify"
    source.write_text(VERIFY)
    output_of(
        *(tool("clang"), f"--target={platform.triple}", f"--sysroot={platform.sdk / 'sysroot'}", "-fuse-ld=lld"),
        *("-fPIE", "-static-pie", source, "-o", program),
        *(f"-L{platform.libraries}", "-lcaroots", "-lswift-musl"),
    )
    roots = SDK_WORK / "caroots" / "caroots.pem"
    flags = [int(line) for line in output_of(*platform.command(program, roots)).split()]
    assert len(flags) > 100 and not [flag for flag in flags if flag & NOT_TRUSTED]

    # With one bit of its signature changed, a root has not signed itself.
    text = re.search(r"-----BEGIN CERTIFICATE-----\n(.*?)-----END", roots.read_text(), re.DOTALL)
    der = bytearray(base64.b64decode(text[1]))
    der[-1] ^= 1
    changed = place / "changed.pem"
    encoded = base64.encodebytes(der).decode()
    changed.write_text(f"-----BEGIN CERTIFICATE-----\n{encoded}-----END CERTIFICATE-----\n")
    assert int(output_of(*platform.command(program, changed))) & NOT_TRUSTED


@pytest.mark.parametrize("name", LICENCES)
def test_the_licence_of_what_is_linked_is_there(name: str) -> None:
    assert LICENCES[name] in (BUNDLE / "licenses" / name).read_text()


def test_the_headers_of_the_kernel_say_that_programs_may_use_them(platform: Platform) -> None:
    """Debian's copyright file leaves out the exception from the kernel's licence; each header names it."""
    for header in ("linux/types.h", "linux/eventpoll.h"):
        assert "WITH Linux-syscall-note" in (platform.sdk / "sysroot" / "usr" / "include" / header).read_text()


def test_licences_that_others_refer_to_are_there() -> None:
    licences = BUNDLE / "licenses"
    referred = {
        name
        for licence in licences.iterdir()
        if licence.is_file()
        for name in re.findall(r"/usr/share/common-licenses/([\w.-]*\w)", licence.read_text())
    }
    assert referred >= set(COMMON_LICENCES)
    for name in referred:
        text = (licences / "common-licenses" / name).read_text()
        assert len(text) > 5000 and COMMON_LICENCES.get(name, "") in text


def test_the_bundle_tells_what_it_was_made_from() -> None:
    assert (BUNDLE / "inputs.lock").read_bytes() == (SDK_WORK / "inputs" / "inputs.lock").read_bytes()


def test_nothing_tells_where_it_was_built() -> None:
    """Neither the SDK nor the programs hold a path of the machine."""
    places = {ROOT, SDK_WORK, BUNDLE.resolve(), toolchain(), toolchain().parent}
    needles = [str(place).encode() for place in places if len(place.parts) > 2]
    files = [path for path in BUNDLE.rglob("*") if path.is_file()] + [platform.program for platform in PLATFORMS]
    assert len(files) > 1000
    for path in files:
        data = path.read_bytes()
        assert not [needle for needle in needles if needle in data], path


def test_no_link_leads_out_of_the_bundle() -> None:
    for path in BUNDLE.rglob("*"):
        if path.is_symlink():
            assert path.exists() and path.resolve().is_relative_to(BUNDLE.resolve()), path
