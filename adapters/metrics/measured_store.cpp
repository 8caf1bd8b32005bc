#include "adapters/metrics/measured_store.hpp"

#include <chrono>

namespace pintu::metrics {
namespace {

std::string answer_word(const Result<ports::CommitAnswer>& answer) {
    if (!answer) return "error";
    if (answer->stale) return "stale";
    return answer->kept() ? "kept" : "conflict";
}

std::string work_word(ports::Work work) {
    static constexpr const char* kWords[] = {"decide", "send", "follow"};
    return kWords[static_cast<std::size_t>(work)];
}

}  // namespace

Result<ports::CommitAnswer> MeasuredStore::commit(const ports::Commit& commit) {
    const auto start = std::chrono::steady_clock::now();
    auto answer = seen(store_.commit(commit));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    metrics_.add(Metric::commits, 1, answer_word(answer));
    if (!answer) return answer;
    metrics_.add(Metric::conflicts, answer->conflicts.size());
    if (answer->stale) metrics_.add(Metric::stale_turns);
    if (!answer->kept()) return answer;
    metrics_.observe(Metric::commit_seconds, took.count());
    if (!commit.cases.empty())
        metrics_.observe(Metric::commit_cases, static_cast<double>(commit.cases.size()));
    metrics_.add(Metric::events, commit.events.size());
    metrics_.add(Metric::intake, commit.intake.size(), "accepted");
    for (const auto& outcome : commit.outcomes)
        metrics_.add(Metric::commands, 1, outcome.accepted ? "accepted" : "refused");
    return answer;
}

Result<std::optional<ports::Claimed>> MeasuredStore::claim(const ports::ClaimRequest& request) {
    auto claimed = seen(store_.claim(request));
    if (claimed && *claimed) metrics_.add(Metric::turns, 1, work_word(request.work));
    return claimed;
}

Result<std::vector<ports::StoredCase>> MeasuredStore::load(const std::vector<CaseId>& cases) {
    return seen(store_.load(cases));
}

Result<std::vector<CaseId>> MeasuredStore::find(const TrackingId& id) {
    return seen(store_.find(id));
}

Result<std::vector<cases::PersonalValue>> MeasuredStore::personal(const CaseId& id) {
    return seen(store_.personal(id));
}

Result<std::vector<std::vector<cases::PersonalValue>>> MeasuredStore::personal_of(
    const std::vector<CaseId>& cases) {
    return seen(store_.personal_of(cases));
}

Result<std::vector<std::optional<ports::IntakeRow>>> MeasuredStore::find_intake(
    const std::vector<ports::IntakeKey>& keys) {
    return seen(store_.find_intake(keys));
}

Result<ports::PriorAnswer> MeasuredStore::prior(const ports::PriorQuery& query) {
    return seen(store_.prior(query));
}

Result<std::vector<cases::CaseRow>> MeasuredStore::list(const ports::CaseFilter& filter) {
    return seen(store_.list(filter));
}

Result<std::vector<ports::LoggedEvent>> MeasuredStore::log(const AgencyCode& agency,
                                                           std::uint64_t from, std::size_t limit) {
    return seen(store_.log(agency, from, limit));
}

Result<std::vector<ports::LogRoot>> MeasuredStore::roots(const AgencyCode& agency) {
    return seen(store_.roots(agency));
}

Result<std::vector<AgencyCode>> MeasuredStore::agencies() {
    return seen(store_.agencies());
}

Result<std::size_t> MeasuredStore::sequence(std::size_t limit) {
    return seen(store_.sequence(limit));
}

Result<std::vector<ports::Timer>> MeasuredStore::due_timers(Instant now, std::size_t limit) {
    return seen(store_.due_timers(now, limit));
}

Result<std::vector<ports::Timer>> MeasuredStore::timers_of(const AgencyCode& agency) {
    return seen(store_.timers_of(agency));
}

Result<std::optional<Instant>> MeasuredStore::next_due() {
    return seen(store_.next_due());
}

Result<void> MeasuredStore::submit(const ports::PendingCommand& command) {
    return seen(store_.submit(command));
}

Result<std::vector<ports::PendingCommand>> MeasuredStore::pending(std::size_t limit) {
    return seen(store_.pending(limit));
}

Result<std::optional<ports::CommandOutcome>> MeasuredStore::outcome(const CommandId& id) {
    return seen(store_.outcome(id));
}

Result<std::vector<cases::Effect>> MeasuredStore::unsent(std::size_t limit) {
    return seen(store_.unsent(limit));
}

Result<std::vector<ports::Incident>> MeasuredStore::incidents(const ports::IncidentFilter& filter) {
    return seen(store_.incidents(filter));
}

Result<std::vector<ports::OutboxRow>> MeasuredStore::outbox(const ports::OutboxFilter& filter) {
    return seen(store_.outbox(filter));
}

Result<bool> MeasuredStore::retry_effect(const EffectKey& key, Instant now) {
    return seen(store_.retry_effect(key, now));
}

Result<bool> MeasuredStore::retry_incident(const std::string& id, Instant now) {
    return seen(store_.retry_incident(id, now));
}

Result<void> MeasuredStore::save_definitions(const ports::DefinitionSet& definitions) {
    return seen(store_.save_definitions(definitions));
}

Result<std::optional<ports::DefinitionSet>> MeasuredStore::load_definitions(
    const BundleHash& hash) {
    return seen(store_.load_definitions(hash));
}

Result<void> MeasuredStore::publish(const ports::DefinitionSet& definitions,
                                    const std::vector<AgencyCode>& agencies) {
    return seen(store_.publish(definitions, agencies));
}

Result<std::optional<std::string>> MeasuredStore::in_force() {
    return seen(store_.in_force());
}

Result<std::optional<ports::DefinitionSet>> MeasuredStore::definition_set(const std::string& id) {
    return seen(store_.definition_set(id));
}

Result<bool> MeasuredStore::wait(std::int64_t timeout_ms) {
    return seen(store_.wait(timeout_ms));
}

std::vector<ports::Performed> MeasuredConnector::perform(
    const std::vector<ports::Message>& messages) {
    static constexpr const char* kWords[] = {"done", "refused", "later", "untried"};
    auto performed = connector_.perform(messages);
    for (const auto& one : performed)
        metrics_.add(Metric::effects, 1, kWords[static_cast<std::size_t>(one.outcome)]);
    return performed;
}

}  // namespace pintu::metrics
