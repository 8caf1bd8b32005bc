#include "adapters/store/postgres/archived_log.hpp"

#include "adapters/store/postgres/packed.hpp"
#include "adapters/store/postgres/page.hpp"
#include "engine/history/codec.hpp"

namespace pintu::postgres {
namespace {

enum { agency, id, leaves, bytes, position, root, kColumns };

// Older than any transaction of any server; see resynchronise.hpp.
const std::string kPlaced = to_bytes(0);
const std::string kWaiting = to_bytes(1);

}  // namespace

const char* const kLogColumns = "agency, id, leaves, bytes, position, root";
const char* const kLogQuery =
    "SELECT p.agency, p.id, p.leaves, p.bytes, n.position, r.root FROM pages p "
    "LEFT JOIN entries n ON n.agency = p.agency AND n.page = p.id "
    "LEFT JOIN roots r ON r.agency = n.agency AND r.size = n.position + length(p.leaves) / 32 "
    "ORDER BY p.agency, n.position NULLS LAST, p.xid, p.id";

std::optional<LogRow> log_row(const Fields& fields) {
    if (fields.size() != kColumns) return std::nullopt;
    for (int column = agency; column <= bytes; ++column) {
        if (!fields[static_cast<std::size_t>(column)]) return std::nullopt;
    }
    LogRow row{*fields[agency], *fields[leaves], *fields[bytes], to_integer(*fields[id]), {},
               fields[root]};
    if (fields[position]) row.position = to_integer(*fields[position]);
    return row;
}

Fields page_fields(const Fields& row) {
    return {row[agency], row[id], row[leaves], row[bytes], row[position] ? kPlaced : kWaiting};
}

std::optional<Fields> entry_fields(const Fields& row) {
    if (!row[position]) return std::nullopt;
    return Fields{row[agency], row[position], row[id]};
}

std::optional<Fields> root_fields(const Fields& row, std::string& size) {
    if (!row[position] || !row[root]) return std::nullopt;
    const auto events = static_cast<std::int64_t>(row[leaves]->size() / sizeof(Digest));
    size = to_bytes(to_integer(*row[position]) + events);
    return Fields{row[agency], size, row[root]};
}

bool LogCheck::add(const LogRow& row) {
    auto& log = logs_[AgencyCode(std::string(row.agency))];
    if (row.position && static_cast<std::uint64_t>(*row.position) != log.frontier.size()) {
        return false;
    }
    std::string_view page = row.bytes;
    std::string_view written = row.leaves;
    while (auto run = take_run(page)) {
        while (!run->events.empty()) {
            const Digest leaf = history::leaf_hash(take_event(run->events));
            if (written.substr(0, leaf.size()) != bytes_of(leaf)) return false;
            written.remove_prefix(leaf.size());
            if (row.position) log.frontier.append(leaf);
            ++events_;
        }
    }
    if (!page.empty() || !written.empty()) return false;
    if (!row.root) return true;
    ++roots_;
    log.rooted = log.frontier.size();
    return bytes_of(log.frontier.root()) == *row.root;
}

bool LogCheck::ends(const AgencyCode& agency_code, std::uint64_t size, std::string_view nodes) {
    const auto found = logs_.find(agency_code);
    const Log log = found == logs_.end() ? Log{} : std::move(found->second);
    if (found != logs_.end()) logs_.erase(found);
    if (size > 0) ++agencies_;
    return log.frontier.size() == size && log.rooted == size && join(log.frontier.nodes()) == nodes;
}

}  // namespace pintu::postgres
