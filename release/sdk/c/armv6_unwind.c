// Code of others may come with tables for unwinding the stack that name these. Nothing here throws: there is no
// standard library of C++.
enum { FAILED = 9 };

int __aeabi_unwind_cpp_pr0(int state, void *control_block, void *context);
int __aeabi_unwind_cpp_pr1(int state, void *control_block, void *context);
int __aeabi_unwind_cpp_pr2(int state, void *control_block, void *context);

#define PERSONALITY(name) \
    int name(int state, void *control_block, void *context) { \
        (void)state, (void)control_block, (void)context; \
        return FAILED; \
    }

PERSONALITY(__aeabi_unwind_cpp_pr0)
PERSONALITY(__aeabi_unwind_cpp_pr1)
PERSONALITY(__aeabi_unwind_cpp_pr2)
