#include "tests/faults/sqlite_office.hpp"

#include <sqlite3.h>

#include <algorithm>

#include "engine/cases/apply/apply.hpp"
#include "engine/cases/command/codec.hpp"
#include "engine/runtime/audit.hpp"

namespace pintu::testing {
namespace {

template <class T>
std::string code_of(const Result<T>& result) {
    return result ? "" : result.error().code;
}

using Problems = std::vector<std::string>;

void check_promises(ports::EventStore& store, const Ledger& ledger, Problems& found) {
    for (const auto& [external_id, id] : ledger.accepted)
        if (store.load({id})->front().events.empty()) found.push_back("lost report " + external_id);
    const auto pending = store.pending(1000);
    for (const auto& id : ledger.submitted) {
        const bool waits = std::any_of(pending->begin(), pending->end(),
                                       [&](const auto& command) { return command.id == id; });
        if (waits == store.outcome(id)->has_value())
            found.push_back((waits ? "decided and waiting " : "lost command ") + id.value);
    }
    for (const auto& [id, outcome] : ledger.decided)
        if (*store.outcome(id) != outcome) found.push_back("lost outcome " + id.value);
    if (ledger.in_force && *store.in_force() != ledger.in_force)
        found.push_back("lost definitions");
    for (const auto& id : ledger.erased)
        if (!store.personal(id)->empty() || !store.load({id})->front().key.empty())
            found.push_back("personal values are back of " + id.value);
    for (const auto& id : ledger.retried)
        if (store.incidents({.agency = {}, .id = id, .open = true, .limit = 1})->size() != 0)
            found.push_back("incident is open again " + id);
}

// Rows can be computed anew from histories; nothing is kept twice.
void check_cases(ports::EventStore& store, Problems& found) {
    std::set<std::string> names;
    const auto rows = store.list({});
    for (const auto& row : *rows) {
        const auto stored = store.load({row.id});
        if (!stored || cases::project(cases::fold(stored->front().events)) != row)
            found.push_back("row is not that of the history " + row.id.value);
        if (!names.insert(row.external_id + std::to_string(row.hops)).second)
            found.push_back("taken in twice " + row.external_id);
    }
}

// Of the file's pages: "ok", or what is wrong.
std::string pages_of(const std::string& file) {
    sqlite3* handle = nullptr;
    sqlite3_stmt* check = nullptr;
    std::string found = "cannot be read";
    if (sqlite3_open(file.c_str(), &handle) == SQLITE_OK &&
        sqlite3_prepare_v2(handle, "PRAGMA integrity_check(1)", -1, &check, nullptr) == SQLITE_OK &&
        sqlite3_step(check) == SQLITE_ROW) {
        found = reinterpret_cast<const char*>(sqlite3_column_text(check, 0));
    }
    sqlite3_finalize(check);
    sqlite3_close(handle);
    return found;
}

}  // namespace

std::string Process::start(const runtime::Loadout& loadout) {
    if (!store_) {
        store::OpenOptions options;
        options.durable = durable_;
        options.busy_timeout_ms = 200;
        options.clock_ms = [this] { return outside.clock_ms; };
        auto opened = store::open_store("sqlite:" + file_, options);
        if (!opened) return opened.error().code;
        store_ = std::move(*opened);
        runtime::Settings settings;
        settings.batch = 4;
        settings.cached = 2;
        runtime_ = std::make_unique<runtime::Runtime>(
            runtime::Ports{*store_, outside.entropy, outside.connector, log_}, settings);
    }
    if (used_) return "";
    const std::string code = code_of(runtime_->use(loadout));
    used_ = code.empty();
    return code;
}

std::string Process::intake(const std::vector<cases::Report>& reports, const std::string& now) {
    const auto answers = runtime_->intake(reports, {}, at(now));
    if (!answers) return answers.error().code;
    for (std::size_t i = 0; i < reports.size(); ++i) {
        const auto& answer = (*answers)[i];
        using Status = runtime::IntakeAnswer::Status;
        if (answer.status != Status::accepted && answer.status != Status::repeated)
            outside.broken.push_back("refused " + reports[i].external_id);
        const auto [known, is_new] =
            outside.ledger.accepted.emplace(reports[i].external_id, answer.case_id);
        if (known->second != answer.case_id)
            outside.broken.push_back("another case for " + reports[i].external_id);
    }
    return "";
}

std::string Process::all_decided() {
    const auto left = store_->pending(1);
    if (!left) return left.error().code;
    return left->empty() ? "" : "nothing was decided";
}

cases::Command Process::command(const CommandId& id, const std::string& external_id,
                                const std::string& who, cases::Body body) {
    return {id, outside.ledger.accepted.at(external_id), person(who), std::move(body)};
}

std::string Process::submit(const CommandId& id, const std::string& external_id,
                            const std::string& who, cases::Body body, const std::string& now) {
    const auto made = command(id, external_id, who, std::move(body));
    const auto done =
        store_->submit({id, agency_of(made.case_id), made.case_id, at(now), cases::encode(made)});
    if (done) outside.ledger.submitted.insert(id);
    return code_of(done);
}

std::string Process::hear(const CommandId& id) {
    const auto outcome = store_->outcome(id);
    if (!outcome) return outcome.error().code;
    if (!*outcome) return "nothing was decided";
    outside.ledger.decided.emplace(id, **outcome);
    return "";
}

std::string Process::perform(const CommandId& id, const std::string& external_id,
                             const std::string& who, cases::Body body, const std::string& now) {
    const auto outcome = runtime_->perform(command(id, external_id, who, std::move(body)), at(now));
    if (!outcome) return outcome.error().code;
    if (!outcome->accepted) outside.broken.push_back("rejected " + id.value + " " + outcome->code);
    const auto [known, is_new] = outside.ledger.decided.emplace(id, *outcome);
    if (known->second != *outcome) outside.broken.push_back("another outcome for " + id.value);
    return "";
}

std::string Process::publish(const runtime::Loadout& loadout) {
    // Until it is answered either may be in force.
    outside.ledger.in_force.reset();
    const auto done = runtime_->publish(loadout);
    if (done) outside.ledger.in_force = runtime_->definitions_id();
    return code_of(done);
}

std::string Process::retry(const std::string& incident, const std::string& now) {
    const auto done = store_->retry_incident(incident, at(now));
    if (done) outside.ledger.retried.insert(incident);
    return code_of(done);
}

std::string Process::turns(Result<runtime::Stepped> (runtime::Runtime::*step)(Instant),
                           const std::string& now) {
    for (;;) {
        const auto done = ((*runtime_).*step)(at(now));
        if (!done) return done.error().code;
        if (done->idle) return "";
    }
}

std::string Process::play(const std::string& until) {
    const Instant end = at(until);
    for (;;) {
        const auto due = runtime_->next_due();
        if (!due) return due.error().code;
        if (!*due || **due > end) return code_of(runtime_->run_until_idle(end));
        if (const auto done = runtime_->run_until_idle(**due); !done) return done.error().code;
    }
}

std::vector<std::string> problems(const std::string& file, const Outside& outside) {
    Problems found = outside.broken;
    const auto opened = store::open_store("sqlite:" + file);
    if (!opened) return {"cannot be opened: " + opened.error().code};
    ports::EventStore& store = **opened;
    if (const auto pages = pages_of(file); pages != "ok") return {"pages: " + pages};
    check_promises(store, outside.ledger, found);
    check_cases(store, found);
    const auto agencies = store.agencies();
    for (const auto& agency : *agencies) {
        const auto audit = runtime::audit(store, agency, {});
        if (!audit) return {"audit: " + audit.error().code};
        for (const auto& finding : audit->findings.items())
            found.push_back("finding " + finding.code);
    }
    return found;
}

std::string ended(const std::string& file, const Outside& outside) {
    const auto opened = store::open_store("sqlite:" + file);
    if (!opened) return opened.error().code;
    std::multiset<std::string> lines;
    std::map<CaseId, std::string> names;
    const auto rows = (*opened)->list({});
    for (const auto& row : *rows) {
        names[row.id] = row.external_id + std::to_string(row.hops);
        std::string story = "case " + names[row.id] + "\n";
        int done = 0;
        const auto stored = (*opened)->load({row.id});
        for (const auto& event : stored->front().events) {
            const std::string line = line_of(event);
            if (std::holds_alternative<cases::EffectDone>(event.payload)) {
                ++done;
            } else {
                story += to_string(event.at) + line.substr(line.find(' ')) + "\n";
            }
        }
        lines.insert(story + std::to_string(done) + " effects done\n");
    }
    for (const auto& effect : outside.connector.took_effect)
        lines.insert("effect " + names[effect.case_id] + " " + effect.kind + " " + effect.whom +
                     "\n");
    lines.insert("pending " + std::to_string((*opened)->pending(100)->size()) + ", unsent " +
                 std::to_string((*opened)->unsent(100)->size()) + "\n");
    std::string all;
    for (const auto& line : lines) all += line;
    return all;
}

}  // namespace pintu::testing
