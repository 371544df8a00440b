# shellcheck shell=bash
# What git knows of this checkout.

# commit_of REF: prints the commit; fails where there is none, or where this is no checkout but lies in another.
commit_of() {
    local within
    within=$(git -C "$root" rev-parse --show-prefix 2>/dev/null) && [ -z "$within" ] &&
        git -C "$root" rev-parse --verify --quiet "$1^{commit}"
}

# source_revision: the commit of the sources, marked when they were changed.
source_revision() {
    if commit_of HEAD >/dev/null; then
        git -C "$root" describe --always --abbrev=40 --exclude='*' --dirty
    else
        echo unknown
    fi
}
