#include "engine/runtime/batch.hpp"

#include <algorithm>

#include "engine/base/planted.hpp"
#include "engine/cases/apply/apply.hpp"
#include "engine/runtime/incidents.hpp"
#include "engine/runtime/readable.hpp"
#include "engine/runtime/warm.hpp"

namespace pintu::runtime {
namespace {

constexpr int kMostRounds = 64;  // of asking the store and plugins for one command

Verdict rejected(const cases::Command& command, const cases::Rejected& why,
                 const cases::State& state) {
    Verdict verdict;
    verdict.rejected = why;
    verdict.case_id = command.case_id;
    verdict.tracking_id = state.tracking_id;
    verdict.sequence = state.sequence;
    return verdict;
}

std::string* text_at(cases::Report& report, const std::string& path) {
    if (path == "judul") return &report.judul;
    if (path == "isi") return &report.isi;
    if (path == "place_note") return &report.place_note;
    if (path == "reporter_name") return &report.reporter_name;
    if (path == "reporter_phone") return &report.reporter_phone;
    if (path == "reporter_email") return &report.reporter_email;
    return path == "as_sent" ? &report.as_sent : nullptr;
}

}  // namespace

Result<void> Batch::prefetch(const std::vector<const CaseId*>& ids) {
    std::vector<CaseId> missing;
    for (const auto* id : ids) {
        if (bench_.cache.take(*id, hand_) != nullptr) continue;
        bench_.cache.add(*id, hand_);
        missing.push_back(*id);
    }
    return fetch(missing);
}

Result<void> Batch::prefetch_anew(const std::vector<const CaseId*>& ids) {
    std::vector<CaseId> outdated;
    for (const auto* id : ids) {
        Held* held = bench_.cache.take(*id, hand_);
        if (held != nullptr && !held->from_cache) continue;
        if (held == nullptr) held = &bench_.cache.add(*id, hand_);
        held->from_cache = false;
        outdated.push_back(*id);
    }
    return fetch(outdated);
}

void Batch::expect(std::size_t commands) {
    commit_.events.reserve(2 * commands);
    commit_.outcomes.reserve(commands);
    commit_.cases.reserve(commands);
}

// One case whose history was damaged must not stand in the way of the others.
Result<void> Batch::fetch(const std::vector<CaseId>& ids) {
    if (ids.empty()) return {};
    auto stored = load_readable(bench_.store, ids);
    if (!stored) {
        for (const auto& id : ids) drop(id);
        return stored.unexpected();
    }
    for (std::size_t i = 0; i < ids.size(); ++i) {
        auto& one = (*stored)[i];
        if (!one) unreadable_[ids[i]] = one.error();
        take(ids[i], one ? std::move(*one) : ports::StoredCase{});
    }
    return {};
}

void Batch::take(const CaseId& id, ports::StoredCase stored) {
    Held& held = *bench_.cache.take(id, hand_);
    const auto before = held.loaded.state.sequence;
    held.loaded = {cases::fold(stored.events), stored.last_leaf, std::move(stored.key)};
    held.from_cache = false;
    if (before == 0) return;
    if (held.loaded.state.id.empty()) hand_.unsure.push_back(id);
    ++compared_;
    if (held.loaded.state.sequence != before) ++outdated_;
}

const Error* Batch::unreadable(const CaseId& id) const {
    const auto found = unreadable_.find(id);
    return found == unreadable_.end() ? nullptr : &found->second;
}

Verdict Batch::refuse_unreadable(const cases::Command& command, const Error& why) {
    Verdict verdict = rejected(command, {why.code, why.args, {}}, {});
    verdict.unreadable = true;
    if (bench_.unreadable_told.contains(command.case_id)) return verdict;
    bench_.log.write(ports::LogLevel::error, why.code, why.args);
    report(history_incident(command.case_id, why, now_));
    return verdict;
}

// Commands mostly come in the order in which their cases were fetched, or for one just opened.
Held* Batch::in_hand(const CaseId& id) {
    auto& cases = hand_.cases;
    if (next_ == cases.end()) next_ = cases.begin();
    if (next_ != cases.end() && next_->id == id) {
        Held& held = *next_++;
        warm(cases, next_);
        return &held;
    }
    if (!cases.empty() && cases.back().id == id) return &cases.back();
    return bench_.cache.take(id, hand_);
}

void Batch::drop(const CaseId& id) {
    next_ = hand_.cases.end();
    bench_.cache.drop(id, hand_);
}

Result<Held*> Batch::hold(const CaseId& id) {
    if (auto* held = in_hand(id)) return held;
    if (auto fetched = prefetch({&id}); !fetched) return fetched.unexpected();
    return bench_.cache.take(id, hand_);
}

Result<const Loaded*> Batch::find(const CaseId& id) {
    auto held = hold(id);
    if (!held) return held.unexpected();
    const Loaded& loaded = (*held)->loaded;
    return loaded.state.sequence == 0 ? nullptr : &loaded;
}

Result<const Loaded*> Batch::find_anew(const CaseId& id) {
    if (auto fetched = prefetch_anew({&id}); !fetched) return fetched.unexpected();
    return find(id);
}

Result<const bundle::Bundle*> Batch::bundle_of(const cases::Command& command, const Loaded& loaded,
                                               const bundle::Bundle* opens_in) {
    if (opens_in != nullptr) return opens_in;
    auto& definitions = bench_.definitions;
    AgencyCode agency = loaded.state.agency;
    const auto* accept = std::get_if<cases::AcceptTransfer>(&command.body);
    if (accept != nullptr) agency = accept->agency;
    if (accept != nullptr || std::holds_alternative<cases::Migrate>(command.body)) {
        const auto* bundle = definitions.in_force(agency);
        if (bundle == nullptr) return fail("RT023", agency.value);
        return bundle;
    }
    return definitions.of_case(agency, loaded.state.pinned);
}

// A case that was handed on has its texts with the case that it came from.
Result<cases::Command> Batch::with_texts(cases::Command command) {
    auto& accept = std::get<cases::AcceptTransfer>(command.body);
    auto values = bench_.store.personal(accept.from);
    if (!values) return values.unexpected();
    for (auto& value : *values)
        if (auto* text = text_at(accept.report, value.path); text && value.sequence == 1)
            *text = std::move(value.value);
    return command;
}

bool Batch::Outcome::leaves_no_event() const {
    const auto* accepted = std::get_if<cases::Accepted>(&decision);
    return accepted == nullptr || accepted->events.empty();
}

Result<Verdict> Batch::decide(const cases::Command& command, const bundle::Bundle* opens_in) {
    if (command.case_id.empty()) return open(command, opens_in);
    auto found = hold(command.case_id);
    if (!found) return found.unexpected();
    if (const auto* why = unreadable(command.case_id)) return refuse_unreadable(command, *why);
    Held& held = **found;
    Outcome outcome;
    auto done = decide_once(command, opens_in, held.loaded, outcome);
    if (done && outcome.leaves_no_event() && held.from_cache &&
        !planted(Bug::rejected_from_cache)) {
        if (auto fetched = fetch({command.case_id}); !fetched) return fetched.unexpected();
        if (const auto* why = unreadable(command.case_id)) return refuse_unreadable(command, *why);
        done = decide_once(command, opens_in, held.loaded, outcome);
    }
    if (!done) return done.unexpected();
    return conclude(command, std::move(outcome), held);
}

// A report's case has no id until it is decided.
Result<Verdict> Batch::open(const cases::Command& command, const bundle::Bundle* opens_in) {
    Held opened;
    Outcome outcome;
    if (auto done = decide_once(command, opens_in, opened.loaded, outcome); !done)
        return done.unexpected();
    if (!std::holds_alternative<cases::Accepted>(outcome.decision))
        return conclude(command, std::move(outcome), opened);
    Held& held = bench_.cache.add(std::move(opened.loaded), hand_);
    return conclude(command, std::move(outcome), held);
}

Verdict Batch::conclude(const cases::Command& command, Outcome&& outcome, Held& held) {
    if (outcome.unloaded) report_unloaded(command.case_id, *outcome.unloaded);
    if (auto* accepted = std::get_if<cases::Accepted>(&outcome.decision))
        return keep(std::move(*accepted), held, *outcome.bundle);
    return rejected(command, std::get<cases::Rejected>(outcome.decision), held.loaded.state);
}

// Accepted or rejected, and nothing of it kept yet. Precondition: the case is loaded.
Result<void> Batch::decide_once(const cases::Command& command, const bundle::Bundle* opens_in,
                                Loaded& loaded, Outcome& outcome) {
    const bool transferred = std::holds_alternative<cases::AcceptTransfer>(command.body);
    const bool opens = transferred || std::holds_alternative<cases::ReceiveReport>(command.body);
    if (!opens && loaded.state.sequence == 0) {
        outcome.decision = cases::Rejected{"CS001", {command.case_id.value}, {}};
        return {};
    }
    auto bundle = bundle_of(command, loaded, opens_in);
    if (!bundle) {
        const Error& why = bundle.error();
        // The store did not say: nobody is refused for that.
        if (ports::may_pass(why)) return bundle.unexpected();
        outcome.decision = cases::Rejected{why.code, why.args, {}};
        outcome.unloaded = why;
        return {};
    }
    outcome.bundle = *bundle;
    outcome.unloaded.reset();
    cases::Context context = context_of(loaded, **bundle);
    if (!transferred) return decide_with_answers(loaded.state, command, context, outcome.decision);
    auto whole = with_texts(command);
    if (!whole) return whole.unexpected();
    return decide_with_answers(loaded.state, *whole, context, outcome.decision);
}

cases::Context Batch::context_of(const Loaded& loaded, const bundle::Bundle& bundle) {
    cases::Context context;
    // A clock that was set back does not take a history back: a case's times never fall.
    context.now =
        planted(Bug::clock_takes_history_back) ? now_ : std::max(now_, loaded.state.changed_at);
    context.pinned = &bundle;
    context.current = &bench_.definitions.library();
    context.seed = bench_.entropy.draw();
    context.key = loaded.key;
    context.asks_plugins = bench_.facts.is_answered();
    return context;
}

void Batch::report_unloaded(const CaseId& id, const Error& why) {
    bench_.log.write(ports::LogLevel::error, why.code, why.args);
    if (why.code == "RT020" || why.code == "RT022")
        report(definitions_incident(agency_of(id), why.args.back(), why, now_));
}

void Batch::report(ports::Incident incident) {
    for (auto& known : commit_.incidents)
        if (known.id == incident.id) {
            ++known.times;
            return;
        }
    commit_.incidents.push_back(std::move(incident));
}

Result<void> Batch::decide_with_answers(cases::State& state, const cases::Command& command,
                                        cases::Context& context, cases::Decision& decision) {
    for (int round = 0; round < kMostRounds; ++round) {
        decision = cases::decide(state, command, context);
        const auto* needs = std::get_if<cases::Needs>(&decision);
        if (needs == nullptr) return {};
        if (auto answered = answer(*needs, command, context); !answered) return answered;
    }
    decision = cases::Rejected{"RT024", {command.case_id.value}, {}};
    return {};
}

}  // namespace pintu::runtime
