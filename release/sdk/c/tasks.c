// Tasks: how they start and end, their values, their memory, continuations. See tasks.h.
#include "tasks.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int32_t tasks_lock;

void swift_musl_lock_tasks(void) { swift_musl_lock(&tasks_lock); }
void swift_musl_unlock_tasks(void) { swift_musl_unlock(&tasks_lock); }

void swift_musl_fatal(const char *message) {
    static const char start[] = "Fatal error: ";
    ssize_t written = write(STDERR_FILENO, start, sizeof start - 1);
    written = write(STDERR_FILENO, message, strlen(message));
    written = write(STDERR_FILENO, "\n", 1);
    (void)written;
    __builtin_trap();
}

// Memory.

enum { SLAB = 1024, FIRST_SLAB = 512, ALIGNMENT = 16 };

static size_t aligned(size_t size) { return (size + ALIGNMENT - 1) & -(size_t)ALIGNMENT; }

static void *allocate(task *task, size_t size) {
    size = aligned(size);
    if (size > (size_t)(task->end - task->top)) {
        const size_t head = aligned(sizeof(slab)), room = size > SLAB ? size : SLAB;
        slab *more = malloc(head + room);
        if (!more) swift_musl_fatal("no memory for a task");
        *more = (slab){task->slab, task->top, task->end};
        task->slab = more;
        task->top = (char *)more + head;
        task->end = task->top + room;
    }
    void *memory = task->top;
    task->top += size;
    return memory;
}

static void deallocate(task *task, void *memory) {
    slab *last = task->slab;
    while (last && ((char *)memory <= (char *)last || (char *)memory >= task->end)) {
        task->slab = last->previous;
        task->top = last->top_before;
        task->end = last->end_before;
        free(last);
        last = task->slab;
    }
    task->top = memory;
    if (last && task->top == (char *)last + aligned(sizeof(slab))) {
        task->slab = last->previous;
        task->top = last->top_before;
        task->end = last->end_before;
        free(last);
    }
}

SWIFT void *swift_task_alloc(size_t size);
SWIFT void swift_task_dealloc(void *memory);
SWIFT void swift_task_dealloc_through(void *memory);
SWIFT void *swift_job_allocate(job *job, size_t size);
SWIFT void swift_job_deallocate(job *job, void *memory);

SWIFT void *swift_task_alloc(size_t size) { return allocate(swift_task_getCurrent(), size); }
SWIFT void swift_task_dealloc(void *memory) { deallocate(swift_task_getCurrent(), memory); }
SWIFT void swift_task_dealloc_through(void *memory) { deallocate(swift_task_getCurrent(), memory); }
SWIFT void *swift_job_allocate(job *job, size_t size) {
    return job->kind == JOB_TASK ? allocate((task *)job, size) : NULL;
}
SWIFT void swift_job_deallocate(job *job, void *memory) {
    if (job->kind == JOB_TASK) deallocate((task *)job, memory);
}

// Start and end.

// What lies before the context of a task's first function.
struct start {
    void (*function)(void);
    void *closure;
};

static struct start *start_of(context *first) { return (struct start *)first - 1; }

static SWIFT void destroy_task(CONTEXT void *object) {
    task *task = object;
    if (task->done && task->value) task->value_type.destroy(task->value, NULL);
    while (task->slab) {
        slab *previous = task->slab->previous;
        free(task->slab);
        task->slab = previous;
    }
    free(task);
}

// As in EmbeddedRuntime.swift of Swift 6.3.
static const struct {
    const void *superclass;
    SWIFT void (*destroy)(CONTEXT void *object);
    const void *destroy_fields;
} task_class = {NULL, destroy_task, NULL};

typedef ASYNC void with_value(void *value, ASYNC_CONTEXT context *context, CONTEXT void *closure);

static ASYNC void start_task(ASYNC_CONTEXT context *first, CONTEXT void *error) {
    (void)error;
    const struct start *start = start_of(first);
    task *self = swift_task_getCurrent();
    if (!self->value) return ((resume *)start->function)(first, start->closure);
    return ((with_value *)start->function)(self->value, first, start->closure);
}

static void give_value(const task *from, void *to) {
    if (to && from->value) from->value_type.copy(to, from->value, NULL);
}

