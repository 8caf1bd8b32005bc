#include "tests/support/memory_store.hpp"

#include <algorithm>

#include "engine/cases/state/place.hpp"
#include "engine/history/codec.hpp"

namespace pintu::testing {
namespace {

bool passes(const cases::CaseRow& row, const ports::CaseFilter& filter) {
    const auto late = [&] {
        return std::any_of(row.clocks.begin(), row.clocks.end(),
                           [](const auto& clock) { return clock.late; });
    };
    return (!filter.agency || row.agency == *filter.agency) &&
           (!filter.state || row.state == *filter.state) &&
           (!filter.owner || row.owner == *filter.owner) &&
           (!filter.closed || row.closed == *filter.closed) &&
           (!filter.late || late() == *filter.late) && (!filter.after || row.id > *filter.after);
}

bool has_value(const cases::Values& values, const std::string& name, const std::string& value) {
    return std::find(values.begin(), values.end(), std::pair(name, value)) != values.end();
}

}  // namespace

std::vector<CaseId> MemoryStore::conflicts(const ports::Commit& commit) const {
    std::vector<CaseId> lost;
    std::map<CaseId, std::uint32_t> last;
    for (const auto& added : commit.events) {
        const auto& event = added.event;
        if (!last.contains(event.case_id)) {
            const auto known = cases_.find(event.case_id);
            last[event.case_id] = known == cases_.end() ? 0 : known->second.row.sequence;
        }
        if (event.sequence != ++last[event.case_id]) lost.push_back(event.case_id);
    }
    for (const auto& row : commit.intake)
        if (const auto known = intake_.find(row.key); known != intake_.end())
            lost.push_back(known->second.case_id);
    std::sort(lost.begin(), lost.end());
    lost.erase(std::unique(lost.begin(), lost.end()), lost.end());
    return lost;
}

Result<ports::CommitAnswer> MemoryStore::commit(const ports::Commit& commit) {
    for (const auto& added : commit.events)
        if (added.bytes.size() > history::kMaxEventBytes)
            return fail("HI006", std::to_string(added.bytes.size()),
                        std::to_string(history::kMaxEventBytes));
    ports::CommitAnswer answer{conflicts(commit)};
    if (answer.conflicts.empty()) keep(commit);
    return answer;
}

void MemoryStore::keep(const ports::Commit& commit) {
    ++commits_;
    for (const auto& added : commit.events) {
        auto& one = cases_[added.event.case_id];
        if (one.events.empty()) order_.push_back(added.event.case_id);
        one.events.push_back(added.event);
        one.last_leaf = added.leaf;
        auto& log = logs_[added.event.agency];
        log.push_back(
            {log.size(), added.event.case_id, added.event.sequence, added.bytes, added.leaf});
        frontiers_[added.event.agency].append(added.leaf);
    }
    for (const auto& [agency, frontier] : frontiers_) {
        auto& roots = roots_[agency];
        if (roots.empty() || roots.back().size < frontier.size())
            roots.push_back({frontier.size(), frontier.root()});
    }
    personal_.insert(personal_.end(), commit.personal.begin(), commit.personal.end());
    for (const auto& key : commit.keys) cases_[key.case_id].key = key.key;
    for (const auto& update : commit.cases) {
        auto& one = cases_[update.row.id];
        if (one.timer) timers_.erase({one.timer->due, one.timer->case_id});
        one.row = update.row;
        one.timer = update.timer;
        one.lookups = update.lookups;
        if (one.timer) timers_.insert({one.timer->due, one.timer->case_id});
    }
    for (const auto& row : commit.intake) intake_[row.key] = row;
    outbox_.insert(outbox_.end(), commit.outbox.begin(), commit.outbox.end());
    for (const auto& key : commit.sent)
        std::erase_if(outbox_, [&](const auto& effect) { return effect.key == key; });
    for (const auto& command : commit.submitted) enqueue(command);
    for (const auto& outcome : commit.outcomes) {
        outcomes_[outcome.id] = outcome;
        std::erase_if(queue_, [&](const auto& waiting) { return waiting.id == outcome.id; });
    }
    for (const auto& id : commit.erased) erase(id);
    if (commit.settled) settled_ = commit.settled;
}

void MemoryStore::erase(const CaseId& id) {
    cases_[id].key.clear();
    std::erase_if(personal_, [&](const auto& value) { return value.case_id == id; });
    std::erase_if(intake_, [&](const auto& row) {
        return row.second.case_id == id && row.first.key.starts_with("content:");
    });
}

Result<std::vector<ports::StoredCase>> MemoryStore::load(const std::vector<CaseId>& ids) {
    std::vector<ports::StoredCase> found;
    for (const auto& id : ids) {
        const auto one = cases_.find(id);
        if (one == cases_.end())
            found.emplace_back();
        else
            found.push_back({one->second.events, one->second.last_leaf, one->second.key});
    }
    return found;
}

Result<std::vector<CaseId>> MemoryStore::find(const TrackingId& tracking_id) {
    std::vector<CaseId> found;
    for (const auto& id : order_)
        if (cases_.at(id).row.tracking_id == tracking_id) found.push_back(id);
    return found;
}

Result<std::vector<cases::PersonalValue>> MemoryStore::personal(const CaseId& case_id) {
    std::vector<cases::PersonalValue> found;
    for (const auto& value : personal_)
        if (value.case_id == case_id) found.push_back(value);
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return std::tie(a.sequence, a.path) < std::tie(b.sequence, b.path);
    });
    return found;
}

