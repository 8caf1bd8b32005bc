// Tracking ids, as a citizen holds them ("7H3K-9QXM-V2PT"), where they come back in a reply: in the
// address that was written to, or in the Message-ID that is answered.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace surel {

// The usual form, or nothing where it is none: the last of its 12 symbols checks the others.
std::optional<std::string> tracking_id(std::string_view text);

// Whose report a letter goes on about: `to`: the addresses that it was sent to; `answered`: the
// Message-IDs that it names, without brackets; `own`: the office's address. Nothing: a new matter.
std::optional<std::string> answered_report(const std::vector<std::string>& to,
                                           const std::vector<std::string>& answered,
                                           std::string_view own);

// The Message-ID (without brackets) of an outgoing message: the same for the same key, so that a
// double is known as one.
std::string own_message_id(std::string_view key, std::string_view tracking_id,
                           std::string_view domain);

// 32 hexadecimal digits that stand for any bytes: the first half of their SHA-256.
std::string digest_of(std::string_view bytes);

}  // namespace surel
