# shellcheck shell=bash
# SHA256SUMS: of every file of a release but itself and its signature.

# check_sums_form FOLDER HINT: no line of it may name anything but a file in this folder.
check_sums_form() {
    ! grep --quiet --invert-match --extended-regexp '^[0-9a-f]{64}  [A-Za-z0-9][A-Za-z0-9._~+-]*$' "$1/SHA256SUMS" ||
        die "SHA256SUMS does not match: it has a line that names no file" "$2"
}

# check_sums FOLDER HINT: every file that is listed is there with its sum, and every file that is there is listed.
check_sums() {
    check_sums_form "$@"
    (cd "$1" && sha256sum --check --strict --quiet SHA256SUMS >&2) || die "SHA256SUMS does not match" "$2"
    local file
    for file in "$1"/* "$1"/.[!.]*; do
        file=${file##*/}
        case $file in SHA256SUMS | SHA256SUMS.minisig | '*' | '.[!.]*') continue ;; esac
        cut --characters=67- "$1/SHA256SUMS" | grep --fixed-strings --line-regexp --quiet -- "$file" ||
            die "SHA256SUMS does not match: it says nothing of $file" "$2"
    done
}

# version_of SUMS: prints the version of the release that they are of; nothing where there are none.
version_of() { sed --quiet 's/^.*  tmdb-mcp_\(.*\)\.cdx\.json$/\1/p' "$1" 2>/dev/null || true; }

# platforms_of SUMS: prints the platforms whose programs they are of, as a word each.
platforms_of() { sed --quiet 's/^.*  tmdb-mcp-linux-//p' "$1" | paste --serial --delimiters=' '; }

# differing SUMS SUMS: prints the names of files that are not the same by two files of sums.
differing() { sort "$1" "$2" | uniq --unique | cut --characters=67- | sort --unique; }

# same_bits RELEASE BUILT: two folders with SHA256SUMS hold the same files.
same_bits() {
    local different
    different=$(differing "$1/SHA256SUMS" "$2/SHA256SUMS")
    [ -z "$different" ] || die "not the same bits in two builds:" "$different"
}
