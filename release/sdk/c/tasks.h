// What runs tasks: the functions that the compiler and the module _Concurrency of Swift 6.3 call, as Embedded Swift has
// them. All tasks run in the one thread that runs main, in turns; other threads may start and cancel tasks and
// resume them. Executors of a program's own do not exist in Embedded Swift, nor do task-local values or errors of tasks
// (`any Error`).
//
//   tasks.c       tasks, their values, their memory, continuations
//   executor.c    which task runs next, actors, sleep
//   children.c    cancellation, priority, `async let`
//   task_groups.c task groups
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lock.h"

#define SWIFT __attribute__((swiftcall))
#define ASYNC __attribute__((swiftasynccall))
#define ASYNC_CONTEXT __attribute__((swift_async_context))
#define CONTEXT __attribute__((swift_context))

// What one call of an async function keeps. Where it goes on takes the error in a register; here there is none.
typedef struct context context;
typedef ASYNC void resume(ASYNC_CONTEXT context *context, CONTEXT void *error);
struct context {
    context *parent;
    resume *resume_parent;
};

typedef struct {
    int32_t offset;
    uint32_t context_size;
} async_function;

// An actor, or null for none. The other one is for executors of a program's own.
typedef struct {
    void *identity, *implementation;
} executor;

// How values of a type are handled that the compiled code alone knows: its value witnesses.
typedef struct {
    size_t size, align_mask;
    void *(*copy)(void *to, void *from, const void *type);
    void (*store_case)(void *optional, unsigned which, unsigned empty_cases, const void *type);
    void (*destroy)(void *value, const void *type);
} value_type;

// What starts a task may ask for.
enum option_kind {
    OPTION_ACTOR = 0,
    OPTION_GROUP = 1,
    OPTION_ASYNC_LET = 3,
    OPTION_VALUE = 4,
    OPTION_TASK_EXECUTOR = 5,
    OPTION_OWNED_TASK_EXECUTOR = 6,
    OPTION_NAME = 7,
};
typedef struct option {
    uintptr_t kind; // in the lowest byte
    const struct option *next;
    union {
        struct task_group *group;
        struct async_let *async_let;
        value_type value;
        const char *name;
        executor executor;
    };
} option;

enum {
    CREATE_PRIORITY = 0xff,
    CREATE_CHILD = 0x100,
    CREATE_AS_THREAD = 0x200,
    CREATE_INHERITS = 0x400,
    CREATE_ENQUEUED = 0x1000,
    CREATE_PENDING = 0x2000,
    CREATE_DISCARDING = 0x4000,
    CREATE_CONSUMES_CLOSURE = 0x8000,
};

enum { JOB_TASK = 0, JOB_RESUMES = 195 };
enum { PRIORITY_DEFAULT = 21, PRIORITY_HIGH = 25, PRIORITY_UI = 33 };

// What the executor takes in turns. Swift takes it for an object.
typedef struct job {
    const void *metadata;
    uintptr_t references;
    struct job *next;
    void *executor; // the actor, or null
    uint8_t kind, priority, base_priority;
    uint32_t id;
    struct task *resumed; // of JOB_RESUMES
    void *unused;
    resume *resume; // of a task: where it goes on when it runs next
} job;

typedef struct slab {
    struct slab *previous;
    char *top_before, *end_before;
} slab;

// What is to be called when a task is cancelled, or its priority raised.
typedef struct handler {
    struct handler *next;
    void (*function)(void);
    void *context;
    bool of_priority, called, running;
} handler;

typedef struct task {
    job job;
    context *context; // of job.resume; what resumes a continuation knows that it lies here
    // The memory of its calls: what is asked for last goes first.
    slab *slab;
    char *top, *end;

    bool cancelled, done, keeps_closure, discarding;
    value_type value_type;
    void *value;
    const char *name;
    struct task *waiters, *next_waiter;

    // Children hang on their parent until they have ended.
    struct task *parent, *children, *next_child, *previous_child;
    struct task_group *group, *groups;
    struct task *next_ready;
    handler *handlers;

    bool sleeps;
    int64_t deadline;
    struct task *next_sleeper;
} task;

_Static_assert(offsetof(task, context) == 6 * sizeof(void *) + 2 * sizeof(uint32_t) + sizeof(void *), "as Swift 6.3");

// Where a task waits for another's value. Compiled code has room for it.
typedef struct {
    context context;
    void *value; // null: not wanted
} wait_context;

typedef struct task_group {
    task *owner;
    struct task_group *next;
    value_type value_type;
    size_t pending; // started, and not taken yet
    task *first_ready, *last_ready;
    task *waiter;
    bool waits_for_all, cancelled, discarding;
} task_group;

typedef struct async_let {
    task *task;
    bool has_value;
    wait_context waits;
} async_let;

// Where an async function ends with a call that is none: clang for Arm makes a jump of it and leaves its own arguments
// on the stack.
#define END_CALL() __asm__ volatile("")

// The state of all tasks is changed under one lock, which is never held while code of the program runs.
void swift_musl_lock_tasks(void);
void swift_musl_unlock_tasks(void);
// Needs the lock.
void swift_musl_make_ready(job *job, void *actor);
void swift_musl_stop_sleep(task *task);
void swift_musl_child_has_ended(task *child);
void swift_musl_add_child(task *parent, task *child);
// Those of one group, or all.
void swift_musl_cancel_children(task *parent, const task_group *group);

void swift_musl_check_executor(void *implementation);
void swift_musl_fatal(const char *message) __attribute__((noreturn));
ASYNC void swift_musl_wait_for(void *value, ASYNC_CONTEXT context *caller, task *awaited, resume *then,
    wait_context *room);
// Where a task goes on after waiting.
ASYNC void swift_musl_after_wait(ASYNC_CONTEXT context *context, CONTEXT void *error);

SWIFT task *swift_task_getCurrent(void);
SWIFT void swift_task_cancel(task *task);

typedef struct {
    task *task;
    context *context;
} task_and_context;
SWIFT task_and_context swift_task_create(size_t flags, const option *options, const void *type,
    const async_function *function, void *closure);
SWIFT void swift_job_run(job *job, void *executor, void *implementation);

// Swift's own, which every program has that uses objects.
void *swift_retain(void *object);
void swift_release(void *object);
