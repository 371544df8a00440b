# shellcheck shell=bash
# What every script under release/ shares: messages, and the packages that a step needs.

# say LINE…: tells the person at the terminal.
say() { printf '%s\n' "$@" >&2; }

# die MESSAGE [HINT…]: ends the script. Each hint says what the reader can do.
die() {
    printf 'error: %s\n' "$1" >&2
    shift
    for hint in "$@"; do printf '       %s\n' "$hint" >&2; done
    exit 1
}

# require_packages PACKAGE:COMMAND…: makes sure that each command exists. As root it installs the Debian packages that
# are missing; anyone else is told the command to run.
require_packages() {
    local missing=() pair
    for pair in "$@"; do
        command -v "${pair#*:}" >/dev/null || missing+=("${pair%%:*}")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    install_packages "${missing[@]}"
}

# require_installed PACKAGE…: the same for packages that bring no command, such as headers.
require_installed() {
    local missing=() package
    for package in "$@"; do
        # A line for each architecture; grep reads all of them, so that no writer meets a closed pipe.
        dpkg-query --show --showformat='${db:Status-Status}\n' "$package" 2>/dev/null | grep -x installed >/dev/null ||
            missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    install_packages "${missing[@]}"
}

install_packages() {
    command -v apt-get >/dev/null || die "these are missing: $*" "Install them with this system's package manager."
    if [ "$(id -u)" -ne 0 ]; then
        die "these Debian packages are missing: $*" "Run: sudo apt-get install --no-install-recommends $*"
    fi
    say "installing Debian packages: $*"
    local log
    log=$(mktemp)
    # One apt does not wait for another, and several scripts may run side by side. One source of packages that fails,
    # such as one whose index is too old by this machine's clock, does not keep the others from being used.
    if ! DEBIAN_FRONTEND=noninteractive flock --close /run/lock/tmdb-mcp-packages bash -c \
        'apt-get update; apt-get install --yes --no-install-recommends "$@"' bash "$@" >"$log" 2>&1 </dev/null; then
        tail -n 15 "$log" >&2
        rm -f "$log"
        die "apt-get could not install: $*" "Is there a network? Is the disk full? Then run the same command again."
    fi
    rm -f "$log"
}