Result<std::vector<std::optional<ports::IntakeRow>>> MemoryStore::find_intake(
    const std::vector<ports::IntakeKey>& keys) {
    std::vector<std::optional<ports::IntakeRow>> found;
    for (const auto& key : keys) {
        const auto row = intake_.find(key);
        found.push_back(row == intake_.end() ? std::nullopt : std::optional(row->second));
    }
    return found;
}

Result<ports::PriorAnswer> MemoryStore::prior(const ports::PriorQuery& query) {
    ports::PriorAnswer answer;
    answer.position = logs_[query.agency].size();
    for (const auto& id : order_) {
        const auto& one = cases_.at(id);
        const auto& row = one.row;
        if (answer.found.size() == query.at_most) break;
        if (row.agency != query.agency || row.withdrawn || id == query.except ||
            row.received_at < query.received_from || row.received_at > query.received_until ||
            !has_value(one.lookups, query.attribute, query.value))
            continue;
        if (query.within_m && !(row.lat_udeg && row.lon_udeg &&
                                cases::near({*row.lat_udeg, *row.lon_udeg},
                                            {query.lat_udeg, query.lon_udeg}, *query.within_m)))
            continue;
        answer.found.push_back(id);
    }
    return answer;
}

Result<std::vector<cases::CaseRow>> MemoryStore::list(const ports::CaseFilter& filter) {
    std::vector<cases::CaseRow> rows;
    for (const auto& [id, one] : cases_)
        if (rows.size() < filter.limit && passes(one.row, filter)) rows.push_back(one.row);
    return rows;
}

Result<std::vector<ports::LoggedEvent>> MemoryStore::log(const AgencyCode& agency,
                                                         std::uint64_t from, std::size_t limit) {
    const auto& log = logs_[agency];
    std::vector<ports::LoggedEvent> rows;
    for (std::size_t i = from; i < log.size() && rows.size() < limit; ++i) rows.push_back(log[i]);
    return rows;
}

Result<std::vector<ports::LogRoot>> MemoryStore::roots(const AgencyCode& agency) {
    const auto found = roots_.find(agency);
    return found == roots_.end() ? std::vector<ports::LogRoot>{} : found->second;
}

Result<std::vector<AgencyCode>> MemoryStore::agencies() {
    std::vector<AgencyCode> codes;
    for (const auto& [code, log] : logs_)
        if (!log.empty()) codes.push_back(code);
    return codes;
}

Result<std::vector<ports::Timer>> MemoryStore::due_timers(Instant now, std::size_t limit) {
    std::vector<ports::Timer> due;
    for (const auto& [at, id] : timers_) {
        if (at > now || due.size() == limit) break;
        due.push_back(*cases_.at(id).timer);
    }
    return due;
}

Result<std::optional<Instant>> MemoryStore::next_due() {
    return timers_.empty() ? std::nullopt : std::optional(timers_.begin()->first);
}

void MemoryStore::enqueue(const ports::PendingCommand& command) {
    const auto waits = [&](const auto& waiting) { return waiting.id == command.id; };
    if (outcomes_.contains(command.id) || std::any_of(queue_.begin(), queue_.end(), waits)) return;
    queue_.push_back(command);
}

Result<void> MemoryStore::submit(const ports::PendingCommand& command) {
    enqueue(command);
    return {};
}

Result<std::vector<ports::PendingCommand>> MemoryStore::pending(std::size_t limit) {
    return std::vector(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(
                                                            std::min(limit, queue_.size())));
}

Result<std::optional<ports::CommandOutcome>> MemoryStore::outcome(const CommandId& id) {
    const auto found = outcomes_.find(id);
    return found == outcomes_.end() ? std::nullopt : std::optional(found->second);
}

Result<std::vector<cases::Effect>> MemoryStore::unsent(std::size_t limit) {
    return std::vector(outbox_.begin(), outbox_.begin() + static_cast<std::ptrdiff_t>(
                                                              std::min(limit, outbox_.size())));
}

Result<void> MemoryStore::save_definitions(const ports::DefinitionSet& definitions) {
    for (const auto& known : definitions_)
        if (known.id == definitions.id) return {};
    definitions_.push_back(definitions);
    return {};
}

Result<std::optional<ports::DefinitionSet>> MemoryStore::load_definitions(const BundleHash& hash) {
    for (auto known = definitions_.rbegin(); known != definitions_.rend(); ++known)
        if (std::find(known->hashes.begin(), known->hashes.end(), hash) != known->hashes.end())
            return std::optional(*known);
    return std::optional<ports::DefinitionSet>();
}

}  // namespace pintu::testing
