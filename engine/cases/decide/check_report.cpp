#include "engine/cases/decide/check_report.hpp"

#include <array>
#include <string_view>

#include "engine/base/utf8.hpp"

namespace pintu::cases {
namespace {

class Checks {
  public:
    explicit Checks(const Report& report) : report_(report) {}

    std::vector<Error> run(Instant now) {
        time(now);
        place();
        for (const auto& [name, text] : kTexts) limit(name, report_.*text, kMostTextBytes);
        for (const auto& [name, text] : kNames) limit(name, report_.*text, kMostNameBytes);
        limit("as_sent", report_.as_sent, kMostAsSentBytes);
        if (report_.channel.empty()) add("CS104", {"channel"});
        if (report_.judul.empty() && report_.isi.empty()) add("CS104", {"isi"});
        lists();
        return std::move(errors_);
    }

  private:
    struct Named {
        std::string_view name;
        std::string Report::*text;
    };
    static constexpr std::array<Named, 3> kTexts = {
        {{"judul", &Report::judul}, {"isi", &Report::isi}, {"place.note", &Report::place_note}}};
    static constexpr std::array<Named, 7> kNames = {
        {{"channel", &Report::channel},
         {"external_id", &Report::external_id},
         {"place.region", &Report::region},
         {"kategori_pelapor", &Report::kategori_pelapor},
         {"reporter.name", &Report::reporter_name},
         {"reporter.phone", &Report::reporter_phone},
         {"reporter.email", &Report::reporter_email}}};

    void add(std::string code, std::vector<std::string> args) {
        errors_.push_back({std::move(code), std::move(args)});
    }

    void time(Instant now) {
        if (!report_.received_at) return;
        const Instant at = *report_.received_at;
        if (at > plus_seconds(now, kMostAheadSeconds))
            add("CS101", {to_string(at), to_string(now)});
        else if (at < plus_seconds(now, -kMostAgeDays * kSecondsPerDay))
            add("CS102", {to_string(at)});
    }

    void place() {
        if (report_.lat_udeg.has_value() != report_.lon_udeg.has_value()) add("CS106", {});
        const auto outside = [](const std::optional<std::int32_t>& udeg, std::int32_t most) {
            return udeg && (*udeg < -most * 1'000'000 || *udeg > most * 1'000'000);
        };
        if (outside(report_.lat_udeg, 90) || outside(report_.lon_udeg, 180)) add("CS107", {});
    }

    void limit(std::string_view name, const std::string& text, std::size_t most) {
        if (text.size() > most)
            add("CS103", {std::string(name), std::to_string(text.size()), std::to_string(most)});
        if (first_invalid_utf8(text)) add("CS105", {std::string(name)});
    }

    void lists() {
        if (report_.fields.size() > kMostFields)
            add("CS108", {"fields", std::to_string(kMostFields)});
        if (report_.attachments.size() > kMostAttachments)
            add("CS108", {"attachments", std::to_string(kMostAttachments)});
        for (const auto& [name, value] : report_.fields) {
            limit("fields", name, kMostNameBytes);
            limit("fields." + name, value, kMostTextBytes);
        }
        for (const auto& file : report_.attachments)
            limit("attachments.name", file.name, kMostNameBytes);
    }

    const Report& report_;
    std::vector<Error> errors_;
};

}  // namespace

std::vector<Error> check_report(const Report& report, Instant now) {
    return Checks(report).run(now);
}

}  // namespace pintu::cases
