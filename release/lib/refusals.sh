# shellcheck shell=bash
# What keeps a version from being released. Everything is looked at, so that all of it is told at once. Sourced after
# common.sh, project.sh and sums.sh.

refusals=()
refuse() { refusals+=("  - $1" "    $2"); }

# check_release VERSION: ends the script unless this checkout can be released as VERSION.
check_release() {
    refuse_version "$1"
    refuse_changelog "$1"
    refuse_checkout "$1"
    refuse_toolchain
    refuse_sums "$1"
    [ ${#refusals[@]} -eq 0 ] || die "$1 cannot be released:" "${refusals[@]}"
}

# check_sums_can_be_made VERSION: ends the script unless the sums of this checkout would be those of a commit.
check_sums_can_be_made() {
    refuse_checkout "$1" ':!release/SHA256SUMS' ':!release/IMAGES'
    refuse_toolchain
    [ ${#refusals[@]} -eq 0 ] || die "the sums of $1 cannot be made:" "${refusals[@]}"
}

refuse_version() {
    local number='(0|[1-9][0-9]*)' stated
    stated=$(project_version)
    [[ $1 =~ ^$number\.$number\.$number(-[0-9A-Za-z]+([.-][0-9A-Za-z]+)*)?$ ]] ||
        refuse "$1 is not a semantic version" "Use three numbers, such as $stated; a v belongs to the tag alone."
    [ "$1" = "$stated" ] ||
        refuse "the program calls itself $stated" "Change Sources/tmdb-mcp/Version.swift and commit it."
}

# The heading of a version is "## 1.2.3 (2026-01-31)": with its day, which the program tells too.
refuse_changelog() {
    local heading day
    day=$(project_date)
    heading=$(awk -v version="$1" '$1 == "##" && $2 == version' "$root/CHANGELOG.md")
    local fix="Write \"## $1 ($day)\" over what changed, and commit it."
    case $heading in
        "## $1 ($day)") ;;
        "") refuse "CHANGELOG.md does not name $1" "$fix" ;;
        *unreleased*) refuse "CHANGELOG.md calls $1 unreleased" "$fix" ;;
        *) refuse "CHANGELOG.md has \"$heading\", and versionDate in Version.swift is $day" \
            "Give both the day of the release, and commit it." ;;
    esac
}

# refuse_checkout VERSION [PATHSPEC…]: what these leave out may be changed.
refuse_checkout() {
    local head changes tagged
    if ! head=$(commit_of HEAD); then
        refuse "this is no git checkout" "A release is made of a commit: clone $project_url"
        return
    fi
    changes=$(git -C "$root" status --porcelain -- . "${@:2}" | sed --quiet '1,5s/^...//p' |
        paste --serial --delimiters=' ')
    [ -z "$changes" ] || refuse "some files are not committed: $changes" "Commit or remove them; git status lists all."
    # A release may be made on its tag, as CI does; what the tag names must never change.
    tagged=$(commit_of "refs/tags/v$1" || true)
    [ -z "$tagged" ] || [ "$tagged" = "$head" ] ||
        refuse "the tag v$1 is used: it names the commit ${tagged:0:12}, and ${head:0:12} is checked out" \
            "Release this as another version, or make that release anew: git checkout v$1"
}

# The sums stand in the commit that is released, for all to see and for others to make again.
refuse_sums() {
    [ "$1" = "$(project_version)" ] || return 0 # which is told already
    [ "$(version_of "$root/release/SHA256SUMS")" = "$1" ] ||
        refuse "release/SHA256SUMS is not of $1" "Make it with release/IMAGES, and commit both: make sums"
}

refuse_toolchain() {
    local pinned version
    pinned=$(cat "$root/.swift-version")
    version=$(swiftc -print-target-info 2>/dev/null |
        sed --quiet 's/.*"compilerVersion": "Swift version \([^ ]*\) .*/\1/p' || true)
    [ "$version" = "$pinned" ] || refuse "the toolchain is Swift ${version:-none}, and .swift-version pins $pinned" \
        "Install Swift $pinned from swift.org, and put its usr/bin first on PATH."
}
