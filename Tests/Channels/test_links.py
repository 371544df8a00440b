"""The pages in what people download: each link leads to something there, or to the repository as it was tagged."""

from __future__ import annotations

import gzip
import io
import re
import subprocess
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from places import DIST, ROOT, VERSION, project

URL = project("project_url")
LINK = re.compile(r"\]\(([^()\s]+)\)|^\[[^\]]+\]: (\S+)|<(https?:[^<>\s]+)>", re.MULTILINE)

Files = dict[str, bytes]


def of_tar(content: bytes) -> Files:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        return {one.name.removeprefix("./"): archive.extractfile(one).read() for one in archive if one.isfile()}


def of_zip(path: Path) -> Files:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def of_deb(path: Path) -> Files:
    done = subprocess.run(["dpkg-deb", "--fsys-tarfile", path], capture_output=True, check=True)
    return of_tar(done.stdout)


def of_rpm(path: Path) -> Files:
    with path.open("rb") as package:
        done = subprocess.run(["rpm2archive", "-"], stdin=package, capture_output=True, check=True)
    return of_tar(done.stdout)


READ = {
    "*_linux_*.tar.gz": lambda path: of_tar(path.read_bytes()), "*_npm_*.tgz": lambda path: of_tar(path.read_bytes()),
    "*_helm.tgz": lambda path: of_tar(path.read_bytes()), "*_kustomize.tar.gz": lambda path: of_tar(path.read_bytes()),
    "*.whl": of_zip, "*.mcpb": of_zip, "*.deb": of_deb, "*.rpm": of_rpm,
}  # fmt: skip
DOWNLOADS = [(path, read) for pattern, read in READ.items() for path in sorted(DIST.glob(pattern))]


def pages(files: Files) -> dict[str, str]:
    """What is read as Markdown: by its name, and the description in a wheel."""
    found = {}
    for name, content in files.items():
        if name.endswith(".md") or name.endswith("/METADATA"):
            found[name] = content.decode()
        elif name.endswith("/changelog.gz"):
            found[name] = gzip.decompress(content).decode()
    return {name: re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE) for name, text in found.items()}


def anchors(text: str) -> set[str]:
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def wrong(link: str, page: str, text: str, files: Files) -> str | None:
    """Why it leads nowhere."""
    link, _, anchor = link.partition("#")
    if not link:
        return None if anchor in anchors(text) else "no such heading in this page"
    if not re.match("[a-z]+:", link):
        there = (PurePosixPath(page).parent / link).as_posix()
        return None if there in files else "no such file in the archive"
    if found := re.match(re.escape(URL) + r"/(?:blob|raw|tree)/([^/]+)/(.*)", link):
        revision, path = found.groups()
        if revision != f"v{VERSION}" or not (ROOT / path).exists():
            return f"no such file of v{VERSION}"
        if anchor and anchor not in anchors((ROOT / path).read_text()):
            return "no such heading in that file"
    return None


@pytest.mark.parametrize(("path", "read"), DOWNLOADS, ids=[path.name for path, _ in DOWNLOADS])
def test_a_link_leads_to_what_is_there_or_to_the_tag(path: Path, read) -> None:
    files = read(path)
    for name, text in pages(files).items():
        links = [one for found in LINK.findall(text) for one in found if one]
        bad = {link: reason for link in links if (reason := wrong(link, name, text, files))}
        assert not bad, f"{name}: {bad}"


def test_there_are_downloads_of_each_kind_with_links() -> None:
    assert {pattern for pattern in READ if list(DIST.glob(pattern))} == set(READ)
    seen = {path.name: sum(len(LINK.findall(text)) for text in pages(read(path)).values()) for path, read in DOWNLOADS}
    assert all(seen[path.name] for path, _ in DOWNLOADS if re.search(r"_linux_|npm|whl$|deb$|rpm$", path.name)), seen


def test_an_image_is_fetched_and_not_a_page_about_it() -> None:
    (archive,) = DIST.glob("*_linux_amd64.tar.gz")
    readme = next(text for name, text in pages(of_tar(archive.read_bytes())).items() if name.endswith("/README.md"))
    images = re.findall(r"!\[[^\]]*\]\((\S+)\)", readme)
    assert images and all(image.startswith(f"{URL}/raw/v{VERSION}/") for image in images)


def test_a_link_that_leads_nowhere_is_found() -> None:
    files = {"a/README.md": b"# Top\n", "a/LICENSE": b""}
    place = f"{URL}/blob/v{VERSION}"
    for link in ("LICENSE", "#top", f"{place}/README.md#install", "https://example.com/x"):
        assert wrong(link, "a/README.md", "# Top\n", files) is None
    for link in ("docs/usage.md", "#install", f"{place}/none.md", f"{place}/README.md#no", f"{URL}/blob/main/LICENSE"):
        assert wrong(link, "a/README.md", "# Top\n", files)
