#include "adapters/files/whole_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace pintu::files {
namespace {

std::string reason() {
    return std::generic_category().message(errno);
}

class Descriptor {
  public:
    explicit Descriptor(int value) : value_(value) {}
    ~Descriptor() {
        if (value_ >= 0) ::close(value_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return value_; }
    bool open() const { return value_ >= 0; }

  private:
    int value_;
};

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

mode_t mode_of(const std::string& path) {
    struct stat known {};
    return ::stat(path.c_str(), &known) == 0 ? known.st_mode & 07777U : 0644U;
}

bool sync_folder(const std::string& path) {
    const auto slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return directory.open() && ::fsync(directory.get()) == 0;
}

// Writes, syncs and renames; on failure leaves nothing behind, errno says why.
bool replace(const std::string& path, std::string_view bytes) {
    std::string beside = path + ".XXXXXX";
    const Descriptor file(::mkstemp(beside.data()));
    if (!file.open()) return false;
    const bool done = ::fchmod(file.get(), mode_of(path)) == 0 && write_all(file.get(), bytes) &&
                      ::fsync(file.get()) == 0 && ::rename(beside.c_str(), path.c_str()) == 0;
    if (done) return sync_folder(path);
    const int why = errno;
    ::unlink(beside.c_str());
    errno = why;
    return false;
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t most) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat known {};
    if (!file.open() || ::fstat(file.get(), &known) != 0) return fail("BU102", path, reason());
    if (!S_ISREG(known.st_mode)) {
        errno = S_ISDIR(known.st_mode) ? EISDIR : EINVAL;
        return fail("BU102", path, reason());
    }
    std::string bytes(static_cast<std::size_t>(known.st_size) + 1, '\0');
    std::size_t size = 0;
    for (;;) {  // the file may grow while it is read
        if (size > most) return fail("BU103", path, std::to_string(most >> 10U) + " KiB");
        if (size == bytes.size()) bytes.resize(2 * bytes.size());
        const auto got = ::read(file.get(), bytes.data() + size, bytes.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail("BU102", path, reason());
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    bytes.resize(size);
    return bytes;
}

Result<void> write_file(const std::string& path, std::string_view bytes) {
    if (!replace(path, bytes)) return fail("BU105", path, reason());
    return {};
}

}  // namespace pintu::files
