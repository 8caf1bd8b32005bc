#include "engine/calendar/zone.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

namespace pintu::calendar {
namespace {

constexpr std::size_t kMostBytes = 64 * 1024;
constexpr std::size_t kHeaderBytes = 44;
constexpr std::int64_t kMostOffset_s = 26 * 3600;  // RFC 8536 asks for -25 h to +26 h
constexpr std::int64_t kMinutesPerDay = 1440;

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

std::int64_t seconds(Instant at) {
    return floor_div(at.micros, kMicrosPerSecond);
}

// Signed big-endian number of `size` bytes; the caller has checked the length.
std::int64_t big_endian(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = (bytes[at] & 0x80) != 0 ? ~std::uint64_t{0} : 0;
    for (std::size_t i = 0; i < size; ++i)
        value = (value << 8U) | static_cast<unsigned char>(bytes[at + i]);
    return static_cast<std::int64_t>(value);
}

// One header of RFC 8536 section 3.1 and what its counts say about the block behind it.
struct Header {
    char version = 0;
    std::size_t isut = 0, isstd = 0, leap = 0, time = 0, type = 0, chars = 0;

    std::size_t block_bytes(std::size_t time_size) const {
        return time * time_size + time + type * 6 + chars + leap * (time_size + 4) + isstd + isut;
    }
};

std::optional<Header> read_header(std::string_view bytes) {
    if (bytes.size() < kHeaderBytes || bytes.substr(0, 4) != "TZif") return std::nullopt;
    const auto count = [&](std::size_t index) {
        return static_cast<std::size_t>(
            static_cast<std::uint32_t>(big_endian(bytes, 20 + 4 * index, 4)));
    };
    return Header{bytes[4], count(0), count(1), count(2), count(3), count(4), count(5)};
}

bool take_char(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<std::int32_t> take_number(std::string_view& text, std::int32_t most) {
    std::int32_t value = 0;
    std::size_t digits = 0;
    for (; digits < text.size() && digits < 3 && text[digits] >= '0' && text[digits] <= '9';
         ++digits)
        value = value * 10 + (text[digits] - '0');
    text.remove_prefix(digits);
    return digits > 0 && value <= most ? std::optional(value) : std::nullopt;
}

// "WITA-8", "<+08>-8", "IST-5:30": the offset in seconds east of UTC. Nothing for a rule with
// summer time, or for anything else.
std::optional<std::int32_t> fixed_footer_offset(std::string_view text) {
    const bool quoted = take_char(text, '<');
    const auto letters = quoted ? text.find('>') : text.find_first_of("+-0123456789");
    if (letters == std::string_view::npos || letters == 0) return std::nullopt;
    text.remove_prefix(letters + (quoted ? 1 : 0));
    const bool east = take_char(text, '-');
    if (!east) take_char(text, '+');
    auto hours = take_number(text, 24);
    if (!hours) return std::nullopt;
    auto offset_s = *hours * 3600;
    for (const std::int32_t unit_s : {60, 1}) {
        if (!take_char(text, ':')) break;
        const auto part = take_number(text, 59);
        if (!part) return std::nullopt;
        offset_s += *part * unit_s;
    }
    if (!text.empty()) return std::nullopt;
    return east ? offset_s : -offset_s;
}

}  // namespace

Result<Zone> Zone::read(std::string name, std::string_view bytes) {
    const auto first = read_header(bytes);
    if (!first || bytes.size() > kMostBytes) return fail("CA020", name);
    std::size_t start = kHeaderBytes;
    std::size_t time_size = 4;
    auto header = *first;
    if (first->version >= '2') {  // the first block is for readers of version 1: skip it
        const auto skip = kHeaderBytes + first->block_bytes(4);
        const auto second = skip < bytes.size() ? read_header(bytes.substr(skip)) : std::nullopt;
        if (!second) return fail("CA021", name);
        header = *second;
        start = skip + kHeaderBytes;
        time_size = 8;
    }
    if (start + header.block_bytes(time_size) > bytes.size() || header.type == 0 ||
        header.type > 256 || header.leap > 0)
        return fail("CA021", name);
    return read_block(std::move(name), bytes.substr(start), time_size, header.time, header.type,
                      header.block_bytes(time_size));
}

Result<Zone> Zone::read_block(std::string name, std::string_view block, std::size_t time_size,
                              std::size_t times, std::size_t types, std::size_t block_bytes) {
    const auto indices = times * time_size;
    const auto records = indices + times;
    const auto offset_of = [&](std::size_t type) {
        return static_cast<std::int32_t>(big_endian(block, records + type * 6, 4));
    };
    for (std::size_t type = 0; type < types; ++type)
        if (std::abs(std::int64_t{offset_of(type)}) > kMostOffset_s) return fail("CA021", name);
    Zone zone;
    zone.first_offset_s_ = offset_of(0);
    for (std::size_t i = 0; i < times; ++i) {
        const auto type = static_cast<unsigned char>(block[indices + i]);
        const auto at_s = big_endian(block, i * time_size, time_size);
        if (type >= types || (i > 0 && at_s <= zone.changes_.back().at_s))
            return fail("CA021", name);
        zone.changes_.push_back({at_s, offset_of(type)});
    }
    const auto last = zone.changes_.empty() ? zone.first_offset_s_ : zone.changes_.back().offset_s;
    if (time_size == 8) {
        auto footer = block.substr(block_bytes);
        if (footer.size() < 2 || !take_char(footer, '\n') || footer.back() != '\n')
            return fail("CA021", name);
        footer.remove_suffix(1);
        const auto offset = footer.empty() ? std::optional(last) : fixed_footer_offset(footer);
        if (!offset) return fail("CA022", name, footer);
        if (*offset != last) return fail("CA021", name);
    }
    zone.name_ = std::move(name);
    return zone;
}

Zone Zone::fixed(std::string name, std::int32_t offset_s) {
    Zone zone;
    zone.name_ = std::move(name);
    zone.first_offset_s_ = offset_s;
    return zone;
}

std::int32_t Zone::offset(Instant at) const {
    const auto at_s = seconds(at);
    const auto later = std::upper_bound(changes_.begin(), changes_.end(), at_s,
                                        [](std::int64_t s, const Change& c) { return s < c.at_s; });
    return later == changes_.begin() ? first_offset_s_ : std::prev(later)->offset_s;
}

Date Zone::date(Instant at) const {
    return {static_cast<std::int32_t>(floor_div(seconds(at) + offset(at), kSecondsPerDay))};
}

std::int32_t Zone::minute(Instant at) const {
    const auto local_s = seconds(at) + offset(at);
    return static_cast<std::int32_t>(
        (local_s - floor_div(local_s, kSecondsPerDay) * kSecondsPerDay) / 60);
}

Instant Zone::instant(Date date, std::int32_t minute) const {
    const auto local_s = (date.days * kMinutesPerDay + minute) * 60;
    // From the latest change back: dates of cases are late, and changes few.
    for (auto i = changes_.size(); i-- > 0;) {
        const auto& change = changes_[i];
        const auto before = i == 0 ? first_offset_s_ : changes_[i - 1].offset_s;
        if (local_s - change.offset_s < change.at_s && local_s - before < change.at_s) continue;
        // Repeated times: the earlier. Skipped ones: the change itself.
        const auto at_s = local_s - before < change.at_s
                              ? local_s - before
                              : std::max(local_s - change.offset_s, change.at_s);
        return {at_s * kMicrosPerSecond};
    }
    return {(local_s - first_offset_s_) * kMicrosPerSecond};
}

}  // namespace pintu::calendar
