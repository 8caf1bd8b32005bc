// Files of reports from a watched folder, and answers as files.
#include <filesystem>
#include <map>
#include <set>

#include "plugins/sdk/plugin.hpp"
#include "work.hpp"

namespace berkas {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using namespace pintu::plugin;

constexpr std::int64_t kMicros = 1'000'000;
constexpr std::size_t kMostBytesOfPoll = 4U << 20U;
constexpr std::size_t kMostFilesOfPoll = 20;

class Berkas {
  public:
    explicit Berkas(Engine& engine)
        : engine_(engine),
          folders_(engine.config().text("folder")),
          quiet_us_(engine.config().integer("quiet_s", 2) * kMicros),
          most_bytes_(engine.config().integer("most_mb", 32) << 20) {}

    Outcome<Reports> poll(std::int64_t limit) {
        Reports reports;
        if (!cleared_) clear_after_crash();
        for (std::size_t files = 0; files < kMostFilesOfPoll; ++files) {
            if (!work_ && !open_next()) return reports;
            if (!work_) continue;  // it could not be read, and was told
            const bool whole = collect(static_cast<std::size_t>(limit), reports);
            if (!reports.reports.empty()) break;
            if (!whole) return later("Lampiran tidak dapat disalin; periksa disk dan izin folder.");
            if (!close_if_done()) return later("Hasil berkas tidak dapat ditulis.");
        }
        reports.more = true;
        return reports;
    }

    Done taken(const std::vector<Taken>& answers) {
        std::vector<std::pair<std::size_t, Result>> results;
        for (const auto& answer : answers)
            if (const auto given = given_.find(answer.external_id); given != given_.end())
                results.emplace_back(given->second->number, result_of(*given->second, answer));
        if (results.empty()) return done();
        if (!work_->settle(results)) return later("Hasil berkas tidak dapat ditulis.");
        given_.clear();
        if (!close_if_done()) return later("Hasil berkas tidak dapat ditulis.");
        return done();
    }

    Done send(const Message& message) {
        const std::string path = folders_.outgoing + "/" + file_name(message.key) + ".json";
        std::error_code ec;
        if (fs::exists(path, ec)) return done();
        if (!write_whole(path, json::serialize(message.document) + "\n"))
            return later("Folder keluar tidak dapat ditulis.");
        return done();
    }

  private:
    // Results without a file: it was moved, and then somebody stopped us. Only at the first poll:
    // another instance carries messages, and the folders are not its own.
    void clear_after_crash() {
        cleared_ = true;
        std::error_code ec;
        fs::directory_iterator at(folders_.work, ec);
        for (; !ec && at != fs::directory_iterator(); at.increment(ec)) {
            const std::string path = at->path().string();
            constexpr std::string_view kResults = ".hasil.jsonl";
            if (!path.ends_with(kResults)) continue;
            std::error_code ignored;
            if (!fs::exists(path.substr(0, path.size() - kResults.size()), ignored))
                fs::remove(path, ignored);
        }
        fs::remove_all(engine_.spool() + "/lampiran", ec);
    }

    // True: there is one, or there was one that could not be read.
    bool open_next() {
        for (const auto& found : report_files(folders_.work)) return open(found.name), true;
        for (const auto& found : report_files(folders_.incoming)) {
            if (!is_quiet(found)) continue;
            const std::string name = free_name(folders_, found.name);
            if (!move(folders_.incoming + "/" + found.name, folders_.work + "/" + name)) continue;
            seen_.erase(found.name);
            return open(name), true;
        }
        return false;
    }

    void open(const std::string& name) {
        work_ = Work::open(folders_, name, most_bytes_);
        if (!work_) engine_.log().warning("Berkas " + name + " tidak dapat dibaca; lihat gagal/.");
    }

    // Whoever writes it has not for a while.
    bool is_quiet(const Found& found) {
        const std::int64_t now = engine_.now_us();
        if (now - found.changed_us >= quiet_us_) return true;
        auto& seen = seen_[found.name];
        if (seen.size != found.size || seen.changed_us != found.changed_us || seen.since_us == 0)
            seen = {found.size, found.changed_us, now};
        return now - seen.since_us >= quiet_us_;
    }

