// How many buckets a table has, what std::bind leaves open, slices of a valarray, and random bits.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <random>
#include <stdexcept>
#include <unistd.h>
#include <unordered_map>
#include <valarray>

extern "C" void arc4random_buf(void *buffer, size_t size);

_LIBCPP_BEGIN_NAMESPACE_STD

static bool is_prime(size_t number) {
    if (number % 2 == 0) return number == 2;
    for (size_t divisor = 3; divisor <= number / divisor; divisor += 2) {
        if (number % divisor == 0) return false;
    }
    return true;
}
// The smallest prime that is not less.
size_t __next_prime(size_t number) {
    if (number == 0) return 0;
    if (number <= 2) return 2;
    for (number |= 1; !is_prime(number); number += 2) {
        if (number > static_cast<size_t>(-1) - 2) __throw_overflow_error("__next_prime overflow");
    }
    return number;
}

namespace placeholders {
const __ph<1> _1{};
const __ph<2> _2{};
const __ph<3> _3{};
const __ph<4> _4{};
const __ph<5> _5{};
const __ph<6> _6{};
const __ph<7> _7{};
const __ph<8> _8{};
const __ph<9> _9{};
const __ph<10> _10{};
} // namespace placeholders

template void valarray<size_t>::resize(size_t, size_t);

// The indexes of all elements, the last dimension the fastest.
void gslice::__init(size_t start) {
    size_t count = __size_.size() ? 1 : 0;
    for (size_t size : __size_) count *= size;
    __1d_.resize(count);
    for (size_t number = 0; number < count; ++number) {
        size_t rest = number, index = start;
        for (size_t dimension = __size_.size(); dimension-- > 0; rest /= __size_[dimension]) {
            index += rest % __size_[dimension] * __stride_[dimension];
        }
        __1d_[number] = index;
    }
}

random_device::random_device(const string &) : __f_(-1) {}
random_device::~random_device() {}
double random_device::entropy() const noexcept { return 32; }
unsigned random_device::operator()() {
    unsigned bits;
    arc4random_buf(&bits, sizeof bits);
    return bits;
}
unsigned __rs_default::__c_;
__rs_default::__rs_default() {}
__rs_default::__rs_default(const __rs_default &) {}
__rs_default::~__rs_default() {}
uint_fast32_t __rs_default::operator()() {
    uint32_t bits;
    arc4random_buf(&bits, sizeof bits);
    return bits;
}
__rs_default __rs_get() { return __rs_default(); }

bool __is_posix_terminal(FILE *stream) { return isatty(fileno(stream)); }

_LIBCPP_END_NAMESPACE_STD
