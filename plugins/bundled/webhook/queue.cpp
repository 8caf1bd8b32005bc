#include "queue.hpp"

#include <boost/json.hpp>
#include <cstdio>
#include <stdexcept>

#include "signature.hpp"

namespace webhook {
namespace {

namespace json = boost::json;
using pintu::plugin::done;
using pintu::plugin::Done;
using pintu::plugin::Taken;

constexpr const char* kWaiting = "antre-";
constexpr const char* kKnown = "ingat-";
constexpr std::size_t kIdHash = 32;      // hex digits
constexpr std::size_t kTime = 16;        // digits of microseconds
constexpr std::size_t kForgotten = 500;  // in one go
constexpr std::int64_t kDayUs = 86'400'000'000;

std::string digits(std::int64_t number, int width) {
    char text[32];
    std::snprintf(text, sizeof text, "%0*lld", width, static_cast<long long>(number));
    return text;
}

std::string hash_of(const std::string& id) {
    return sha256_hex(id).substr(0, kIdHash);
}

std::string known_key(std::int64_t day, const std::string& id_hash) {
    return kKnown + digits(day, 6) + "-" + id_hash;
}

std::optional<json::object> parsed(const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    json::error_code failed;
    auto value = json::parse(*text, failed);
    if (failed || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

// As it came; the members that the engine reads among them.
pintu::plugin::Report as_report(json::object object) {
    pintu::plugin::Report report;
    report.external_id = pintu::plugin::json::text(object, "external_id");
    report.others = std::move(object);
    return report;
}

}  // namespace

Queue::Queue(const pintu::plugin::Engine& engine, std::int64_t remember_days)
    : engine_(engine), remember_days_(remember_days) {
    const auto keys = engine.state().list(kWaiting);
    if (!keys) throw std::runtime_error("antrean tidak terbaca: " + keys.failure().why);
    const std::size_t id_at = std::string(kWaiting).size() + kTime + 1;
    for (const auto& key : *keys) {
        if (key.size() < id_at + kIdHash + 2) continue;
        const std::string id_hash = key.substr(id_at, kIdHash);
        by_key_[key] = id_hash;
        by_id_[id_hash] = {key, key.substr(id_at + kIdHash + 1)};
    }
}

std::optional<std::string> Queue::remembered(const std::string& id_hash) const {
    const std::int64_t today = engine_.now_us() / kDayUs;
    for (std::int64_t day = today; day >= today - remember_days_; --day)
        if (auto value = engine_.state().get(known_key(day, id_hash))) return value;
    return std::nullopt;
}

Queue::Put Queue::put(const std::string& id, std::string_view body, const json::object& report) {
    const std::string id_hash = hash_of(id);
    const std::string body_hash = sha256_hex(body);
    if (const auto it = by_id_.find(id_hash); it != by_id_.end())
        return it->second.body_hash == body_hash ? Put::again : Put::another_body;
    if (const auto known = parsed(remembered(id_hash)))
        return pintu::plugin::json::text(*known, "isi") == body_hash ? Put::again
                                                                     : Put::another_body;
    if (by_key_.size() >= kMostWaiting) return Put::full;
    const std::string key =
        kWaiting + digits(engine_.now_us(), kTime) + "-" + id_hash + "-" + body_hash;
    const std::string text = json::serialize(report);
    auto kept = engine_.state().put(key, text);
    if (!kept && forget(engine_.now_us() / kDayUs, kForgotten))
        kept = engine_.state().put(key, text);
    if (!kept) {
        engine_.log().error("laporan tidak dapat disimpan: " + kept.failure().why);
        return Put::failed;
    }
    by_key_[key] = id_hash;
    by_id_[id_hash] = {key, body_hash};
    return Put::queued;
}

pintu::plugin::Reports Queue::poll(std::size_t most) {
    const std::int64_t oldest = engine_.now_us() / kDayUs - remember_days_;
    if (oldest > forgotten_before_ && !forget(oldest, kForgotten)) forgotten_before_ = oldest;
    pintu::plugin::Reports reports;
    polled_.clear();
    std::size_t bytes = 0;
    for (const auto& [key, id_hash] : by_key_) {
        if (reports.reports.size() >= most || bytes > kMostPollBytes) {
            reports.more = true;
            break;
        }
        const auto text = engine_.state().get(key);
        auto report = parsed(text);
        if (!report) {
            engine_.log().error("laporan dalam antrean tidak terbaca: " + key);
            continue;
        }
        bytes += text->size();
        reports.reports.push_back(as_report(std::move(*report)));
        polled_.emplace(reports.reports.back().external_id, key);
    }
    return reports;
}

Done Queue::settle(const std::string& key, const Taken& taken) {
    const auto it = by_key_.find(key);
    if (it == by_key_.end()) return done();
    json::array codes;
    for (const auto& problem : taken.errors) codes.emplace_back(problem.code);
    const json::object known = {{"isi", by_id_[it->second].body_hash},
                                {"status", taken.status},
                                {"tracking_id", taken.tracking_id},
                                {"errors", std::move(codes)}};
    const std::string known_at = known_key(engine_.now_us() / kDayUs, it->second);
    auto kept = engine_.state().put(known_at, json::serialize(known));
    if (!kept && forget(engine_.now_us() / kDayUs, kForgotten))
        kept = engine_.state().put(known_at, json::serialize(known));
    if (!kept) return kept;
    if (auto erased = engine_.state().erase(key); !erased) return erased;
    by_id_.erase(it->second);
    by_key_.erase(it);
    return done();
}

Done Queue::settle(const std::vector<Taken>& answers) {
    Done all = done();
    for (const auto& taken : answers) {
        const auto [first, last] = polled_.equal_range(taken.external_id);
        for (auto it = first; it != last; ++it)
            if (auto one = settle(it->second, taken); !one) all = std::move(one);
    }
    return all;
}

// Of what was taken before that day, the oldest. False: there was none.
bool Queue::forget(std::int64_t before_day, std::size_t most) {
    const auto keys = engine_.state().list(kKnown);
    if (!keys) return false;
    const std::string end = kKnown + digits(before_day, 6);
    std::size_t forgotten = 0;
    for (const auto& key : *keys) {
        if (forgotten == most || key >= end) break;
        if (engine_.state().erase(key)) ++forgotten;
    }
    return forgotten > 0;
}

std::optional<json::object> Queue::what_became_of(const std::string& id) {
    const std::string id_hash = hash_of(id);
    if (by_id_.contains(id_hash)) return json::object{{"id", id}, {"status", "menunggu"}};
    const auto known = parsed(remembered(id_hash));
    if (!known) return std::nullopt;
    return json::object{{"id", id},
                        {"status", pintu::plugin::json::text(*known, "status")},
                        {"tracking_id", pintu::plugin::json::text(*known, "tracking_id")},
                        {"errors", pintu::plugin::json::list(*known, "errors")}};
}

}  // namespace webhook
