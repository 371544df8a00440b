# shellcheck shell=bash
# What the project is called, which version the sources are, and what git knows of them. Sourced with `root` set.
. "$root/release/project.env"

# project_version: the version that the program itself tells.
project_version() { sed --quiet 's/^let version = "\(.*\)"$/\1/p' "$root/Sources/tmdb-mcp/Version.swift"; }

# project_date: the day of that version, YYYY-MM-DD.
project_date() { sed --quiet 's/^let versionDate = "\(.*\)"$/\1/p' "$root/Sources/tmdb-mcp/Version.swift"; }

# commit_of REF: prints the commit; fails where there is none, or where this is no checkout but lies in another.
commit_of() {
    local within
    within=$(git -C "$root" rev-parse --show-prefix 2>/dev/null) && [ -z "$within" ] &&
        git -C "$root" rev-parse --verify --quiet "$1^{commit}"
}
