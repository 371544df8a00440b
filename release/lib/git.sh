# shellcheck shell=bash
# What git knows of this checkout.

# commit_of REF: prints the commit; fails where there is none, or where this is no checkout but lies in another.
commit_of() {
    local within
    within=$(git -C "$root" rev-parse --show-prefix 2>/dev/null) && [ -z "$within" ] &&
        git -C "$root" rev-parse --verify --quiet "$1^{commit}"
}
