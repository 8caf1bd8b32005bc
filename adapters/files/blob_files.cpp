#include "adapters/files/blob_files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <optional>
#include <set>
#include <system_error>
#include <thread>

#include "adapters/files/whole_file.hpp"

namespace pintu::files {
namespace {

namespace fs = std::filesystem;
using ports::BlobForm;

constexpr std::size_t kMostBytes = 256U << 20U;
constexpr mode_t kOwnFolder = 0700;
constexpr std::string_view kClaims = ".of";

std::string_view ending(BlobForm form) {
    constexpr std::string_view kEndings[] = {"", ".shown", ".about"};
    return kEndings[static_cast<int>(form)];
}

Unexpected<Error> not_written(const std::string& path) {
    return fail("BL003", path, std::generic_category().message(errno));
}

bool sync_folder(const std::string& path) {
    const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return false;
    const bool synced = ::fsync(folder) == 0;
    ::close(folder);
    return synced;
}

// All folders of the path, each on disk in the one above.
bool make_folders(const fs::path& path) {
    struct stat known {};
    if (path.empty() || ::stat(path.c_str(), &known) == 0) return true;
    if (!make_folders(path.parent_path())) return false;
    if (::mkdir(path.c_str(), kOwnFolder) != 0 && errno != EEXIST) return false;
    return sync_folder(path.parent_path().empty() ? "." : path.parent_path().string());
}

bool is_there(const std::string& path) {
    struct stat known {};
    return ::stat(path.c_str(), &known) == 0;
}

// The folder that a file lies in, held by one thread of one process at a time: whoever claims and
// whoever destroys exclude each other. One that was stopped while it had it is waited for a while.
class Shelf {
  public:
    explicit Shelf(const std::string& path)
        : folder_(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
        constexpr std::chrono::seconds kPatience{5};
        constexpr std::chrono::milliseconds kPause{5};
        const auto until = std::chrono::steady_clock::now() + kPatience;
        while (folder_ >= 0 && !(held_ = ::flock(folder_, LOCK_EX | LOCK_NB) == 0)) {
            const bool busy = errno == EWOULDBLOCK || errno == EINTR;
            if (!busy || std::chrono::steady_clock::now() >= until) return;
            std::this_thread::sleep_for(kPause);
        }
    }
    ~Shelf() {
        if (folder_ >= 0) ::close(folder_);
    }
    Shelf(const Shelf&) = delete;
    Shelf& operator=(const Shelf&) = delete;
    bool held() const { return held_; }
    bool sync() const { return ::fsync(folder_) == 0; }

