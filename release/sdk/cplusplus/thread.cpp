// Threads, and what is to be done when one ends.
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <unistd.h>
#include <vector>

_LIBCPP_BEGIN_NAMESPACE_STD

thread::~thread() {
    if (joinable()) terminate();
}
void thread::join() {
    const int error = joinable() ? __libcpp_thread_join(&__t_) : EINVAL;
    if (error) __throw_system_error(error, "thread::join failed");
    __t_ = _LIBCPP_NULL_THREAD;
}
void thread::detach() {
    const int error = joinable() ? __libcpp_thread_detach(&__t_) : EINVAL;
    if (error) __throw_system_error(error, "thread::detach failed");
    __t_ = _LIBCPP_NULL_THREAD;
}
unsigned thread::hardware_concurrency() noexcept {
    const long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? static_cast<unsigned>(count) : 0;
}

namespace this_thread {
void sleep_for(const chrono::nanoseconds &duration) {
    if (duration > chrono::nanoseconds::zero()) __libcpp_thread_sleep_for(duration);
}
} // namespace this_thread

class __thread_struct_imp {
public:
    vector<pair<condition_variable *, mutex *>> notified;
};
__thread_struct::__thread_struct() : __p_(new __thread_struct_imp) {}
__thread_struct::~__thread_struct() {
    for (const auto &[condition, held] : __p_->notified) {
        condition->notify_all();
        held->unlock();
    }
    delete __p_;
}
void __thread_struct::notify_all_at_thread_exit(condition_variable *condition, mutex *held) {
    __p_->notified.emplace_back(condition, held);
}
__thread_specific_ptr<__thread_struct> &__thread_local_data() {
    [[clang::no_destroy]] static __thread_specific_ptr<__thread_struct> data;
    return data;
}
void notify_all_at_thread_exit(condition_variable &condition, unique_lock<mutex> lock) {
    auto &data = __thread_local_data();
    // Those threads that std::thread has not made have none yet.
    if (!data.get()) data.set_pointer(new __thread_struct);
    data->notify_all_at_thread_exit(&condition, lock.release());
}

_LIBCPP_END_NAMESPACE_STD
