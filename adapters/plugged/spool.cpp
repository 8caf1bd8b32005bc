#include "adapters/plugged/spool.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <system_error>

namespace pintu::plugged {
namespace {

class File {
  public:
    explicit File(int number) : number_(number) {}
    ~File() {
        if (number_ >= 0) ::close(number_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    int number() const { return number_; }

  private:
    int number_;
};

constexpr int kReading = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY;

// Kernels before 5.6, and sandboxes that do not know openat2: one component after the other.
int open_by_parts(int folder, std::string_view path) {
    const auto slash = path.find('/');
    const std::string part(path.substr(0, slash));
    if (part.empty() || part == "." || part == "..") return errno = EXDEV, -1;
    if (slash == std::string_view::npos) return ::openat(folder, part.c_str(), kReading);
    const File next(::openat(folder, part.c_str(), kReading | O_DIRECTORY));
    return next.number() < 0 ? -1 : open_by_parts(next.number(), path.substr(slash + 1));
}

int open_beneath(int folder, const std::string& path) {
    struct open_how how {};
    how.flags = kReading;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    const auto opened = ::syscall(SYS_openat2, folder, path.c_str(), &how, sizeof how);
    if (opened >= 0) return static_cast<int>(opened);
    if (errno != ENOSYS && errno != EPERM) return -1;
    return open_by_parts(folder, path);
}

Unexpected<Error> not_read(int why, const std::string& path) {
    if (why == EXDEV || why == ELOOP || why == ENXIO || why == ENOTDIR) return fail("EV002", path);
    const bool there = why != ENOENT && why != EACCES && why != ENAMETOOLONG;
    return fail(there ? "EV004" : "EV003", path, std::generic_category().message(why));
}

Result<std::string> read_all(int file, const std::string& path, std::int64_t most) {
    std::string bytes;
    char piece[1U << 16U];
    for (;;) {
        const auto got = ::read(file, piece, sizeof piece);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return not_read(errno, path);
        if (got == 0) return bytes;
        bytes.append(piece, static_cast<std::size_t>(got));
        if (static_cast<std::int64_t>(bytes.size()) > most)
            return fail("EV001", path, std::to_string(most));
    }
}

}  // namespace

Result<std::string> read_spooled(const std::string& folder, const std::string& path,
                                 std::int64_t most) {
    const std::string below =
        path.starts_with(folder + "/") ? path.substr(folder.size() + 1) : path;
    if (below.find('\0') != std::string::npos) return fail("EV002", path);
    const File spool(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    const File file(spool.number() < 0 ? -1 : open_beneath(spool.number(), below));
    if (file.number() < 0) return not_read(errno, path);
    struct stat known {};
    if (::fstat(file.number(), &known) != 0 || !S_ISREG(known.st_mode)) return fail("EV002", path);
    if (known.st_size > most) return fail("EV001", path, std::to_string(most));
    return read_all(file.number(), path, most);
}

}  // namespace pintu::plugged
