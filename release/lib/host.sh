# shellcheck shell=bash
# Builds for the machine itself.

require_swift() {
    command -v swift >/dev/null || die "no Swift toolchain: swift is not on PATH" \
        "Install Swift $(cat "$root/.swift-version") from swift.org, and put its usr/bin on PATH."
}

# require_for_host PACKAGE:COMMAND…: these, and the libraries that a host build links instead of the SDK's.
require_for_host() {
    local libraries=(libcurl4-openssl-dev libyaml-dev zlib1g-dev)
    command -v dpkg-query >/dev/null || libraries=() # elsewhere the compiler will name what is missing
    require_packages "${libraries[@]}" "$@"
}

# build_for_host PRODUCT: sets `host_program`. A debug build takes the least time, and the unit tests share it.
build_for_host() {
    local log=$root/.build/log/host-$1.log
    mkdir -p "$(dirname "$log")"
    say "building for this machine (the first time takes about a minute)"
    if ! build_with_swift "$1" "$log" build --package-path "$root" --product "$1"; then
        tail -n 25 "$log" >&2
        die "the build failed (whole log: $log)"
    fi
    host_program=$(swift_here build --package-path "$root" --show-bin-path)/$1
}

# host_platform: what a release calls this machine's processor.
host_platform() {
    case $(uname -m) in
        x86_64) echo amd64 ;;
        aarch64) echo arm64 ;;
        armv6*) echo armv6 ;;
        riscv64) echo riscv64 ;;
        i?86) echo i386 ;;
        *) echo armv7 ;;
    esac
}