static ASYNC void end_task(ASYNC_CONTEXT context *first, CONTEXT void *error) {
    (void)error;
    task *self = swift_task_getCurrent();
    void *closure = start_of(first)->closure;
    if (closure && !self->keeps_closure) swift_release(closure);

    swift_musl_lock_tasks();
    self->done = true;
    task *waiter = self->waiters;
    self->waiters = NULL;
    swift_musl_unlock_tasks();
    while (waiter) {
        task *next = waiter->next_waiter;
        give_value(self, ((wait_context *)waiter->context)->value);
        swift_musl_lock_tasks();
        swift_musl_make_ready(&waiter->job, NULL);
        swift_musl_unlock_tasks();
        waiter = next;
    }
    swift_musl_child_has_ended(self);
    swift_release(self);
    END_CALL();
}

static uint8_t priority_of(size_t flags, const task *parent) {
    uint8_t priority = flags & CREATE_PRIORITY;
    if (flags & CREATE_AS_THREAD) priority = PRIORITY_HIGH;
    if (!priority && flags & (CREATE_INHERITS | CREATE_CHILD)) {
        priority = parent ? parent->job.priority : PRIORITY_HIGH;
        if (priority == PRIORITY_UI) priority = PRIORITY_HIGH;
    }
    return priority ? priority : PRIORITY_DEFAULT;
}

SWIFT bool swift_taskGroup_addPending(task_group *group, bool unconditionally);

SWIFT task_and_context swift_task_create(size_t flags, const option *options, const void *type,
    const async_function *function, void *closure) {
    (void)type;
    static const value_type none;
    const value_type *value = &none;
    task_group *group = NULL;
    async_let *async_let = NULL;
    void *actor = NULL;
    const char *name = NULL;
    for (; options; options = options->next) {
        switch (options->kind & 0xff) {
        case OPTION_GROUP: group = options->group; break;
        case OPTION_ASYNC_LET: async_let = options->async_let; break;
        case OPTION_VALUE: value = &options->value; break;
        case OPTION_ACTOR:
            swift_musl_check_executor(options->executor.implementation);
            actor = options->executor.identity;
            break;
        case OPTION_TASK_EXECUTOR:
        case OPTION_OWNED_TASK_EXECUTOR: swift_musl_check_executor(options->executor.identity); break;
        case OPTION_NAME: name = options->name; break;
        }
    }
    if (flags & CREATE_DISCARDING) value = &none;
    if (group || async_let) flags |= CREATE_CHILD;
    if (group && flags & CREATE_PENDING) swift_taskGroup_addPending(group, true);

    // The task, its value, its name, where it starts, and the memory of its first calls are one piece.
    const size_t value_at = aligned(sizeof(task));
    size_t size = value_at;
    const size_t value_mask = value->align_mask > ALIGNMENT - 1 ? value->align_mask : ALIGNMENT - 1;
    if (value->copy) size += value_mask + value->size;
    const size_t name_at = size, name_size = name ? strlen(name) + 1 : 0;
    const size_t context_at = aligned(name_at + name_size + sizeof(struct start));
    size = aligned(context_at + function->context_size);
    task *self = malloc(size + FIRST_SLAB);
    if (!self) swift_musl_fatal("no memory for a task");
    char *memory = (char *)self;
    context *first = (context *)(memory + context_at);

    task *parent = swift_task_getCurrent();
    memset(self, 0, sizeof *self);
    self->job.metadata = &task_class;
    self->job.references = flags & CREATE_ENQUEUED ? 2 : 1;
    self->job.priority = self->job.base_priority = priority_of(flags, parent);
    self->job.resume = start_task;
    self->context = first;
    self->top = memory + size;
    self->end = self->top + FIRST_SLAB;
    self->value_type = *value;
    if (value->copy) self->value = (void *)(((uintptr_t)memory + value_at + value_mask) & ~(uintptr_t)value_mask);
    if (name) self->name = memcpy(memory + name_at, name, name_size);
    self->discarding = flags & CREATE_DISCARDING;
    self->keeps_closure = async_let || flags & CREATE_CONSUMES_CLOSURE;
    *start_of(first) = (struct start){(void (*)(void))((uintptr_t)function + (intptr_t)function->offset), closure};
    *first = (context){NULL, end_task};
    if (async_let) async_let->task = self;

    swift_musl_lock_tasks();
    if (flags & CREATE_CHILD && parent) {
        self->group = group;
        self->cancelled = parent->cancelled || (group && group->cancelled);
        swift_musl_add_child(parent, self);
    }
    if (flags & CREATE_ENQUEUED) swift_musl_make_ready(&self->job, actor);
    swift_musl_unlock_tasks();
    return (task_and_context){self, first};
}

