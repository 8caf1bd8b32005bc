#include "engine/runtime/compose.hpp"

#include <algorithm>

#include "engine/cases/apply/apply.hpp"
#include "engine/runtime/spoken.hpp"

namespace pintu::runtime {
namespace {

using workflow::Slot;

constexpr const char* kReporter = "reporter";
constexpr std::size_t kLongValue = 4'000;
constexpr std::size_t kShortValue = 60;

// Where the command's events end that asked for the effect; all of them where it is not found.
std::pair<std::size_t, std::size_t> command_of(const EffectKey& key,
                                               const std::vector<cases::Event>& events) {
    const auto asked = std::find_if(events.begin(), events.end(), [&](const auto& event) {
        const auto* effect = std::get_if<cases::EffectRequested>(&event.payload);
        return effect != nullptr && effect->key == key;
    });
    if (asked == events.end()) return {events.size(), events.size()};
    const auto same = [&](const auto& event) { return event.command == asked->command; };
    auto from = asked;
    while (from != events.begin() && same(*(from - 1))) --from;
    const auto until = std::find_if_not(asked, events.end(), same);
    return {from - events.begin(), until - events.begin()};
}

struct Answers {
    const std::vector<cases::PersonalValue>& personal;
    const cases::SubjectKey& key;

    void take(const cases::Event& event, std::map<std::string, std::string>& answers) const {
        const auto* move = std::get_if<cases::Transitioned>(&event.payload);
        if (move == nullptr) return;
        for (const auto& [name, value] : move->answers) answers[name] = value;
        for (const auto& [name, sealed] : move->texts)
            answers[name] = opened("texts." + name, sealed);
    }

    std::string opened(const std::string& path, const cases::Sealed& sealed) const {
        for (const auto& value : personal)
            if (value.path == path && !key.empty() &&
                cases::opens(sealed, key, value.case_id, value.sequence, path, value.value))
                return value.value;
        return {};
    }
};

class Composer {
  public:
    Composer(const cases::Effect& effect, const Occasion& occasion, const bundle::Bundle& bundle)
        : effect_(effect), occasion_(occasion), state_(occasion.state), bundle_(bundle) {}

    ports::Message run() {
        ports::Message message;
        message.effect = effect_;
        const auto* found =
            bundle_.templates.find(workflow::template_of(effect_.kind, effect_.message));
        if (effect_.whom == kReporter)
            message.to = {state_.external_id, occasion_.anonim ? std::string() : occasion_.name,
                          occasion_.phone, occasion_.email};
        if (found == nullptr) return message;
        message.language = language_ = language_of(*found);
        const auto& texts = found->languages.at(language_);
        if (texts.subject) message.subject = filled(*texts.subject, kShortValue);
        const bool is_short = texts.sms && workflow::is_short(effect_.channel);
        message.text = is_short ? filled(*texts.sms, kShortValue) : filled(texts.text, kLongValue);
        return message;
    }

  private:
    std::string language_of(const workflow::Template& of) const {
        const auto asked = state_.fields.find("bahasa");
        const bool has = asked != state_.fields.end() && of.languages.contains(asked->second);
        return has ? asked->second : "id";
    }

    std::string filled(const workflow::Wording& wording, std::size_t most) const {
        std::string text;
        for (const auto& piece : wording.pieces) {
            text += piece.text;
            if (piece.slot) text += plain(value(piece), most, most == kLongValue);
        }
        while (!text.empty() && text.back() == '\n') text.pop_back();
        return text;
    }

    std::string value(const workflow::Piece& piece) const {
        const Slot slot = *piece.slot;
        const bool may = allowed(workflow::spec_of(slot).reach, effect_, occasion_);
        if (slot == Slot::nama)
            return may && !occasion_.name.empty() ? occasion_.name : spoken("pelapor", language_);
        if (!may) return spoken("dirahasiakan", language_);
        std::string said = slot == Slot::tenggat ? due(piece.clock) : value(slot);
        return said.empty() ? "-" : said;
    }

