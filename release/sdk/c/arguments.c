// The arguments of a program, for CommandLine. musl hands them to main alone; the kernel has put them right below the
// environment: how many, one pointer for each, and a null pointer.
#include <stdint.h>
#include <unistd.h>

extern char **environ;

static char **vector;
static int count;

// Before main, where nobody has changed the environment yet. No pointer to an argument is as small as their number.
__attribute__((constructor)) static void find_arguments(void) {
    char **end = environ - 1;
    while ((uintptr_t)end[-1 - count] != (uintptr_t)count) count++;
    vector = end - count;
}

char **swift_musl_arguments(int32_t *number);
char **swift_musl_arguments(int32_t *number) {
    *number = count;
    return vector;
}
