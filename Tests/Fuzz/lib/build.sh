# shellcheck shell=bash disable=SC2154
# Builds fuzz targets. Sourced after release/lib/common.sh, with `root`, `folder` and `work` set.
#
# swiftc is called for each module by itself: SwiftPM would need products for modules that are none, and would build the
# whole program with the instrumentation.

# The modules that a target needs, each after those it imports.
modules_of() {
    case $1 in
        json) echo Bytes JSON ;;
        mcp) echo Bytes JSON MCP ;;
        http) echo Bytes System EventLoop HTTPTypes HTTPServer ;;
        yaml) echo Bytes System HTTPTypes Configuration ;;
        canary) ;;
    esac
}

compile() {
    # In the work folder, since swiftc leaves some of its own files where it is started.
    (cd "$work" && exec swiftc -O -g -swift-version 6 -package-name tmdb_mcp -sanitize=fuzzer,address \
        -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility \
        -enable-upcoming-feature InternalImportsByDefault -enable-experimental-feature Lifetimes \
        -Xcc -fsanitize=undefined -Xcc -fsanitize-trap=undefined \
        -Xcc "-fmodule-map-file=$root/Sources/CSystem/module.modulemap" \
        -Xcc "-fmodule-map-file=$root/Sources/CYAML/module.modulemap" \
        -module-cache-path "$work/cache" -I "$work/modules" -wmo "$@")
}

build_module() {
    local stamp
    local sources
    mapfile -t sources < <(find "$root/Sources/$1" -name '*.swift' | sort)
    stamp=$(stamp_of "${sources[@]}")
    if [ -f "$work/modules/$1.stamp" ] && [ "$(cat "$work/modules/$1.stamp")" = "$stamp" ]; then return 0; fi
    compile -parse-as-library -module-name "$1" -emit-module -emit-module-path "$work/modules/$1.swiftmodule" \
        -c "${sources[@]}" -o "$work/modules/$1.o" || return 1
    printf '%s\n' "$stamp" >"$work/modules/$1.stamp"
}

# All modules are small and import each other: one that changes makes all of them be built again.
stamp_of() {
    {
        swiftc --version && cat "$folder/lib/build.sh" "$@"
        find "$root"/Sources/{Bytes,JSON,MCP,System,EventLoop,HTTP{Server,Types},Configuration} \
            -name '*.swift' -print0 | sort -z | xargs -0 cat
    } 2>/dev/null | sha256sum | cut -d ' ' -f 1
}

build_target() {
    local module objects=() stamp
    for module in $(modules_of "$1"); do
        build_module "$module" || return 1
        objects+=("$work/modules/$module.o")
    done
    stamp=$(stamp_of "$folder"/{Support,"$1"}/*.swift)
    if [ -f "$work/bin/$1.stamp" ] && [ "$(cat "$work/bin/$1.stamp")" = "$stamp" ]; then return 0; fi
    # lld: Debian's gold warns of every symbol of the sanitizer.
    compile -parse-as-library -module-name "Fuzz_$1" -use-ld=lld \
        "$folder"/{Support,"$1"}/*.swift "${objects[@]}" -o "$work/bin/fuzz-$1" || return 1
    printf '%s\n' "$stamp" >"$work/bin/$1.stamp"
}

build_targets() {
    local target log=$work/build.log
    mkdir -p "$work"/{bin,modules,corpus,findings}
    say "building fuzz targets: $*"
    for target in "$@"; do
        if ! build_target "$target" >"$log" 2>&1 </dev/null; then
            tail -n 30 "$log" >&2
            die "the fuzz target $target does not compile (whole log: $log)"
        fi
    done
}
