// The plugin: what the engine calls, and what is remembered between calls.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <system_error>

#include "database.hpp"
#include "phone.hpp"
#include "pieces.hpp"
#include "plugins/sdk/plugin.hpp"
#include "split.hpp"

namespace sms {

using pintu::plugin::done;
using pintu::plugin::Done;
using pintu::plugin::Engine;
using pintu::plugin::Message;
using pintu::plugin::Outcome;
using pintu::plugin::refused;
using pintu::plugin::Report;
using pintu::plugin::Reports;
using pintu::plugin::Taken;

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kSecondUs = 1'000'000;
constexpr std::int64_t kHourUs = 3600 * kSecondUs;
constexpr std::size_t kMostRows = 5'000;
constexpr std::size_t kMostSenders = 10'000;
constexpr std::size_t kMostTextBytes = 60'000;
constexpr const char* kWaiting = "tunggu/";  // state: since when a message waits for its pieces
constexpr const char* kFixed = "tetap/";     // state: rows of a message that was given incomplete

// "+08:00" -> 480
std::int64_t minutes_of(const std::string& zone) {
    int hours = 0;
    int minutes = 0;
    char sign = '+';
    int used = 0;
    const int read = std::sscanf(zone.c_str(), "%c%2d:%2d%n", &sign, &hours, &minutes, &used);
    if (read != 3 || used != static_cast<int>(zone.size()) || (sign != '+' && sign != '-') ||
        hours > 14 || minutes > 59)
        throw std::runtime_error("time_zone: tulis seperti +08:00, bukan " + zone);
    return (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
}

std::string written(const std::vector<std::int64_t>& rows) {
    std::string text;
    for (const auto row : rows) text += std::to_string(row) + " ";
    return text;
}

std::vector<std::int64_t> rows_of(const std::string& text) {
    std::istringstream numbers(text);
    std::vector<std::int64_t> rows;
    for (std::int64_t row = 0; numbers >> row;) rows.push_back(row);
    return rows;
}

// Cut where a character ends.
std::string cut(std::string text, std::size_t most_bytes) {
    if (text.size() <= most_bytes) return text;
    while (most_bytes > 0 && (static_cast<unsigned char>(text[most_bytes]) & 0xc0) == 0x80)
        --most_bytes;
    text.resize(most_bytes);
    return text;
}

// FNV-1a twice: names a message without naming its sender.
std::string digest_of(const std::string& text) {
    std::string hex;
    std::uint64_t value = 14695981039346656037ULL;
    for (int round = 0; round < 2; ++round) {
        for (const char c : text)
            value = (value ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
        char digits[17];
        std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(value));
        hex += digits;
    }
    return hex;
}

}  // namespace

class Sms {
  public:
    explicit Sms(Engine& engine)
        : engine_(engine), zone_minutes_(minutes_of(engine.config().text("time_zone"))) {
        const std::string name = engine.config().text("database");
        if (name.empty() || name.find('/') != std::string::npos)
            throw std::runtime_error(
                "database: nama berkas di dalam folder itu, tanpa garis miring");
        file_ = engine.config().text("folder") + "/" + name;
    }

    Outcome<Reports> poll(std::int64_t limit) {
        const std::int64_t now_us = engine_.now_us();
        if (!anything_new(now_us)) return Reports();
        if (auto opened = open(); !opened) return opened.failure();
        auto inbox = database_->inbox(zone_minutes_, kMostRows);
        if (!inbox) return inbox.failure();
        quiet_ = inbox->pieces.empty() && inbox->binary.empty();
        looked_us_ = now_us;
        given_.clear();
        std::vector<Database::Settled> aside;
        if (!inbox->binary.empty()) aside.push_back({inbox->binary, "bukan teks"});
        Reports reports;
        for (const auto& message : join(inbox->pieces, fixed())) {
            if (static_cast<std::int64_t>(reports.reports.size()) >= limit) {
                reports.more = true;
                break;
            }
            const std::string why = reason_to_lay_aside(message, now_us);
            if (!why.empty()) {
                aside.push_back({message.rows, why});
            } else if (message.whole() || has_waited(message, now_us)) {
                give(message, now_us, reports);
            }
        }
        if (!aside.empty()) {
            if (auto settled = database_->settle(aside); !settled) return settled.failure();
            engine_.log().info(std::to_string(aside.size()) + " SMS disisihkan (pintu_disisihkan)");
        }
        return reports;
    }

    Done taken(const std::vector<Taken>& answers) {
        if (auto opened = open(); !opened) return opened;
        std::vector<Database::Settled> settled;
        for (const auto& answer : answers) {
            const auto given = given_.find(answer.external_id);
            if (given == given_.end()) continue;  // the next poll gives it again
            settled.push_back({given->second, answer.is_in() ? "" : "ditolak mesin"});
        }
        if (auto marked = database_->settle(settled); !marked) return marked;
        for (const auto& each : settled) forget(each.rows.front());
        for (const auto& answer : answers) given_.erase(answer.external_id);
        return done();
    }

