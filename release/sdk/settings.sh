# shellcheck shell=bash
# What the SDK is made of.

# The Debian suite that every input comes from, the number of its release, and its security updates.
suite=trixie
suite_release=13
security_suite=$suite-security

# The Swift release whose Embedded modules the SDK carries. A compiled module loads only in the compiler that made it.
swift_release=6.3

# What a build makes by default; SDK_PLATFORMS names others, by the names that a release has for them.
architectures=(x86_64 aarch64 armv7)
all_architectures=(x86_64 aarch64 armv7 armv6 riscv64 i686)

# Each line is taken in one version, all of it: package:architecture, in Debian's names; source is the source package.
inputs=(
    "ca-certificates:all"
    "curl:source"
    "libc++-19-dev:amd64"
    "libgcc-14-dev:amd64 libgcc-14-dev:arm64 libgcc-14-dev:armhf libgcc-14-dev:i386 libgcc-14-dev:riscv64
        gcc-14-base:amd64"
    "libyaml:source"
    "linux-libc-dev:all"
    "mbedtls:source"
    "musl:source musl-dev:amd64 musl-dev:arm64 musl-dev:armhf musl-dev:i386 musl-dev:riscv64"
    "zlib:source"
)
# The sources that are compiled.
source_inputs=(curl libyaml mbedtls musl zlib)

# Free space that a build from nothing needs, in MB.
disk_needed_mb=1000

# select_architecture NAME: sets the names that one platform has in each tool.
#   triple         the target for Swift, for C and for the linker, and what a user may pass to `swift build` as
#                  --swift-sdk; the vendor is our own, so that no other SDK is taken for this one
#   swift_module   the Embedded modules of the toolchain that are loaded for it; on armv7 those compiled for eabi are
#                  loaded as eabihf, so that floating-point arguments travel in registers as musl expects
#   unicode_tables the compiled Unicode functions of the toolchain; those for armv7 need NEON, those for armv6 do not
#   release_name   what a release calls the platform
#   musl_arch      what musl's source calls it
#   concurrency    where the module _Concurrency comes from: the toolchain has it for x86_64 alone, and it serves other
#                  machines of that word size; for 32 bits it is our own; none where clang has no async functions
#   cpu_flags      the baseline; armv7 without NEON and with 16 FPU registers, as in Debian's armhf (Marvell NAS boxes),
#                  in Thumb-2, which takes three quarters of the space; armv6 as in the Raspberry Pi 1 and Zero, whose
#                  atomic instructions for 8, 16 and 64 bits the older ARMv6 does not have
#   libc_from      debian, or source: where the C library and the compiler's run-time library come from
#   word           how many bits an address has
select_architecture() {
    architecture=$1 cpu_flags='' libc_from=debian word=64 concurrency=own
    case $architecture in
        x86_64)
            release_name=amd64 debian=amd64 debian_tuple=x86_64-linux-gnu musl_tuple=x86_64-linux-musl kernel=x86
            triple=x86_64-embedded-linux-musl musl_arch=x86_64
            # These are for Linux, and have Float80.
            swift_module=x86_64-unknown-linux-gnu unicode_tables=$swift_module concurrency=$swift_module
            ;;
        aarch64)
            release_name=arm64 debian=arm64 debian_tuple=aarch64-linux-gnu musl_tuple=aarch64-linux-musl kernel=arm64
            triple=aarch64-embedded-linux-musl musl_arch=aarch64
            swift_module=aarch64-none-none-elf unicode_tables=$swift_module
            concurrency=x86_64-unknown-linux-gnu
            ;;
        armv7)
            release_name=armv7 debian=armhf debian_tuple=arm-linux-gnueabihf musl_tuple=arm-linux-musleabihf kernel=arm
            triple=armv7-embedded-linux-musleabihf musl_arch=arm
            cpu_flags="-mthumb -mfloat-abi=hard -mfpu=vfpv3-d16"
            swift_module=armv7-none-none-eabi unicode_tables=armv6-none-none-eabi word=32
            ;;
        armv6)
            release_name=armv6 debian=armhf debian_tuple=arm-linux-gnueabihf musl_tuple=arm-linux-musleabihf kernel=arm
            triple=armv6-embedded-linux-musleabihf musl_arch=arm libc_from=source word=32
            cpu_flags="-marm -mcpu=arm1176jzf-s -mfloat-abi=hard -mfpu=vfp"
            swift_module=armv6-none-none-eabi unicode_tables=$swift_module
            ;;
        riscv64)
            release_name=riscv64 debian=riscv64 debian_tuple=riscv64-linux-gnu musl_tuple=riscv64-linux-musl
            triple=riscv64-embedded-linux-musl musl_arch=riscv64 kernel=riscv
            cpu_flags="-march=rv64gc -mabi=lp64d" concurrency=''
            swift_module=riscv64-none-none-eabi unicode_tables=$swift_module
            ;;
        i686)
            release_name=i386 debian=i386 debian_tuple=i686-linux-gnu musl_tuple=i386-linux-musl kernel=x86
            triple=i686-embedded-linux-musl musl_arch=i386
            swift_module=i686-unknown-none-elf unicode_tables=$swift_module word=32
            ;;
        *) die "no such architecture: $architecture" "Use one of: ${all_architectures[*]}" ;;
    esac
}

# select_platforms NAME…: sets `architectures` to these platforms, by the names that a release has for them.
select_platforms() {
    local name wanted architecture
    architectures=()
    for wanted in "$@"; do
        for name in "${all_architectures[@]}"; do
            select_architecture "$name"
            if [ "$release_name" = "$wanted" ]; then
                architectures+=("$name")
                continue 2
            fi
        done
        die "no such platform: $wanted" "SDK_PLATFORMS takes some of: amd64 arm64 armv7 armv6 riscv64 i386"
    done
}
# shellcheck disable=SC2086  # the names are meant to split
if [ -n "${SDK_PLATFORMS:-}" ]; then select_platforms $SDK_PLATFORMS; fi
