#pragma once

// The C library as Swift sees it. The cross build has no Glibc or Musl module, so every declaration comes from here.
// A function stands below only where Swift cannot import the original: variadics, macros, unions, errno, and
// constants that are an enum in one C library and a macro in the other.

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// The kernel writes these records; their layout is its interface.
#if defined(__x86_64__) || defined(__i386__)
_Static_assert(sizeof(struct epoll_event) == 12, "epoll_event is packed on x86-64, as it is aligned on x86");
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
    CSYSTEM_EPOLL_INPUT_ENDED = EPOLLRDHUP,
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

// sigaction is a structure and a function, and holds a union; SIG_IGN is a macro with a cast.
static inline int csystem_ignores_signal(int number) {
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

// timespec has unnamed padding bit-fields in musl on 32-bit machines. INT64_MIN for a failure.
static inline int64_t csystem_nanoseconds(clockid_t clock) {
    struct timespec time;
    if (clock_gettime(clock, &time) != 0) return INT64_MIN;
    return (int64_t)time.tv_sec * 1000000000 + (int64_t)time.tv_nsec;
}
static inline int64_t csystem_monotonic_nanoseconds(void) { return csystem_nanoseconds(CLOCK_MONOTONIC); }
static inline int64_t csystem_calendar_nanoseconds(void) { return csystem_nanoseconds(CLOCK_REALTIME); }

// open and fcntl are variadic. Without O_NONBLOCK, opening a FIFO would wait for its writer.
static inline int csystem_open_to_read(const char *path) { return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); }
static inline int csystem_open_folder(const char *path) { return open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY); }
static inline int csystem_create(const char *path) {
    return open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
}
static inline int csystem_status_flags(int number) { return fcntl(number, F_GETFL); }
static inline int csystem_set_status_flags(int number, int flags) { return fcntl(number, F_SETFL, flags); }

