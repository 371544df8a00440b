"""C++ in a package for the SDK: the language, and its library without streams, locales and exceptions."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest
from support.packages import PACKAGE, build, package_of
from support.platforms import BUNDLE, Platform, output_of, tool

LIBRARY = Path(__file__).with_name("cplusplus") / "Library.cpp"

CPLUSPLUS = """
namespace {
struct Shape { virtual int area() const = 0; virtual ~Shape() {} };
struct Square final : Shape {
    int side; explicit Square(int side) : side(side) {}
    int area() const override { return side * side; }
};
struct alignas(64) Wide { char bytes[64]; };
struct Counted { int number; Counted() : number(count()) {} static int count() { static int made; return ++made; } };
template <typename T> T twice(T value) { return value + value; }
}
extern "C" int area(int side) {
    static Counted once;
    Shape *shape = new Square(side);
    int *numbers = new int[4]{1, 2, 3, 4};
    Wide *wide = new Wide;
    const bool aligned = reinterpret_cast<unsigned long>(wide) % 64 == 0;
    const int result = twice(shape->area()) + numbers[3] + once.number + (aligned ? 100 : 0);
    delete wide;
    delete[] numbers;
    delete shape;
    return result;
}
"""


def package_in(place: Path, source: str, functions: str, main: str) -> Path:
    """A package of a target in C++ with these functions, and of a program in Swift."""
    package = package_of(place)
    targets = 'name: "linux", dependencies: ["Shapes"]), .target(name: "Shapes")], cxxLanguageStandard: .cxx20'
    (package / "Package.swift").write_text(PACKAGE.replace('name: "linux")]', targets))
    shapes = package / "Sources" / "Shapes"
    (shapes / "include").mkdir(parents=True)
    (shapes / "include" / "shapes.h").write_text(functions)
    (shapes / "shapes.cpp").write_text(source)
    (package / "Sources" / "linux" / "main.swift").write_text(main)
    return package


@pytest.mark.parametrize("configuration", ["debug", "release"])
def test_cplusplus_works_without_its_library(built: Platform, place: Path, configuration: str) -> None:
    main = "import Shapes\nprint(area(3) + area(4))\n"
    package = package_in(place / "cplusplus", CPLUSPLUS, "int area(int side);\n", main)
    assert output_of(*built.command(build(package, built, configuration=configuration))) == "260\n"


TOLD = """\
sorted 1 100 a fig that is longer than a short string
map Ann 5 hash 1000 999 set 2 list 0
slice 1 4 7 10
owners 1 alive 2 1
alive 0 expired 1
calls 5 optional -1 variant text any 7
resources 25 z
0.1 1e+23 -1.5 5.684341886080802e-14
3.333333333333333e-01 1.ffp+7 1e+06 0.667
-12 1234567890123456789 2500 1
    ab|0003.142|0xff|0.1| true\x20\x20
