// What the Swift standard library calls for standard input and output.
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/types.h>

ssize_t swift_stdlib_readLine_stdin(unsigned char **line);
size_t _swift_stdlib_fwrite_stdout(const void *bytes, size_t size, size_t count);
void _swift_stdlib_flockfile_stdout(void);
void _swift_stdlib_funlockfile_stdout(void);

// The caller frees the line, which has its line end; 0 or less says that there is none.
ssize_t swift_stdlib_readLine_stdin(unsigned char **line) {
    size_t capacity = 0;
    *line = NULL;
    return getline((char **)line, &capacity, stdin);
}

size_t _swift_stdlib_fwrite_stdout(const void *bytes, size_t size, size_t count) {
    return fwrite(bytes, size, count, stdout);
}

void _swift_stdlib_flockfile_stdout(void) { flockfile(stdout); }
void _swift_stdlib_funlockfile_stdout(void) { funlockfile(stdout); }
