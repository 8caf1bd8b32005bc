// A time zone, from the bytes of a TZif file (RFC 8536, versions 1 to 3). Pure: whoever holds the
// bytes hands them in; nothing is looked up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/instant.hpp"
#include "engine/base/result.hpp"

namespace pintu::calendar {

class Zone {
  public:
    // UTC until something is read.
    Zone() = default;

    // The zone in `bytes`; `name` ("Asia/Makassar") is for messages and to_string only. Errors:
    // CA020 not a TZif file, CA021 cut off or inconsistent, CA022 a footer whose rule past the last
    // transition is not a fixed offset (no Indonesian zone has one). Every count is checked against
    // the length before anything is read; files over 64 KiB are refused.
    static Result<Zone> read(std::string name, std::string_view bytes);
    // A zone that never changes; seconds east of UTC.
    static Zone fixed(std::string name, std::int32_t offset_s);

    const std::string& name() const { return name_; }
    // Seconds east of UTC at that moment.
    std::int32_t offset(Instant at) const;
    // The local date at that moment; days are [00:00, 24:00).
    Date date(Instant at) const;
    // Minutes since local midnight, 0 to 1439.
    std::int32_t minute(Instant at) const;
    // The moment of a local wall-clock time; minute 1440 is the end of the day. A time that a
    // change of offset skips gives the moment of the change; one that it repeats, the earlier one.
    Instant instant(Date date, std::int32_t minute = 0) const;
    bool operator==(const Zone&) const = default;

  private:
    struct Change {
        std::int64_t at_s;      // seconds since 1970, UTC
        std::int32_t offset_s;  // from then on
        bool operator==(const Change&) const = default;
    };
    // The block after its header, whose length the caller has checked.
    static Result<Zone> read_block(std::string name, std::string_view block, std::size_t time_size,
                                   std::size_t times, std::size_t types, std::size_t block_bytes);

    std::string name_ = "UTC";
    std::int32_t first_offset_s_ = 0;  // before the first change
    std::vector<Change> changes_;      // by time
};

}  // namespace pintu::calendar
