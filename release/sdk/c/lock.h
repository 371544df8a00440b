// A lock of one word that sleeps in the kernel while another thread holds it: lock.c. Zero is free.
#pragma once
#include <stdint.h>

void swift_musl_lock(int32_t *lock);
void swift_musl_unlock(int32_t *lock);
int32_t swift_musl_try_lock(int32_t *lock);

// Waits while the word has the value, until somebody wakes or that many nanoseconds are over; negative: no limit.
void swift_musl_wait(const int32_t *word, int32_t value, int64_t nanoseconds);
void swift_musl_wake(const int32_t *word, int32_t count);
