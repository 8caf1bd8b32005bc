#include "adapters/plugged/evidence.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace pintu::plugged {
namespace {

namespace json = boost::json;
using ports::BlobForm;

constexpr plugins::Milliseconds kDeadline{10'000};
constexpr std::string_view kUnknownType = "application/octet-stream";
constexpr std::size_t kMostAbout = 16U << 10U;

json::object not_looked_at(const std::string& why) {
    return {{"type", kUnknownType}, {"looked_at", false}, {"why", why}};
}

// Whatever the plugin says is bounded; a type that is no type is none.
bool is_type(const json::value* type) {
    constexpr std::size_t kMost = 100;
    if (type == nullptr || !type->is_string() || type->get_string().size() > kMost) return false;
    const std::string_view text = type->get_string();
    return text.find('/') != std::string_view::npos &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789/.+-") ==
               std::string_view::npos;
}

std::optional<json::object> checked(const std::string& document) {
    json::error_code ec;
    auto value = json::parse(document, ec);
    if (ec || !value.is_object() || document.size() > kMostAbout) return std::nullopt;
    auto& about = value.get_object();
    if (!is_type(about.if_contains("type"))) return std::nullopt;
    about["looked_at"] = true;
    return std::move(about);
}

std::string number_in(const json::object& about, std::string_view name) {
    const auto* value = about.if_contains(name);
    return value != nullptr && value->is_number() ? json::serialize(*value) : std::string();
}

bool is_true(const json::object& about, std::string_view name) {
    const auto* value = about.if_contains(name);
    return value != nullptr && value->is_bool() && value->get_bool();
}

}  // namespace

std::optional<About> read_about(const std::string& document) {
    json::error_code ec;
    const auto value = json::parse(document, ec);
    if (ec || !value.is_object()) return std::nullopt;
    const auto& object = value.get_object();
    if (!is_type(object.if_contains("type"))) return std::nullopt;
    About about;
    about.type = std::string(object.at("type").get_string());
    about.looked_at = is_true(object, "looked_at");
    about.whole = is_true(object, "whole");
    about.shown = object.contains("shown");
    if (const auto* broken = object.if_contains("broken"); broken != nullptr && broken->is_string())
        about.broken = std::string(broken->get_string());
    about.width = number_in(object, "width");
    about.height = number_in(object, "height");
    about.lat = number_in(object, "lat");
    about.lon = number_in(object, "lon");
    return about;
}

Evidence::Evidence(plugins::Plugins& plugins, ports::Blobs& blobs, ports::Log& log)
    : plugins_(plugins), blobs_(blobs), log_(log) {
    const auto& all = plugins_.manifests();
    const auto found = std::find_if(all.begin(), all.end(), [](const plugins::Manifest& one) {
        return one.has(plugins::Kind::evidence);
    });
    if (found != all.end()) inspector_ = found->name;
}

Evidence::Seen Evidence::look_at(const std::string& bytes) {
    Seen seen;
    if (inspector_.empty()) {
        seen.about = json::serialize(not_looked_at(""));
        return seen;
    }
    auto answer =
        plugins_.call(inspector_, plugins::Kind::evidence, "evidence.inspect", bytes, kDeadline);
    if (!answer) {
        log_.write(ports::LogLevel::warning, "EV010", {inspector_, answer.error().code});
        seen.about = json::serialize(not_looked_at(answer.error().code));
        return seen;
    }
    auto about = answer->status == plugins::Status::ok ? checked(answer->document)
                                                       : std::optional<json::object>();
    if (!about) {
        log_.write(ports::LogLevel::warning, "EV010", {inspector_, "EV010"});
        seen.about = json::serialize(not_looked_at("EV010"));
        return seen;
    }
    seen.copy = std::move(answer->copy);
    seen.has_copy = !seen.copy.empty();
    if (seen.has_copy) (*about)["shown"] = to_hex(bytes_of(sha256(seen.copy)));
    seen.about = json::serialize(*about);
    return seen;
}

Result<Digest> Evidence::keep(const std::string& bytes) {
    const Digest original = sha256(bytes);
    if (auto kept = blobs_.put(bytes, BlobForm::original, original); !kept)
        return kept.unexpected();
    const Seen seen = look_at(bytes);
    if (seen.has_copy)
        if (auto kept = blobs_.put(seen.copy, BlobForm::shown, original); !kept)
            return kept.unexpected();
    if (auto kept = blobs_.put(seen.about, BlobForm::about, original); !kept)
        return kept.unexpected();
    return original;
}

}  // namespace pintu::plugged
