// The C library for Swift: all of musl's headers that Swift can import, and functions for what is variadic or a macro,
// which overlays/Musl gives its usual name. `import Musl`.
#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <aio.h>
#include <alloca.h>
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <byteswap.h>
#include <ctype.h>
#include <dirent.h>
#include <dlfcn.h>
#include <elf.h>
#include <endian.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <fenv.h>
#include <float.h>
#include <fnmatch.h>
#include <ftw.h>
#include <getopt.h>
#include <glob.h>
#include <grp.h>
#include <iconv.h>
#include <ifaddrs.h>
#include <inttypes.h>
#include <langinfo.h>
#include <libgen.h>
#include <limits.h>
#include <link.h>
#include <locale.h>
#include <malloc.h>
#include <math.h>
#include <mntent.h>
#include <monetary.h>
#include <mqueue.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <net/route.h>
#include <netdb.h>
#include <netinet/icmp6.h>
#include <netinet/if_ether.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/ip_icmp.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <netpacket/packet.h>
#include <nl_types.h>
#include <paths.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <pwd.h>
#include <regex.h>
#include <resolv.h>
#include <sched.h>
#include <search.h>
#include <semaphore.h>
#include <shadow.h>
#include <signal.h>
#include <spawn.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/acct.h>
#include <sys/auxv.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/fanotify.h>
#include <sys/file.h>
#include <sys/fsuid.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/klog.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/param.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/random.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/sendfile.h>
#include <sys/shm.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/times.h>
#include <sys/timex.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <syslog.h>
#include <termios.h>
#include <time.h>
#include <uchar.h>
#include <ucontext.h>
#include <unistd.h>
#include <utime.h>
#include <utmp.h>
#include <wchar.h>
#include <wctype.h>
#include <wordexp.h>

#include "Mathematics.h"

static inline int swift_musl_open(const char *path, int flags, mode_t mode) { return open(path, flags, mode); }
static inline int swift_musl_openat(int folder, const char *path, int flags, mode_t mode) {
    return openat(folder, path, flags, mode);
}
static inline int swift_musl_fcntl(int descriptor, int command, uintptr_t value) {
    return fcntl(descriptor, command, value);
}
static inline int swift_musl_ioctl(int descriptor, unsigned long request, uintptr_t value) {
    return ioctl(descriptor, (int)request, value);
}
static inline long swift_musl_syscall(long number, long a, long b, long c, long d, long e, long f) {
    return syscall(number, a, b, c, d, e, f);
}
static inline sem_t *swift_musl_sem_open(const char *name, int flags, mode_t mode, unsigned value) {
    return sem_open(name, flags, mode, value);
}
static inline int swift_musl_prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d) {
    return prctl(option, a, b, c, d);
}
static inline int *swift_musl_errno(void) { return &errno; }
static inline FILE *swift_musl_stdin(void) { return stdin; }
static inline FILE *swift_musl_stdout(void) { return stdout; }
static inline FILE *swift_musl_stderr(void) { return stderr; }
static inline char **swift_musl_environ(void) { return environ; }
static inline void swift_musl_fd_zero(fd_set *set) { FD_ZERO(set); }
static inline void swift_musl_fd_set(int descriptor, fd_set *set) { FD_SET(descriptor, set); }
static inline void swift_musl_fd_clear(int descriptor, fd_set *set) { FD_CLR(descriptor, set); }
static inline int swift_musl_fd_is_set(int descriptor, const fd_set *set) { return FD_ISSET(descriptor, set); }

// Formatted output of arguments that lie in memory as on a stack: c/formatted.c.
int swift_musl_fprintf(FILE *file, const char *format, const void *arguments);
int swift_musl_snprintf(char *buffer, size_t size, const char *format, const void *arguments);