    std::string value(Slot slot) const {
        switch (slot) {
            case Slot::nomor: return effect_.tracking_id.value;
            case Slot::status: return status();
            case Slot::instansi: return bundle_.registry.name;
            case Slot::unit: return unit();
            case Slot::tanggal: return day(bundle_.calendar.zone().date(state_.received_at));
            case Slot::jam: return spaced(effect_.message);
            case Slot::kategori: return category();
            case Slot::judul: return occasion_.judul;
            case Slot::alasan: return answer("alasan");
            case Slot::jawaban: return answer("jawaban");
            case Slot::tenggat:
            case Slot::nama: break;
        }
        return {};
    }

    std::string status() const {
        const auto flow = bundle_.workflows.find(state_.workflow);
        if (flow == bundle_.workflows.end()) return state_.name;
        const auto* found = flow->second.find_state(state_.name);
        return found == nullptr ? state_.name : workflow::title_of(*found);
    }

    std::string unit() const {
        const UnitId& id = effect_.unit.empty() ? state_.owner : effect_.unit;
        if (const auto* own = bundle_.registry.find(id.value)) return own->name;
        for (const auto& above : bundle_.registries_above)
            if (const auto* unit = above.find(id.value)) return unit->name;
        const auto* desk = bundle_.registry.front_desk();
        return desk == nullptr ? bundle_.registry.name : desk->name;
    }

    std::string due(const std::string& named) const {
        const auto clock = state_.clocks.find(named.empty() ? effect_.message : named);
        const auto at =
            clock == state_.clocks.end() ? std::nullopt : calendar::due_of_clock(clock->second);
        if (!at) return spoken("belum ditentukan", language_);
        const auto& zone = bundle_.calendar.zone();
        if (clock->second.lasts.unit == calendar::DurationUnit::hours)
            return moment_in_words(*at, zone, language_);
        return day(calendar::due_date(bundle_.calendar, *at));
    }

    std::string category() const {
        const auto decided = state_.decisions.find("kategori");
        if (decided == state_.decisions.end() || decided->second.value == "unknown") return {};
        const auto node = bundle_.categories->find(decided->second.value);
        return node < 0 ? spaced(decided->second.value) : bundle_.categories->title(node);
    }

    std::string answer(const std::string& name) const {
        const auto found = occasion_.answers.find(name);
        return found == occasion_.answers.end() ? std::string() : found->second;
    }

    std::string day(Date date) const { return day_in_words(date, language_); }

    const cases::Effect& effect_;
    const Occasion& occasion_;
    const cases::State& state_;
    const bundle::Bundle& bundle_;
    std::string language_ = "id";
};

}  // namespace

Occasion occasion_of(const cases::Effect& effect, const std::vector<cases::Event>& events,
                     const std::vector<cases::PersonalValue>& personal,
                     const cases::SubjectKey& key) {
    Occasion occasion;
    const auto [from, until] = command_of(effect.key, events);
    const Answers answers{personal, key};
    cases::State state;
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (i >= from && i < until) answers.take(events[i], occasion.answers);
        cases::apply(state, events[i]);
        if (i + 1 == until) occasion.state = state;
    }
    occasion.anonim = occasion.state.anonim || state.anonim;
    occasion.rahasia = occasion.state.rahasia || state.rahasia;
    for (const auto& value : personal) {
        if (value.sequence != 1) continue;
        if (value.path == "judul") occasion.judul = value.value;
        if (value.path == "reporter_name") occasion.name = value.value;
        if (value.path == "reporter_phone") occasion.phone = value.value;
        if (value.path == "reporter_email") occasion.email = value.value;
    }
    return occasion;
}

bool allowed(workflow::Reach reach, const cases::Effect& effect, const Occasion& occasion) {
    const bool reporter = effect.whom == kReporter;
    switch (reach) {
        case workflow::Reach::all: return true;
        case workflow::Reach::content: return reporter || !occasion.rahasia;
        case workflow::Reach::personal: return reporter;
        case workflow::Reach::identity: return reporter && !occasion.anonim;
    }
    return false;
}

ports::Message compose(const cases::Effect& effect, const Occasion& occasion,
                       const bundle::Bundle& bundle) {
    return Composer(effect, occasion, bundle).run();
}

}  // namespace pintu::runtime
