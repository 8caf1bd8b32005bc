// The office's mailbox: which letters lie in it, one letter, and where a letter goes when it is
// settled. A letter is read without being marked as read; it leaves the inbox only by settle().
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "imap.hpp"
#include "settings.hpp"

namespace surel {

// Where a letter lies: good as long as the mailbox is not made anew.
struct Place {
    std::uint64_t validity = 0;
    std::uint64_t uid = 0;
    bool operator==(const Place&) const = default;
};

struct Mail {
    Place place;
    std::int64_t size = 0;         // on the server
    std::int64_t received_us = 0;  // by the server's clock; 0: it does not say
    std::string bytes;             // at most as many as were asked for
};

class Mailbox {
  public:
    static pintu::plugin::Outcome<std::unique_ptr<Mailbox>> open(
        const pintu::plugin::Engine& engine, const Settings& settings, Deadline deadline);
    // Whether the connection still stands.
    bool is_there(Deadline deadline);
    // Sorted, oldest first.
    pintu::plugin::Outcome<std::vector<Place>> letters(Deadline deadline);
    // Nothing: it is not there any more.
    pintu::plugin::Outcome<std::optional<Mail>> fetch(const Place& place, std::int64_t most_bytes,
                                                      Deadline deadline);
    // Marks it as read and moves it to that folder, which is made where it is missing. Done too
    // where it has gone.
    pintu::plugin::Done settle(const Place& place, const std::string& folder, Deadline deadline);

  private:
    Mailbox(std::unique_ptr<Line> line, const Settings& settings)
        : imap_(std::move(line)), settings_(settings) {}
    pintu::plugin::Done select(Deadline deadline);
    pintu::plugin::Done move(const std::string& uid, const std::string& folder, Deadline deadline);

    Imap imap_;
    const Settings& settings_;
    std::uint64_t validity_ = 0;
    bool can_move_ = false;
    bool can_expunge_one_ = false;
};

// "22-Nov-2026 02:20:28 +0800" -> microseconds since 1970; 0 where it is no time.
std::int64_t internal_date(const std::string& text);

}  // namespace surel
