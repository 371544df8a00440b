#pragma once

// The C library as Swift sees it. The cross build has no Glibc or Musl module, so every declaration comes from here.
// A function stands below only where Swift cannot import the original: variadics, macros, unions, errno, and
// constants that are an enum in one C library and a macro in the other.

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

// The kernel writes these records; their layout is its interface.
#if defined(__x86_64__)
_Static_assert(sizeof(struct epoll_event) == 12, "epoll_event is packed on x86-64");
#else
_Static_assert(sizeof(struct epoll_event) == 16, "epoll_event is naturally aligned");
#endif
_Static_assert(sizeof(struct signalfd_siginfo) == 128, "signalfd records are 128 bytes");
_Static_assert(sizeof(off_t) == 8, "files over 2 GiB need a 64-bit off_t");

// An enum in glibc, macros in musl.
enum {
    CSYSTEM_EPOLL_ADD = EPOLL_CTL_ADD,
    CSYSTEM_EPOLL_MODIFY = EPOLL_CTL_MOD,
    CSYSTEM_EPOLL_DELETE = EPOLL_CTL_DEL,
    CSYSTEM_EPOLL_READABLE = EPOLLIN,
    CSYSTEM_EPOLL_WRITABLE = EPOLLOUT,
    CSYSTEM_EPOLL_FAILED = EPOLLERR,
    CSYSTEM_EPOLL_HUNG_UP = EPOLLHUP,
};

// errno is a macro.
static inline int csystem_errno(void) { return errno; }

// The flags are an enum in glibc, macros in musl.
static inline int csystem_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

// epoll_event holds a union.
static inline int csystem_epoll_control(int epoll, int operation, int number, uint32_t events, uint64_t token) {
    struct epoll_event event = {.events = events, .data = {.u64 = token}};
    return epoll_ctl(epoll, operation, number, &event);
}

// epoll_event holds a union, and is packed on x86-64.
static inline uint32_t csystem_epoll_events(const struct epoll_event *event) { return event->events; }
static inline uint64_t csystem_epoll_token(const struct epoll_event *event) { return event->data.u64; }

// The flags are an enum in glibc, macros in musl.
static inline int csystem_signalfd(const sigset_t *signals) {
    return signalfd(-1, signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

// SIG_IGN is a macro with a cast.
static inline int csystem_ignore_signal(int number) { return signal(number, SIG_IGN) == SIG_ERR ? -1 : 0; }

// timespec has unnamed padding bit-fields in musl on 32-bit machines.
static inline int64_t csystem_monotonic_nanoseconds(void) {
    struct timespec time = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + (int64_t)time.tv_nsec;
}

// open and fcntl are variadic. Without O_NONBLOCK, opening a FIFO would wait for its writer.
static inline int csystem_open_to_read(const char *path) { return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); }
static inline int csystem_status_flags(int number) { return fcntl(number, F_GETFL); }
static inline int csystem_set_status_flags(int number, int flags) { return fcntl(number, F_SETFL, flags); }

// The Swift entry point of the cross build is not given the arguments. The kernel lays them out before the environment,
// each list ended by a null, with their count in front (System V ABI, process initialization). To be called before
// anything changes the environment.
static inline char *const *csystem_arguments(void) {
    extern char **environ;
    char **argument = environ - 1;
    for (uintptr_t count = 0; (uintptr_t)argument[-1] != count; count++) argument--;
    return argument;
}
