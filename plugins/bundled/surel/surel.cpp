// The plugin: what the engine calls, and what is remembered between calls.
#include <dlfcn.h>
#include <gmime/gmime.h>

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "address.hpp"
#include "charset.hpp"
#include "guard.hpp"
#include "letter.hpp"
#include "mailbox.hpp"
#include "outgoing.hpp"
#include "plugins/sdk/plugin.hpp"
#include "post.hpp"
#include "report.hpp"
#include "settings.hpp"
#include "tracking.hpp"

namespace surel {

using pintu::plugin::done;
using pintu::plugin::Done;
using pintu::plugin::Engine;
using pintu::plugin::Failure;
using pintu::plugin::Message;
using pintu::plugin::Outcome;
using pintu::plugin::refused;
using pintu::plugin::Report;
using pintu::plugin::Reports;
using pintu::plugin::Taken;

namespace {

constexpr std::int64_t kPatienceMs = 50'000;  // of the 60 s that the manifest asks for
constexpr std::int64_t kGatherMs = 10'000;    // then what has been read is handed over
constexpr std::int64_t kHeadBytes = 1 << 20;  // of a letter that did not come in time
constexpr std::size_t kMostReportBytes = 6U << 20;
constexpr const char* kReading = "membaca";  // state: the letter that was being read

std::string written_place(const Place& place) {
    return std::to_string(place.validity) + "/" + std::to_string(place.uid);
}

}  // namespace

class Surel {
  public:
    explicit Surel(Engine& engine)
        : engine_(engine), settings_(read_settings(engine)), rate_(settings_.per_sender_hour) {
        // GLib's types outlive whoever registered them: their code must too.
        dlopen("libgmime-3.0.so.0", RTLD_NOW | RTLD_NOLOAD | RTLD_NODELETE);
        curl_global_init(CURL_GLOBAL_DEFAULT);
        g_mime_init();
        if (engine.config().text("kind") == "channel") remove_files(engine.spool(), std::nullopt);
        // A letter that was being read when this process last ended may be what ended it.
        unreadable_ = engine.state().get(kReading).value_or("");
    }

    Outcome<Reports> poll(std::int64_t limit) {
        const Deadline deadline = within(kPatienceMs);
        auto reports = collect(limit, deadline);
        if (!reports) mailbox_.reset();
        return reports;
    }

    Done taken(const std::vector<Taken>& answers) {
        const Deadline deadline = within(kPatienceMs);
        if (auto connected = connect(deadline); !connected) return connected;
        for (const auto& answer : answers)
            if (auto settled = settle(answer, deadline); !settled) {
                mailbox_.reset();
                return settled;
            }
        return done();
    }

    Done send(const Message& message) {
        const std::string mark = "kirim/" + message.at.substr(0, 10) + "/" + digest_of(message.key);
        if (engine_.state().get(mark)) return done();
        if (!is_address(message.to.email)) return refused("penerima tidak punya alamat surel");
        if (without_tag(message.to.email) == lower(settings_.address))
            return refused("penerima adalah alamat kita sendiri");
        forget_old(message.at.substr(0, 10));
        auto gone = post(engine_, settings_, message.to.email,
                         written(message, settings_, engine_.now_us()), within(kPatienceMs));
        if (!gone) return gone;
        if (!engine_.state().put(mark, "1"))
            engine_.log().warning("surat terkirim, tetapi catatannya tidak tersimpan");
        return done();
    }

  private:
    Done connect(Deadline deadline) {
        if (mailbox_ && mailbox_->is_there(deadline)) return done();
        mailbox_.reset();
        auto opened = Mailbox::open(engine_, settings_, deadline);
        if (!opened) return opened.failure();
        mailbox_ = std::move(*opened);
        return done();
    }

    Outcome<Reports> collect(std::int64_t limit, Deadline deadline) {
        const Deadline gathered = within(kGatherMs);
        if (auto connected = connect(deadline); !connected) return connected.failure();
        auto places = mailbox_->letters(deadline);
        if (!places) return places.failure();
        Reports reports;
        std::size_t bytes = 0;
        given_.clear();
        for (const auto& place : *places) {
            const bool late = within(0) > gathered && !reports.reports.empty();
            if (static_cast<std::int64_t>(reports.reports.size()) >= limit ||
                bytes > kMostReportBytes || late) {
                reports.more = true;
                break;
            }
            auto report = one(place, deadline);
            if (!report) return report.failure();
            if (!*report) continue;
            // Two letters of one name: the second waits until the first is settled.
            if (!given_.emplace((*report)->external_id, place).second) continue;
            bytes += (*report)->isi.size();
            reports.reports.push_back(std::move(**report));
        }
        return reports;
    }

