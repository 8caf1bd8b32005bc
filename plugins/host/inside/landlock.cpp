// The kernel's header may be older than the kernel: what Landlock has is written out here
// (Documentation/userspace-api/landlock.rst).
#include <fcntl.h>
#include <glob.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>

#include "plugins/host/inside/kernel.hpp"
#include "plugins/host/link/socket.hpp"

namespace pintu::plugins::inside {
namespace {

// Rights, in the order of their bits, and the version that each came with.
enum Right : unsigned {
    execute,
    write_file,
    read_file,
    read_dir,
    remove_dir,
    remove_file,
    make_char,
    make_dir,
    make_reg,
    make_sock,
    make_fifo,
    make_block,
    make_sym,
    refer,
    truncate_file,
    ioctl_dev
};
constexpr std::uint64_t bit(Right right) {
    return std::uint64_t{1} << right;
}
constexpr std::uint64_t kRead = bit(read_file) | bit(read_dir);
constexpr std::uint64_t kWrite = kRead | bit(write_file) | bit(remove_dir) | bit(remove_file) |
                                 bit(make_dir) | bit(make_reg) | bit(refer) | bit(truncate_file);
constexpr std::uint64_t kOfFiles =
    bit(execute) | bit(write_file) | bit(read_file) | bit(truncate_file) | bit(ioctl_dev);

struct Ruleset {
    std::uint64_t files;
    std::uint64_t network;  // binding, connecting: version 4
    std::uint64_t scoped;   // abstract sockets, signals: version 6
};

struct [[gnu::packed]] Beneath {
    std::uint64_t allowed;
    std::int32_t parent;
};

std::uint64_t known_rights(int version) {
    if (version >= 5) return bit(ioctl_dev) * 2 - 1;
    if (version >= 3) return bit(truncate_file) * 2 - 1;
    return version == 2 ? bit(refer) * 2 - 1 : bit(make_sym) * 2 - 1;
}

int make_ruleset(int version) {
    const Ruleset ruleset{known_rights(version), version >= 4 ? 3U : 0U, version >= 6 ? 3U : 0U};
    const std::size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    return static_cast<int>(::syscall(SYS_landlock_create_ruleset, &ruleset, size, 0U));
}

enum class Missing { is_wrong, is_fine };

Step allow(int ruleset, const std::string& path, std::uint64_t rights, Missing missing) {
    const Fd file(::open(path.c_str(), O_PATH | O_CLOEXEC));
    struct stat about {};
    if (!file.open() || ::fstat(file.get(), &about) != 0)
        return missing == Missing::is_fine ? Step() : failed("landlock: " + path);
    if (!S_ISDIR(about.st_mode)) rights &= kOfFiles;
    const Beneath beneath{rights, file.get()};
    if (::syscall(SYS_landlock_add_rule, ruleset, 1U, &beneath, 0U) != 0)
        return failed("landlock: " + path);
    return std::nullopt;
}

// What every process needs to start, and nothing that is anybody's.
constexpr std::array kSystem = {
    "/lib",         "/lib64",           "/usr/lib",       "/usr/lib64",     "/usr/local/lib",
    "/usr/share",   "/etc/ld.so.cache", "/etc/localtime", "/etc/ssl/certs", "/etc/ssl/openssl.cnf",
    "/dev/urandom", "/dev/zero"};
// And what interpreters are in, and read when they start.
constexpr std::array kPrograms = {"/bin", "/usr/bin", "/usr/local/bin", "/etc/php",
                                  "/etc/python3*"};

Step allow_system(int ruleset, std::uint64_t known, bool runs) {
    const std::uint64_t rights = (runs ? kRead | bit(execute) : kRead) & known;
    for (const char* path : kSystem)
        if (auto step = allow(ruleset, path, rights, Missing::is_fine)) return step;
    if (auto step =
            allow(ruleset, "/dev/null", (kRead | bit(write_file)) & known, Missing::is_fine))
        return step;
    if (!runs) return std::nullopt;
    Step step;
    for (const char* pattern : kPrograms) {
        glob_t found{};
        if (::glob(pattern, 0, nullptr, &found) == 0)
            for (std::size_t i = 0; i < found.gl_pathc && !step; ++i)
                step = allow(ruleset, found.gl_pathv[i], rights, Missing::is_fine);
        ::globfree(&found);
    }
    return step;
}

}  // namespace

int landlock_version() {
    const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0U, 1U);
    return version > 0 ? static_cast<int>(version) : 0;
}

Step confine_files(const Files& files, int version) {
    if (version == 0) return std::nullopt;
    const Fd ruleset(make_ruleset(version));
    if (!ruleset.open()) return failed("landlock");
    const std::uint64_t known = known_rights(version);
    if (auto step = allow_system(ruleset.get(), known, files.runs)) return step;
    const std::uint64_t read = (files.runs ? kRead | bit(execute) : kRead) & known;
    for (const auto& path : files.readable)
        if (auto step = allow(ruleset.get(), path, read, Missing::is_wrong)) return step;
    for (const auto& path : files.writable)
        if (auto step = allow(ruleset.get(), path, kWrite & known, Missing::is_wrong)) return step;
    if (::syscall(SYS_landlock_restrict_self, ruleset.get(), 0U) != 0) return failed("landlock");
    return std::nullopt;
}

}  // namespace pintu::plugins::inside
