#include "engine/cases/decide/check_report.hpp"

#include "engine/base/utf8.hpp"

namespace pintu::cases {
namespace {

class Checks {
  public:
    explicit Checks(const Report& report) : report_(report) {}

    std::vector<Error> run(Instant now) {
        time(now);
        place();
        for (const auto& [name, text] : texts()) limit(name, *text, kMostTextBytes);
        for (const auto& [name, text] : names()) limit(name, *text, kMostNameBytes);
        limit("as_sent", report_.as_sent, kMostAsSentBytes);
        if (report_.channel.empty()) add("CS104", {"channel"});
        if (report_.judul.empty() && report_.isi.empty()) add("CS104", {"isi"});
        lists();
        return std::move(errors_);
    }

  private:
    using Named = std::vector<std::pair<std::string, const std::string*>>;

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

    void limit(const std::string& name, const std::string& text, std::size_t most) {
        if (text.size() > most)
            add("CS103", {name, std::to_string(text.size()), std::to_string(most)});
        if (first_invalid_utf8(text)) add("CS105", {name});
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

    Named texts() const {
        return {
            {"judul", &report_.judul}, {"isi", &report_.isi}, {"place.note", &report_.place_note}};
    }

    Named names() const {
        return {{"channel", &report_.channel},
                {"external_id", &report_.external_id},
                {"place.region", &report_.region},
                {"kategori_pelapor", &report_.kategori_pelapor},
                {"reporter.name", &report_.reporter_name},
                {"reporter.phone", &report_.reporter_phone},
                {"reporter.email", &report_.reporter_email}};
    }

    const Report& report_;
    std::vector<Error> errors_;
};

}  // namespace

std::vector<Error> check_report(const Report& report, Instant now) {
    return Checks(report).run(now);
}

}  // namespace pintu::cases
