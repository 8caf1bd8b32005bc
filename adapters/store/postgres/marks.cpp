#include "adapters/store/postgres/marks.hpp"

#include "engine/base/hash.hpp"

namespace pintu::postgres {
namespace {

std::string hash_of(std::string_view text, std::size_t bytes) {
    const Digest digest = sha256(text);
    return std::string(bytes_of(digest).substr(0, bytes));
}

}  // namespace

std::string short_key(const ports::IntakeKey& key) {
    return key.key.substr(0, 1) + hash_of(key.key, 16);
}

bool is_of_content(const ports::IntakeKey& key) {
    return key.key.starts_with("content:");
}

std::int64_t tracking_key(const TrackingId& id) {
    std::uint64_t key = 0;
    for (const char byte : hash_of(id.value, sizeof key))
        key = key << 8 | static_cast<unsigned char>(byte);
    return static_cast<std::int64_t>(key);
}

std::string mark_of(const CommandId& id) {
    return hash_of(id.value, kMarkBytes);
}

bool is_marked(std::string_view command_list, const CommandId& id) {
    return command_list.find(mark_of(id)) != std::string_view::npos;
}

bool is_own(const CommandId& command, const CaseId& of) {
    return !of.empty() && command.value.size() > of.value.size() &&
           command.value[of.value.size()] == '-' && command.value.starts_with(of.value);
}

std::vector<CaseId> cases_in(const CommandId& id) {
    std::vector<CaseId> cases;
    auto dash = id.value.find('-');  // behind the agency
    while (dash != std::string::npos) {
        dash = id.value.find('-', dash + 1);
        if (dash != std::string::npos) cases.emplace_back(id.value.substr(0, dash));
    }
    return cases;
}

ports::CommandOutcome outcome_of(const cases::EventHead& last) {
    ports::CommandOutcome outcome;
    outcome.id = last.command;
    outcome.case_id = last.case_id;
    outcome.accepted = true;
    outcome.sequence = last.sequence;
    outcome.at = last.at;
    return outcome;
}

bool tells(const cases::EventHead& last, const ports::CommandOutcome& outcome) {
    const auto& [id, case_id, accepted, code, args, allowed, sequence, at] = outcome;
    return accepted && sequence == last.sequence && at == last.at && code.empty() && args.empty() &&
           allowed.empty() && id == last.command && case_id == last.case_id;
}

}  // namespace pintu::postgres
