// The storage that all empty arrays share. The modules' own is aligned as its four words are, which on 32-bit machines
// is too little for elements of 64 bits, and everywhere for vectors: `span` of such an empty array ends the program,
// wherever the linker happens to put the storage between two boundaries. This one is strong, the modules' own are weak.
#include <stdint.h>

// Names this file on the linker's command line: an archive's member is not taken for a symbol that is there already.
extern const char swift_musl_empty_array;
const char swift_musl_empty_array = 1;

// As in EmbeddedRuntime.swift of Swift 6.3: no class; not counted; no elements; the flags of a capacity of none.
struct empty_array {
    uintptr_t metadata, references, count, capacity_and_flags;
};

// No type of Swift wants more than 16 bytes, and elements start behind the storage at a multiple of their alignment.
extern struct empty_array empty_array __asm__("$es23_swiftEmptyArrayStorageSi_S3itvp");
struct empty_array empty_array __attribute__((aligned(16))) = {0, UINTPTR_MAX, 0, 1};
