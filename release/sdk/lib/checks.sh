# shellcheck shell=bash
# What the machine must have before the first step: Debian, the packages, a Swift toolchain of the right release, space.

check_system() {
    # Flags for C compilers are words of one text.
    case $work$sdk in
        *[[:space:]]*) die "the SDK cannot be made where a path has whitespace: $work" \
            "Move the checkout to another place, and so SDK_WORK if it is set." ;;
    esac
    local id=""
    [ -r /etc/os-release ] && id=$(. /etc/os-release && echo "${ID:-}")
    if [ "$id" != debian ] || ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null; then
        die "the SDK is made from Debian packages, and this system is not Debian (it says: ${id:-nothing})" \
            "Run it on Debian 12, for instance in a container with a Swift $swift_release toolchain."
    fi
    require_packages dpkg-dev:dpkg-source cmake:cmake ninja-build:ninja make:make xz-utils:xz patch:patch \
        util-linux:flock
    require_packages debian-archive-keyring
    local free_mb
    free_mb=$(df --output=avail --block-size=1M "$work" | tail -n 1)
    if [ ! -e "$work/bundle" ] && [ "$free_mb" -lt "$disk_needed_mb" ]; then
        die "the SDK needs $disk_needed_mb MB of disk and $work has $((free_mb)) MB" \
            "Free some space, or set SDK_WORK to a directory on a larger disk."
    fi
}

# find_toolchain: sets `toolchain` (the directory that holds bin/ and lib/swift), `toolchain_version`, and
# `toolchain_key`: of what it says of itself, and of size and time of each of its files that a step uses.
find_toolchain() {
    local install="Install Swift $swift_release from swift.org, and put its usr/bin on PATH."
    command -v swiftc >/dev/null || die "no Swift toolchain: swiftc is not on PATH" "$install"
    local info version resources
    info=$(swiftc -print-target-info 2>/dev/null) || die "swiftc does not run: $(command -v swiftc)" "$install"
    version=$(sed -n 's/.*"compilerVersion": "Swift version \([^ ]*\) .*/\1/p' <<<"$info")
    case $version in
        "$swift_release" | "$swift_release".*) ;;
        *) die "the toolchain is Swift ${version:-unknown}; the SDK needs $swift_release" "$install" ;;
    esac
    resources=$(sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p' <<<"$info")
    toolchain=$(cd "$resources/../.." && pwd)
    local need
    for need in bin/clang bin/ld.lld bin/llvm-ar bin/llvm-objcopy lib/swift/embedded/Swift.swiftmodule; do
        [ -e "$toolchain/$need" ] || die "the toolchain in $toolchain has no $need" "$install"
    done
    toolchain_version=$version
    toolchain_key=$({
        printf '%s' "$info"
        cd "$toolchain" || exit
        find -L bin/{clang,ld.lld,llvm-ar,llvm-objcopy,swift-frontend} \
            lib/swift/{embedded,shims,apinotes,clang/include} -type f -printf '%p %s %T@\n' | LC_ALL=C sort
    } | sha256sum | cut -d ' ' -f 1)
}
