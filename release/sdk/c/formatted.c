// printf for Swift, which has no variadic functions of C: the arguments are in memory, each as on a stack, and a
// va_list that has no more registers leads to them.
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

int swift_musl_fprintf(FILE *file, const char *format, const void *arguments);
int swift_musl_snprintf(char *buffer, size_t size, const char *format, const void *arguments);

// The layouts are those of the platforms' calling conventions.
static void lead_to(va_list *list, const void *arguments) {
#if defined(__x86_64__)
    const struct {
        uint32_t gp_offset, fp_offset;
        const void *overflow_arg_area, *reg_save_area;
    } values = {48, 176, arguments, NULL};
#elif defined(__aarch64__)
    const struct {
        const void *stack, *gr_top, *vr_top;
        int32_t gr_offs, vr_offs;
    } values = {arguments, NULL, NULL, 0, 0};
#else
    const void *const values = arguments;
#endif
    _Static_assert(sizeof values == sizeof *list, "a va_list of another form");
    memcpy(list, &values, sizeof values);
}

int swift_musl_fprintf(FILE *file, const char *format, const void *arguments) {
    va_list list;
    lead_to(&list, arguments);
    return vfprintf(file, format, list);
}

int swift_musl_snprintf(char *buffer, size_t size, const char *format, const void *arguments) {
    va_list list;
    lead_to(&list, arguments);
    return vsnprintf(buffer, size, format, list);
}
