// Task groups. See tasks.h.
#include "tasks.h"

// The room for one.
_Static_assert(sizeof(task_group) <= 32 * sizeof(void *), "too big");

enum { GROUP_DISCARDING = 0x100 };

SWIFT void swift_taskGroup_initializeWithOptions(size_t flags, task_group *group, const void *type,
    const option *options);
SWIFT void swift_taskGroup_destroy(task_group *group);
SWIFT bool swift_taskGroup_addPending(task_group *group, bool unconditionally);
SWIFT void swift_taskGroup_cancelAll(task_group *group);
SWIFT bool swift_taskGroup_isCancelled(task_group *group);
SWIFT bool swift_taskGroup_isEmpty(task_group *group);
SWIFT bool swift_task_hasTaskGroupStatusRecord(void);
ASYNC void swift_taskGroup_wait_next_throwing(void *value, ASYNC_CONTEXT context *caller, task_group *group,
    resume *then, wait_context *room);
ASYNC void swift_taskGroup_waitAll(void *value, ASYNC_CONTEXT context *caller, task_group *group, void *error,
    resume *then, wait_context *room);

SWIFT void swift_taskGroup_initializeWithOptions(size_t flags, task_group *group, const void *type,
    const option *options) {
    (void)type;
    task *self = swift_task_getCurrent();
    *group = (task_group){.owner = self, .discarding = flags & GROUP_DISCARDING};
    for (; options; options = options->next) {
        if ((options->kind & 0xff) == OPTION_VALUE) group->value_type = options->value;
    }
    swift_musl_lock_tasks();
    group->cancelled = self->cancelled;
    group->next = self->groups;
    self->groups = group;
    swift_musl_unlock_tasks();
}

// Needs the lock.
static task *take_ready(task_group *group) {
    task *child = group->first_ready;
    if (!child) return NULL;
    group->first_ready = child->next_ready;
    group->pending--;
    return child;
}

static void drop_ready(task_group *group) {
    task *child;
    swift_musl_lock_tasks();
    while ((child = take_ready(group))) {
        swift_musl_unlock_tasks();
        swift_release(child);
        swift_musl_lock_tasks();
    }
    swift_musl_unlock_tasks();
}

SWIFT void swift_taskGroup_destroy(task_group *group) {
    drop_ready(group);
    swift_musl_lock_tasks();
    task_group **link = &group->owner->groups;
    while (*link != group) link = &(*link)->next;
    *link = group->next;
    swift_musl_unlock_tasks();
}

SWIFT bool swift_taskGroup_addPending(task_group *group, bool unconditionally) {
    swift_musl_lock_tasks();
    const bool adds = unconditionally || !group->cancelled;
    if (adds) group->pending++;
    swift_musl_unlock_tasks();
    return adds;
}

SWIFT void swift_taskGroup_cancelAll(task_group *group) {
    swift_musl_lock_tasks();
    group->cancelled = true;
    swift_musl_cancel_children(group->owner, group);
    swift_musl_unlock_tasks();
}

SWIFT bool swift_taskGroup_isCancelled(task_group *group) {
    return __atomic_load_n(&group->cancelled, __ATOMIC_ACQUIRE);
}
SWIFT bool swift_taskGroup_isEmpty(task_group *group) { return group->pending == 0; }
SWIFT bool swift_task_hasTaskGroupStatusRecord(void) {
    const task *self = swift_task_getCurrent();
    return self && self->groups;
}

static void give_value(const task *child, void *optional) {
    if (!child->value) return;
    child->value_type.copy(optional, child->value, NULL);
    child->value_type.store_case(optional, 0, 1, NULL);
}

static void give_none(const task_group *group, void *optional) {
    if (group->value_type.store_case) group->value_type.store_case(optional, 1, 1, NULL);
}

void swift_musl_child_has_ended(task *child) {
    swift_musl_lock_tasks();
    task *parent = child->parent, *next = child->next_child;
    if (parent) {
        if (next) next->previous_child = child->previous_child;
        *(child->previous_child ? &child->previous_child->next_child : &parent->children) = next;
        child->parent = NULL;
    }
    task_group *group = child->group;
    if (!group) {
        swift_musl_unlock_tasks();
        return;
    }
    const bool drops = group->discarding || group->waits_for_all;
    task *waiter = group->waits_for_all ? NULL : group->waiter;
    if (drops || waiter) {
        group->pending--;
    } else {
        swift_retain(child);
        child->next_ready = NULL;
        *(group->first_ready ? &group->last_ready->next_ready : &group->first_ready) = child;
        group->last_ready = child;
    }
    if (group->waits_for_all && group->pending == 0) waiter = group->waiter;
    if (waiter) {
        void *optional = ((wait_context *)waiter->context)->value;
        group->waiter = NULL;
        swift_musl_unlock_tasks();
        if (group->waits_for_all) {
            group->waits_for_all = false;
            give_none(group, optional);
        } else {
            give_value(child, optional);
        }
        swift_musl_lock_tasks();
        swift_musl_make_ready(&waiter->job, NULL);
    }
    swift_musl_unlock_tasks();
}

// Needs the lock.
static void wait_in(task_group *group, void *value, context *caller, resume *then, wait_context *room) {
    task *self = swift_task_getCurrent();
    *room = (wait_context){{caller, then}, value};
    self->job.resume = swift_musl_after_wait;
    self->context = &room->context;
    group->waiter = self;
}

ASYNC void swift_taskGroup_wait_next_throwing(void *value, ASYNC_CONTEXT context *caller, task_group *group,
    resume *then, wait_context *room) {
    swift_musl_lock_tasks();
    task *child = take_ready(group);
    const bool waits = !child && group->pending;
    if (waits) wait_in(group, value, caller, then, room);
    swift_musl_unlock_tasks();
    END_CALL();
    if (waits) return;
    if (child) {
        give_value(child, value);
        swift_release(child);
    } else {
        give_none(group, value);
    }
    return then(caller, NULL);
}

ASYNC void swift_taskGroup_waitAll(void *value, ASYNC_CONTEXT context *caller, task_group *group, void *error,
    resume *then, wait_context *room) {
    (void)error;
    drop_ready(group);
    swift_musl_lock_tasks();
    const bool waits = group->pending;
    if (waits) {
        group->waits_for_all = true;
        wait_in(group, value, caller, then, room);
    }
    swift_musl_unlock_tasks();
    END_CALL();
    if (waits) return;
    give_none(group, value);
    return then(caller, NULL);
}
