#include "plugins/host/plugin_log.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "plugins/host/disk.hpp"
#include "plugins/host/document.hpp"

namespace pintu::plugins {

bool PluginLog::allowed(Instant at) {
    const std::int64_t most = kBurst * kMicrosPerSecond;
    const std::int64_t passed = std::clamp<std::int64_t>(at.micros - last_.micros, 0, most);
    tokens_ = std::min(most, tokens_ + passed * kPerSecond);
    last_ = at;
    if (tokens_ < kMicrosPerSecond) {
        ++left_out_;
        return false;
    }
    tokens_ -= kMicrosPerSecond;
    return true;
}

void PluginLog::append(const std::string& text) {
    if (!made_) made_ = make_folder(folder_).has_value();
    const std::string path = folder_ + "/log.jsonl";
    struct stat known {};
    if (::stat(path.c_str(), &known) == 0 && known.st_size > kMostBytes)
        ::rename(path.c_str(), (folder_ + "/log.1.jsonl").c_str());
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600));
    if (file.open()) write_all(file.get(), text);
}

void PluginLog::write(Instant at, std::string_view level, std::string_view kind,
                      std::string_view line) {
    const std::lock_guard lock(mutex_);
    if (!allowed(at)) return;
    boost::json::object entry{{"ts", to_string(at)}, {"level", level}, {"kind", kind}};
    entry["line"] = plain(line, kMostLine);
    if (left_out_ > 0) entry["left_out"] = std::exchange(left_out_, 0);
    append(boost::json::serialize(entry) + "\n");
}

void PluginLog::write_error(Instant at, std::string_view kind, const Error& error) {
    const std::lock_guard lock(mutex_);
    boost::json::object entry{{"ts", to_string(at)}, {"level", "error"}, {"kind", kind}};
    entry["code"] = error.code;
    boost::json::array args;
    for (const auto& arg : error.args) args.emplace_back(plain(arg));
    entry["args"] = std::move(args);
    append(boost::json::serialize(entry) + "\n");
}

}  // namespace pintu::plugins
