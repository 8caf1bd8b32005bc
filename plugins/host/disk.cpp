#include "plugins/host/disk.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace pintu::plugins {
namespace {

bool sync_parent(const std::string& path) {
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    const Descriptor directory(
        ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return directory.open() && ::fsync(directory.get()) == 0;
}

bool replace(const std::string& path, std::string_view bytes) {
    std::string beside = path + ".XXXXXX";
    const Descriptor file(::mkostemp(beside.data(), O_CLOEXEC));
    if (!file.open()) return false;
    const bool done = write_all(file.get(), bytes) && ::fsync(file.get()) == 0 &&
                      ::rename(beside.c_str(), path.c_str()) == 0;
    if (done) return sync_parent(path);
    const int why = errno;
    ::unlink(beside.c_str());
    errno = why;
    return false;
}

}  // namespace

Descriptor::~Descriptor() {
    if (value_ >= 0) ::close(value_);
}

std::string reason() {
    return std::generic_category().message(errno);
}

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

std::optional<std::string> read_bytes(const std::string& path, std::size_t most) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat known {};
    if (!file.open() || ::fstat(file.get(), &known) != 0 || !S_ISREG(known.st_mode))
        return std::nullopt;
    if (static_cast<std::size_t>(known.st_size) > most) return std::nullopt;
    std::string bytes(static_cast<std::size_t>(known.st_size), '\0');
    std::size_t size = 0;
    while (size < bytes.size()) {
        const auto got = ::read(file.get(), bytes.data() + size, bytes.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return std::nullopt;
        if (got == 0) break;  // it became shorter
        size += static_cast<std::size_t>(got);
    }
    bytes.resize(size);
    return bytes;
}

Result<void> write_durably(const std::string& path, std::string_view bytes) {
    if (!replace(path, bytes)) return fail("PL017", path, reason());
    return {};
}

Result<void> make_folder(const std::string& path) {
    for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
        const std::string part = path.substr(0, slash);
        if (::mkdir(part.c_str(), 0700) != 0 && errno != EEXIST)
            return fail("PL017", part, reason());
        if (slash == std::string::npos) break;
    }
    return {};
}

}  // namespace pintu::plugins
