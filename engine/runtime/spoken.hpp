// Dates, moments and what people wrote, as they stand in a message.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/base/instant.hpp"
#include "engine/calendar/zone.hpp"

namespace pintu::runtime {

// "27 Maret 2026", "27 March 2026". Languages: "id", "en".
std::string day_in_words(Date date, const std::string& language);
// "27 Maret 2026 pukul 14.30 WITA", "27 March 2026, 14:30 WITA".
std::string moment_in_words(Instant at, const calendar::Zone& zone, const std::string& language);
// "pelapor", "dirahasiakan", "belum ditentukan": what stands in for what is not there.
std::string spoken(std::string_view word, const std::string& language);
// A name of definitions as people read it: "tindak_lanjut" -> "tindak lanjut".
std::string spaced(std::string_view name);
// At most so many letters, "..." where more was cut off, and without control characters; line ends
// stay only where `lines`.
std::string plain(std::string_view text, std::size_t most, bool lines);

}  // namespace pintu::runtime
