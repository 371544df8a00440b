// What a static-PIE program relocates at its start is to be read-only from then on. A dynamic linker sees to that; in a
// program without one nobody does, so rcrt1.o, which starts such programs, has this besides.
//
// Compiled as a part of musl, whose page size and system calls it uses, so that it takes little space.
#include <elf.h>
#include <errno.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "libc.h"
#include "syscall.h"

// The linker's name for the program's first byte. A program that rcrt1.o starts is linked as if it were at address 0.
extern const ElfW(Ehdr) __ehdr_start __attribute__((visibility("hidden")));

// Whether a segment has bytes at or behind `from` and before `to`.
static bool reaches(const ElfW(Phdr) *segment, uintptr_t from, uintptr_t to) {
    return segment->p_vaddr < to && segment->p_vaddr + segment->p_memsz > from;
}

// Ahead of every other constructor: 0 to 100 are for the C library.
__attribute__((constructor(0))) static void protect_relocated(void) {
    const uintptr_t start_of_program = (uintptr_t)&__ehdr_start;
    const ElfW(Phdr) *segments = (const ElfW(Phdr) *)(start_of_program + __ehdr_start.e_phoff);
    const ElfW(Phdr) *end_of_segments = segments + __ehdr_start.e_phnum;
    const ElfW(Phdr) *relro = segments;
    while (relro < end_of_segments && relro->p_type != PT_GNU_RELRO) relro++;
    if (relro == end_of_segments) return;

    // Kernels for Arm have pages of 4, 16 or 64 kB, and the linker rounds to the smallest. The last page is protected
    // as a whole unless something else is in it.
    const uintptr_t page = libc.page_size;
    const uintptr_t start = relro->p_vaddr & -page, end_of_relro = relro->p_vaddr + relro->p_memsz;
    uintptr_t end = (end_of_relro + page - 1) & -page;
    for (const ElfW(Phdr) *other = segments; other < end_of_segments; other++) {
        if (other->p_type == PT_LOAD && reaches(other, end_of_relro, end)) end = end_of_relro & -page;
    }
    if (start >= end) return;

    const long refused = __syscall(SYS_mprotect, start_of_program + start, end - start, PROT_READ);
    // Without a memory management unit there is nothing to protect. Everything else is a filter of system calls.
    if (refused == 0 || refused == -ENOSYS) return;
    static const char message[] = "cannot make relocated data read-only: the kernel refuses mprotect\n";
    __syscall(SYS_write, STDERR_FILENO, message, sizeof message - 1);
    _exit(127);
}
