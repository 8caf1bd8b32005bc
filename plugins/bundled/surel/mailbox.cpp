#include "mailbox.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

#include "address.hpp"

namespace surel {

using pintu::plugin::done;
using pintu::plugin::Done;
using pintu::plugin::Engine;
using pintu::plugin::failed;
using pintu::plugin::later;
using pintu::plugin::Outcome;

namespace {

constexpr std::size_t kMostAnswer = 16U << 20;    // of what is not a letter
constexpr std::int64_t kPrefaceBytes = 64 << 10;  // around a letter

std::uint64_t number_at(std::string_view text, std::size_t at) {
    std::uint64_t number = 0;
    if (at < text.size()) std::from_chars(text.data() + at, text.data() + text.size(), number);
    return number;
}

// The number after `word`; 0: not there.
std::uint64_t number_after(std::string_view text, std::string_view word) {
    const auto at = text.find(word);
    return at == std::string_view::npos ? 0 : number_at(text, at + word.size());
}

std::string quoted_after(const std::string& text, std::string_view word) {
    const auto at = text.find(word);
    if (at == std::string::npos) return "";
    const auto begin = at + word.size();
    const auto end = text.find('"', begin);
    return end == std::string::npos ? "" : text.substr(begin, end - begin);
}

std::string quoted(const std::string& folder) {
    return "\"" + folder + "\"";
}

bool has_word(const std::vector<ImapLine>& lines, const std::string& word) {
    return std::any_of(lines.begin(), lines.end(), [&](const ImapLine& line) {
        return (line.text + " ").find(" " + word + " ") != std::string::npos;
    });
}

std::string uid_of(const Place& place) {
    return std::to_string(place.uid);
}

}  // namespace

std::int64_t internal_date(const std::string& text) {
    static constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
    int day = 0;
    int year = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int zone = 0;
    std::array<char, 4> month{};
    if (std::sscanf(text.c_str(), "%2d-%3s-%4d %2d:%2d:%2d %5d", &day, month.data(), &year, &hour,
                    &minute, &second, &zone) != 7)
        return 0;
    const auto at = kMonths.find(lower(month.data()));
    if (at == std::string_view::npos || at % 3 != 0) return 0;
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(at / 3 + 1)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return 0;
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    const std::int64_t zone_minutes = zone / 100 * 60 + zone % 100;
    return ((days * 24 + hour) * 60 + minute - zone_minutes) * 60'000'000 + second * 1'000'000LL;
}

Outcome<std::unique_ptr<Mailbox>> Mailbox::open(const Engine& engine, const Settings& settings,
                                                Deadline deadline) {
    auto line = Line::open(engine, settings.imap, deadline);
    if (!line) return line.failure();
    std::unique_ptr<Mailbox> mailbox(new Mailbox(std::move(*line), settings));
    auto able = mailbox->imap_.ask("CAPABILITY", kMostAnswer, deadline);
    if (!able) return able.failure();
    mailbox->can_move_ = has_word(able->lines, "MOVE");
    mailbox->can_expunge_one_ = has_word(able->lines, "UIDPLUS");
    if (auto selected = mailbox->select(deadline); !selected) return selected.failure();
    return mailbox;
}

bool Mailbox::is_there(Deadline deadline) {
    const auto answer = imap_.ask("NOOP", kMostAnswer, deadline);
    return answer && answer->ok;
}

Done Mailbox::select(Deadline deadline) {
    auto answer = imap_.ask("SELECT " + quoted(settings_.inbox), kMostAnswer, deadline);
    if (!answer) return answer.failure();
    if (!answer->ok) return failed("server IMAP tidak punya folder " + settings_.inbox);
    for (const auto& line : answer->lines)
        if (const auto validity = number_after(line.text, "[UIDVALIDITY "); validity != 0)
            validity_ = validity;
    return done();
}

Outcome<std::vector<Place>> Mailbox::letters(Deadline deadline) {
    std::string command = "UID SEARCH UNDELETED";
    if (settings_.unread_only) command += " UNSEEN";
    if (!settings_.since.empty()) command += " SINCE " + settings_.since;
    auto answer = imap_.ask(command, kMostAnswer, deadline);
    if (!answer) return answer.failure();
    if (!answer->ok) return failed("server IMAP tidak mau mencari surat");
    std::vector<Place> places;
    for (const auto& line : answer->lines) {
        if (line.text.rfind("* SEARCH", 0) != 0) continue;
        for (auto at = line.text.find(' ', 2); at != std::string::npos;
             at = line.text.find(' ', at + 1))
            if (const auto uid = number_at(line.text, at + 1); uid != 0)
                places.push_back({validity_, uid});
    }
    std::sort(places.begin(), places.end(),
              [](const Place& a, const Place& b) { return a.uid < b.uid; });
    return places;
}

Outcome<std::optional<Mail>> Mailbox::fetch(const Place& place, std::int64_t most_bytes,
                                            Deadline deadline) {
    const std::string command = "UID FETCH " + uid_of(place) +
                                " (UID RFC822.SIZE INTERNALDATE BODY.PEEK[]<0." +
                                std::to_string(most_bytes) + ">)";
    auto answer =
        imap_.ask(command, static_cast<std::size_t>(most_bytes + kPrefaceBytes), deadline);
    if (!answer) return answer.failure();
    if (!answer->ok) return failed("server IMAP tidak mau memberi surat");
    for (auto& line : answer->lines) {
        if (number_after(line.text, "UID ") != place.uid || line.literals.size() > 1) continue;
        Mail mail;
        mail.place = place;
        mail.size = static_cast<std::int64_t>(number_after(line.text, "RFC822.SIZE "));
        mail.received_us = internal_date(quoted_after(line.text, "INTERNALDATE \""));
        if (!line.literals.empty()) mail.bytes = std::move(line.literals[0]);
        return std::optional<Mail>(std::move(mail));
    }
    return std::optional<Mail>();
}

Done Mailbox::settle(const Place& place, const std::string& folder, Deadline deadline) {
    if (place.validity != validity_) return done();
    const std::string uid = uid_of(place);
    auto seen = imap_.ask("UID STORE " + uid + " +FLAGS.SILENT (\\Seen)", kMostAnswer, deadline);
    if (!seen) return seen.failure();
    return move(uid, folder, deadline);
}

Done Mailbox::move(const std::string& uid, const std::string& folder, Deadline deadline) {
    const std::string command =
        (can_move_ ? "UID MOVE " : "UID COPY ") + uid + " " + quoted(folder);
    auto moved = imap_.ask(command, kMostAnswer, deadline);
    if (!moved) return moved.failure();
    if (!moved->ok) {
        auto made = imap_.ask("CREATE " + quoted(folder), kMostAnswer, deadline);
        if (!made) return made.failure();
        moved = imap_.ask(command, kMostAnswer, deadline);
        if (!moved) return moved.failure();
        if (!moved->ok) return failed("server IMAP tidak mau memindahkan surat ke " + folder);
    }
    if (can_move_) return done();
    auto marked =
        imap_.ask("UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)", kMostAnswer, deadline);
    if (!marked) return marked.failure();
    if (!can_expunge_one_) return done();  // searches leave it out
    auto expunged = imap_.ask("UID EXPUNGE " + uid, kMostAnswer, deadline);
    if (!expunged) return expunged.failure();
    return done();
}

}  // namespace surel
