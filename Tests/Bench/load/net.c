#define _GNU_SOURCE
#include "load.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("load: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

double now_seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int connect_to(const struct options *options) {
    static struct addrinfo *address;
    if (!address) {
        struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV};
        int code = getaddrinfo(options->host, options->port, &hints, &address);
        if (code != 0) fail("%s: %s", options->host, gai_strerror(code));
    }
    int number = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (number < 0) fail("no more sockets: %s (see ulimit -n)", strerror(errno));
    if (connect(number, address->ai_addr, address->ai_addrlen) != 0)
        fail("cannot connect to %s:%s: %s", options->host, options->port, strerror(errno));
    int one = 1;
    setsockopt(number, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(number, F_SETFL, O_NONBLOCK);
    return number;
}

static void wait_for(int number, short events) {
    struct pollfd entry = {.fd = number, .events = events};
    int count = poll(&entry, 1, WAIT_SECONDS_MAX * 1000);
    if (count == 0) fail("the server did nothing for %d s", WAIT_SECONDS_MAX);
}

bool send_all(int number, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t sent = send(number, bytes, count, MSG_NOSIGNAL);
        if (sent >= 0) {
            bytes += sent;
            count -= (size_t)sent;
        } else if (errno == EAGAIN) {
            wait_for(number, POLLOUT);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

bool receive_one(int number, char *input, size_t size, struct response *response) {
    size_t used = 0;
    for (;;) {
        ssize_t count = recv(number, input + used, size - used, 0);
        if (count > 0) {
            used += (size_t)count;
            enum reading reading = response_read(input, used, response);
            if (reading == BROKEN) fail("this is no HTTP response: %.200s", input);
            if (reading == WHOLE) return true;
            if (used == size) fail("a response is longer than %zu bytes", size);
        } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
            return false;
        } else {
            wait_for(number, POLLIN);
        }
    }
}
