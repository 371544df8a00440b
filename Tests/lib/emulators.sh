# shellcheck shell=bash
# Programs of other processors, run by the kernel with qemu, in other roots and in containers too.

# enable_emulator PROCESSOR…: by qemu's names. It stays so until the machine is started anew. Takes root.
enable_emulator() {
    local processor
    require_packages qemu-user-static binfmt-support
    [ -e /proc/sys/fs/binfmt_misc/register ] || mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
    for processor in "$@"; do
        [ -e "/proc/sys/fs/binfmt_misc/qemu-$processor" ] || update-binfmts --enable "qemu-$processor" >&2
    done
}
