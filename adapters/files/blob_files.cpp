#include "adapters/files/blob_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

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
    const auto there = read_file(path, kMostBytes);
    if (there && *there == bytes) return sha256(bytes);
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
    const std::string path = path_of(original) + std::string(kClaims) + "/" + by.value;
    if (!is_there(path))
        if (auto written = write_private(path, ""); !written) return written;
    // Another case's release may have come in between.
    if (!is_there(path_of(original))) return fail("BL001", path_of(original));
    return {};
}

// The folder of claims goes first: it goes only where it is empty, so that a file that another case
// has stays.
Result<void> BlobFiles::release(const Digest& original, const CaseId& by) {
    const std::string path = path_of(original);
    const std::string claims = path + std::string(kClaims);
    if (::unlink((claims + "/" + by.value).c_str()) != 0 && errno != ENOENT)
        return not_written(claims);
    if (::rmdir(claims.c_str()) != 0 && errno != ENOENT) {
        if (errno == ENOTEMPTY || errno == EEXIST) return {};
        return not_written(claims);
    }
    for (const auto form : {BlobForm::about, BlobForm::shown, BlobForm::original}) {
        const std::string file = path + std::string(ending(form));
        if (::unlink(file.c_str()) != 0 && errno != ENOENT) return not_written(file);
    }
    const std::string folder = fs::path(path).parent_path().string();
    if (!is_there(folder) || sync_folder(folder)) return {};
    return not_written(folder);
}

void BlobFiles::each_claim(const std::function<bool(const Digest&, const CaseId&)>& each) const {
    std::error_code ec;
    for (const auto& shelf : fs::directory_iterator(folder_, ec)) {
        std::error_code below;
        for (const auto& entry : fs::directory_iterator(shelf.path(), below)) {
            if (entry.path().extension() != kClaims) continue;
            const auto digest = digest_from_hex(entry.path().stem().string());
            std::error_code inside;
            if (!digest) continue;
            for (const auto& claim : fs::directory_iterator(entry.path(), inside))
                if (!each(*digest, CaseId(claim.path().filename().string()))) return;
        }
    }
}

}  // namespace pintu::files
