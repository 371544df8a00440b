// What a program that traps says on standard error. The compiler turns a failed check (an overflow, an index out of
// range, a nil, a precondition) into one instruction that the kernel answers with a signal; a debug build calls a
// function with the reason before. A program that defines swift_musl_trap itself goes without.
//
// Compiled as a part of musl, whose structures it looks into, so that it takes little space in programs that have no
// other use for signals.
#include <elf.h>
#include <link.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include "ksigaction.h"
#include "stdio_impl.h"
#include "syscall.h"

// Names this file on the linker's command line: an archive's member is not taken for a symbol that is there already.
extern const char swift_musl_trap;
const char swift_musl_trap = 1;

extern hidden const ElfW(Ehdr) __ehdr_start;
extern hidden weak FILE *volatile __stdout_used;
extern char *__progname_full;

struct text {
    size_t length;
    char bytes[512];
};

// What is too long is cut.
static void add(struct text *text, const char *bytes, size_t count) {
    while (count-- && text->length < sizeof text->bytes) text->bytes[text->length++] = *bytes++;
}

static void add_number(struct text *text, uintptr_t number, unsigned base) {
    char digits[sizeof number * 3];
    size_t first = sizeof digits;
    do digits[--first] = "0123456789abcdef"[number % base];
    while ((number /= base) != 0);
    add(text, digits + first, sizeof digits - first);
}

static void add_name(struct text *text) {
    const char *name = __progname_full;
    for (size_t i = 0; i < 200 && name && name[i]; i++) add(text, name + i, 1);
}

// There is nobody else to be told when it fails.
static void tell(const struct text *text) { __syscall(SYS_write, STDERR_FILENO, text->bytes, text->length); }

#define ADD(text, literal) add(text, literal, sizeof literal - 1)

// What waits in the buffer of standard output, in a program that uses it. fflush would wait for a thread that holds the
// lock, and be a part of every program.
static void flush_stdout(void) {
    FILE *file = &__stdout_used ? __stdout_used : NULL;
    if (!file || file->wpos <= file->wbase) return;
    __syscall(SYS_write, file->fd, file->wbase, file->wpos - file->wbase);
    file->wpos = file->wbase;
}

// The signal's default action comes back with SA_RESETHAND, and the instruction is run once more: the program ends as
// it would without this.
static void on_trap(int signal, siginfo_t *info, void *context) {
    (void)context;
    flush_stdout();
    if (info->si_code <= 0) { // sent by a process: it trapped nowhere
        __syscall(SYS_kill, __syscall(SYS_getpid), signal);
        return;
    }
    const uintptr_t offset = (uintptr_t)info->si_addr - (uintptr_t)&__ehdr_start;
    struct text text;
    text.length = 0;
    ADD(&text, "Fatal error: trapped. Why and where, by its symbols: llvm-symbolizer --obj=");
    add_name(&text);
    ADD(&text, " 0x");
    add_number(&text, offset, 16);
    ADD(&text, "\n");
    tell(&text);
}

__attribute__((constructor)) static void watch_for_traps(void) {
    struct k_sigaction action = {
        .handler = (void (*)(int))on_trap,
        .flags = SA_SIGINFO | SA_RESETHAND,
    };
#ifdef SA_RESTORER
    action.flags |= SA_RESTORER;
    action.restorer = __restore_rt;
#endif
    __syscall(SYS_rt_sigaction, SIGILL, &action, NULL, _NSIG / 8);
    __syscall(SYS_rt_sigaction, SIGTRAP, &action, NULL, _NSIG / 8);
}

// The modules' own print to standard output, as in EmbeddedStubs of Swift 6.3; they are weak. A StaticString travels as
// three values: address, count, and flags, of which the lowest bit says that the address is one scalar instead.
#ifdef __riscv // where it is the convention of C
#define SWIFT
#else
#define SWIFT __attribute__((swiftcall))
#endif
#define STATIC_STRING(name) const char *name, size_t name##_count, uint8_t name##_flags

static void add_static(struct text *text, STATIC_STRING(string)) {
    if (!(string_flags & 1)) add(text, string, string_count);
}

static void report(STATIC_STRING(prefix), const char *message, size_t message_count) {
    struct text text;
    text.length = 0;
    add_static(&text, prefix, prefix_count, prefix_flags);
    if (message_count) ADD(&text, ": ");
    add(&text, message, message_count < 300 ? message_count : 300);
    ADD(&text, "\n");
    tell(&text);
}

static void report_place(STATIC_STRING(file), size_t line) {
    struct text text;
    text.length = 0;
    add_static(&text, file, file_count, file_flags);
    ADD(&text, ":");
    add_number(&text, line, 10);
    ADD(&text, ": ");
    tell(&text);
}

SWIFT void fatal_error(STATIC_STRING(prefix), STATIC_STRING(message)) __asm__(
    "$es25_embeddedReportFatalError6prefix7messageys12StaticStringV_AEtF");
SWIFT void fatal_error(STATIC_STRING(prefix), STATIC_STRING(message)) {
    report(prefix, prefix_count, prefix_flags, message, message_flags & 1 ? 0 : message_count);
}

SWIFT void fatal_error_in_file(STATIC_STRING(prefix), STATIC_STRING(message), STATIC_STRING(file), size_t line) __asm__(
    "$es31_embeddedReportFatalErrorInFile6prefix7message4file4lineys12StaticStringV_A2GSutF");
SWIFT void fatal_error_in_file(STATIC_STRING(prefix), STATIC_STRING(message), STATIC_STRING(file), size_t line) {
    report_place(file, file_count, file_flags, line);
    fatal_error(prefix, prefix_count, prefix_flags, message, message_count, message_flags);
}

SWIFT void fatal_error_with_text(STATIC_STRING(prefix), const char *message, size_t count, STATIC_STRING(file),
    size_t line) __asm__(
    "$es31_embeddedReportFatalErrorInFile6prefix7message4file4lineys12StaticStringV_SRys5UInt8VGAGSutF");
SWIFT void fatal_error_with_text(STATIC_STRING(prefix), const char *message, size_t count, STATIC_STRING(file),
    size_t line) {
    report_place(file, file_count, file_flags, line);
    report(prefix, prefix_count, prefix_flags, message, message ? count : 0);
}
