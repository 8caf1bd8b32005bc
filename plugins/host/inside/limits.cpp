#include <sys/resource.h>

#include <algorithm>

#include "plugins/host/inside/kernel.hpp"

namespace pintu::plugins::inside {
namespace {

constexpr rlim_t kMostFile = 256U << 20U;  // bytes of one file
constexpr rlim_t kMostProcesses = 64;      // threads, as the kernel counts
constexpr rlim_t kLeastFiles = 16;
constexpr rlim_t kMostFiles = 1024;
constexpr rlim_t kLeastMemory = 64U << 20U;
constexpr rlim_t kMostLocked = 64U << 10U;

Step set(const char* name, __rlimit_resource what, rlim_t most) {
    rlimit now{};
    if (::getrlimit(what, &now) != 0) return failed(name);
    most = std::min(most, now.rlim_max);
    const rlimit wanted{most, most};
    if (::setrlimit(what, &wanted) != 0) return failed(name);
    return std::nullopt;
}

rlim_t within(std::int64_t value, rlim_t least, rlim_t most) {
    return value < 0 ? least : std::clamp(static_cast<rlim_t>(value), least, most);
}

}  // namespace

Step limit(const Limits& limits) {
    const rlim_t memory = std::max(kLeastMemory, within(limits.memory_mb, 0, 1U << 20U) << 20U);
#if defined(__SANITIZE_ADDRESS__)
    const Step memory_set;  // the sanitizer reserves terabytes
    (void)memory;
#else
    // An interpreter with a compiler of its own reserves addresses by the gigabyte; what it may
    // write to is what counts.
    const Step memory_set = limits.program ? set("RLIMIT_DATA", RLIMIT_DATA, memory)
                                           : set("RLIMIT_AS", RLIMIT_AS, memory);
#endif
    if (memory_set) return memory_set;
    if (auto step = set("RLIMIT_CORE", RLIMIT_CORE, 0)) return step;
    if (auto step = set("RLIMIT_FSIZE", RLIMIT_FSIZE, kMostFile)) return step;
    if (auto step = set("RLIMIT_MEMLOCK", RLIMIT_MEMLOCK, kMostLocked)) return step;
    if (auto step = set("RLIMIT_MSGQUEUE", RLIMIT_MSGQUEUE, 0)) return step;
    if (limits.counted)
        if (auto step = set("RLIMIT_NPROC", RLIMIT_NPROC, kMostProcesses)) return step;
    return set("RLIMIT_NOFILE", RLIMIT_NOFILE, within(limits.open_files, kLeastFiles, kMostFiles));
}

}  // namespace pintu::plugins::inside
