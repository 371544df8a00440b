#!/bin/sh
# Installs tmdb-mcp, the MCP server for The Movie Database, from its releases. It needs no root, and changes nothing but
# the program's one file. --help tells the rest; docs/deployment.md how to read it before it runs.
set -eu

project=https://github.com/tmdb-mcp/tmdb-mcp
# The key that signs releases (minisign). Empty: this copy knows none.
public_key=

usage() {
    cat <<'USAGE'
Usage: install.sh [--dir DIRECTORY] [--uninstall] [--help]

Puts tmdb-mcp for this machine into ~/.local/bin, or into DIRECTORY.

  --dir DIRECTORY  where to install
  --uninstall      delete the program from there; settings in ~/.tmdb-mcp stay
  --help           print this

Variables:
  VERSION             the release to install, such as 1.2.3 (default: the latest)
  PREFIX              install into $PREFIX/bin
  BASE_URL            a mirror: the address of a folder with the files of one release (https, or http to this machine)
  MINISIGN_PUBLIC_KEY the key that releases are signed with, where this copy knows none or another one signs

The program is checked against the release's SHA256SUMS, and that against its signature where minisign is installed.
USAGE
}

say() { printf '%s\n' "$*" >&2; }

# fail MESSAGE [HINT]: ends with what is wrong and what to do.
fail() {
    say "install.sh: $1"
    [ $# -lt 2 ] || say "            $2"
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# bits_of_programs: 64 or 32, as this machine's programs are. A kernel of 64 bits may run a system of 32.
bits_of_programs() {
    if bits=$(getconf LONG_BIT 2>/dev/null); then
        echo "$bits"
    else
        # The fifth byte of an ELF file is 1 where it has 32 bits.
        case $(od -An -tu1 -j4 -N1 /bin/sh 2>/dev/null) in
            *1) echo 32 ;;
            *) echo 64 ;;
        esac
    fi
}

# find_platform: sets `platform` to what a release calls this machine.
find_platform() {
    system=$(uname -s)
    machine=$(uname -m)
    [ "$system" = Linux ] || fail "there is no program for $system, only for Linux" \
        "On $system use Docker: $project"
    case $machine in
        x86_64 | amd64)
            platform=amd64
            [ "$(bits_of_programs)" = 64 ] || platform=i386
            ;;
        i[3-6]86) platform=i386 ;;
        aarch64 | arm64)
            platform=arm64
            [ "$(bits_of_programs)" = 64 ] || platform=armv7
            ;;
        armv7* | armv8l) platform=armv7 ;;
        armv6*) platform=armv6 ;;
        riscv64) platform=riscv64 ;;
        armv[1-5]*) fail "this processor is too old: $machine; armv6 with hard float is the least" ;;
        *) fail "there is no program for this processor: $machine" \
            "There are: x86_64, aarch64, armv7l, armv6l, riscv64, i686." ;;
    esac
}

# find_source: sets `base`, the address of the folder with the release's files.
find_source() {
    if [ -n "${BASE_URL:-}" ]; then
        base=${BASE_URL%/}
    elif [ -n "${VERSION:-}" ]; then
        case $VERSION in
            *[!0-9A-Za-z.+-]*) fail "VERSION is not a version: $VERSION" "It looks like 1.2.3." ;;
        esac
        base=$project/releases/download/v${VERSION#v}
    else
        base=$project/releases/latest/download
    fi
    case $base in
        https://*) only_https=yes ;;
        http://127.0.0.1[:/]* | http://localhost[:/]* | http://\[::1\][:/]*) only_https=no ;;
        *) fail "BASE_URL must begin with https://: $base" ;;
    esac
}

# download NAME: fetches a file of the release into the folder `work`; fails when there is none.
download() {
    rm -f "$work/$1"
    if has curl; then
        if [ "$only_https" = yes ]; then
            curl --fail --silent --location --proto '=https' --proto-redir '=https' --tlsv1.2 --retry 2 \
                --connect-timeout 20 --speed-limit 1 --speed-time 30 --output "$work/$1" "$base/$1"
        else
            curl --fail --silent --connect-timeout 20 --speed-limit 1 --speed-time 30 --output "$work/$1" "$base/$1"
        fi
    elif has wget; then
        if [ "$only_https" = yes ] && wget --help 2>&1 | grep -q -e '--https-only'; then
            wget -q --https-only --max-redirect=5 -t 3 -T 30 -O "$work/$1" "$base/$1"
        elif wget --help 2>&1 | grep -q -e '-T'; then
            wget -q -T 60 -O "$work/$1" "$base/$1"
        else # busybox may lack it: Debian's crashes then
            wget -q -O "$work/$1" "$base/$1"
        fi
    else
        fail "neither curl nor wget is installed" "Install one of them."
    fi
}

# digest FILE: prints its SHA-256.
digest() {
    if has sha256sum; then
        sha256sum <"$1" | cut -d ' ' -f 1
    elif has shasum; then
        shasum -a 256 <"$1" | cut -d ' ' -f 1
    elif has openssl; then
        openssl dgst -sha256 -r <"$1" | cut -d ' ' -f 1
    else
        return 1
    fi
}

