# shellcheck shell=bash
# What the project is called where others look for it. Images, packages, install.sh and server.json take it from here.
# shellcheck disable=SC2034

project_url=https://github.com/tmdb-mcp/tmdb-mcp
project_registry=ghcr.io/tmdb-mcp           # the image is $project_registry/tmdb-mcp
project_mcp_name=io.github.tmdb-mcp/tmdb-mcp # in the MCP registry
project_title="tmdb-mcp"
project_summary="Movies, series and people from TMDB for clients of the Model Context Protocol"
project_maintainer="The tmdb-mcp maintainers <maintainers@tmdb-mcp.invalid>"
project_licence=MIT

# project_version: the version that the program itself tells.
project_version() { sed --quiet 's/^let version = "\(.*\)"$/\1/p' "$root/Sources/tmdb-mcp/Version.swift"; }

# project_date: the day of that version, YYYY-MM-DD.
project_date() { sed --quiet 's/^let versionDate = "\(.*\)"$/\1/p' "$root/Sources/tmdb-mcp/Version.swift"; }