    // False: the disk kept a line from being given.
    bool collect(std::size_t limit, Reports& reports) {
        given_.clear();
        std::size_t bytes = 0;
        bool whole = true;
        std::vector<std::pair<std::size_t, Result>> refused;
        for (const Line* line : work_->waiting(limit)) {
            Report report;
            report.others = line->report;
            const auto fetched = fetch_attachments(*line, report.others);
            if (!fetched) {
                whole = false;
                break;
            }
            if (const std::string& why = *fetched; !why.empty()) {
                refused.emplace_back(line->number, refused_here(*line, why));
                continue;
            }
            bytes += line->raw.size();
            given_[line->external_id()] = line;
            reports.reports.push_back(std::move(report));
            if (bytes > kMostBytesOfPoll) break;
        }
        if (!refused.empty()) work_->settle(refused);
        return whole;
    }

    // Copies them into the spool. Why they never can be, or ""; nothing: they cannot be now.
    std::optional<std::string> fetch_attachments(const Line& line, json::object& report) {
        const auto paths = attachment_paths(report);
        bool passing = false;
        for (std::size_t i = 0; i < paths.size(); ++i) {
            const auto bytes = read_below(folders_.incoming, paths[i], most_bytes_, &passing);
            if (!bytes && passing) return std::nullopt;
            if (!bytes)
                return "Lampiran \"" + paths[i] +
                       "\" tidak ada di folder masuk, atau terlalu besar.";
            const std::string folder = engine_.spool() + "/lampiran";
            const std::string name = std::to_string(line.number) + "-" + std::to_string(i);
            std::error_code ec;
            fs::create_directories(folder, ec);
            if (!write_whole(folder + "/" + name, *bytes)) return std::nullopt;
            set_path(report, paths[i], "lampiran/" + name);
        }
        return "";
    }

    static void set_path(json::object& report, const std::string& from, const std::string& to) {
        for (auto& item : report["attachments"].get_array())
            if (item.is_object() && item.get_object()["path"] == json::value(from))
                item.get_object()["path"] = to;
    }

    static Result result_of(const Line& line, const Taken& answer) {
        json::array errors;
        for (const auto& error : answer.errors)
            errors.push_back({{"code", error.code}, {"message", error.message}});
        return {answer.status,
                result_document(line, answer.status, answer.tracking_id, std::move(errors))};
    }

    // False: it is done, but cannot be put away.
    bool close_if_done() {
        if (!work_->is_done()) return true;
        if (!work_->finish()) return false;
        engine_.log().info("Berkas " + work_->name() + " selesai: " + work_->summary() + ".");
        work_.reset();
        std::error_code ec;
        fs::remove_all(engine_.spool() + "/lampiran", ec);
        return true;
    }

    // Keys as file names: what is no letter, digit, "." or "-" as "_" and its code.
    static std::string file_name(const std::string& key) {
        constexpr char kDigits[] = "0123456789abcdef";
        std::string name;
        for (const char c : key) {
            const bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || c == '-' || (c == '.' && !name.empty());
            if (fine) {
                name += c;
                continue;
            }
            const auto byte = static_cast<unsigned char>(c);
            name += {'_', kDigits[byte >> 4U], kDigits[byte & 15U]};
        }
        return name;
    }

    struct Seen {
        std::int64_t size = 0;
        std::int64_t changed_us = 0;
        std::int64_t since_us = 0;
    };

    Engine& engine_;
    Folders folders_;
    std::int64_t quiet_us_;
    std::int64_t most_bytes_;
    bool cleared_ = false;
    std::optional<Work> work_;
    std::map<std::string, const Line*> given_;  // of the last poll, by external_id
    std::map<std::string, Seen> seen_;
};

}  // namespace
}  // namespace berkas

PINTU_PLUGIN(berkas::Berkas, "berkas", "1.0.0");
