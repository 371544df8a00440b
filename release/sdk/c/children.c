// Tasks inside of tasks: cancellation and priority, `async let`. See tasks.h.
#include "tasks.h"

#include <sched.h>

void swift_musl_add_child(task *parent, task *child) {
    child->parent = parent;
    child->next_child = parent->children;
    if (parent->children) parent->children->previous_child = child;
    parent->children = child;
}

// Cancellation and priority.

SWIFT bool swift_task_isCancelled(const task *task);
SWIFT handler *swift_task_addCancellationHandler(void (*function)(void), void *context);
SWIFT void swift_task_removeCancellationHandler(handler *handler);
SWIFT handler *swift_task_addPriorityEscalationHandler(void (*function)(void), void *context);
SWIFT void swift_task_removePriorityEscalationHandler(handler *handler);
SWIFT uint8_t swift_task_escalate(task *task, uint8_t priority);
SWIFT uint8_t swift_task_currentPriority(const task *task);
SWIFT uint8_t swift_task_basePriority(const task *task);
SWIFT size_t swift_task_getCurrentThreadPriority(void);
SWIFT const char *swift_task_getCurrentTaskName(void);
SWIFT void *swift_task_alloc(size_t size);
SWIFT void swift_task_dealloc(void *memory);

typedef SWIFT void on_cancel(CONTEXT void *context);
typedef SWIFT void on_escalation(uint8_t from, uint8_t to, CONTEXT void *context);

// Needs the lock, and gives it away while the handler runs.
static void call(handler *handler, uint8_t from, uint8_t to) {
    handler->running = true;
    swift_musl_unlock_tasks();
    if (handler->of_priority) {
        ((on_escalation *)handler->function)(from, to, handler->context);
    } else {
        ((on_cancel *)handler->function)(handler->context);
    }
    swift_musl_lock_tasks();
    handler->running = false;
}

// Needs the lock, and gives it away for each: what is cancelled is not met again.
void swift_musl_cancel_children(task *parent, const task_group *group) {
    task *child = parent->children;
    while (child) {
        if (child->cancelled || (group && child->group != group)) {
            child = child->next_child;
            continue;
        }
        swift_retain(child);
        swift_musl_unlock_tasks();
        swift_task_cancel(child);
        swift_release(child);
        swift_musl_lock_tasks();
        child = parent->children;
    }
}

SWIFT void swift_task_cancel(task *task) {
    swift_musl_lock_tasks();
    if (!task->cancelled) {
        task->cancelled = true;
        swift_musl_stop_sleep(task);
        for (task_group *group = task->groups; group; group = group->next) group->cancelled = true;
        handler *handler = task->handlers;
        while (handler) {
            if (handler->of_priority || handler->called) {
                handler = handler->next;
                continue;
            }
            handler->called = true;
            call(handler, 0, 0);
            handler = task->handlers;
        }
        swift_musl_cancel_children(task, NULL);
    }
    swift_musl_unlock_tasks();
}

SWIFT bool swift_task_isCancelled(const task *task) { return __atomic_load_n(&task->cancelled, __ATOMIC_ACQUIRE); }

static handler *add_handler(void (*function)(void), void *context, bool of_priority) {
    task *self = swift_task_getCurrent();
    handler *made = swift_task_alloc(sizeof *made);
    *made = (handler){.function = function, .context = context, .of_priority = of_priority};
    swift_musl_lock_tasks();
    made->next = self->handlers;
    self->handlers = made;
    if (!of_priority && self->cancelled) {
        made->called = true;
        call(made, 0, 0);
    }
    swift_musl_unlock_tasks();
    return made;
}

static void remove_handler(handler *handler) {
    struct handler **link = &swift_task_getCurrent()->handlers;
    swift_musl_lock_tasks();
    while (handler->running) { // in another thread
        swift_musl_unlock_tasks();
        sched_yield();
        swift_musl_lock_tasks();
    }
    while (*link != handler) link = &(*link)->next;
    *link = handler->next;
    swift_musl_unlock_tasks();
    swift_task_dealloc(handler);
}

SWIFT handler *swift_task_addCancellationHandler(void (*function)(void), void *context) {
    return add_handler(function, context, false);
}
SWIFT void swift_task_removeCancellationHandler(handler *handler) { remove_handler(handler); }
SWIFT handler *swift_task_addPriorityEscalationHandler(void (*function)(void), void *context) {
    return add_handler(function, context, true);
}
SWIFT void swift_task_removePriorityEscalationHandler(handler *handler) { remove_handler(handler); }

