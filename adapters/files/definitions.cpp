#include "adapters/files/definitions.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "adapters/files/whole_file.hpp"

namespace pintu::files {
namespace {

namespace fs = std::filesystem;

struct Listed {
    std::string path;  // relative, with '/'
    fs::path real;
    std::uintmax_t size = 0;
    std::int64_t changed = 0;  // modification time, ticks of the file clock
};

bool skipped(const std::string& name) {
    return name.empty() || name.front() == '.' || name.back() == '~';
}

class Lister {
  public:
    explicit Lister(const std::string& folder) : root_(folder) {}

    Result<std::vector<Listed>> list() {
        std::error_code failure;
        canonical_root_ = fs::canonical(root_, failure);
        if (failure || !fs::is_directory(canonical_root_, failure))
            return fail("BU101", root_.string());
        bool any = false;
        for (const auto* room : {"rules", "workflows"}) {
            if (!fs::is_directory(canonical_root_ / room, failure)) continue;
            any = true;
            if (auto done = add_folder(room); !done) return done.unexpected();
        }
        if (!any) return fail("BU106", root_.string());
        if (fs::exists(canonical_root_ / "pintu.yaml", failure))
            if (auto done = add_file("pintu.yaml"); !done) return done.unexpected();
        std::sort(files_.begin(), files_.end(),
                  [](const Listed& a, const Listed& b) { return a.path < b.path; });
        return std::move(files_);
    }

  private:
    // Folder by folder, without recursion; linked folders are files here and fail as such.
    Result<void> add_folder(const std::string& room) {
        std::vector<std::string> open = {room};
        while (!open.empty()) {
            const std::string folder = open.back();
            open.pop_back();
            std::error_code failure;
            fs::directory_iterator at(canonical_root_ / folder, failure);
            for (; !failure && at != fs::directory_iterator(); at.increment(failure)) {
                const std::string name = at->path().filename().string();
                if (skipped(name)) continue;
                const std::string path = folder + "/" + name;
                std::error_code unknown;
                const auto status = at->symlink_status(unknown);
                if (fs::is_directory(status)) {
                    open.push_back(path);
                } else if (fs::is_regular_file(status) || fs::is_symlink(status)) {
                    if (auto done = add_file(path); !done) return done;
                }
            }
            if (failure) return fail("BU102", shown(folder), failure.message());
        }
        return {};
    }

    Result<void> add_file(const std::string& path) {
        std::error_code failure;
        const fs::path real = fs::canonical(canonical_root_ / path, failure);
        if (failure) return fail("BU102", shown(path), failure.message());
        const auto [root_end, rest] =
            std::mismatch(canonical_root_.begin(), canonical_root_.end(), real.begin(), real.end());
        if (root_end != canonical_root_.end()) return fail("BU104", shown(path));
        if (!fs::is_regular_file(real, failure)) return {};  // a linked folder
        Listed file{path, real, fs::file_size(real, failure), 0};
        if (failure) return fail("BU102", shown(path), failure.message());
        const auto changed = fs::last_write_time(real, failure);
        if (failure) return fail("BU102", shown(path), failure.message());
        file.changed = changed.time_since_epoch().count();
        bytes_ += file.size;
        if (files_.size() >= kMostFiles)
            return fail("BU103", root_.string(), std::to_string(kMostFiles));
        if (bytes_ > kMostBytes)
            return fail("BU103", root_.string(), std::to_string(kMostBytes >> 20U) + " MiB");
        files_.push_back(std::move(file));
        return {};
    }

    std::string shown(const std::string& path) const { return (root_ / path).string(); }

    fs::path root_;
    fs::path canonical_root_;
    std::vector<Listed> files_;
    std::uintmax_t bytes_ = 0;
};

}  // namespace

Result<bundle::Definitions> read_definitions(const std::string& folder,
                                             const std::string& zoneinfo) {
    auto listed = Lister(folder).list();
    if (!listed) return listed.unexpected();
    bundle::Definitions definitions;
    for (const Listed& file : *listed) {
        auto bytes = read_file(file.real.string(), kMostFileBytes);
        if (!bytes) return bytes.unexpected();
        definitions.files.push_back({file.path, std::move(*bytes)});
    }
    constexpr std::size_t kMostZoneBytes = 1U << 20U;
    for (const std::string& zone : bundle::zones_named(definitions)) {
        // A zone that is not there is the calendar's to complain of, with its place.
        auto bytes = read_file(zoneinfo + "/" + zone, kMostZoneBytes);
        if (bytes) definitions.files.push_back({"zoneinfo/" + zone, std::move(*bytes)});
    }
    std::sort(definitions.files.begin(), definitions.files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return definitions;
}

Result<std::string> definitions_stamp(const std::string& folder) {
    const auto listed = Lister(folder).list();
    if (!listed) return listed.unexpected();
    std::string stamp;
    for (const Listed& file : *listed)
        stamp += file.path + '\n' + std::to_string(file.size) + ' ' + std::to_string(file.changed) +
                 '\n';
    return stamp;
}

}  // namespace pintu::files
