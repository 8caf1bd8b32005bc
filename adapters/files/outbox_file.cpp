#include "adapters/files/outbox_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "adapters/wire/json_writer.hpp"

namespace pintu::files {
namespace {

constexpr std::string_view kStart = "{\"key\":\"";

std::string line_of(const cases::Effect& effect) {
    wire::JsonWriter json;
    json.begin_object();
    json.field("key", effect.key.value).field("at", to_string(effect.at));
    json.field("agency", effect.agency.value).field("case", effect.case_id.value);
    json.field("tracking_id", effect.tracking_id.value).field("kind", effect.kind);
    json.field("channel", effect.channel);
    json.field("message", effect.message).field("whom", effect.whom);
    json.field("unit", effect.unit.value).key("persons").begin_array();
    for (const auto& person : effect.persons) json.value(person.value);
    json.end_array().end_object();
    return json.text() + "\n";
}

// The file from a place to its end.
std::string read_from(int file, std::int64_t from, std::int64_t size) {
    std::string text(static_cast<std::size_t>(size - from), '\0');
    std::size_t read = 0;
    while (read < text.size()) {
        const auto n = pread(file, text.data() + read, text.size() - read,
                             static_cast<off_t>(from + static_cast<std::int64_t>(read)));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        read += static_cast<std::size_t>(n);
    }
    text.resize(read);
    return text;
}

// The key of a line; "" of a line that is not ours.
std::string key_in(std::string_view line) {
    if (line.substr(0, kStart.size()) != kStart) return {};
    const auto end = line.find('"', kStart.size());
    return std::string(line.substr(kStart.size(), end - kStart.size()));
}

bool write_all(int file, const std::string& bytes, bool durable) {
    for (std::size_t at = 0; at < bytes.size();) {
        const auto n = write(file, bytes.data() + at, bytes.size() - at);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        at += static_cast<std::size_t>(n);
    }
    return !durable || fdatasync(file) == 0;
}

int open_file(const std::string& path) {
    return open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
}

// Held by one process at a time; gone with it, however it ends. One that was stopped while it had
// it is waited for a while only: effects can wait, and a node must be able to end.
class FileLock {
  public:
    explicit FileLock(int file) : file_(file) {
        constexpr std::chrono::seconds kPatience{5};
        constexpr std::chrono::milliseconds kPause{5};
        const auto until = std::chrono::steady_clock::now() + kPatience;
        while (!(held_ = flock(file_, LOCK_EX | LOCK_NB) == 0)) {
            const bool busy = errno == EWOULDBLOCK || errno == EINTR;
            if (!busy || std::chrono::steady_clock::now() >= until) return;
            std::this_thread::sleep_for(kPause);
        }
    }
    ~FileLock() {
        if (held_) flock(file_, LOCK_UN);
    }
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    bool held() const { return held_; }

  private:
    int file_;
    bool held_ = false;
};

}  // namespace

bool RecentKeys::contains(const std::string& key) const {
    return newer_.contains(key) || older_.contains(key);
}

void RecentKeys::insert(const std::string& key) {
    newer_.insert(key);
    if (newer_.size() < kMost) return;
    older_ = std::move(newer_);
    newer_.clear();
}

OutboxFile::~OutboxFile() {
    close(file_);
}

Result<std::unique_ptr<OutboxFile>> OutboxFile::open(const std::string& path, bool durable) {
    const int file = open_file(path);
    if (file < 0) return fail("CL020", path, std::strerror(errno));
    auto outbox = std::unique_ptr<OutboxFile>(new OutboxFile(path, file, durable));
    const FileLock lock(file);
    // Whoever has it now is caught up with before anything is written.
    if (lock.held() && !outbox->catch_up()) return fail("CL020", path, std::strerror(errno));
    return outbox;
}

bool OutboxFile::reopen_if_moved() {
    struct stat ours {};
    struct stat there {};
    if (fstat(file_, &ours) == 0 && stat(path_.c_str(), &there) == 0 &&
        ours.st_dev == there.st_dev && ours.st_ino == there.st_ino)
        return true;
    if (!S_ISREG(ours.st_mode)) return true;  // /dev/null and the like
    const int file = open_file(path_);
    if (file < 0) return false;
    close(file_);
    file_ = file;
    size_ = 0;
    return true;
}

// Under the lock: learns the keys of lines that others appended, and removes a line without an end.
bool OutboxFile::catch_up() {
    struct stat status {};
    if (fstat(file_, &status) != 0) return false;
    if (!S_ISREG(status.st_mode)) return true;
    const std::int64_t size = status.st_size;
    if (size < size_) size_ = 0;  // it was cut short
    if (size == size_) return true;
    const bool whole = size - size_ <= kTailBytes;
    const std::int64_t from = whole ? size_ : size - kTailBytes;
    const std::string text = read_from(file_, from, size);
    const auto last = text.rfind('\n');
    const std::size_t end = last == std::string::npos ? 0 : last + 1;
    std::size_t at = whole ? 0 : std::min(end, text.find('\n') + 1);
    for (; at < end; at = text.find('\n', at) + 1) {
        const std::string key = key_in(std::string_view(text).substr(at, text.find('\n', at) - at));
        if (!key.empty()) keys_.insert(key);
    }
    size_ = from + static_cast<std::int64_t>(end);
    return size_ == size || ftruncate(file_, size_) == 0;
}

bool OutboxFile::append(const std::string& lines) {
    if (!write_all(file_, lines, durable_)) {
        const int why = errno;
        // A line without an end that cannot be removed now goes when the file is next caught up
        // with.
        if (ftruncate(file_, size_) != 0) size_ = 0;
        errno = why;
        return false;
    }
    size_ += static_cast<std::int64_t>(lines.size());
    return true;
}

std::vector<ports::Performed> OutboxFile::perform(const std::vector<ports::Message>& messages) {
    const auto later = [&] {
        return std::vector<ports::Performed>(
            messages.size(), {ports::Performed::Outcome::later, std::strerror(errno)});
    };
    if (!reopen_if_moved()) return later();
    const FileLock lock(file_);
    if (!lock.held() || !catch_up()) return later();
    std::string lines;
    std::set<std::string> fresh;
    for (const auto& message : messages) {
        const std::string& key = message.effect.key.value;
        if (!keys_.contains(key) && fresh.insert(key).second) lines += line_of(message.effect);
    }
    if (!lines.empty() && !append(lines)) return later();
    for (const auto& key : fresh) keys_.insert(key);
    return std::vector<ports::Performed>(messages.size());
}

}  // namespace pintu::files