random 1791095845
error Permission denied system
exception told logic
aligned 1 nothrow 1 1
bind 9 3 random 1 entropy 32
wide -77 3 0.25 1
mutexes held 0 0 0 once 0 free 3 3 3 again 1
threads sum 10000 once 1 locals 4 timed out 1 slept 1
"""


@pytest.mark.parametrize("configuration", ["debug", "release"])
def test_its_library_works(built: Platform, place: Path, configuration: str) -> None:
    functions = "const char *library(void);\nvoid beyond(void);\n"
    main = "import Musl\nimport Shapes\nif CommandLine.argc > 1 { beyond() }\nfputs(library(), stdout)\n"
    package = package_in(place / "library", LIBRARY.read_text(), functions, main)
    program = build(package, built, configuration=configuration)
    assert output_of(*built.command(program)) == TOLD

    # Where there is no exception the program ends with what it would have said.
    done = subprocess.run(built.command(program, "beyond"), capture_output=True, text=True)
    assert done.returncode in (-signal.SIGABRT, 128 + signal.SIGABRT) and not done.stdout
    assert done.stderr.startswith('out_of_range was thrown in -fno-exceptions mode with message "vector"\n')


IMPORTED = """
#include <map>
#include <optional>
#include <string>
#include <vector>
struct Square { int side; int area() const { return side * side; } };
using Numbers = std::vector<int>;
Numbers squares(int count);
std::optional<int> found(const Numbers &numbers, int number);
inline std::string greeting(const std::string &name) { return "Hello, " + name; }
"""
IMPORTED_SOURCE = """
#include "shapes.h"
Numbers squares(int count) {
    Numbers all;
    for (int side = 0; side < count; ++side) all.push_back(Square{side}.area());
    return all;
}
std::optional<int> found(const Numbers &numbers, int number) {
    for (int each : numbers) { if (each == number) return each; }
    return {};
}
"""
IMPORTING = """
import Shapes
func use() {
    var numbers = squares(4)
    numbers.push_back(16)
    print("\\(numbers.size()) \\(numbers[3]) \\(Square(side: 5).area())")
    print("\\(found(numbers, 4).pointee) \\(found(numbers, 5).__convertToBool())")
    var name = std.string()
    for byte in "Ada".utf8 { name.push_back(CChar(byte)) }
    print("\\(String(cString: greeting(name).__c_strUnsafe()))")
}
use()
"""


@pytest.mark.parametrize("configuration", ["debug", "release"])
def test_swift_imports_it(built: Platform, place: Path, configuration: str) -> None:
    """Types of the library too. Another target in C++ includes it, by C++20, which knows modules."""
    package = package_in(place / "imported", IMPORTED_SOURCE, IMPORTED, IMPORTING)
    manifest = (package / "Package.swift").read_text()
    interoperable = 'dependencies: ["Shapes"], swiftSettings: [.interoperabilityMode(.Cxx)]'
    more = '.target(name: "More", dependencies: ["Shapes"])'
    manifest = manifest.replace('dependencies: ["Shapes"]', interoperable).replace('.target(name: "Shapes")', f"""
        .target(name: "Shapes"), {more}""")
    (package / "Package.swift").write_text(manifest)
    (package / "Sources" / "More" / "include").mkdir(parents=True)
    (package / "Sources" / "More" / "include" / "more.h").write_text("#include <shapes.h>\n")
    source = "#include <more.h>\nint more() { return Square{1}.area(); }\n"
    (package / "Sources" / "More" / "more.cpp").write_text(source)
    program = build(package, built, configuration=configuration)
    assert output_of(*built.command(program)) == "5 9 25\n4 false\nHello, Ada\n"


def headers() -> list[str]:
    folder = BUNDLE / "include" / "c++" / "v1"
    return sorted(path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith("__"))


def compiled(platform: Platform, place: Path, source: str, *options: str) -> subprocess.CompletedProcess[str]:
    file = place / "header.cpp"
    file.write_text(source)
    target = (f"--target={platform.triple}", f"--sysroot={platform.sdk / 'sysroot'}", "-stdlib=libc++")
    command = (tool("clang++"), *target, "-fno-exceptions", "-fno-rtti", "-fsyntax-only", *options, file)
    return subprocess.run(list(map(str, command)), capture_output=True, text=True)


LEFT_OUT = {"fstream", "sstream", "streambuf", "strstream", "codecvt", "locale", "regex", "future"}
LOOKED_FOR = ("execution", "filesystem", "syncstream")


@pytest.mark.parametrize("standard", ["11", "14", "17", "20", "23"])
def test_its_headers_can_be_included(platform: Platform, place: Path, standard: str) -> None:
    """`<stdatomic.h>` of C and `<atomic>` exclude each other before C++23."""
    wanted = [header for header in headers() if header not in LEFT_OUT | {"stdatomic.h"}]
    assert len(wanted) > 90
    source = "".join(f"#include <{header}>\n" for header in wanted)
    done = compiled(platform, place, source, f"-std=c++{standard}", "-Wall", "-Wno-deprecated", "-Werror")
    assert done.returncode == 0, done.stderr[:2000]


def test_a_header_that_is_not_there_says_so(platform: Platform, place: Path) -> None:
    for header in sorted(LEFT_OUT):
        done = compiled(platform, place, f"#include <{header}>\n", "-std=c++20")
        errors = [line for line in done.stderr.splitlines() if "error:" in line]
        assert len(errors) == 1 and f'error: "<{header}> is not in this SDK: ' in errors[0], done.stderr


def test_a_header_that_packages_look_for_is_not_found(platform: Platform, place: Path) -> None:
    lines = [f"#if __has_include(<{header}>)\n#error {header}\n#endif\n" for header in LOOKED_FOR]
    done = compiled(platform, place, "".join(lines), "-std=c++23")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "use", ["std::cout << 1", "std::cin.get()", "std::cerr << std::setw(2) << 1", "std::hex", "std::setprecision(3)"]
)
def test_streams_say_that_they_are_not_there_where_they_are_used(platform: Platform, place: Path, use: str) -> None:
    source = "#include <iomanip>\n#include <iostream>\n#include <ostream>\nvoid use() {{ (void)({}); }}\n"
    assert compiled(platform, place, source.format("0"), "-std=c++11", "-Wall", "-Werror").returncode == 0
    done = compiled(platform, place, source.format(use), "-std=c++20")
    first = next(line for line in done.stderr.splitlines() if "error:" in line)
    assert "is unavailable: there are no C++ streams in this SDK; use <cstdio>" in first, done.stderr