    Done send(const Message& message) {
        const auto number = dialled(message.to.phone);
        if (!number) return refused("penerima tidak punya nomor telepon");
        if (message.text.empty()) return refused("pesan tanpa isi");
        if (auto opened = open(); !opened) return opened;
        const auto most = static_cast<std::size_t>(engine_.config().integer("most_parts", 6));
        const Pieces pieces = split(message.text, most);
        if (pieces.shortened)
            engine_.log().warning("satu SMS dipotong: templatnya terlalu panjang");
        return database_->queue(message.key, *number, pieces, engine_.config().text("phone_id"));
    }

  private:
    Done open() {
        if (database_) return done();
        auto opened = Database::open(file_);
        if (!opened) return opened.failure();
        database_ = std::move(*opened);
        return done();
    }

    // RunOnReceive leaves a mark; without one the inbox is looked at now and then all the same.
    bool anything_new(std::int64_t now_us) {
        bool marked = false;
        std::error_code error;
        fs::directory_iterator entry(engine_.config().text("folder") + "/masuk", error);
        for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
            std::error_code ignored;
            marked = fs::remove(entry->path(), ignored) || marked;
        }
        const std::int64_t every_us = engine_.config().integer("look_seconds", 30) * kSecondUs;
        return marked || !quiet_ || now_us >= looked_us_ + every_us || now_us < looked_us_;
    }

    std::map<std::int64_t, std::vector<std::int64_t>> fixed() const {
        std::map<std::int64_t, std::vector<std::int64_t>> fixed;
        const auto keys = engine_.state().list(kFixed);
        if (!keys) return fixed;
        for (const auto& key : *keys) {
            auto rows = rows_of(engine_.state().get(key).value_or(""));
            if (!rows.empty()) fixed[rows.front()] = std::move(rows);
        }
        return fixed;
    }

    std::string reason_to_lay_aside(const Joined& message, std::int64_t now_us) {
        if (!dialled(message.sender)) return "bukan dari nomor orang";
        if (message.whole() && message.text().empty()) return "kosong";
        if (senders_.size() > kMostSenders) senders_.clear();
        auto& passed = senders_[message.sender];
        std::erase_if(passed, [&](const auto& each) { return each.second + kHourUs < now_us; });
        if (passed.contains(message.rows.front())) return "";
        const std::int64_t most = engine_.config().integer("per_sender_hour", 30);
        if (static_cast<std::int64_t>(passed.size()) >= most)
            return "terlalu banyak dari satu nomor dalam satu jam";
        passed.emplace(message.rows.front(), now_us);
        return "";
    }

    // By the engine's clock, since it was first seen.
    bool has_waited(const Joined& message, std::int64_t now_us) {
        const std::string first = std::to_string(message.rows.front());
        if (engine_.state().get(kFixed + first)) return true;
        const auto since = engine_.state().get(kWaiting + first);
        if (!since) {
            (void)engine_.state().put(kWaiting + first, std::to_string(now_us));
            return false;
        }
        const std::int64_t wait_us = engine_.config().integer("wait_minutes", 30) * 60 * kSecondUs;
        if (now_us < std::strtoll(since->c_str(), nullptr, 10) + wait_us) return false;
        // From here on it is this message, whatever still comes: what the engine has must not
        // change.
        return static_cast<bool>(engine_.state().put(kFixed + first, written(message.rows)));
    }

    void give(const Joined& message, std::int64_t now_us, Reports& reports) {
        Report report;
        report.channel = "sms";
        report.isi = cut(message.text(), kMostTextBytes);
        report.external_id =
            "sms-" + digest_of(message.sender + "\n" + std::to_string(message.at_us) + "\n" +
                               std::to_string(message.reference) + "\n" + report.isi);
        const std::int64_t at_us = message.at_us > 0 ? std::min(message.at_us, now_us) : now_us;
        report.received_at = pintu::plugin::iso_time(at_us);
        report.reporter.phone = *dialled(message.sender);
        if (const std::string missing = message.missing(); !missing.empty())
            report.fields["catatan_sms"] = "bagian " + missing + " tidak sampai";
        auto& rows = given_[report.external_id];
        const bool fresh = rows.empty();
        rows.insert(rows.end(), message.rows.begin(), message.rows.end());
        if (fresh) reports.reports.push_back(std::move(report));
    }

    void forget(std::int64_t first) {
        for (const char* what : {kWaiting, kFixed}) {
            const std::string key = what + std::to_string(first);
            if (engine_.state().get(key)) (void)engine_.state().erase(key);
        }
    }

    Engine& engine_;
    std::int64_t zone_minutes_;
    std::string file_;
    std::unique_ptr<Database> database_;
    bool quiet_ = false;  // the inbox had nothing when it was last looked at
    std::int64_t looked_us_ = 0;
    std::map<std::string, std::vector<std::int64_t>> given_;               // rows by external id
    std::map<std::string, std::map<std::int64_t, std::int64_t>> senders_;  // first row -> when
};

}  // namespace sms

PINTU_PLUGIN(sms::Sms, "sms", "1.0.0");
