// What runs next, in the thread that runs main; actors; sleep. See tasks.h.
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tasks.h"

// What a thread is just running, and in which actor. What an immediate task runs inside of something else may not
// change the actor: the outer one is not at a point where it gives way.
struct frame {
    void *executor;
    bool nested;
    struct frame *outer;
};

static _Thread_local struct frame *frames;
static _Thread_local task *current;

// By priority: high, medium, low, background.
static struct {
    job *first, *last;
} ready[4];
static task *sleepers; // the next to wake first
static bool idle;
static int32_t wake_ups;

SWIFT task *swift_task_getCurrent(void) { return current; }

void swift_musl_make_ready(job *job, void *actor) {
    const unsigned queue = job->priority >= 25 ? 0 : job->priority >= 21 ? 1 : job->priority >= 17 ? 2 : 3;
    job->executor = actor;
    job->next = NULL;
    if (ready[queue].first) {
        ready[queue].last->next = job;
    } else {
        ready[queue].first = job;
    }
    ready[queue].last = job;
    if (idle) {
        idle = false;
        __atomic_fetch_add(&wake_ups, 1, __ATOMIC_RELEASE);
        swift_musl_wake(&wake_ups, 1);
    }
}

static job *take_ready(void) {
    for (unsigned queue = 0; queue < sizeof ready / sizeof *ready; queue++) {
        job *job = ready[queue].first;
        if (!job) continue;
        ready[queue].first = job->next;
        return job;
    }
    return NULL;
}

void swift_musl_check_executor(void *implementation) {
    if (implementation) swift_musl_fatal("Embedded Swift has no executors of a program's own");
}

// Other than a task: what resumes one, and what ends an object in its actor.
typedef SWIFT void end_object(void *object);
struct end_job {
    job job;
    end_object *end;
    void *object;
};
enum { JOB_ENDS_OBJECT = 196 };

SWIFT void swift_continuation_resume(task *task);

static void run(job *job, void *executor, bool nested) {
    struct frame frame = {executor, nested, frames};
    task *outer = current;
    frames = &frame;
    current = job->kind == JOB_TASK ? (task *)job : NULL;
    if (job->kind == JOB_TASK) {
        current->job.resume(current->context, NULL);
    } else if (job->kind == JOB_RESUMES) {
        task *resumed = job->resumed;
        free(job);
        swift_continuation_resume(resumed);
    } else {
        struct end_job end = *(struct end_job *)job;
        free(job);
        end.end(end.object);
    }
    current = outer;
    frames = frame.outer;
}

SWIFT void swift_job_run(job *job, void *executor, void *implementation) {
    swift_musl_check_executor(implementation);
    run(job, executor, frames != NULL);
}

SWIFT void swift_task_immediate(task *task, void *executor, void *implementation);
SWIFT void swift_task_immediate(task *task, void *executor, void *implementation) {
    swift_musl_check_executor(implementation);
    swift_retain(task);
    run(&task->job, executor ? executor : frames ? frames->executor : NULL, true);
}

ASYNC void swift_task_switch(ASYNC_CONTEXT context *context, resume *then, void *executor, void *implementation);
ASYNC void swift_task_switch(ASYNC_CONTEXT context *context, resume *then, void *executor, void *implementation) {
    swift_musl_check_executor(implementation);
    // Nothing else runs, so no other actor is busy.
    if (!frames->nested) frames->executor = executor;
    if (frames->executor == executor) return then(context, NULL);
    current->job.resume = then;
    current->context = context;
    swift_musl_lock_tasks();
    swift_musl_make_ready(&current->job, executor);
    swift_musl_unlock_tasks();
    END_CALL();
}

// Jobs.

SWIFT void swift_task_enqueue(job *job, void *executor, void *implementation);
SWIFT void swift_task_enqueueGlobal(job *job);
SWIFT void swift_task_enqueueMainExecutor(job *job);
SWIFT void swift_defaultActor_enqueue(job *job, void *actor);
SWIFT job *swift_task_createNullaryContinuationJob(size_t priority, task *resumed);
SWIFT size_t swift_job_getKind(const job *job);
SWIFT uint8_t swift_job_getPriority(const job *job);
SWIFT void swift_job_setPriority(job *job, uint8_t priority);

SWIFT void swift_task_enqueue(job *job, void *executor, void *implementation) {
    swift_musl_check_executor(implementation);
    swift_musl_lock_tasks();
    swift_musl_make_ready(job, executor);
    swift_musl_unlock_tasks();
}
SWIFT void swift_task_enqueueGlobal(job *job) { swift_task_enqueue(job, NULL, NULL); }
SWIFT void swift_task_enqueueMainExecutor(job *job) { swift_task_enqueue(job, NULL, NULL); }
SWIFT void swift_defaultActor_enqueue(job *job, void *actor) { swift_task_enqueue(job, actor, NULL); }

SWIFT job *swift_task_createNullaryContinuationJob(size_t priority, task *resumed) {
    job *made = malloc(sizeof *made);
    if (!made) swift_musl_fatal("no memory for a task");
    *made = (job){.references = 1, .kind = JOB_RESUMES, .priority = (uint8_t)priority, .resumed = resumed};
    return made;
}

SWIFT size_t swift_job_getKind(const job *job) { return job->kind; }
SWIFT uint8_t swift_job_getPriority(const job *job) { return job->priority; }
SWIFT void swift_job_setPriority(job *job, uint8_t priority) { job->priority = priority; }

// Which executor.

