#include "engine/cases/decide/turn.hpp"

#include <algorithm>

#include "engine/base/utf8.hpp"
#include "engine/cases/apply/apply.hpp"
#include "engine/cases/decide/check_report.hpp"
#include "engine/cases/decide/mint.hpp"

namespace pintu::cases {
namespace {

constexpr int kMostMoves = 20;           // from state to state, by one command
constexpr std::size_t kUsualEvents = 8;  // of one command

// L9: the agency's own, then those above it.
workflow::Offices offices_of(const bundle::Bundle& bundle) {
    workflow::Offices offices;
    offices.registries.reserve(1 + bundle.registries_above.size());
    offices.people.reserve(1 + bundle.people_above.size());
    offices.registries.push_back(&bundle.registry);
    offices.people.push_back(&bundle.people);
    for (const auto& above : bundle.registries_above) offices.registries.push_back(&above);
    for (const auto& above : bundle.people_above) offices.people.push_back(&above);
    return offices;
}

template <class Item>
void add_once(std::vector<Item>& items, Item item) {
    if (std::find(items.begin(), items.end(), item) == items.end())
        items.push_back(std::move(item));
}

static_assert(std::is_nothrow_swappable_v<Progress>, "what was put off must be put back");

// Each command that has events needs a copy of how far its case is; one that is written over again
// and again asks for hardly any memory.
std::unique_ptr<Progress>& spare() {
    thread_local std::unique_ptr<Progress> spare;
    return spare;
}

}  // namespace

Turn::Turn(State& state, const Command& command, const Context& context)
    : state_(state), is_new_(state.sequence == 0), command_(command), context_(context) {
    look_up_agency();
    look_up_workflow();
}

Turn::~Turn() {
    if (!accepted_) put_back();
    if (before_) spare() = std::move(before_);
}

void Turn::look_up_agency() {
    current_ = &current(agency());
    offices_ = offices_of(*current_);
}

const AgencyCode& Turn::agency() const {
    if (state().sequence > 0) return state().agency;
    return opened_in_.empty() ? context_.pinned->agency : opened_in_;
}

const bundle::Bundle& Turn::current(const AgencyCode& agency) const {
    if (current_ != nullptr && current_->agency == agency) return *current_;
    const auto& bundles = context_.current->bundles;
    const auto found = bundles.find(agency);
    return found == bundles.end() ? *context_.pinned : *found->second;
}

void Turn::look_up_workflow() {
    const auto found = pinned().workflows.find(state().workflow);
    workflow_ = found == pinned().workflows.end() ? nullptr : &found->second;
}

const workflow::State* Turn::workflow_state() const {
    const auto* flow = workflow();
    return flow == nullptr ? nullptr : flow->find_state(state().name);
}

const rules::Ruleset* Turn::ruleset() const {
    return pinned().ruleset_on(current().calendar.zone().date(state().received_at));
}

void Turn::reject(std::string code, std::vector<std::string> args) {
    if (!stopped()) rejected_ = Rejected{std::move(code), std::move(args), {}};
}

void Turn::need(Question question) {
    if (rejected_) return;
    if (!needs_) needs_.emplace();
    add_once(needs_->questions, std::move(question));
}

void Turn::need(FactQuestion question) {
    if (rejected_) return;
    if (!needs_) needs_.emplace();
    add_once(needs_->facts, std::move(question));
}

void Turn::need(std::string name) {
    if (rejected_) return;
    if (!needs_) needs_.emplace();
    needs_->names.push_back(std::move(name));
}

Event& Turn::add_event(bool by_engine) {
    if (result_.events.empty()) {
        if (!is_new_ && !before_) remember();
        result_.events.reserve(kUsualEvents);
    }
    Event& event = result_.events.emplace_back();
    event.case_id = state().id;
    event.agency = agency();
    event.sequence = state().sequence + 1;
    event.at = now();
    if (!by_engine) event.actor = command_.actor;
    event.command = command_.id;
    event.pinned = pinned().pinned;
    event.current = current().current;
    return event;
}

void Turn::apply_event() {
    apply(state_, result_.events.back());
    if (is_new_ && result_.events.size() == 1) look_up_workflow();  // the first event says which
}

Sealed Turn::seal(const std::string& path, const std::string& value) {
    if (value.empty() || stopped()) return {};
    if (key().empty()) reject("CS040");
    if (value.size() > kMostAsSentBytes)
        reject("CS103", {path, std::to_string(value.size()), std::to_string(kMostAsSentBytes)});
    if (first_invalid_utf8(value)) reject("CS105", {path});
    if (stopped()) return {};
    Sealer sealer(key(), state().id, state().sequence + 1, result_.personal);
    return sealer(path, value);
}

void Turn::request(std::string kind, std::string message, std::string whom, UnitId unit,
                   std::vector<PersonId> persons) {
    if (stopped()) return;
    const EffectKey key = effect_key(state().id, state().effects + 1);
    const std::string channel = whom == "reporter" ? state().channel : "internal";
    result_.effects.push_back({key, state().id, agency(), state().tracking_id, now(), kind, channel,
                               message, whom, unit, persons});
    emit(EffectRequested{key, std::move(kind), std::move(message), std::move(whom), std::move(unit),
                         std::move(persons)},
         true);
}

void Turn::follow_up(CaseId to, std::string_view label, Body body) {
    if (stopped()) return;
    auto id = follow_up_id(to, state().id, state().sequence, label);
    result_.follow_ups.push_back({std::move(id), std::move(to), {}, std::move(body)});
}

void Turn::incident(std::string code, std::vector<std::string> args) {
    result_.incidents.push_back({std::move(code), std::move(args)});
}

void Turn::open(CaseId id, AgencyCode agency, SubjectKey key) {
    state_.id = std::move(id);
    opened_in_ = std::move(agency);
    result_.opened = true;
    result_.key = std::move(key);
    look_up_agency();
}

bool Turn::may_move_again() {
    if (++moves_ > kMostMoves) reject("CS041", {std::to_string(kMostMoves)});
    return !stopped();
}

void Turn::remember() {
    auto copy = std::move(spare());
    if (!copy) copy = std::make_unique<Progress>();
    *copy = state_;
    before_ = std::move(copy);
}

void Turn::put_back() noexcept {
    if (before_) {
        std::swap<Progress>(state_, *before_);
        spare() = std::move(before_);
    } else if (is_new_) {
        state_ = State();
    }
}

Decision Turn::finish(std::optional<Wake> wake) {
    if (stopped()) put_back();
    if (rejected_) return std::move(*rejected_);
    if (needs_) return std::move(*needs_);
    accepted_ = true;
    result_.wake = std::move(wake);
    return std::move(result_);
}

AgencyCode agency_of(const UnitId& unit) {
    return AgencyCode(unit.value.substr(0, unit.value.find('/')));
}

const std::string* find_value(const Values& values, const std::string& name) {
    for (const auto& [key, value] : values)
        if (key == name) return &value;
    return nullptr;
}

}  // namespace pintu::cases
