#include "report.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "charset.hpp"
#include "tracking.hpp"

namespace surel {
namespace {

using pintu::plugin::Report;

std::string prefix_of(const Place& place) {
    return "surat-" + std::to_string(place.validity) + "-" + std::to_string(place.uid) + "-";
}

std::string joined(const std::vector<std::string>& marks) {
    std::string text;
    for (const auto& mark : marks) text += (text.empty() ? "" : "; ") + mark;
    return std::string(cut(text, 400));
}

// A letter with no text says what it has, so that a report is never empty.
std::string text_of(const Letter& letter) {
    if (!letter.text.empty()) return letter.text;
    if (!letter.subject.empty()) return letter.subject;
    return "(surat tanpa teks; lihat lampiran)";
}

}  // namespace

std::string external_id_of(const Letter& letter, std::string_view bytes) {
    return letter.message_id.empty() ? "sha256-" + digest_of(bytes) : letter.message_id;
}

std::optional<Report> report_of(const Letter& letter, const Mail& mail,
                                const std::string& own_address, const std::string& spool,
                                std::int64_t now_us) {
    if (letter.text.empty() && letter.subject.empty() && letter.files.empty()) return std::nullopt;
    Report report;
    report.channel = "surel";
    report.external_id = external_id_of(letter, mail.bytes);
    const std::int64_t at = mail.received_us > 0 ? std::min(mail.received_us, now_us) : now_us;
    report.received_at = pintu::plugin::iso_time(at);
    report.judul = letter.subject;
    report.isi = text_of(letter);
    report.reporter.name = letter.from_name;
    report.reporter.email = letter.from_address;
    for (std::size_t i = 0; i < letter.files.size(); ++i)
        report.attachments.push_back({letter.files[i].name, spool_path(spool, mail.place, i)});
    if (const auto earlier = answered_report(letter.to, letter.answered, own_address)) {
        report.fields["balasan_untuk"] = *earlier;
        report.isi = "(Balasan untuk laporan " + *earlier + ")\n" + report.isi;
    }
    if (!letter.marks.empty()) report.fields["catatan_surel"] = joined(letter.marks);
    return report;
}

std::string spool_path(const std::string& spool, const Place& place, std::size_t number) {
    return spool + "/" + prefix_of(place) + std::to_string(number);
}

bool write_files(const Letter& letter, const Place& place, const std::string& spool) {
    for (std::size_t i = 0; i < letter.files.size(); ++i) {
        std::ofstream file(spool_path(spool, place, i), std::ios::binary | std::ios::trunc);
        file << letter.files[i].bytes;
        file.close();
        if (!file) return false;
    }
    return true;
}

void remove_files(const std::string& spool, const std::optional<Place>& place) {
    const std::string prefix = place ? prefix_of(*place) : "surat-";
    std::error_code error;
    std::filesystem::directory_iterator entry(spool, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        if (entry->path().filename().string().rfind(prefix, 0) != 0) continue;
        std::error_code ignored;  // what stays is removed at the next start
        std::filesystem::remove(entry->path(), ignored);
    }
}

}  // namespace surel