SWIFT executor swift_task_getMainExecutor(void);
SWIFT bool swift_task_isCurrentExecutor(void *executor, void *implementation);
SWIFT bool swift_task_isCurrentExecutorWithFlags(void *executor, void *implementation, uint64_t flags);
SWIFT void swift_task_reportUnexpectedExecutor(const char *file, uintptr_t length, bool is_ascii, uintptr_t line,
    void *executor, void *implementation);
SWIFT bool swift_executor_isComplexEquality(void *executor, void *implementation);
SWIFT void swift_createDefaultExecutorsOnce(void);

SWIFT executor swift_task_getMainExecutor(void) { return (executor){NULL, NULL}; }
SWIFT bool swift_task_isCurrentExecutor(void *executor, void *implementation) {
    return !implementation && (frames ? frames->executor == executor : executor == NULL);
}
SWIFT bool swift_task_isCurrentExecutorWithFlags(void *executor, void *implementation, uint64_t flags) {
    (void)flags;
    return swift_task_isCurrentExecutor(executor, implementation);
}
SWIFT void swift_task_reportUnexpectedExecutor(const char *file, uintptr_t length, bool is_ascii, uintptr_t line,
    void *executor, void *implementation) {
    (void)file, (void)length, (void)is_ascii, (void)line, (void)executor, (void)implementation;
    swift_musl_fatal("a function was called outside of its actor");
}
SWIFT void swift_task_reportIllegalTaskLocalBindingWithinWithTaskGroup(const char *file, uintptr_t length,
    bool is_ascii, uintptr_t line);
SWIFT void swift_task_reportIllegalTaskLocalBindingWithinWithTaskGroup(const char *file, uintptr_t length,
    bool is_ascii, uintptr_t line) {
    (void)file, (void)length, (void)is_ascii, (void)line;
    swift_musl_fatal("a task-local value was bound in a task group");
}
SWIFT bool swift_executor_isComplexEquality(void *executor, void *implementation) {
    (void)executor;
    return ((uintptr_t)implementation & 7) == 1;
}
// The modules' own are placeholders that end the program.
SWIFT void swift_createDefaultExecutorsOnce(void) {}

// Actors need nothing in the object.

void swift_deallocClassInstance(void *object, size_t size, size_t align_mask);
SWIFT void swift_defaultActor_initialize(void *actor);
SWIFT void swift_defaultActor_destroy(void *actor);
SWIFT void swift_defaultActor_deallocate(void *actor);
SWIFT void swift_task_deinitOnExecutor(void *object, end_object *end, void *executor, void *implementation,
    size_t flags);

SWIFT void swift_defaultActor_initialize(void *actor) { (void)actor; }
SWIFT void swift_defaultActor_destroy(void *actor) { (void)actor; }
SWIFT void swift_defaultActor_deallocate(void *actor) { swift_deallocClassInstance(actor, 0, 0); }

SWIFT void swift_task_deinitOnExecutor(void *object, end_object *end, void *executor, void *implementation,
    size_t flags) {
    (void)flags;
    swift_musl_check_executor(implementation);
    if (frames && (!frames->nested || frames->executor == executor)) {
        void *outer = frames->executor;
        frames->executor = executor;
        end(object);
        frames->executor = outer;
        return;
    }
    struct end_job *made = malloc(sizeof *made);
    if (!made) swift_musl_fatal("no memory for a task");
    *made = (struct end_job){{.kind = JOB_ENDS_OBJECT, .priority = PRIORITY_DEFAULT}, end, object};
    swift_task_enqueue(&made->job, executor, NULL);
}

// Sleep.

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static void wake_sleeper(task *task) {
    task->sleeps = false;
    swift_musl_unlock_tasks();
    swift_continuation_resume(task);
    swift_musl_lock_tasks();
}

void swift_musl_stop_sleep(task *task) {
    if (!task->sleeps) return;
    struct task **link = &sleepers;
    while (*link != task) link = &(*link)->next_sleeper;
    *link = task->next_sleeper;
    wake_sleeper(task);
}

// The task has made a continuation to wait for; it goes on when the time is over or it is cancelled.
SWIFT void swift_musl_sleep(uint64_t nanoseconds, task *self);
SWIFT void swift_musl_sleep(uint64_t nanoseconds, task *self) {
    const int64_t start = now();
    swift_musl_lock_tasks();
    self->deadline = nanoseconds > (uint64_t)(INT64_MAX - start) ? INT64_MAX : start + (int64_t)nanoseconds;
    if (self->cancelled) {
        wake_sleeper(self);
    } else {
        task **link = &sleepers;
        while (*link && (*link)->deadline <= self->deadline) link = &(*link)->next_sleeper;
        self->next_sleeper = *link;
        *link = self;
        self->sleeps = true;
    }
    swift_musl_unlock_tasks();
}

// The program ends when the task that runs main does.
SWIFT void swift_task_asyncMainDrainQueue(void) __attribute__((noreturn));
SWIFT void swift_task_asyncMainDrainQueue(void) {
    for (;;) {
        swift_musl_lock_tasks();
        int64_t wait = -1;
        while (sleepers) {
            wait = sleepers->deadline - now();
            if (wait > 0) break;
            swift_musl_stop_sleep(sleepers);
            wait = -1;
        }
        job *next = take_ready();
        idle = !next;
        const int32_t seen = __atomic_load_n(&wake_ups, __ATOMIC_ACQUIRE);
        swift_musl_unlock_tasks();
        if (next) {
            run(next, next->executor, false);
        } else {
            swift_musl_wait(&wake_ups, seen, wait);
        }
    }
}
