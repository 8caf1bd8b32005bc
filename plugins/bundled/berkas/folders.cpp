#include "folders.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <stdexcept>

namespace berkas {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 10'000;
constexpr mode_t kMode = 0640;

class File {
  public:
    explicit File(int number) : number_(number) {}
    ~File() {
        if (number_ >= 0) ::close(number_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    int number() const { return number_; }
    bool is_open() const { return number_ >= 0; }

  private:
    int number_;
};

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(file) == 0;
}

bool sync_folder_of(const std::string& path) {
    const auto folder = fs::path(path).parent_path().string();
    const File file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return file.is_open() && ::fsync(file.number()) == 0;
}

std::string lower_ending(std::string_view name) {
    const auto dot = name.rfind('.');
    std::string ending(dot == std::string_view::npos ? "" : name.substr(dot));
    for (char& c : ending)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return ending;
}

bool has_reports(std::string_view name) {
    constexpr std::string_view kResult = ".hasil.jsonl";
    if (name.empty() || name.front() == '.' || name.ends_with(kResult)) return false;
    const auto ending = lower_ending(name);
    return ending == ".csv" || ending == ".jsonl" || ending == ".ndjson" || ending == ".json";
}

// Of the disk or of us, not of what was asked for.
bool is_passing(int why) {
    return why == EIO || why == EMFILE || why == ENFILE || why == ENOMEM || why == ESTALE;
}

int open_below(int folder, std::string_view path) {
    const auto slash = path.find('/');
    const std::string part(path.substr(0, slash));
    if (part.empty() || part == "." || part == "..") return -1;
    constexpr int kFlags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK;
    if (slash == std::string_view::npos) return ::openat(folder, part.c_str(), kFlags);
    const File next(::openat(folder, part.c_str(), kFlags | O_DIRECTORY));
    return next.is_open() ? open_below(next.number(), path.substr(slash + 1)) : -1;
}

}  // namespace

Folders::Folders(const std::string& folder)
    : incoming(folder + "/masuk"),
      work(folder + "/proses"),
      done(folder + "/selesai"),
      failed(folder + "/gagal"),
      outgoing(folder + "/keluar") {
    for (const auto* path : {&incoming, &work, &done, &failed, &outgoing}) {
        std::error_code ec;
        fs::create_directories(*path, ec);
        if (!fs::is_directory(*path, ec))
            throw std::runtime_error("Folder " + *path + " tidak dapat dibuat: " + ec.message());
    }
}

std::vector<Found> report_files(const std::string& folder) {
    std::vector<Found> found;
    std::error_code ec;
    fs::directory_iterator at(folder, ec);
    for (; !ec && at != fs::directory_iterator(); at.increment(ec)) {
        const fs::directory_entry entry = *at;
        const std::string name = entry.path().filename().string();
        struct stat known {};
        if (!has_reports(name) || ::lstat(entry.path().c_str(), &known) != 0) continue;
        if (!S_ISREG(known.st_mode)) continue;
        found.push_back({name, known.st_size,
                         known.st_mtim.tv_sec * 1'000'000 + known.st_mtim.tv_nsec / 1'000});
        if (found.size() == kMostFiles) break;
    }
    std::sort(found.begin(), found.end(),
              [](const Found& a, const Found& b) { return a.name < b.name; });
    return found;
}

bool is_csv(std::string_view name) {
    return lower_ending(name) == ".csv";
}

std::string free_name(const Folders& folders, const std::string& name) {
    std::string safe = name;
    for (char& c : safe) {
        const bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
        if (!fine) c = '_';
    }
    const auto dot = safe.rfind('.');
    const auto taken = [&](const std::string& path) {
        std::error_code ec;
        return fs::exists(folders.work + "/" + path, ec) ||
               fs::exists(folders.done + "/" + path, ec) ||
               fs::exists(folders.failed + "/" + path, ec);
    };
    std::string free = safe;
    for (int number = 2; taken(free); ++number)
        free = safe.substr(0, dot) + "~" + std::to_string(number) + safe.substr(dot);
    return free;
}

std::optional<std::string> read_below(const std::string& folder, const std::string& path,
                                      std::int64_t most, bool* passing) {
    const File base(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (passing != nullptr) *passing = !base.is_open();
    const File file(base.is_open() ? open_below(base.number(), path) : -1);
    if (!file.is_open() && passing != nullptr) *passing = *passing || is_passing(errno);
    struct stat known {};
    if (!file.is_open() || ::fstat(file.number(), &known) != 0 || !S_ISREG(known.st_mode))
        return std::nullopt;
    std::string bytes;
    char piece[1U << 16U];
    for (;;) {
        const auto got = ::read(file.number(), piece, sizeof piece);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            if (passing != nullptr) *passing = true;
            return std::nullopt;
        }
        if (got == 0) return bytes;
        bytes.append(piece, static_cast<std::size_t>(got));
        if (static_cast<std::int64_t>(bytes.size()) > most) return std::nullopt;
    }
}

bool write_whole(const std::string& path, std::string_view bytes) {
    const std::string beside = path + ".tmp";
    {
        const File file(
            ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, kMode));
        if (!file.is_open() || !write_all(file.number(), bytes)) return false;
    }
    return move(beside, path);
}

bool append(const std::string& path, std::string_view bytes) {
    const File file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, kMode));
    return file.is_open() && write_all(file.number(), bytes);
}

bool move(const std::string& from, const std::string& to) {
    return ::rename(from.c_str(), to.c_str()) == 0 && sync_folder_of(to) && sync_folder_of(from);
}

}  // namespace berkas
