// What the headers of libc++ call in place of an exception: the message on standard error, and the end of the program.
// printf would be 10 kB in each program that has a vector.
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

#include <__verbose_abort>

namespace {
struct Line {
    char text[256];
    size_t size = 0;

    void add(const char *bytes, size_t count) {
        if (count > sizeof text - size) count = sizeof text - size;
        memcpy(text + size, bytes, count);
        size += count;
    }
    void add(int number) {
        char digits[12], *first = digits + sizeof digits;
        unsigned rest = number < 0 ? -static_cast<unsigned>(number) : static_cast<unsigned>(number);
        do *--first = static_cast<char>('0' + rest % 10);
        while (rest /= 10);
        if (number < 0) *--first = '-';
        add(first, static_cast<size_t>(digits + sizeof digits - first));
    }
};
} // namespace

void std::__libcpp_verbose_abort(const char *format, ...) {
    Line line;
    va_list arguments;
    va_start(arguments, format);
    for (; *format; ++format) {
        if (*format == '%' && format[1] == 's') {
            const char *text = va_arg(arguments, const char *);
            line.add(text, strlen(text));
            ++format;
        } else if (*format == '%' && (format[1] == 'i' || format[1] == 'd')) {
            line.add(va_arg(arguments, int));
            ++format;
        } else {
            line.add(format, 1);
        }
    }
    va_end(arguments);
    line.add("\n", 1);
    [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, line.text, line.size);
    abort();
}
