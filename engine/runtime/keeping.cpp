// What a batch keeps of what was decided: its commit.
#include <iterator>

#include "engine/base/planted.hpp"
#include "engine/cases/command/codec.hpp"
#include "engine/history/codec.hpp"
#include "engine/runtime/batch.hpp"
#include "engine/runtime/evidence.hpp"
#include "engine/runtime/lookups.hpp"

namespace pintu::runtime {

Verdict Batch::keep(cases::Accepted&& accepted, Held& held, const bundle::Bundle& bundle) {
    // The case is ahead of the store: whatever throws from here on takes it out of the cache.
    place_of(held);
    Loaded& loaded = held.loaded;
    Verdict verdict;
    verdict.accepted = true;
    verdict.case_id = loaded.state.id;
    verdict.tracking_id = loaded.state.tracking_id;
    verdict.sequence = loaded.state.sequence;
    verdict.events = accepted.events.size();
    verdict.notes = std::move(accepted.notes);
    std::move(accepted.incidents.begin(), accepted.incidents.end(), std::back_inserter(warnings_));
    if (!accepted.events.empty()) held.from_cache = false;
    appended_[loaded.state.agency] += accepted.events.size();
    for (auto& event : accepted.events) {
        event.previous = loaded.last_leaf;
        ports::NewEvent& added = commit_.events.emplace_back();
        added.bytes = history::encode(event);
        added.leaf = loaded.last_leaf = history::leaf_hash(added.bytes);
        added.event = std::move(event);  // its head
    }
    const auto move_into = [](auto& from, auto& to) {
        std::move(from.begin(), from.end(), std::back_inserter(to));
    };
    move_into(accepted.personal, commit_.personal);
    move_into(accepted.effects, commit_.outbox);
    for (const auto& command : accepted.follow_ups)
        commit_.submitted.push_back({command.id, agency_of(command.case_id), command.case_id, now_,
                                     cases::encode(command)});
    if (accepted.opened) {
        commit_.keys.push_back({verdict.case_id, accepted.key});
        loaded.key = std::move(accepted.key);
    }
    if (accepted.erased) {
        commit_.erased.push_back(verdict.case_id);
        loaded.key.clear();
    }
    auto& timer = update(held, &bundle).timer;
    timer = std::move(accepted.wake);
    if (planted(Bug::timer_not_kept)) timer.reset();
    return verdict;
}

ports::CaseUpdate& Batch::place_of(Held& held) {
    if (!held.update) {
        held.update = commit_.cases.size();
        commit_.cases.emplace_back();
    }
    return commit_.cases[*held.update];
}

// What the commit is to say of a case as it stands. `definitions`: nullptr where they are not to be
// had.
ports::CaseUpdate& Batch::update(Held& held, const bundle::Bundle* definitions) {
    ports::CaseUpdate& update = place_of(held);
    cases::project(held.loaded.state, update.row);
    if (definitions != nullptr) update.lookups = lookups_of(held.loaded.state, *definitions);
    return update;
}

Result<void> Batch::postpone(const CaseId& id, const std::string& name, Instant until) {
    auto found = find_anew(id);
    if (!found) return found.unexpected();
    if (*found == nullptr) return {};
    const auto& state = (*found)->state;
    auto bundle = bench_.definitions.of_case(state.agency, state.pinned);
    if (!bundle && ports::may_pass(bundle.error())) return bundle.unexpected();
    update(*in_hand(id), bundle ? *bundle : nullptr).timer = cases::Wake{until, name};
    return {};
}

Result<Written> Batch::write() {
    if (commit_.empty()) return tell_warnings(), Written::kept;
    auto answer = bench_.store.commit(commit_);
    if (planted(Bug::unknown_taken_for_kept) && !answer && answer.error().code == "ST021")
        return Written::kept;
    if (!answer) return answer.unexpected();
    for (const auto& id : answer->conflicts) drop(id);
    if (!answer->kept()) return answer->stale ? Written::stale : Written::lost;
    tell_warnings();
    release_erased();
    for (const auto& [id, why] : unreadable_) bench_.unreadable_told.insert(id);
    kept_ = true;
    if (bench_.decided != nullptr)
        for (const auto& held : hand_.cases)
            if (held.update) (*bench_.decided)[held.id] = held.loaded.state.sequence;
    return Written::kept;
}

// Of what was decided in vain nobody needs to hear.
void Batch::tell_warnings() {
    for (const auto& warning : warnings_)
        bench_.log.write(ports::LogLevel::warning, warning.code, warning.args);
    warnings_.clear();
}

// What cannot be destroyed now is by whoever looks for what erased cases still have.
void Batch::release_erased() {
    if (bench_.blobs == nullptr || commit_.erased.empty()) return;
    const auto released = release_files(bench_.store, *bench_.blobs, commit_.erased);
    if (!released)
        bench_.log.write(ports::LogLevel::warning, released.error().code, released.error().args);
}

}  // namespace pintu::runtime
