#include "adapters/office/office.hpp"

#include "engine/workflow/compile/holders.hpp"

namespace pintu::office {
namespace {

// The n-th number of a hash, below `limit`.
std::int64_t draw(const Digest& chance, std::size_t n, std::int64_t limit) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8U | chance[(n * 4 + i) % 32];
    return limit <= 1 ? 0 : static_cast<std::int64_t>(number % static_cast<std::uint64_t>(limit));
}

const Choice* choose(const std::vector<Choice>& choices, const Digest& chance) {
    std::int64_t all = 0;
    for (const auto& choice : choices) all += choice.share;
    std::int64_t at = draw(chance, 0, all);
    for (const auto& choice : choices)
        if ((at -= choice.share) < 0) return &choice;
    return nullptr;
}

std::string value_of(const Answer& answer, const Digest& chance, std::size_t n) {
    std::int64_t all = 0;
    for (const auto& [value, share] : answer.values) all += share;
    std::int64_t at = draw(chance, n, all);
    for (const auto& [value, share] : answer.values)
        if ((at -= share) < 0) return value;
    return answer.values.front().first;
}

workflow::Offices offices_of(const bundle::Library& library, const AgencyCode& agency) {
    workflow::Offices offices;
    std::string code = agency.value;
    for (;;) {
        const auto found = library.bundles.find(AgencyCode(code));
        if (found != library.bundles.end()) {
            offices.registries.push_back(&found->second->registry);
            offices.people.push_back(&found->second->people);
        }
        const auto dot = code.rfind('.');
        if (dot == std::string::npos) return offices;
        code.resize(dot);
    }
}

// The answer to one thing that is asked for, if the behaviour has one. Evidence stands there as
// "bukti.foto" and is given as "foto" where the case's value of `bukti` has it.
void answer(const cases::CaseRow& row, const workflow::Ask& ask, const Choice& choice,
            const Digest& chance, cases::Answers& answers) {
    const bool decided = ask.kind == workflow::Ask::Kind::decision;
    std::string demanded;
    for (const auto& [name, value] : row.values)
        if (decided && name == ask.name) demanded = value;
    for (std::size_t i = 0; i < choice.answers.size(); ++i) {
        const auto& offered = choice.answers[i];
        if (!decided && offered.name == ask.name)
            answers[ask.name] = value_of(offered, chance, i + 2);
        if (!decided || offered.name.rfind(ask.name + ".", 0) != 0) continue;
        const std::string member = offered.name.substr(ask.name.size() + 1);
        if (demanded.find(member) != std::string::npos)
            answers[member] = value_of(offered, chance, i + 2);
    }
}

}  // namespace

Office::Office(Behaviour behaviour, const bundle::Library& library)
    : behaviour_(std::move(behaviour)), library_(library) {}

void Office::observe(const cases::CaseRow& row) {
    auto& seen = seen_[row.id];
    if (seen.turn > 0 && seen.state == row.state && seen.waits == row.waits_for_approval) return;
    seen = {row.state, row.waits_for_approval, seen.turn + 1};
    const auto* choices = behaviour_.find(row.agency.value, row.state, row.waits_for_approval);
    if (choices == nullptr) return;
    const Digest chance =
        sha256({std::to_string(behaviour_.seed), "|", row.agency.value, "|", row.channel, "|",
                row.external_id, "|", row.state, "|", std::to_string(seen.turn)});
    if (const auto* choice = choose(*choices, chance)) plan(row, *choice, chance, seen.turn);
}

void Office::plan(const cases::CaseRow& row, const Choice& choice, const Digest& chance,
                  std::int32_t turn) {
    if (choice.event.empty()) return;
    const std::int64_t spread = choice.after_high_s - choice.after_low_s + 1;
    const Instant at = plus_seconds(row.changed_at, choice.after_low_s + draw(chance, 1, spread));
    const auto who = actor(row, choice, at);
    if (!who) return;
    cases::Command command;
    command.id = CommandId("office-" + row.id.value + "-" + std::to_string(turn));
    command.case_id = row.id;
    command.actor = *who;
    if (choice.event == "approve") {
        command.body = cases::Approve{};
    } else if (choice.event == "refuse") {
        command.body = cases::Refuse{"tidak disetujui"};
    } else {
        cases::Act act{choice.event, {}};
        const auto* event = find_event(row, choice.event);
        if (event != nullptr)
            for (const auto& ask : event->ask) answer(row, ask, choice, chance, act.answers);
        command.body = std::move(act);
    }
    plans_.emplace(at, Plan{row.id, turn, std::move(command)});
}

const workflow::EventSpec* Office::find_event(const cases::CaseRow& row,
                                              const std::string& event) const {
    const auto bundle = library_.bundles.find(row.agency);
    if (bundle == library_.bundles.end()) return nullptr;
    const auto flow = bundle->second->workflows.find(row.workflow);
    if (flow == bundle->second->workflows.end()) return nullptr;
    const auto* state = flow->second.find_state(row.state);
    return state == nullptr ? nullptr : state->find_event(event);
}

std::optional<cases::Actor> Office::actor(const cases::CaseRow& row, const Choice& choice,
                                          Instant at) const {
    if (choice.by.of == workflow::Who::Of::reporter)
        return cases::Actor{cases::Actor::Kind::reporter, ""};
    const auto bundle = library_.bundles.find(row.agency);
    if (bundle == library_.bundles.end()) return std::nullopt;
    const Date date = bundle->second->calendar.zone().date(at);
    const auto people =
        workflow::holders(choice.by, row.owner, offices_of(library_, row.agency), date);
    if (people.empty()) return std::nullopt;
    return cases::Actor{cases::Actor::Kind::person, people.front()->id.value};
}

std::optional<Instant> Office::next() const {
    if (plans_.empty()) return std::nullopt;
    return plans_.begin()->first;
}

std::vector<cases::Command> Office::due(Instant now) {
    std::vector<cases::Command> commands;
    while (!plans_.empty() && plans_.begin()->first <= now) {
        auto plan = plans_.extract(plans_.begin());
        if (seen_[plan.mapped().case_id].turn == plan.mapped().turn)
            commands.push_back(std::move(plan.mapped().command));
    }
    return commands;
}

}  // namespace pintu::office
