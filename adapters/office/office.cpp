#include "adapters/office/office.hpp"

#include <cstdlib>

#include "engine/workflow/compile/holders.hpp"

namespace pintu::office {
namespace {

// The n-th number of a hash, below `limit`.
std::int64_t draw(const Digest& chance, std::size_t n, std::int64_t limit) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8U | chance[(n * 4 + i) % 32];
    return limit <= 1 ? 0 : static_cast<std::int64_t>(number % static_cast<std::uint64_t>(limit));
}

const Choice* choose(const std::vector<const Choice*>& choices, const Digest& chance) {
    std::int64_t all = 0;
    for (const auto* choice : choices) all += choice->share;
    std::int64_t at = draw(chance, 0, all);
    for (const auto* choice : choices)
        if ((at -= choice->share) < 0) return choice;
    return nullptr;
}

// About 50 m and 7 days, as the workflow offers links.
constexpr std::int64_t kNearUdeg = 450;
constexpr std::int64_t kNearDays = 7;

std::string value_named(const cases::Values& values, const std::string& name) {
    for (const auto& [key, value] : values)
        if (key == name) return value;
    return {};
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
    using When = Behaviour::When;
    auto& seen = seen_[row.id];
    const bool same = seen.state == row.state && seen.waits == row.waits_for_approval;
    const bool escalated = row.escalations > seen.escalations && !row.waits_for_approval;
    if (seen.turn > 0 && same && !escalated) return;
    if (seen.turn == 0) remember(row);
    const bool entered = seen.turn == 0 || !same;
    seen = {row.state, row.waits_for_approval, seen.turn + (entered ? 1 : 0), row.escalations};
    const When when = !entered                 ? When::escalated
                      : row.waits_for_approval ? When::waiting
                                               : When::entered;
    const auto* choices = behaviour_.find(row.agency.value, row.state, when);
    if (choices == nullptr) return;
    std::vector<const Choice*> possible;
    for (const auto& choice : *choices)
        if (applies(row, choice)) possible.push_back(&choice);
    const std::string occasion = entered ? "" : "-e" + std::to_string(row.escalations);
    const Digest chance =
        sha256({std::to_string(behaviour_.seed), "|", row.agency.value, "|", row.channel, "|",
                row.external_id, "|", row.state, "|", std::to_string(seen.turn), occasion});
    if (const auto* choice = choose(possible, chance))
        plan(row, *choice, chance, seen.turn, occasion);
}

void Office::remember(const cases::CaseRow& row) {
    if (!row.lat_udeg || !row.lon_udeg) return;
    sightings_.push_back({row.agency.value, value_named(row.values, "kategori"), *row.lat_udeg,
                          *row.lon_udeg, row.received_at, row.tracking_id});
}

const Office::Sighting* Office::similar_to(const cases::CaseRow& row) const {
    if (!row.lat_udeg || !row.lon_udeg) return nullptr;
    const std::string category = value_named(row.values, "kategori");
    for (const auto& seen : sightings_) {
        const auto days = (row.received_at.micros - seen.received_at.micros) /
                          (kSecondsPerDay * kMicrosPerSecond);
        const bool near = std::abs(seen.lat_udeg - *row.lat_udeg) <= kNearUdeg &&
                          std::abs(seen.lon_udeg - *row.lon_udeg) <= kNearUdeg;
        if (near && days <= kNearDays && seen.agency == row.agency.value &&
            seen.category == category && seen.tracking_id != row.tracking_id &&
            seen.received_at <= row.received_at)
            return &seen;
    }
    return nullptr;
}

bool Office::applies(const cases::CaseRow& row, const Choice& choice) const {
    const std::string unit = row.owner.value.substr(row.owner.value.rfind('/') + 1);
    if (choice.owner && *choice.owner != unit) return false;
    if (choice.not_owner && *choice.not_owner == unit) return false;
    if (choice.lacks && !value_named(row.values, *choice.lacks).empty()) return false;
    const std::string category = value_named(row.values, "kategori");
    if (choice.category && category != *choice.category &&
        !category.starts_with(*choice.category + "/"))
        return false;
    return !choice.similar || similar_to(row) != nullptr;
}

void Office::plan(const cases::CaseRow& row, const Choice& choice, const Digest& chance,
                  std::int32_t turn, const std::string& occasion) {
    if (choice.event.empty()) return;
    const std::int64_t spread = choice.after_high_s - choice.after_low_s + 1;
    const Instant at = plus_seconds(row.changed_at, choice.after_low_s + draw(chance, 1, spread));
    const auto who = actor(row, choice, at);
    if (!who) return;
    cases::Command command;
    command.id = CommandId(row.id.value + "-office-" + std::to_string(turn) + occasion);
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
        if (event != nullptr && choice.similar)
            for (const auto& ask : event->ask)
                act.answers.try_emplace(ask.name, similar_to(row)->tracking_id.value);
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