// Waiting for a value.

ASYNC void swift_musl_after_wait(ASYNC_CONTEXT context *context, CONTEXT void *error) {
    (void)error;
    return context->resume_parent(context->parent, NULL);
}

ASYNC void swift_musl_wait_for(void *value, ASYNC_CONTEXT context *caller, task *awaited, resume *then,
    wait_context *room) {
    task *self = swift_task_getCurrent();
    swift_musl_lock_tasks();
    if (awaited->done) {
        swift_musl_unlock_tasks();
        give_value(awaited, value);
        return then(caller, NULL);
    }
    *room = (wait_context){{caller, then}, value};
    self->job.resume = swift_musl_after_wait;
    self->context = &room->context;
    self->next_waiter = NULL;
    task **end = &awaited->waiters;
    while (*end) end = &(*end)->next_waiter;
    *end = self;
    if (awaited->job.priority < self->job.priority) awaited->job.priority = self->job.priority;
    swift_musl_unlock_tasks();
    END_CALL();
}

ASYNC void swift_task_future_wait(void *value, ASYNC_CONTEXT context *caller, task *awaited, resume *then,
    wait_context *room);
ASYNC void swift_task_future_wait_throwing(void *value, ASYNC_CONTEXT context *caller, task *awaited, resume *then,
    wait_context *room);

ASYNC void swift_task_future_wait(void *value, ASYNC_CONTEXT context *caller, task *awaited, resume *then,
    wait_context *room) {
    return swift_musl_wait_for(value, caller, awaited, then, room);
}

ASYNC void swift_task_future_wait_throwing(void *value, ASYNC_CONTEXT context *caller, task *awaited, resume *then,
    wait_context *room) {
    return swift_musl_wait_for(value, caller, awaited, then, room);
}

// Continuations.

enum { PENDING, AWAITED, RESUMED };
enum { CONTINUES_WITH_EXECUTOR = 2 };

struct continuation {
    context context;
    size_t flags, state;
    void *error, *value;
    void *executor, *implementation;
};

SWIFT task *swift_continuation_init(struct continuation *continuation, size_t flags);
ASYNC void swift_continuation_await(struct continuation *continuation);
SWIFT void swift_continuation_resume(task *task);
SWIFT void swift_continuation_throwingResume(task *task);
SWIFT void swift_continuation_throwingResumeWithError(task *task, void *error);

SWIFT task *swift_continuation_init(struct continuation *continuation, size_t flags) {
    task *self = swift_task_getCurrent();
    continuation->flags = flags;
    continuation->state = PENDING;
    continuation->error = NULL;
    if (!(flags & CONTINUES_WITH_EXECUTOR)) continuation->executor = continuation->implementation = NULL;
    self->context = &continuation->context;
    self->job.resume = continuation->context.resume_parent;
    return self;
}

ASYNC void swift_continuation_await(struct continuation *continuation) {
    swift_musl_lock_tasks();
    const bool resumed = continuation->state == RESUMED;
    continuation->state = AWAITED;
    swift_musl_unlock_tasks();
    END_CALL();
    if (resumed) return continuation->context.resume_parent(&continuation->context, NULL);
}

SWIFT void swift_continuation_resume(task *task) {
    swift_musl_lock_tasks();
    struct continuation *continuation = (struct continuation *)task->context;
    if (continuation->state == PENDING) {
        continuation->state = RESUMED;
    } else {
        swift_musl_make_ready(&task->job, continuation->executor);
    }
    swift_musl_unlock_tasks();
}

SWIFT void swift_continuation_throwingResume(task *task) { swift_continuation_resume(task); }

SWIFT void swift_continuation_throwingResumeWithError(task *task, void *error) {
    (void)task, (void)error;
    swift_musl_fatal("a task was resumed with an error, which Embedded Swift does not have");
}
