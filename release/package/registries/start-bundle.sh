#!/bin/sh
# Starts the program of this bundle for this machine. They are static: a kernel of 64 bits runs that of 64 bits,
# whatever the system above it is.
here=${0%/*}
machine=$(uname -m)
case $machine in
    x86_64 | amd64) platform=amd64 ;;
    aarch64 | arm64) platform=arm64 ;;
    armv7* | armv8l) platform=armv7 ;;
    *)
        echo "tmdb-mcp: there is no program for this processor: $machine (there are: x86_64, aarch64, armv7l)" >&2
        exit 1
        ;;
esac
exec "$here/tmdb-mcp-linux-$platform" "$@"
