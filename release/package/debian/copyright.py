"""The copyright file of the Debian package, in Debian's machine-readable form, from libraries.json and the licences of
the SDK's bundle. Each library is a folder in it, since what is linked has no files of its own in the package.

    copyright.py BUNDLE >copyright
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from libraries import libraries  # noqa: E402  (it is in the folder above)

ALSO = "/usr/share/doc/tmdb-mcp/licenses"


def indented(text: str) -> str:
    """A text as the continuation of a field."""
    return "\n".join(f" {line}".rstrip() if line.strip() else " ." for line in text.strip("\n").splitlines())


def fields(paragraph: str) -> dict[str, str]:
    """The fields of a paragraph; a value keeps its further lines as they are."""
    return {match[1]: match[2].strip(" \n") for match in re.finditer(r"^([\w-]+):(.*(?:\n[ \t].*)*)", paragraph, re.M)}


def paragraphs(text: str) -> list[dict[str, str]]:
    return [fields(part) for part in re.split(r"\n[ \t]*\n", text)]


def stanza(library: object, licences: Path) -> tuple[str, str, str]:
    """The paragraph about the files of a library, the name of its licence, and that licence's text, indented."""
    notice = library.entry["notice"]
    text = (licences / notice["file"]).read_text()
    name = notice["debian"]
    if "from" in notice:
        holder = notice["copyright"]
        body = text[text.rindex(notice["from"]) : text.rindex(notice["to"]) if notice["to"] else None]
        licence = indented(body)
    else:
        known = paragraphs(text)
        files = next(one for one in known if notice["files"] in one.get("Files", "").split())
        holder = files["Copyright"]
        # The text stands in the paragraph itself or in one of its own.
        first, _, inline = files["License"].partition("\n")
        alone = (one["License"] for one in known if "Files" not in one and one.get("License", "").startswith(name))
        licence = inline if inline and first == name else next(alone, "\n").partition("\n")[2]
    if "text" in notice:
        common = f"The licence's text: /usr/share/common-licenses/{notice['text']}"
        licence = indented(common) + (f"\n .\n{licence}" if "from" in notice else "")
    assert licence, f"no licence text for {library.name}"
    comment = f"Linked into /usr/bin/tmdb-mcp. All that its authors state: {ALSO}/{notice['file']}"
    lines = [f"Files: {library.name}/*", f"Copyright: {holder}", f"License: {name}", f"Comment: {comment}"]
    if "comment" in notice:
        lines.append(f" {notice['comment']}")
    return "\n".join(lines), name, licence


def main(bundle: Path) -> None:
    ours = (ROOT / "LICENSE").read_text()
    holder = re.search(r"^Copyright \(c\) (.*)", ours, re.M)[1]
    found = [stanza(library, bundle / "licenses") for library in libraries(bundle)]
    # Ours is MIT, which Debian calls Expat, as musl's and libyaml's are: their texts differ in quotes alone.
    texts = {"Expat": indented(ours.partition(holder)[2])}
    heads = []
    for head, name, licence in found:
        if name == "MIT":
            name, head = "Expat", head.replace("License: MIT", "License: Expat")
        texts.setdefault(name, licence)
        heads.append(head)
    print("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/")
    print(f"Upstream-Name: {os.environ['project_title']}\nSource: {os.environ['project_url']}\n")
    print(f"Files: *\nCopyright: {holder}\nLicense: Expat\n")
    print("\n\n".join(heads), end="\n\n")
    print("\n\n".join(f"License: {name}\n{text}" for name, text in texts.items()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
