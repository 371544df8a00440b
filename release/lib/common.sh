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

# require_packages PACKAGE:COMMAND… PACKAGE…: makes sure that each command exists, and that each package without one,
# such as headers, is installed. As root it installs the Debian packages that are missing; anyone else is told the
# command to run. One call for all that a script will need: nobody is to be asked twice.
require_packages() {
    local missing=() each
    for each in "$@"; do
        case $each in
            *:*) command -v "${each#*:}" >/dev/null ;;
            *) is_installed "$each" ;;
        esac || missing+=("${each%%:*}")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    install_packages "${missing[@]}"
}

# is_installed PACKAGE: dpkg-query gives a line for each architecture; grep reads all of them, so that no writer meets
# a closed pipe.
is_installed() {
    dpkg-query --show --showformat='${db:Status-Status}\n' "$1" 2>/dev/null | grep -x installed >/dev/null
}

# How long another apt may take, in seconds.
apt_patience=600

# apt ARGUMENT…: apt-get, which waits while another has apt's lock; its messages go to `log`.
apt() {
    local started=$SECONDS said="" code
    while true; do
        code=0
        DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout="$apt_patience" "$@" >"$log" 2>&1 </dev/null ||
            code=$?
        # That option is about dpkg's lock alone; there is another for the lists of packages.
        grep --quiet "Could not get lock" "$log" || return "$code"
        [ $((SECONDS - started)) -lt "$apt_patience" ] || return 100
        [ -n "$said" ] || say "  another apt runs: waiting for it to end"
        said=yes
        sleep 2
    done
}

# swift_here ARGUMENT…: swift. The folders that it leaves in TMPDIR, one a run, are in .build and are deleted later.
swift_here() {
    # shellcheck disable=SC2154 # root is the caller's
    local place=$root/.build/tmp
    mkdir -p "$place"
    find "$place" -maxdepth 1 -name 'TemporaryDirectory.*' -mmin +60 -exec rm -rf {} +
    TMPDIR=$place swift "$@"
}

# build_with_swift NAME LOG ARGUMENT…: runs swift with its output in LOG, and says when compiling and linking of NAME
# begin.
build_with_swift() {
    local name=$1 log=$2 line step said=""
    shift 2
    swift_here "$@" 2>&1 | while IFS= read -r line; do
        printf '%s\n' "$line"
        case $line in
            *"] Compiling "* | *"] Emitting module "*) step=compiling ;;
            *"] Linking "*) step=linking ;;
            *) continue ;;
        esac
        [ "$said" = "$step" ] || say "  $name: $step"
        said=$step
    done >"$log"
}

install_packages() {
    command -v apt-get >/dev/null || die "these are missing: $*" "Install them with this system's package manager."
    if [ "$(id -u)" -ne 0 ]; then
        die "these Debian packages are missing: $*" "Run: sudo apt-get install --no-install-recommends $*"
    fi
    local log lock
    log=$(mktemp)
    # Several scripts may run side by side, and each would read the lists anew.
    exec {lock}>/run/lock/tmdb-mcp-packages
    flock "$lock"
    say "apt: reading the lists of packages"
    # One source of packages that fails, such as one whose index is too old by this machine's clock, does not keep the
    # others from being used.
    apt update || true
    say "apt: installing $*"
    if ! apt install --yes --no-install-recommends "$@"; then
        tail -n 15 "$log" >&2
        rm -f "$log"
        die "apt-get could not install: $*" "Is there a network? Is the disk full? Then run the same command again."
    fi
    exec {lock}>&-
    rm -f "$log"
}
