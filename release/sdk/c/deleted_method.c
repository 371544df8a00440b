// What stands in place of an async method that the optimizer has deleted. The module _Concurrency has its own, in every
// program that imports it, as all do: it would bring what runs tasks into programs that have none. This one is strong.

// Names this file on the linker's command line: an archive's member is not taken for a symbol that is there already.
extern const char swift_musl_deleted_method;
const char swift_musl_deleted_method = 1;

// It never returns, so nobody minds how it is called.
void swift_deletedAsyncMethodError(void);
void swift_deletedAsyncMethodError(void) { __builtin_trap(); }

// The pointer to it, as Swift has one to each async function, which C cannot write: the distance, and how much memory a
// call needs.
__asm__(".section .rodata.swift_deletedAsyncMethodErrorTu,\"a\",%progbits\n"
    ".globl swift_deletedAsyncMethodErrorTu\n"
    ".p2align 3\n"
    "swift_deletedAsyncMethodErrorTu:\n"
    ".long swift_deletedAsyncMethodError - .\n"
    ".long 16\n"
    ".text\n");
