// The clocks.
#include <chrono>
#include <ctime>

_LIBCPP_BEGIN_NAMESPACE_STD
namespace chrono {

static nanoseconds now(clockid_t clock) {
    timespec time;
    clock_gettime(clock, &time);
    return seconds(time.tv_sec) + nanoseconds(time.tv_nsec);
}

const bool system_clock::is_steady;
system_clock::time_point system_clock::now() noexcept {
    return time_point(duration_cast<duration>(chrono::now(CLOCK_REALTIME)));
}
time_t system_clock::to_time_t(const time_point &point) noexcept {
    return static_cast<time_t>(duration_cast<seconds>(point.time_since_epoch()).count());
}
system_clock::time_point system_clock::from_time_t(time_t time) noexcept { return time_point(seconds(time)); }

const bool steady_clock::is_steady;
steady_clock::time_point steady_clock::now() noexcept { return time_point(chrono::now(CLOCK_MONOTONIC)); }

} // namespace chrono
_LIBCPP_END_NAMESPACE_STD
