"""C++ in a package for the SDK: the language, without its library."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.packages import PACKAGE, build, package_of
from support.platforms import Platform, output_of

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


@pytest.mark.parametrize("configuration", ["debug", "release"])
def test_cplusplus_works_without_its_library(built: Platform, place: Path, configuration: str) -> None:
    package = package_of(place / "cplusplus")
    (package / "Package.swift").write_text(
        PACKAGE.replace('name: "linux")]', 'name: "linux", dependencies: ["Shapes"]), .target(name: "Shapes")]')
    )
    shapes = package / "Sources" / "Shapes"
    (shapes / "include").mkdir(parents=True)
    (shapes / "include" / "shapes.h").write_text("int area(int side);\n")
    (shapes / "shapes.cpp").write_text(CPLUSPLUS)
    (package / "Sources" / "linux" / "main.swift").write_text("import Shapes\nprint(area(3) + area(4))\n")
    assert output_of(*built.command(build(package, built, configuration=configuration))) == "260\n"
