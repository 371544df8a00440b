// What programs use of the C++ standard library; `library` tells what came of it.
#include <algorithm>
#include <any>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstdarg>
#include <cstdio>
#include <deque>
#include <format>
#include <functional>
#include <latch>
#include <list>
#include <map>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <new>
#include <numeric>
#include <optional>
#include <random>
#include <semaphore>
#include <set>
#include <shared_mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <unordered_map>
#include <valarray>
#include <variant>
#include <vector>

namespace {
std::string told;

void tell(const char *format, ...) __attribute__((format(printf, 1, 2)));
void tell(const char *format, ...) {
    char line[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    told.append(line).append("\n");
}

void containers() {
    std::vector<int> numbers(100);
    std::iota(numbers.rbegin(), numbers.rend(), 1);
    std::sort(numbers.begin(), numbers.end());
    std::vector<std::string> words{"pear", "apple", "a fig that is longer than a short string"};
    std::sort(words.begin(), words.end(), std::greater<>());
    tell("sorted %d %d %s", numbers[0], numbers[99], words[2].c_str());
    std::map<std::string, int> ages{{"Ann", 31}, {"Bob", 27}};
    ages["Cy"] = 5;
    std::unordered_map<std::string, std::size_t> lengths;
    for (int number = 0; number < 1000; ++number) lengths["key " + std::to_string(number)] += std::size_t(number);
    std::set<int> unique{3, 1, 3};
    std::deque<int> both{1};
    both.push_front(0);
    std::list<int> linked(both.begin(), both.end());
    tell("map %s %d hash %zu %zu set %zu list %d", ages.begin()->first.c_str(), ages.at("Cy"), lengths.size(),
        lengths.at("key 999"), unique.size(), linked.front());
    std::valarray<int> grid(12);
    std::iota(std::begin(grid), std::end(grid), 0);
    const std::valarray<int> part = grid[std::gslice(1, {2, 2}, {6, 3})];
    tell("slice %d %d %d %d", part[0], part[1], part[2], part[3]);
}

struct Node {
    static inline int alive = 0;
    std::weak_ptr<Node> parent;
    std::vector<std::shared_ptr<Node>> children;
    Node() { ++alive; }
    ~Node() { --alive; }
};

void ownership() {
    std::weak_ptr<Node> seen;
    {
        auto root = std::make_shared<Node>();
        root->children.push_back(std::make_shared<Node>());
        root->children[0]->parent = root;
        seen = root->children[0]->parent;
        tell("owners %ld alive %d %d", root.use_count(), Node::alive, seen.lock() != nullptr);
    }
    tell("alive %d expired %d", Node::alive, seen.expired());
    std::function<int(int)> add = [offset = 2](int number) { return number + offset; };
    std::function<int(int)> twice = [add](int number) { return add(add(number)); };
    std::optional<int> nothing;
    std::variant<int, std::string> either = "text";
    std::any whatever = 7;
    tell("calls %d optional %d variant %s any %d", twice(1), nothing.value_or(-1),
        std::visit([](const auto &value) { return std::format("{}", value); }, either).c_str(),
        *std::any_cast<int>(&whatever));
    std::array<std::byte, 256> room;
    std::pmr::monotonic_buffer_resource buffer(room.data(), room.size());
    std::pmr::unsynchronized_pool_resource pool(&buffer);
    std::pmr::vector<std::pmr::string> texts(&pool);
    for (int number = 0; number < 50; ++number) texts.emplace_back(std::string(50, char('a' + number % 26)));
    texts.erase(texts.begin(), texts.begin() + 25);
    tell("resources %zu %c", texts.size(), texts.front()[0]);
}

template <typename... Arguments>
std::string characters(Arguments... arguments) {
    char text[400];
    const auto result = std::to_chars(text, text + sizeof text, arguments...);
    return std::string(text, result.ptr);
}

void numbers() {
    tell("%s %s %s %s", characters(0.1).c_str(), characters(1e23).c_str(), characters(-1.5f).c_str(),
        characters(5.684341886080802e-14).c_str());
    tell("%s %s %s %s", characters(1.0 / 3, std::chars_format::scientific).c_str(),
        characters(255.5, std::chars_format::hex).c_str(), characters(1e6, std::chars_format::general).c_str(),
        characters(2.0 / 3, std::chars_format::fixed, 3).c_str());
    int whole = 0;
    const std::string_view digits = "12345678901";
    const auto tooLarge = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
    tell("%d %s %g %d", std::stoi("-12x"), std::to_string(1234567890123456789).c_str(), std::stod("2.5e3"),
        tooLarge.ec == std::errc::result_out_of_range);
    tell("%s", std::format("{:>6}|{:08.3f}|{:#x}|{}|{:^7}", "ab", 3.14159, 255, 0.1, true).c_str());
    std::mt19937 generator(1);
    tell("random %lu", static_cast<unsigned long>(generator()));
    tell("error %s %s", std::make_error_code(std::errc::permission_denied).message().c_str(),
        std::system_category().name());
    const std::runtime_error error("told");
    const std::runtime_error copy = error;
    tell("exception %s %s", copy.what(), std::logic_error("logic").what());
}

struct alignas(128) Wide {
    char bytes[128];
};
bool isAligned(const void *object) { return reinterpret_cast<std::uintptr_t>(object) % alignof(Wide) == 0; }

void memory() {
    std::vector<std::unique_ptr<Wide>> wide(8);
    for (auto &each : wide) each = std::make_unique<Wide>();
    auto *quiet = new (std::nothrow) Wide[3];
    const bool all = isAligned(quiet) && std::all_of(wide.begin(), wide.end(), [](auto &each) {
        return isAligned(each.get());
    });
    delete[] quiet;
    // More than there are addresses for, which the compiler does not know.
    volatile std::size_t size = PTRDIFF_MAX;
    tell("aligned %d nothrow %d %d", all, operator new[](size, std::nothrow) == nullptr,
        operator new(size, std::align_val_t(64), std::nothrow) == nullptr);
}

int subtract(int from, int number) { return from - number; }

void others() {
    using namespace std::placeholders;
    std::random_device random;
    unsigned seen = 0;
    for (int turn = 0; turn < 64; ++turn) seen |= random();
    tell("bind %d %d random %d entropy %g", std::bind(subtract, _2, _1)(1, 10), std::bind(subtract, 5, _1)(2), seen == ~0u,
        random.entropy());
    std::size_t end = 0;
    const long number = std::stol(L"-77x", &end);
    const std::wstring wide = std::to_wstring(12345678901LL) + L" " + std::to_wstring(0.5);
    tell("wide %ld %zu %g %d", number, end, std::stod(L"0.25"), wide == L"12345678901 0.500000");
}

// Whether another thread gets it at once, and in a millisecond.
template <typename Mutex>
int others_get(Mutex &mutex) {
    int got = 0;
    std::thread([&] {
        if (mutex.try_lock()) mutex.unlock(), got += 1;
        if (mutex.try_lock_for(std::chrono::milliseconds(1))) mutex.unlock(), got += 2;
    }).join();
    return got;
}

void mutexes() {
    std::timed_mutex timed;
    std::recursive_timed_mutex both;
    std::shared_timed_mutex shared;
    std::recursive_mutex recursive;
    const std::lock_guard outer(recursive), inner(recursive);
    timed.lock(), both.lock(), both.lock(), shared.lock();
    const int held[] = {others_get(timed), others_get(both), others_get(shared)};
    timed.unlock(), both.unlock(), shared.unlock();
    const int once = others_get(both);
    both.unlock();
    tell("mutexes held %d %d %d once %d free %d %d %d again %d", held[0], held[1], held[2], once, others_get(timed),
        others_get(both), others_get(shared), recursive.try_lock());
    recursive.unlock();
}

thread_local struct Local {
    ~Local() { ++ended; }
    int number = 0;
    static inline std::atomic<int> ended{0};
} local;

void threads() {
    std::mutex mutex;
    std::shared_mutex shared;
    std::condition_variable changed;
    std::atomic<long long> sum{0};
    std::atomic<char> begun{0};
    std::latch done(4);
    std::counting_semaphore<4> free(0);
    std::once_flag once;
    int ready = 0, calls = 0;
    std::vector<std::thread> all;
    for (int number = 1; number <= 4; ++number) {
        all.emplace_back([&, number] {
            begun.wait(0);
            free.acquire();
            std::call_once(once, [&] { ++calls; });
            for (int turn = 0; turn < 1000; ++turn) sum += number;
            local.number = number;
            {
                const std::shared_lock reading(shared);
                const std::lock_guard held(mutex);
                ++ready;
            }
            changed.notify_one();
            done.count_down();
        });
    }
    begun = 1;
    begun.notify_all();
    free.release(4);
    {
        std::unique_lock held(mutex);
        changed.wait(held, [&] { return ready == 4; });
    }
    done.wait();
    for (auto &thread : all) thread.join();
    const auto before = std::chrono::steady_clock::now();
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    std::unique_lock held(mutex);
    const bool timedOut = changed.wait_for(held, std::chrono::milliseconds(1)) == std::cv_status::timeout;
    const auto slept = std::chrono::steady_clock::now() - before;
    tell("threads sum %lld once %d locals %d timed out %d slept %d", sum.load(), calls, Local::ended.load(), timedOut,
        slept >= std::chrono::milliseconds(3));
}
} // namespace

extern "C" const char *library(void) {
    containers();
    ownership();
    numbers();
    memory();
    others();
    mutexes();
    threads();
    return told.c_str();
}
extern "C" void beyond(void) { std::vector<int>().at(3); }
