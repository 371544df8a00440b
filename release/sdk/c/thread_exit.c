// What C++ registers to be done at the end of a thread: destructors of its thread_local variables, the last first.
#include <pthread.h>
#include <stdlib.h>

struct exit {
    void (*function)(void *);
    void *object;
    struct exit *before;
};
static _Thread_local struct exit *last;
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

int __cxa_thread_atexit(void (*function)(void *), void *object, void *library);

static void leave(void *unused) {
    (void)unused;
    for (struct exit *now = last; now; now = last) {
        last = now->before;
        now->function(now->object);
        free(now);
    }
}
// The thread that ends the program does not end itself.
static void leave_program(void) { leave(NULL); }

static void begin(void) {
    if (pthread_key_create(&key, leave) != 0 || atexit(leave_program) != 0) abort();
}

int __cxa_thread_atexit(void (*function)(void *), void *object, void *library) {
    (void)library;
    struct exit *now = malloc(sizeof *now);
    if (!now) return -1;
    pthread_once(&once, begin);
    if (!last && pthread_setspecific(key, &key) != 0) abort();
    *now = (struct exit){function, object, last};
    last = now;
    return 0;
}
