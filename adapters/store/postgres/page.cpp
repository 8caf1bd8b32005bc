#include "adapters/store/postgres/page.hpp"

namespace pintu::postgres {
namespace {

// With the leaves and the row's own columns it fills a block of the server's.
constexpr std::size_t kPageBytes = 8'000;
constexpr std::size_t kLength = 4;
constexpr int kPartBits = 20;
constexpr char kMore = '\x80';

void append_number(std::string& bytes, std::size_t value) {
    const char wire[] = {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
                         static_cast<char>(value >> 8), static_cast<char>(value)};
    bytes.append(wire, sizeof wire);
}

// So many bytes of the front; empty where there are fewer, and then there is no rest.
std::string_view take(std::string_view& bytes, std::size_t size) {
    const auto front = bytes.substr(0, size > bytes.size() ? 0 : size);
    bytes.remove_prefix(size > bytes.size() ? bytes.size() : size);
    return front;
}

std::uint64_t take_number(std::string_view& bytes, std::size_t size = kLength) {
    std::uint64_t value = 0;
    for (const char c : take(bytes, size)) value = value << 8 | static_cast<std::uint8_t>(c);
    return value;
}

}  // namespace

std::uint32_t PageWriter::add(const ports::NewEvent& event, std::uint32_t& next_part) {
    const std::size_t size = kLength + event.bytes.size() + event.leaf.size();
    const std::size_t header = 3 * kLength + event.event.case_id.value.size();
    bool same = page_ != nullptr && case_id_ == event.event.case_id.value;
    if (page_ != nullptr && size_ + size + (same ? 0 : header) > kPageBytes) finish();
    if (page_ == nullptr) {
        part_ = next_part++;
        parts_.add(part_);
        page_ = &bytes_.open();
        page_leaves_ = &leaves_.open();
        same = false;
    } else if (!same) {
        end_run();
    }
    if (!same) begin_run(event.event);
    size_ += size + (same ? 0 : header);
    append_number(*page_, event.bytes.size());
    *page_ += event.bytes;
    *page_leaves_ += bytes_of(event.leaf);
    return part_;
}

void PageWriter::begin_run(const cases::EventHead& event) {
    case_id_ = event.case_id.value;
    append_number(*page_, case_id_.size());
    *page_ += case_id_;
    append_number(*page_, event.sequence);
    append_number(*page_, 0);
    run_ = page_->size();
}

void PageWriter::end_run() {
    std::size_t size = page_->size() - run_;
    for (std::size_t at = run_; at-- > run_ - kLength; size >>= 8)
        (*page_)[at] = static_cast<char>(size);
}

void PageWriter::finish() {
    if (page_ == nullptr) return;
    end_run();
    bytes_.close();
    leaves_.close();
    page_ = page_leaves_ = nullptr;
    size_ = 0;
}

std::optional<Run> take_run(std::string_view& page) {
    if (page.empty()) return std::nullopt;
    Run run;
    run.case_id = take(page, take_number(page));
    run.sequence = static_cast<std::uint32_t>(take_number(page));
    run.events = take(page, take_number(page));
    if (run.events.empty()) return std::nullopt;
    return run;
}

std::string_view take_event(std::string_view& events) {
    return take(events, take_number(events));
}

std::int64_t page_id(std::int64_t number, std::uint32_t part) {
    return number << kPartBits | part;
}

void append_part(std::string& parts, std::uint32_t part) {
    if (!parts.empty()) parts[parts.size() - kLength] |= kMore;
    append_number(parts, part);
}

std::vector<std::int64_t> page_ids(std::string_view list) {
    std::vector<std::int64_t> ids;
    while (!list.empty()) {
        const auto number = static_cast<std::int64_t>(take_number(list, 8));
        for (bool more = true; more && !list.empty();) {
            more = (list.front() & kMore) != 0;
            ids.push_back(page_id(number, static_cast<std::uint32_t>(take_number(list)) &
                                              ((1U << (kLength * 8 - 1)) - 1)));
        }
    }
    return ids;
}

}  // namespace pintu::postgres