// rusage holds timeval, whose width differs. RUSAGE_SELF is an enum in glibc, a macro in musl.
static inline int64_t csystem_processor_microseconds(void) {
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
    return ((int64_t)usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 + usage.ru_utime.tv_usec +
           usage.ru_stime.tv_usec;
}
static inline long csystem_page_bytes(void) { return sysconf(_SC_PAGESIZE); }

// How many descriptors are open: /proc/self/fd without ".", ".." and its own. 0 without /proc.
static inline int csystem_open_files(void) {
    DIR *folder = opendir("/proc/self/fd");
    if (!folder) return 0;
    int count = 0;
    while (readdir(folder)) count++;
    closedir(folder);
    return count - 3;
}
static inline int64_t csystem_open_files_max(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    return limit.rlim_cur > INT64_MAX ? INT64_MAX : (int64_t)limit.rlim_cur;
}

// ioctl is variadic. 0 where there is no terminal.
static inline int csystem_terminal_columns(int number) {
    struct winsize size;
    return ioctl(number, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

// S_ISFIFO and its like are macros. A terminal and /dev/null are devices.
static inline int csystem_is_fed(int number) {
    struct stat status;
    if (fstat(number, &status) != 0) return 0;
    return S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode) || S_ISREG(status.st_mode);
}

// open is variadic. The lowest free number is taken: it ends with the first that is not a standard stream's.
static inline void csystem_open_standard_streams(void) {
    int number = open("/dev/null", O_RDWR);
    while (number >= 0 && number <= STDERR_FILENO) number = open("/dev/null", O_RDWR);
    if (number >= 0) close(number);
}

// unistd.h declares it to GNU programs only.
long syscall(long number, ...);

// The flags are an enum in glibc, macros in musl.
static inline int csystem_tcp_socket(int ipv6) {
    return socket(ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

// C libraries declare accept4 to GNU programs only; its flags are an enum in glibc, macros in musl. An old kernel does
// not have it, and a filter may not know it.
static inline int csystem_accept(int number) {
    int accepted = (int)syscall(SYS_accept4, number, (void *)0, (void *)0, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (accepted >= 0 || (errno != ENOSYS && errno != EPERM)) return accepted;
    accepted = accept(number, NULL, NULL);
    if (accepted < 0) return -1;
    if (fcntl(accepted, F_SETFD, FD_CLOEXEC) == 0 && fcntl(accepted, F_SETFL, O_NONBLOCK) == 0) return accepted;
    int failure = errno;
    close(accepted);
    errno = failure;
    return -1;
}

// in6_addr holds a union; sockaddr is cast.
static inline int csystem_bind(int number, int ipv6, const uint8_t *address, uint16_t port) {
    if (ipv6) {
        struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
        memcpy(&name.sin6_addr, address, sizeof name.sin6_addr);
        return bind(number, (const struct sockaddr *)&name, sizeof name);
    }
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons(port)};
    memcpy(&name.sin_addr, address, sizeof name.sin_addr);
    return bind(number, (const struct sockaddr *)&name, sizeof name);
}

// sockaddr is cast. The port stands at the same place for both families. -1 for a failure.
static inline int csystem_bound_port(int number) {
    struct sockaddr_storage name;
    socklen_t size = sizeof name;
    if (getsockname(number, (struct sockaddr *)&name, &size) != 0) return -1;
    return ntohs(((const struct sockaddr_in *)&name)->sin_port);
}

// Writes the peer's address, 4 or 16 bytes, and returns how many; 0 when it is not known.
static inline int csystem_peer_address(int number, unsigned char *bytes) {
    struct sockaddr_storage name;
    socklen_t size = sizeof name;
    if (getpeername(number, (struct sockaddr *)&name, &size) != 0) return 0;
    if (name.ss_family == AF_INET) {
        memcpy(bytes, &((const struct sockaddr_in *)&name)->sin_addr, 4);
        return 4;
    }
    if (name.ss_family != AF_INET6) return 0;
    memcpy(bytes, &((const struct sockaddr_in6 *)&name)->sin6_addr, 16);
    return 16;
}

// The options' names are macros; the protocols' are an enum in glibc.
static inline int csystem_set_option(int number, int level, int option, int value) {
    return setsockopt(number, level, option, &value, sizeof value);
}
enum { CSYSTEM_LEVEL_TCP = IPPROTO_TCP, CSYSTEM_LEVEL_IPV6 = IPPROTO_IPV6 };

// The flags are an enum in glibc, macros in musl.
static inline ssize_t csystem_send(int number, const void *bytes, size_t count) {
    return send(number, bytes, count, MSG_NOSIGNAL);
}
static inline ssize_t csystem_peek(int number) {
    char byte;
    return recv(number, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
}
static inline int csystem_shutdown_writing(int number) { return shutdown(number, SHUT_WR); }

// A resource is an enum type in glibc when it is a GNU program's. Raises the soft limit of open files to the hard one;
// returns the limit that holds then, capped to what 64 bits signed hold, or -1.
static inline int64_t csystem_raise_open_files(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
    if (limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        if (setrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
    }
    return limit.rlim_cur > INT64_MAX ? INT64_MAX : (int64_t)limit.rlim_cur;
}

// stat holds timespecs, see above.
static inline int csystem_owner_and_mode(const char *path, uid_t *owner, gid_t *group, mode_t *mode) {
    struct stat status;
    if (stat(path, &status) != 0) return -1;
    *owner = status.st_uid;
    *group = status.st_gid;
    *mode = status.st_mode;
    return 0;
}

// stat again: device, number, size, and the times of the last change of contents and of status in nanoseconds.
static inline int csystem_file_stamp(const char *path, int64_t stamp[5]) {
    struct stat status;
    if (stat(path, &status) != 0) return -1;
    stamp[0] = (int64_t)status.st_dev;
    stamp[1] = (int64_t)status.st_ino;
    stamp[2] = (int64_t)status.st_size;
    stamp[3] = (int64_t)status.st_mtim.tv_sec * 1000000000 + (int64_t)status.st_mtim.tv_nsec;
    stamp[4] = (int64_t)status.st_ctim.tv_sec * 1000000000 + (int64_t)status.st_ctim.tv_nsec;
    return 0;
}

// timespec again. An interruption only shortens the wait.
static inline void csystem_pause_milliseconds(int milliseconds) {
    struct timespec time = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000L};
    (void)nanosleep(&time, NULL);
}

// The flags are macros. Whether a write of at most PIPE_BUF bytes would not wait; also true when it would fail.
static inline int csystem_is_writable(int number) {
    struct pollfd descriptor = {.fd = number, .events = POLLOUT};
    return poll(&descriptor, 1, 0) > 0;
}

// The name is an array inside of a structure, which Swift takes for a tuple. Null at the end.
static inline const char *csystem_next_name(DIR *folder) {
    struct dirent *entry = readdir(folder);
    return entry ? entry->d_name : NULL;
}

// The Swift entry point of the cross build is not given the arguments. The kernel lays them out before the environment,
// each list ended by a null, with their count in front (System V ABI, process initialization). To be called before
// anything changes the environment. The strings may be written to, up to their ends, and other processes see it.
static inline char *const *csystem_arguments(void) {
    extern char **environ;
    char **argument = environ - 1;
    for (uintptr_t count = 0; (uintptr_t)argument[-1] != count; count++) argument--;
    return argument;
}
