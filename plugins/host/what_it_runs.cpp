#include "plugins/host/what_it_runs.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "plugins/host/disk.hpp"
#include "plugins/host/library_file.hpp"

namespace pintu::plugins {
namespace {

namespace fs = std::filesystem;

bool passed_over(const fs::path& path) {
    const std::string name = path.filename().string();
    return name.starts_with(".") || name == "__pycache__";
}

// Relative, sorted; symbolic links are not followed into folders. One more than kMostFiles at most.
std::vector<std::string> files_below(const std::string& folder) {
    std::vector<std::string> paths;
    std::error_code failed;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied,
                                        failed);
    for (; !failed && at != fs::end(at) && paths.size() <= kMostFiles; at.increment(failed)) {
        std::error_code gone;
        if (passed_over(at->path())) {
            if (at->is_directory(gone)) at.disable_recursion_pending();
        } else if (at->is_regular_file(gone)) {
            paths.push_back(at->path().lexically_relative(folder).generic_string());
        }
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

std::vector<std::string> files_of(const Manifest& manifest) {
    if (!manifest.run.empty()) return {manifest.run};
    return files_below(manifest.folder);
}

}  // namespace

Result<Digest> digest_of_what_it_runs(const Manifest& manifest) {
    const auto paths = files_of(manifest);
    if (paths.size() > kMostFiles) return fail("PL123", manifest.name, std::to_string(kMostFiles));
    std::string digests;
    for (const auto& path : paths) {
        const std::string whole = manifest.folder + "/" + path;
        const auto bytes =
            read_bytes(whole, manifest.run.empty() ? kMostFileBytes : kMostLibraryBytes);
        if (!bytes) return fail("PL110", whole);
        digests += bytes_of(sha256(path));
        digests += bytes_of(sha256(*bytes));
    }
    return sha256(digests);
}

std::string fingerprint(const Manifest& manifest) {
    auto paths = files_of(manifest);
    paths.emplace_back(kManifestFile);
    std::string seen;
    for (const auto& path : paths) {
        struct stat known {};
        if (::stat((manifest.folder + "/" + path).c_str(), &known) != 0) known = {};
        for (const auto number :
             {static_cast<std::int64_t>(known.st_size), static_cast<std::int64_t>(known.st_ino),
              static_cast<std::int64_t>(known.st_mtim.tv_sec),
              static_cast<std::int64_t>(known.st_mtim.tv_nsec)})
            seen += std::to_string(number) + " ";
        seen += path + "\n";
    }
    return to_hex(bytes_of(sha256(seen)));
}

}  // namespace pintu::plugins
