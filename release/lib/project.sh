# shellcheck shell=bash
# What the project is called, and which version the sources are. Sourced with `root` set.
. "$root/release/project.env"

# project_version: the version that the program itself tells.
project_version() { sed --quiet 's/^let version = "\(.*\)"$/\1/p' "$root/Sources/tmdb-mcp/Version.swift"; }

# project_date: the day of that version, YYYY-MM-DD.
project_date() { sed --quiet 's/^let versionDate = "\(.*\)"$/\1/p' "$root/Sources/tmdb-mcp/Version.swift"; }
