#include "adapters/store/postgres/archived_log.hpp"

#include "adapters/store/postgres/packed.hpp"
#include "engine/history/codec.hpp"

namespace pintu::postgres {
namespace {

enum { agency, case_id, sequence, count, bytes, leaves, position, root, kColumns };

// Older than any transaction of any server; see resynchronise.hpp.
const std::string kPlaced = to_bytes(0);
const std::string kWaiting = to_bytes(1);

}  // namespace

const char* const kLogColumns = "agency, case_id, sequence, count, bytes, leaves, position, root";
const char* const kLogQuery =
    "SELECT e.agency, e.case_id, e.sequence, e.count, e.bytes, e.leaves, n.position, r.root "
    "FROM events e "
    "LEFT JOIN entries n ON n.agency = e.agency AND n.case_id = e.case_id AND "
    "n.sequence = e.sequence "
    "LEFT JOIN roots r ON r.agency = n.agency AND r.size = n.position + n.count "
    "ORDER BY e.agency, n.position NULLS LAST, e.xid, e.id";

std::optional<LogRow> log_row(const Fields& fields) {
    if (fields.size() != kColumns) return std::nullopt;
    for (int column = agency; column <= leaves; ++column) {
        if (!fields[static_cast<std::size_t>(column)]) return std::nullopt;
    }
    LogRow row{*fields[agency],
               *fields[case_id],
               *fields[bytes],
               *fields[leaves],
               to_integer(*fields[sequence]),
               to_integer(*fields[count]),
               {},
               fields[root]};
    if (fields[position]) row.position = to_integer(*fields[position]);
    return row;
}

Fields event_fields(const Fields& row) {
    return {row[agency],
            row[case_id],
            row[sequence],
            row[count],
            row[bytes],
            row[leaves],
            row[position] ? kPlaced : kWaiting};
}

std::optional<Fields> entry_fields(const Fields& row) {
    if (!row[position]) return std::nullopt;
    return Fields{row[agency], row[position], row[case_id], row[sequence], row[count]};
}

std::optional<Fields> root_fields(const Fields& row, std::string& size) {
    if (!row[position] || !row[root]) return std::nullopt;
    size = to_bytes(to_integer(*row[position]) + to_integer(*row[count]));
    return Fields{row[agency], size, row[root]};
}

bool LogCheck::add(const LogRow& row) {
    auto& log = logs_[AgencyCode(std::string(row.agency))];
    if (row.position && static_cast<std::uint64_t>(*row.position) != log.frontier.size()) {
        return false;
    }
    std::string_view chunk = row.bytes;
    std::string_view written = row.leaves;
    std::int64_t found = 0;
    for (; !chunk.empty(); ++found) {
        const Digest leaf = history::leaf_hash(take_event(chunk));
        if (written.substr(0, leaf.size()) != bytes_of(leaf)) return false;
        written.remove_prefix(leaf.size());
        if (row.position) log.frontier.append(leaf);
        ++events_;
    }
    if (found != row.count || !written.empty()) return false;
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
