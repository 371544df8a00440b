# shellcheck shell=bash
# What the SDK is made of.

# The Debian suite that every input comes from, the number of its release, and its security updates.
suite=trixie
suite_release=13
security_suite=$suite-security

# The Swift release whose Embedded modules the SDK carries. A compiled module loads only in the compiler that made it.
swift_release=6.3

architectures=(x86_64 aarch64 armv7)

# Each line is taken in one version, all of it: package:architecture, in Debian's names; source is the source package.
inputs=(
    "ca-certificates:all"
    "curl:source"
    "libgcc-14-dev:amd64 libgcc-14-dev:arm64 libgcc-14-dev:armhf gcc-14-base:amd64"
    "libyaml:source"
    "linux-libc-dev:all"
    "mbedtls:source"
    "musl:source musl-dev:amd64 musl-dev:arm64 musl-dev:armhf"
    "zlib:source"
)
# The sources that are compiled.
source_inputs=(curl libyaml mbedtls musl zlib)

# Free space that a build from nothing needs, in MB.
disk_needed_mb=1000

# select_architecture NAME: sets the names that one platform has in each tool.
#   triple         what a user passes to `swift build --swift-sdk`
#   swift_target   the target that the Embedded modules of the toolchain were compiled for; on armv7 the module compiled
#                  for eabi is loaded as eabihf, so that floating-point arguments travel in registers as musl expects
#   clang_target   the same platform for the C compiler and the linker
#   unicode_tables the compiled Unicode functions of the toolchain; those for armv7 need NEON, those for armv6 do not
#   release_name   what a release calls the platform
#   cpu_flags      the baseline; armv7 without NEON and with 16 FPU registers, as in Debian's armhf (Marvell NAS boxes),
#                  in Thumb-2, which takes three quarters of the space
select_architecture() {
    architecture=$1
    case $architecture in
        x86_64)
            release_name=amd64 debian=amd64 debian_tuple=x86_64-linux-gnu musl_tuple=x86_64-linux-musl kernel=x86
            triple=x86_64-swift-linux-musl clang_target=x86_64-unknown-linux-musl cpu_flags=""
            swift_target=x86_64-unknown-none-elf swift_module=x86_64-unknown-none-elf unicode_tables=$swift_module
            ;;
        aarch64)
            release_name=arm64 debian=arm64 debian_tuple=aarch64-linux-gnu musl_tuple=aarch64-linux-musl kernel=arm64
            triple=aarch64-swift-linux-musl clang_target=aarch64-unknown-linux-musl cpu_flags=""
            swift_target=aarch64-none-none-elf swift_module=aarch64-none-none-elf unicode_tables=$swift_module
            ;;
        armv7)
            release_name=armv7 debian=armhf debian_tuple=arm-linux-gnueabihf musl_tuple=arm-linux-musleabihf kernel=arm
            triple=armv7-swift-linux-musleabihf clang_target=armv7-unknown-linux-musleabihf
            cpu_flags="-mthumb -mfloat-abi=hard -mfpu=vfpv3-d16"
            swift_target=armv7-none-none-eabihf swift_module=armv7-none-none-eabi unicode_tables=armv6-none-none-eabi
            ;;
        *) die "no such architecture: $architecture" "Use one of: ${architectures[*]}" ;;
    esac
}
