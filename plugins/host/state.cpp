#include "plugins/host/state.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "engine/base/hash.hpp"
#include "engine/base/utf8.hpp"
#include "plugins/host/disk.hpp"

namespace pintu::plugins {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostPart = 240;  // of a path, in bytes: file systems allow 255

bool plain_byte(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

// "m-1/A" -> "m-1%2f%41"; capitals too, so that two keys stay two where a disk ignores case.
std::string encoded(std::string_view key) {
    std::string text;
    for (const char c : key) {
        if (plain_byte(static_cast<unsigned char>(c)))
            text += c;
        else
            text += "%" + to_hex(std::string_view(&c, 1));
    }
    return text;
}

std::optional<std::string> decoded(std::string_view text) {
    std::string key;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            key += text[i];
            continue;
        }
        const auto byte = from_hex(text.substr(i + 1, 2));
        if (!byte || byte->size() != 1) return std::nullopt;
        key += *byte;
        i += 2;
    }
    return key;
}

Answer failed(const std::string& why) {
    return {Status::failed, why, ""};
}

std::optional<Answer> wrong_with_key(std::string_view key) {
    if (key.size() > State::kMostKey) return Answer{Status::too_large, "key", ""};
    if (key.empty() || first_invalid_utf8(key)) return Answer{Status::refused, "key", ""};
    return std::nullopt;
}

bool exists(const std::string& path) {
    struct stat known {};
    return ::stat(path.c_str(), &known) == 0;
}

}  // namespace

// A long name goes over several folders, each ending in "+", which no encoded name has.
std::string State::path_of(std::string_view key) const {
    std::string name = encoded(key);
    std::string path = folder_ + "/";
    for (; name.size() > kMostPart; name.erase(0, kMostPart))
        path += name.substr(0, kMostPart) + "+/";
    return path + name + ".v";
}

std::vector<std::string> State::keys() const {
    std::vector<std::string> found;
    std::error_code failed;
    fs::recursive_directory_iterator at(folder_, failed);
    for (; !failed && at != fs::end(at); at.increment(failed)) {
        std::string name = at->path().lexically_relative(folder_).generic_string();
        if (!name.ends_with(".v")) continue;
        name.resize(name.size() - 2);
        for (std::size_t cut; (cut = name.find("+/")) != std::string::npos;) name.erase(cut, 2);
        if (auto key = decoded(name)) found.push_back(std::move(*key));
    }
    return found;
}

Answer State::get(std::string_view key) {
    if (auto wrong = wrong_with_key(key)) return *wrong;
    const std::lock_guard lock(mutex_);
    const std::string path = path_of(key);
    if (auto value = read_bytes(path, kMostValue)) return {Status::ok, std::move(*value), ""};
    return exists(path) ? failed(reason()) : Answer{Status::unknown, "", ""};
}

Answer State::put(std::string_view key, std::string_view value) {
    if (auto wrong = wrong_with_key(key)) return *wrong;
    if (value.size() > kMostValue) return {Status::too_large, "value", ""};
    const std::lock_guard lock(mutex_);
    const std::string path = path_of(key);
    const bool fresh = !exists(path);
    if (fresh && !count_) count_ = keys().size();
    if (fresh && *count_ >= kMostKeys) return {Status::refused, "keys", ""};
    if (fresh)
        if (const auto made = make_folder(path.substr(0, path.rfind('/'))); !made)
            return failed(made.error().args[1]);
    if (const auto written = write_durably(path, value); !written)
        return failed(written.error().args[1]);
    if (fresh) ++*count_;
    return {};
}

Answer State::erase(std::string_view key) {
    if (auto wrong = wrong_with_key(key)) return *wrong;
    const std::lock_guard lock(mutex_);
    if (::unlink(path_of(key).c_str()) == 0) {
        if (count_ && *count_ > 0) --*count_;
        return {};
    }
    return errno == ENOENT || errno == ENOTDIR ? Answer{} : failed(reason());
}

std::vector<std::string> State::list(std::string_view prefix) {
    const std::lock_guard lock(mutex_);
    auto found = keys();
    std::erase_if(found, [&](const std::string& key) { return !key.starts_with(prefix); });
    std::sort(found.begin(), found.end());
    if (found.size() > kMostListed) found.resize(kMostListed);
    return found;
}

}  // namespace pintu::plugins
