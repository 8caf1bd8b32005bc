#include "plugins/host/marks.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <iterator>

#include "plugins/host/disk.hpp"

namespace pintu::plugins {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostStatus = 64U << 10U;
constexpr std::pair<Health, const char*> kHealths[] = {
    {Health::running, "running"},
    {Health::stopped, "stopped"},
    {Health::waiting_to_restart, "waiting_to_restart"},
    {Health::quarantined, "quarantined"},
    {Health::disabled, "disabled"}};

std::string path(const std::string& directory, const std::string& name, const char* file) {
    return directory + "/" + name + "/" + file;
}

Result<void> mark(const std::string& directory, const std::string& name, const char* file) {
    if (auto made = make_folder(directory + "/" + name); !made) return made;
    return write_durably(path(directory, name, file), "");
}

json::object object_of(const PluginStatus& status) {
    json::object object{{"name", status.name},
                        {"version", status.version},
                        {"health", health_name(status.health)},
                        {"calls", status.calls},
                        {"restarts", status.restarts},
                        {"sandbox", status.sandbox}};
    if (status.last_error) {
        json::array args;
        for (const auto& arg : status.last_error->args) args.emplace_back(arg);
        object["last_error"] = json::object{{"code", status.last_error->code}, {"args", args}};
    }
    return object;
}

std::string text_of(const json::object& object, const char* member) {
    const auto* value = object.if_contains(member);
    if (value == nullptr || !value->is_string()) return "";
    return {value->get_string().data(), value->get_string().size()};
}

std::uint64_t number_of(const json::object& object, const char* member) {
    const auto* value = object.if_contains(member);
    json::error_code failed;
    const auto number = value ? value->to_number<std::uint64_t>(failed) : 0;
    return failed ? 0 : number;
}

std::optional<Error> error_of(const json::object& object) {
    const auto* value = object.if_contains("last_error");
    if (value == nullptr || !value->is_object()) return std::nullopt;
    Error error{text_of(value->get_object(), "code"), {}};
    const auto* args = value->get_object().if_contains("args");
    if (args && args->is_array())
        for (const auto& arg : args->get_array())
            if (arg.is_string())
                error.args.emplace_back(arg.get_string().data(), arg.get_string().size());
    return error;
}

}  // namespace

std::string_view health_name(Health health) {
    for (const auto& [known, name] : kHealths)
        if (known == health) return name;
    return "";
}

Result<void> disable(const std::string& directory, const std::string& name) {
    return mark(directory, name, "disabled");
}

Result<void> enable(const std::string& directory, const std::string& name) {
    if (auto marked = mark(directory, name, "enabled"); !marked) return marked;
    const std::string file = path(directory, name, "disabled");
    if (::unlink(file.c_str()) != 0 && errno != ENOENT) return fail("PL017", file, reason());
    return {};
}

bool is_disabled(const std::string& directory, const std::string& name) {
    struct stat known {};
    return ::stat(path(directory, name, "disabled").c_str(), &known) == 0;
}

bool take_enabled(const std::string& directory, const std::string& name) {
    return ::unlink(path(directory, name, "enabled").c_str()) == 0;
}

std::string status_text(const PluginStatus& status) {
    return json::serialize(object_of(status));
}

std::optional<PluginStatus> read_status(const std::string& directory, const std::string& name) {
    const auto bytes = read_bytes(path(directory, name, "status.json"), kMostStatus);
    json::error_code failed;
    const auto value = json::parse(bytes.value_or(""), failed);
    if (failed || !value.is_object()) return std::nullopt;
    const auto& object = value.get_object();
    PluginStatus status{text_of(object, "name"),
                        text_of(object, "version"),
                        Health::stopped,
                        number_of(object, "calls"),
                        number_of(object, "restarts"),
                        text_of(object, "sandbox"),
                        error_of(object)};
    const std::string health = text_of(object, "health");
    for (const auto& [known, word] : kHealths)
        if (health == word) status.health = known;
    return status;
}

Result<void> write_status(const std::string& directory, const PluginStatus& status, Instant now) {
    if (auto made = make_folder(directory + "/" + status.name); !made) return made;
    json::object object = object_of(status);
    object["at"] = to_string(now);
    return write_durably(path(directory, status.name, "status.json"),
                         json::serialize(object) + "\n");
}

}  // namespace pintu::plugins