# verify_signature: fails when SHA256SUMS is not what was signed, or was signed for another version than was asked for;
# says so where that cannot be told.
verify_signature() {
    key=${MINISIGN_PUBLIC_KEY:-$public_key}
    key=$(printf '%s\n' "$key" | awk 'NF { last = $1 } END { print last }') # a comment may stand above it
    if [ -z "$key" ]; then
        say "The signature is not verified: no public key is known (MINISIGN_PUBLIC_KEY)."
    elif ! has minisign; then
        say "The signature is not verified: minisign is not installed."
    elif ! download SHA256SUMS.minisig; then
        fail "this release has no signature, and the key of its signer is known" \
            "Nothing was installed. Look at $project/releases."
    elif ! signed=$(minisign -V -Q -P "$key" -m "$work/SHA256SUMS" -x "$work/SHA256SUMS.minisig" 2>/dev/null); then
        fail "the signature of SHA256SUMS is wrong" "Nothing was installed: somebody may have changed the release."
    elif [ -n "${VERSION:-}" ] && [ "$signed" != "tmdb-mcp ${VERSION#v}" ]; then
        # An old release is signed as well as a new one.
        fail "what is signed here is \"$signed\", not version ${VERSION#v}" "Nothing was installed."
    else
        say "The signature is right: $signed."
    fi
}

# verify_program NAME: fails unless SHA256SUMS names the file once, with its digest.
verify_program() {
    expected=$(awk -v name="$1" '$2 == name || $2 == "*" name { print $1 }' "$work/SHA256SUMS")
    case $expected in
        '') fail "SHA256SUMS does not name $1" "Nothing was installed." ;;
        *[!0-9a-f]*) fail "SHA256SUMS cannot be read" "Nothing was installed." ;;
    esac
    actual=$(digest "$work/$1") || fail "nothing here can check the program" "Install sha256sum, shasum or openssl."
    [ "$actual" = "$expected" ] ||
        fail "the checksum of $1 is wrong" "Nothing was installed. Run this again; if it stays so, tell $project."
}

# install_program FILE: puts it into its place in one step, so that no one ever sees half of it.
install_program() {
    { mkdir -p "$directory" && [ -w "$directory" ]; } 2>/dev/null ||
        fail "cannot write to $directory" "Name another place: --dir DIRECTORY. No root is needed for ~/.local/bin."
    [ ! -d "$target" ] || fail "$target is a directory" "Name another place: --dir DIRECTORY."
    new=$directory/.tmdb-mcp.$$
    cp "$1" "$new" || fail "cannot write to $directory" "Is the disk full?"
    chmod 755 "$new"
    mv -f "$new" "$target"
    new=
}

clean() {
    [ -z "${work:-}" ] || rm -rf "$work"
    [ -z "${new:-}" ] || rm -f "$new"
}

main() {
    directory=
    uninstall=no
    while [ $# -gt 0 ]; do
        case $1 in
            --dir)
                [ -n "${2:-}" ] || fail "--dir needs a directory"
                directory=$2
                shift
                ;;
            --dir=?*) directory=${1#--dir=} ;;
            --uninstall) uninstall=yes ;;
            -h | --help)
                usage
                exit 0
                ;;
            *) fail "unknown argument: $1" "install.sh --help tells all of them." ;;
        esac
        shift
    done
    if [ -z "$directory" ]; then
        if [ -n "${PREFIX:-}" ]; then
            directory=$PREFIX/bin
        elif [ -n "${HOME:-}" ]; then
            directory=$HOME/.local/bin
        else
            fail "HOME is not set" "Name the place: --dir DIRECTORY."
        fi
    fi
    case $directory in
        /*) ;;
        *) directory=$PWD/$directory ;;
    esac
    target=$directory/tmdb-mcp

    if [ "$uninstall" = yes ]; then
        [ -e "$target" ] || fail "there is no $target"
        rm -f "$target" || fail "cannot delete $target"
        say "Deleted $target."
        exit 0
    fi

    find_platform
    find_source
    new=
    work=$(mktemp -d "${TMPDIR:-/tmp}/tmdb-mcp.XXXXXX") || fail "cannot make a folder in ${TMPDIR:-/tmp}"
    trap clean EXIT
    trap 'exit 1' HUP INT TERM
    name=tmdb-mcp-linux-$platform
    download SHA256SUMS || fail "cannot download $base/SHA256SUMS" "Is there a network? Is there such a release?"
    verify_signature
    download "$name" || fail "cannot download $base/$name" "Is there a network? Is there such a release?"
    verify_program "$name"
    chmod 755 "$work/$name"
    install_program "$work/$name"
    installed=$("$target" version 2>/dev/null) || fail "$target is installed, but does not run on this machine"
    say "Installed $installed: $target"
    case :${PATH:-}: in
        *":$directory:"*) ;;
        *) say "$directory is not on PATH: use the whole path, or add it to PATH." ;;
    esac
}

# Of a copy that was cut off anywhere, also within this last line, nothing runs.
{ main "$@"; }