SWIFT uint8_t swift_task_escalate(task *task, uint8_t priority) {
    swift_musl_lock_tasks();
    const uint8_t before = task->job.priority;
    if (before < priority) {
        task->job.priority = priority;
        for (handler *handler = task->handlers; handler; handler = handler->next) {
            if (handler->of_priority && !handler->running) call(handler, before, priority);
        }
    }
    const uint8_t now = task->job.priority;
    swift_musl_unlock_tasks();
    return now;
}

SWIFT uint8_t swift_task_currentPriority(const task *task) { return task->job.priority; }
SWIFT uint8_t swift_task_basePriority(const task *task) { return task->job.base_priority; }
SWIFT size_t swift_task_getCurrentThreadPriority(void) { return PRIORITY_HIGH; }
SWIFT const char *swift_task_getCurrentTaskName(void) {
    const task *self = swift_task_getCurrent();
    return self ? self->name : NULL;
}

// async let. The room for one is 80 words, for one of its calls 4.

typedef struct {
    context context;
    async_let *async_let;
} finish_room;
_Static_assert(sizeof(async_let) <= 80 * sizeof(void *) && sizeof(finish_room) <= 4 * sizeof(void *), "too big");

SWIFT void swift_asyncLet_begin(async_let *async_let, const option *options, const void *type,
    const async_function *function, void *closure, void *buffer);
ASYNC void swift_asyncLet_get(ASYNC_CONTEXT context *caller, async_let *async_let, void *buffer, resume *then,
    wait_context *room);
ASYNC void swift_asyncLet_get_throwing(ASYNC_CONTEXT context *caller, async_let *async_let, void *buffer, resume *then,
    wait_context *room);
ASYNC void swift_asyncLet_finish(ASYNC_CONTEXT context *caller, async_let *async_let, void *buffer, resume *then,
    finish_room *room);
ASYNC void swift_asyncLet_consume(ASYNC_CONTEXT context *caller, async_let *async_let, void *buffer, resume *then,
    finish_room *room);
ASYNC void swift_asyncLet_consume_throwing(ASYNC_CONTEXT context *caller, async_let *async_let, void *buffer,
    resume *then, finish_room *room);

SWIFT void swift_asyncLet_begin(async_let *async_let, const option *options, const void *type,
    const async_function *function, void *closure, void *buffer) {
    (void)buffer;
    const option one = {OPTION_ASYNC_LET, options, {.async_let = async_let}};
    async_let->has_value = false;
    swift_task_create(CREATE_ENQUEUED, &one, type, function, closure);
}

ASYNC void swift_asyncLet_get(ASYNC_CONTEXT context *caller, async_let *async_let, void *buffer, resume *then,
    wait_context *room) {
    if (async_let->has_value) return then(caller, NULL);
    async_let->has_value = true;
    return swift_musl_wait_for(buffer, caller, async_let->task, then, room);
}

ASYNC void swift_asyncLet_get_throwing(ASYNC_CONTEXT context *caller, async_let *async_let, void *buffer, resume *then,
    wait_context *room) {
    return swift_asyncLet_get(caller, async_let, buffer, then, room);
}

static ASYNC void has_finished(ASYNC_CONTEXT context *context, CONTEXT void *error) {
    (void)error;
    swift_release(((finish_room *)context)->async_let->task);
    return context->resume_parent(context->parent, NULL);
}

// The value goes to the buffer, or nowhere.
static ASYNC void finish(void *buffer, ASYNC_CONTEXT context *caller, async_let *async_let, resume *then,
    finish_room *room) {
    *room = (finish_room){{caller, then}, async_let};
    if (async_let->has_value) return has_finished(&room->context, NULL);
    return swift_musl_wait_for(buffer, &room->context, async_let->task, has_finished, &async_let->waits);
}

ASYNC void swift_asyncLet_finish(ASYNC_CONTEXT context *caller, async_let *async_let, void *buffer, resume *then,
    finish_room *room) {
    task *task = async_let->task;
    if (!async_let->has_value) {
        swift_task_cancel(task);
    } else if (task->value) {
        task->value_type.destroy(buffer, NULL);
    }
    return finish(NULL, caller, async_let, then, room);
}

ASYNC void swift_asyncLet_consume(ASYNC_CONTEXT context *caller, async_let *async_let, void *buffer, resume *then,
    finish_room *room) {
    return finish(buffer, caller, async_let, then, room);
}

ASYNC void swift_asyncLet_consume_throwing(ASYNC_CONTEXT context *caller, async_let *async_let, void *buffer,
    resume *then, finish_room *room) {
    return finish(buffer, caller, async_let, then, room);
}
