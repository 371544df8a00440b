# shellcheck shell=bash
# The C side of the cross build, for the steps that compile C: the toolchain's own clang, lld and llvm-ar.
. "$sdk/../lib/common.sh"
. "$sdk/settings.sh"
select_architecture "$architecture"
sysroot=$work/sysroot-$architecture/sysroot
prefix=$OUT/usr

# Hardened (stack protector, position independent), split into sections so that the linker drops what nobody calls, and
# free of the paths of the machine, so that everyone gets the same bits. Line tables name the line in a crash. Nothing
# unwinds the stack while the program runs: the tables for that are left to the debugger.
c_flags="--target=$triple --sysroot=$sysroot $cpu_flags -O2 -gline-tables-only -fPIE -fstack-protector-strong"
c_flags+=" -ffunction-sections -fdata-sections -fno-unwind-tables -fno-asynchronous-unwind-tables"
c_flags+=" -ffile-prefix-map=$work=/sdk -ffile-prefix-map=$toolchain=/toolchain -ffile-compilation-dir=/sdk"
export CC=$toolchain/bin/clang AR=$toolchain/bin/llvm-ar RANLIB=$toolchain/bin/llvm-ranlib
export CFLAGS=$c_flags ZERO_AR_DATE=1 LC_ALL=C

# cmake_install SOURCE [OPTION…]: configures, builds and installs into $prefix; what CMake found out is in $OUT/cache.
cmake_install() {
    local source=$1
    shift
    cmake -G Ninja -S "$source" -B "$OUT/build" -DCMAKE_TOOLCHAIN_FILE="$sdk/toolchain.cmake" \
        -DCMAKE_BUILD_TYPE=None -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib \
        -DBUILD_SHARED_LIBS=OFF -DCMAKE_POLICY_VERSION_MINIMUM=3.5 "$@"
    cmake --build "$OUT/build"
    cmake --install "$OUT/build"
    mv "$OUT/build/CMakeCache.txt" "$OUT/cache"
    rm -rf "$OUT/build"
}
