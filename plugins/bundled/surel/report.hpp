// A letter as a report, its files in the spool.
#pragma once

#include <optional>
#include <string>

#include "letter.hpp"
#include "mailbox.hpp"
#include "plugins/sdk/plugin.hpp"

namespace surel {

// What a report is known by: the letter's Message-ID, or a digest of its bytes where it has none.
std::string external_id_of(const Letter& letter, std::string_view bytes);

// Nothing where there is neither subject nor text nor file in it. Files are not written yet; their
// paths are spool_path() of their number. `now_us` bounds what the server says of the time.
std::optional<pintu::plugin::Report> report_of(const Letter& letter, const Mail& mail,
                                               const std::string& own_address,
                                               const std::string& spool, std::int64_t now_us);

std::string spool_path(const std::string& spool, const Place& place, std::size_t number);

// Writes the letter's files; false where the disk would not.
bool write_files(const Letter& letter, const Place& place, const std::string& spool);
// Removes the files of a letter; of all of them, where there is no place.
void remove_files(const std::string& spool, const std::optional<Place>& place);

}  // namespace surel
