#include "adapters/files/outbox_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

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
    json.field("message", effect.message).field("whom", effect.whom);
    json.field("unit", effect.unit.value).key("persons").begin_array();
    for (const auto& person : effect.persons) json.value(person.value);
    json.end_array().end_object();
    return json.text() + "\n";
}

// The last part of the file, at most `most` bytes, from the start of a line on.
std::string read_tail(int file, std::int64_t size, std::int64_t most) {
    const std::int64_t from = std::max<std::int64_t>(0, size - most);
    std::string tail(static_cast<std::size_t>(size - from), '\0');
    std::size_t read = 0;
    while (read < tail.size()) {
        const auto n = pread(file, tail.data() + read, tail.size() - read,
                             static_cast<off_t>(from + static_cast<std::int64_t>(read)));
        if (n <= 0) break;
        read += static_cast<std::size_t>(n);
    }
    tail.resize(read);
    if (from > 0) tail.erase(0, std::min(tail.size(), tail.find('\n') + 1));
    return tail;
}

std::set<std::string> keys_in(const std::string& tail) {
    std::set<std::string> keys;
    for (std::size_t at = 0; at < tail.size();) {
        const std::size_t end = std::min(tail.find('\n', at), tail.size());
        const std::string_view line = std::string_view(tail).substr(at, end - at);
        if (line.substr(0, kStart.size()) == kStart)
            keys.emplace(line.substr(kStart.size(), line.find('"', kStart.size()) - kStart.size()));
        at = end + 1;
    }
    return keys;
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

}  // namespace

OutboxFile::OutboxFile(int file, bool durable, std::int64_t size, std::set<std::string> keys)
    : file_(file), durable_(durable), size_(size), keys_(std::move(keys)) {}

OutboxFile::~OutboxFile() {
    close(file_);
}

Result<std::unique_ptr<OutboxFile>> OutboxFile::open(const std::string& path, bool durable) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
    if (file < 0) return fail("CL020", path, std::strerror(errno));
    std::int64_t size = lseek(file, 0, SEEK_END);
    const std::string tail = read_tail(file, size, kTailBytes);
    const auto last = tail.rfind('\n');
    const auto torn =
        static_cast<std::int64_t>(last == std::string::npos ? tail.size() : tail.size() - last - 1);
    if (torn > 0 && ftruncate(file, size - torn) != 0) {
        const std::string why = std::strerror(errno);
        close(file);
        return fail("CL020", path, why);
    }
    size -= torn;
    return std::unique_ptr<OutboxFile>(new OutboxFile(
        file, durable, size, keys_in(tail.substr(0, last == std::string::npos ? 0 : last))));
}

std::vector<ports::Performed> OutboxFile::perform(const std::vector<cases::Effect>& effects) {
    std::string lines;
    std::vector<std::string> fresh;
    for (const auto& effect : effects) {
        if (!keys_.insert(effect.key.value).second) continue;
        fresh.push_back(effect.key.value);
        lines += line_of(effect);
    }
    if (lines.empty() || write_all(file_, lines, durable_)) {
        size_ += static_cast<std::int64_t>(lines.size());
        return std::vector<ports::Performed>(effects.size());
    }
    const std::string why = std::strerror(errno);
    if (ftruncate(file_, size_) == 0)
        for (const auto& key : fresh) keys_.erase(key);
    return std::vector<ports::Performed>(effects.size(), {ports::Performed::Outcome::later, why});
}

}  // namespace pintu::files