  private:
    int folder_;
    bool held_ = false;
};

std::string shelf_of(const std::string& path) {
    return fs::path(path).parent_path().string();
}

// Until `each` says false: then it is false too. What cannot be listed has nothing in it.
template <typename Each>
bool each_in(const std::string& folder, Each each) {
    std::error_code ec;
    fs::directory_iterator at(folder, ec);
    for (; !ec && at != fs::directory_iterator(); at.increment(ec))
        if (!each(at->path())) return false;
    return true;
}

// The name up to its first dot: of all forms of a file, its claims, and what a write left.
std::string digits_of(const fs::path& entry) {
    const std::string name = entry.filename().string();
    return name.substr(0, name.find('.'));
}

// Whether another than `by` has it; nothing: that cannot be told.
std::optional<bool> others_claim(const std::string& path, const std::string& by) {
    std::error_code ec;
    fs::directory_iterator at(path + std::string(kClaims), ec);
    for (; !ec && at != fs::directory_iterator(); at.increment(ec))
        if (at->path().filename().string() != by) return true;
    if (ec && ec != std::errc::no_such_file_or_directory) return std::nullopt;
    return false;
}

// Nobody has it, and nothing of it was put within `age`.
bool is_forsaken(const std::string& path, std::chrono::seconds age) {
    const std::time_t before = std::time(nullptr) - age.count();
    const auto is_old = [&](const std::string& file) {
        struct stat known {};
        return ::lstat(file.c_str(), &known) != 0 || known.st_mtime <= before;
    };
    return others_claim(path, "") == false && is_old(path) && is_old(path + ".shown") &&
           is_old(path + ".about");
}

bool remove_file(const std::string& path) {
    return ::unlink(path.c_str()) == 0 || errno == ENOENT;
}

bool remove_forms(const std::string& path) {
    return remove_file(path) && remove_file(path + ".shown") && remove_file(path + ".about");
}

}  // namespace

Result<void> write_private(const std::string& path, const std::string& bytes) {
    if (!make_folders(fs::path(path).parent_path())) return not_written(path);
    if (auto written = write_file(path, bytes); !written)
        return fail("BL003", path, written.error().args.back());
    if (::chmod(path.c_str(), 0600) != 0) return not_written(path);
    return {};
}

std::string BlobFiles::path_of(const Digest& original) const {
    const std::string name = to_hex(bytes_of(original));
    return folder_ + "/" + name.substr(0, 2) + "/" + name;
}

Result<Digest> BlobFiles::put(const std::string& bytes, BlobForm form, const Digest& original) {
    const std::string path = path_of(original) + std::string(ending(form));
    if (!make_folders(shelf_of(path))) return not_written(path);
    const Shelf shelf(shelf_of(path));
    if (!shelf.held()) return not_written(path);
    const auto there = read_file(path, kMostBytes);
    if (there && *there == bytes && ::utimensat(AT_FDCWD, path.c_str(), nullptr, 0) == 0)
        return sha256(bytes);
    if (auto written = write_private(path, bytes); !written) return written.unexpected();
    return sha256(bytes);
}

Result<std::string> BlobFiles::get(const Digest& original, BlobForm form) {
    const std::string path = path_of(original) + std::string(ending(form));
    auto bytes = read_file(path, kMostBytes);
    if (!bytes) return fail("BL001", path);
    if (form == BlobForm::original && sha256(*bytes) != original) return fail("BL002", path);
    return bytes;
}

Result<void> BlobFiles::claim(const Digest& original, const CaseId& by) {
    const std::string file = path_of(original);
    const std::string path = file + std::string(kClaims) + "/" + by.value;
    if (!is_there(file)) return fail("BL001", file);
    const Shelf shelf(shelf_of(file));
    if (!shelf.held()) return not_written(shelf_of(file));
    // Another case's release may have come in between.
    if (!is_there(file)) return fail("BL001", file);
    return is_there(path) ? Result<void>() : write_private(path, "");
}

// The claim goes last: whatever stops in between, each_claim still finds it, and this is done
// again.
Result<void> BlobFiles::release(const Digest& original, const CaseId& by) {
    const std::string path = path_of(original);
    const std::string claims = path + std::string(kClaims);
    if (!is_there(shelf_of(path))) return {};
    const Shelf shelf(shelf_of(path));
    if (!shelf.held()) return not_written(shelf_of(path));
    const auto shared = others_claim(path, by.value);
    if (!shared) return not_written(claims);
    if (!*shared && !(remove_forms(path) && shelf.sync())) return not_written(path);
    if (!remove_file(claims + "/" + by.value)) return not_written(claims);
    if (*shared) return {};
    if (::rmdir(claims.c_str()) != 0 && errno != ENOENT) return not_written(claims);
    return shelf.sync() ? Result<void>() : not_written(shelf_of(path));
}

void BlobFiles::each_claim(const std::function<bool(const Digest&, const CaseId&)>& each) const {
    each_in(folder_, [&](const fs::path& shelf) {
        return each_in(shelf.string(), [&](const fs::path& claims) {
            const auto digest = digest_from_hex(claims.stem().string());
            if (claims.extension() != kClaims || !digest) return true;
            return each_in(claims.string(), [&](const fs::path& claim) {
                return each(*digest, CaseId(claim.filename().string()));
            });
        });
    });
}

std::vector<Digest> BlobFiles::unclaimed(std::chrono::seconds age) const {
    std::set<Digest> found;
    each_in(folder_, [&](const fs::path& shelf) {
        return each_in(shelf.string(), [&](const fs::path& entry) {
            const auto digest = digest_from_hex(digits_of(entry));
            if (digest && is_forsaken(path_of(*digest), age)) found.insert(*digest);
            return true;
        });
    });
    return {found.begin(), found.end()};
}

Result<void> BlobFiles::destroy_unclaimed(const Digest& original, std::chrono::seconds age) {
    const std::string path = path_of(original);
    const std::string folder = shelf_of(path);
    const Shelf shelf(folder);
    if (!shelf.held()) return not_written(folder);
    if (!is_forsaken(path, age)) return {};
    const std::string digits = fs::path(path).filename().string();
    const bool gone = each_in(folder, [&](const fs::path& entry) {
        if (digits_of(entry) != digits) return true;
        if (entry.extension() != kClaims) return remove_file(entry.string());
        return ::rmdir(entry.c_str()) == 0 || errno == ENOENT;
    });
    return gone && shelf.sync() ? Result<void>() : not_written(path);
}

}  // namespace pintu::files