    // Nothing: it has been laid aside, or has gone.
    Outcome<std::optional<Report>> one(const Place& place, Deadline deadline) {
        const bool was_slow = slow_ == place;
        slow_ = place;
        auto mail =
            mailbox_->fetch(place, was_slow ? kHeadBytes : settings_.message_bytes, deadline);
        if (!mail) return mail.failure();
        slow_.reset();
        if (!*mail) return std::optional<Report>();
        const std::int64_t now_us = engine_.now_us();
        auto letter = read(**mail);
        if (!letter) return letter.failure();
        const std::string why = reason_to_lay_aside(*letter, place, now_us);
        if (!why.empty()) return lay_aside(place, settings_.aside_folder, why, deadline);
        auto report = report_of(*letter, **mail, settings_.address, engine_.spool(), now_us);
        if (!report) return lay_aside(place, settings_.rejected_folder, "surat kosong", deadline);
        if (!write_files(*letter, place, engine_.spool()))
            return pintu::plugin::later("lampiran tidak dapat disimpan");
        if (engine_.state().get("bentrok/" + written_place(place)))
            report->external_id += "+" + digest_of((*mail)->bytes).substr(0, 12);
        return report;
    }

    // A letter that once ended this process is not read again: its report says where it lies.
    Outcome<Letter> read(const Mail& mail) {
        const std::string place = written_place(mail.place);
        if (place == unreadable_) {
            Letter letter;
            letter.message_id = "tak-terbaca-" + digest_of(mail.bytes);
            letter.subject = "Surat yang tidak dapat dibaca";
            letter.text = "Satu surat tidak dapat dibaca mesin. Aslinya ada di folder " +
                          settings_.done_folder + "; bacalah di sana.";
            return letter;
        }
        if (auto noted = engine_.state().put(kReading, place); !noted) return noted.failure();
        Letter letter = read_letter(mail.bytes, {settings_.attachments},
                                    mail.size > static_cast<std::int64_t>(mail.bytes.size()));
        if (auto noted = engine_.state().erase(kReading); !noted) return noted.failure();
        return letter;
    }

    std::string reason_to_lay_aside(const Letter& letter, const Place& place, std::int64_t now_us) {
        std::string why = why_aside(letter, settings_.address, settings_.mailing_lists);
        if (why.empty() && !rate_.pass(letter.from_address, written_place(place), now_us))
            why = "terlalu banyak surat dari satu pengirim dalam satu jam";
        return why;
    }

    Outcome<std::optional<Report>> lay_aside(const Place& place, const std::string& folder,
                                             const std::string& why, Deadline deadline) {
        auto moved = mailbox_->settle(place, folder, deadline);
        if (!moved) return moved.failure();
        engine_.log().info("satu surat dipindahkan ke " + folder + ": " + why);
        return std::optional<Report>();
    }

    Done settle(const Taken& answer, Deadline deadline) {
        const auto given = given_.find(answer.external_id);
        if (given == given_.end()) return done();  // the next poll gives it again
        const Place place = given->second;
        const std::string bentrok = "bentrok/" + written_place(place);
        if (answer.status == "conflict" && !engine_.state().get(bentrok)) {
            // Another letter has this Message-ID: it comes again under a name of its own.
            engine_.log().warning("dua surat berbeda memakai Message-ID yang sama");
            given_.erase(given);
            return engine_.state().put(bentrok, "1");
        }
        const auto& folder = answer.is_in() ? settings_.done_folder : settings_.rejected_folder;
        if (auto moved = mailbox_->settle(place, folder, deadline); !moved) return moved;
        if (!answer.is_in()) engine_.log().warning("satu surat ditolak mesin: " + folder);
        remove_files(engine_.spool(), place);
        given_.erase(given);
        if (written_place(place) == unreadable_) unreadable_.clear();
        return engine_.state().get(bentrok) ? engine_.state().erase(bentrok) : done();
    }

    // Marks of days that no retry reaches any more. Once a day.
    void forget_old(const std::string& today) {
        if (today == forgotten_on_) return;
        forgotten_on_ = today;
        const auto marks = engine_.state().list("kirim/");
        if (!marks) return;
        const std::string oldest =
            "kirim/" + pintu::plugin::iso_time(engine_.now_us() - 30 * 86'400'000'000LL);
        for (const auto& mark : *marks)
            if (mark < oldest.substr(0, 16) && !engine_.state().erase(mark)) return;
    }

    Engine& engine_;
    Charsets charsets_;
    Settings settings_;
    Rate rate_;
    std::unique_ptr<Mailbox> mailbox_;
    std::map<std::string, Place> given_;  // by external id, since the last poll
    std::optional<Place> slow_;           // the letter that is being fetched
    std::string unreadable_;
    std::string forgotten_on_;
};

}  // namespace surel

PINTU_PLUGIN(surel::Surel, "surel", "1.0.0");
