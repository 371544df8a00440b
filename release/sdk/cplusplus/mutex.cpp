// Mutexes, condition variables and call_once, on those of POSIX.
#include <condition_variable>
#include <mutex>
#include <shared_mutex>

_LIBCPP_BEGIN_NAMESPACE_STD

static void check(int error, const char *what) {
    if (error) __throw_system_error(error, what);
}

mutex::~mutex() noexcept { __libcpp_mutex_destroy(&__m_); }
void mutex::lock() { check(__libcpp_mutex_lock(&__m_), "mutex lock failed"); }
bool mutex::try_lock() noexcept { return __libcpp_mutex_trylock(&__m_); }
void mutex::unlock() noexcept { __libcpp_mutex_unlock(&__m_); }

recursive_mutex::recursive_mutex() {
    check(__libcpp_recursive_mutex_init(&__m_), "recursive_mutex constructor failed");
}
recursive_mutex::~recursive_mutex() { __libcpp_recursive_mutex_destroy(&__m_); }
void recursive_mutex::lock() { check(__libcpp_recursive_mutex_lock(&__m_), "recursive_mutex lock failed"); }
bool recursive_mutex::try_lock() noexcept { return __libcpp_recursive_mutex_trylock(&__m_); }
void recursive_mutex::unlock() noexcept { __libcpp_recursive_mutex_unlock(&__m_); }

condition_variable::~condition_variable() { __libcpp_condvar_destroy(&__cv_); }
void condition_variable::notify_one() noexcept { __libcpp_condvar_signal(&__cv_); }
void condition_variable::notify_all() noexcept { __libcpp_condvar_broadcast(&__cv_); }
void condition_variable::wait(unique_lock<mutex> &lock) noexcept {
    check(lock.owns_lock() ? 0 : EPERM, "condition_variable::wait: mutex not locked");
    check(__libcpp_condvar_wait(&__cv_, lock.mutex()->native_handle()), "condition_variable wait failed");
}
void condition_variable::__do_timed_wait(
    unique_lock<mutex> &lock, chrono::time_point<chrono::system_clock, chrono::nanoseconds> end) noexcept {
    check(lock.owns_lock() ? 0 : EPERM, "condition_variable::timed wait: mutex not locked");
    timespec time = std::__convert_to_timespec<timespec>(end.time_since_epoch());
    const int error = __libcpp_condvar_timedwait(&__cv_, lock.mutex()->native_handle(), &time);
    check(error == ETIMEDOUT ? 0 : error, "condition_variable timed_wait failed");
}

timed_mutex::timed_mutex() : __locked_(false) {}
timed_mutex::~timed_mutex() { const lock_guard<mutex> last(__m_); }
void timed_mutex::lock() {
    unique_lock<mutex> held(__m_);
    while (__locked_) __cv_.wait(held);
    __locked_ = true;
}
bool timed_mutex::try_lock() noexcept {
    const unique_lock<mutex> held(__m_, try_to_lock);
    return held.owns_lock() && !__locked_ && (__locked_ = true);
}
void timed_mutex::unlock() noexcept {
    const lock_guard<mutex> held(__m_);
    __locked_ = false;
    __cv_.notify_one();
}

recursive_timed_mutex::recursive_timed_mutex() : __count_(0), __id_{} {}
recursive_timed_mutex::~recursive_timed_mutex() { const lock_guard<mutex> last(__m_); }
void recursive_timed_mutex::lock() {
    const auto me = this_thread::get_id();
    unique_lock<mutex> held(__m_);
    if (me != __id_) {
        while (__count_) __cv_.wait(held);
        __id_ = me;
    }
    check(__count_ == static_cast<size_t>(-1) ? EAGAIN : 0, "recursive_timed_mutex lock limit reached");
    ++__count_;
}
bool recursive_timed_mutex::try_lock() noexcept {
    const auto me = this_thread::get_id();
    const unique_lock<mutex> held(__m_, try_to_lock);
    if (!held.owns_lock() || (__count_ && me != __id_) || __count_ == static_cast<size_t>(-1)) return false;
    __id_ = me;
    ++__count_;
    return true;
}
void recursive_timed_mutex::unlock() noexcept {
    const lock_guard<mutex> held(__m_);
    if (--__count_) return;
    __id_.__reset();
    __cv_.notify_one();
}

// The first bit of the state says that a writer has come, the others count readers. Who comes after a writer waits at
// the first gate; the writer waits at the second until the readers have left.
__shared_mutex_base::__shared_mutex_base() : __state_(0) {}
void __shared_mutex_base::lock() {
    unique_lock<mutex> held(__mut_);
    while (__state_ & __write_entered_) __gate1_.wait(held);
    __state_ |= __write_entered_;
    while (__state_ & __n_readers_) __gate2_.wait(held);
}
bool __shared_mutex_base::try_lock() {
    const lock_guard<mutex> held(__mut_);
    return !__state_ && (__state_ = __write_entered_);
}
void __shared_mutex_base::unlock() {
    const lock_guard<mutex> held(__mut_);
    __state_ = 0;
    __gate1_.notify_all();
}
void __shared_mutex_base::lock_shared() {
    unique_lock<mutex> held(__mut_);
    while (__state_ & __write_entered_ || __state_ == __n_readers_) __gate1_.wait(held);
    ++__state_;
}
bool __shared_mutex_base::try_lock_shared() {
    const lock_guard<mutex> held(__mut_);
    return !(__state_ & __write_entered_) && __state_ != __n_readers_ && ++__state_;
}
void __shared_mutex_base::unlock_shared() {
    const lock_guard<mutex> held(__mut_);
    const unsigned readers = --__state_ & __n_readers_;
    if (__state_ & __write_entered_) {
        if (readers == 0) __gate2_.notify_one();
    } else if (readers == __n_readers_ - 1) {
        __gate1_.notify_one();
    }
}
shared_timed_mutex::shared_timed_mutex() {}
void shared_timed_mutex::lock() { __base_.lock(); }
bool shared_timed_mutex::try_lock() { return __base_.try_lock(); }
void shared_timed_mutex::unlock() { __base_.unlock(); }
void shared_timed_mutex::lock_shared() { __base_.lock_shared(); }
bool shared_timed_mutex::try_lock_shared() { return __base_.try_lock_shared(); }
void shared_timed_mutex::unlock_shared() { __base_.unlock_shared(); }

// One lock for all flags is held while a flag is looked at, not while a function runs.
void __call_once(volatile once_flag::_State_type &flag, void *argument, void (*function)(void *)) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
    pthread_mutex_lock(&lock);
    while (flag == once_flag::_Pending) pthread_cond_wait(&changed, &lock);
    if (flag == once_flag::_Unset) {
        flag = once_flag::_Pending;
        pthread_mutex_unlock(&lock);
        function(argument);
        pthread_mutex_lock(&lock);
        __atomic_store_n(&flag, once_flag::_Complete, __ATOMIC_RELEASE);
        pthread_cond_broadcast(&changed);
    }
    pthread_mutex_unlock(&lock);
}

_LIBCPP_END_NAMESPACE_STD
