#include "adapters/office/behaviour.hpp"

#include "engine/workflow/model/read.hpp"
#include "engine/yaml/map_reader.hpp"
#include "engine/yaml/parse.hpp"

namespace pintu::office {
namespace {

constexpr std::int64_t kMostShare = 1'000'000;
constexpr std::int64_t kSecondsPerHour = 3600;

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    if (text.empty() || text.size() > 6) return std::nullopt;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

// "2..40 hours", "3 days": the bounds in seconds.
bool read_wait(const yaml::Word& word, Choice& choice) {
    const auto space = word.text.find(' ');
    if (space == std::string::npos) return false;
    const std::string range = word.text.substr(0, space);
    const std::string unit = word.text.substr(space + 1);
    const bool days = unit == "days" || unit == "day" || unit == "hari";
    if (!days && unit != "hours" && unit != "hour" && unit != "jam") return false;
    const auto dots = range.find("..");
    const auto low = number(range.substr(0, dots));
    const auto high = dots == std::string::npos ? low : number(range.substr(dots + 2));
    if (!low || !high || *low > *high) return false;
    const std::int64_t scale = days ? kSecondsPerDay : kSecondsPerHour;
    choice.after_low_s = *low * scale;
    choice.after_high_s = *high * scale;
    return true;
}

void read_answers(const yaml::Node& node, Choice& choice, Diagnostics& diagnostics) {
    if (!yaml::expect_map(node, diagnostics)) return;
    for (const auto& entry : node.entries) {
        Answer answer{entry.key, {}};
        if (entry.value.is_scalar()) {
            answer.values.emplace_back(entry.value.text, 1);
        } else if (yaml::expect_map(entry.value, diagnostics)) {
            for (const auto& value : entry.value.entries)
                if (const auto share = yaml::as_integer(value.value, 0, kMostShare, diagnostics))
                    answer.values.emplace_back(value.key, *share);
        }
        if (!answer.values.empty()) choice.answers.push_back(std::move(answer));
    }
}

Choice read_choice(const yaml::Node& node, Diagnostics& diagnostics) {
    Choice choice;
    yaml::MapReader map(node, diagnostics);
    choice.share = map.integer("share", 0, kMostShare, yaml::Need::required).value_or(0);
    if (const auto event = map.word("do")) choice.event = event->text;
    const auto need = choice.event.empty() ? yaml::Need::optional : yaml::Need::required;
    if (const auto by = map.word("by", need)) {
        if (const auto who = workflow::parse_who(by->text))
            choice.by = *who;
        else
            diagnostics.error("CL102", by->span, by->text);
    }
    if (const auto after = map.word("after", need); after && !read_wait(*after, choice))
        diagnostics.error("CL101", after->span, after->text);
    if (const auto* answers = map.find("answers")) read_answers(*answers, choice, diagnostics);
    if (const auto owner = map.word("owner")) choice.owner = owner->text;
    if (const auto owner = map.word("not_owner")) choice.not_owner = owner->text;
    if (const auto category = map.word("kategori")) choice.category = category->text;
    if (const auto field = map.word("lacks")) choice.lacks = field->text;
    choice.similar = map.yes_no("similar").value_or(false);
    map.finish();
    return choice;
}

Choices read_choices(const yaml::Node* node, Diagnostics& diagnostics) {
    Choices choices;
    if (node == nullptr || !yaml::expect_map(*node, diagnostics)) return choices;
    for (const auto& entry : node->entries) {
        if (!yaml::expect_sequence(entry.value, diagnostics)) continue;
        for (const auto& item : entry.value.items)
            choices[entry.key].push_back(read_choice(item, diagnostics));
    }
    return choices;
}

}  // namespace

const std::vector<Choice>* Behaviour::find(const std::string& agency, const std::string& state,
                                           When when) const {
    const auto own = agencies.find(agency);
    if (when == When::entered && own != agencies.end()) {
        const auto choices = own->second.find(state);
        if (choices != own->second.end()) return &choices->second;
    }
    const Choices& all = when == When::entered   ? states
                         : when == When::waiting ? approvals
                                                 : escalations;
    const auto choices = all.find(state);
    return choices == all.end() ? nullptr : &choices->second;
}

std::optional<Behaviour> read_behaviour(const Source& source, Diagnostics& diagnostics) {
    const auto tree = yaml::parse(source, diagnostics);
    if (!tree) return std::nullopt;
    Behaviour behaviour;
    yaml::MapReader map(*tree, diagnostics);
    if (const auto name = map.word("office", yaml::Need::required)) behaviour.name = name->text;
    behaviour.seed = map.integer("seed", 0, 1'000'000'000, yaml::Need::required).value_or(0);
    behaviour.states = read_choices(map.find("states", yaml::Need::required), diagnostics);
    behaviour.approvals = read_choices(map.find("approvals"), diagnostics);
    behaviour.escalations = read_choices(map.find("escalations"), diagnostics);
    const auto* agencies = map.find("agencies");
    if (agencies != nullptr && yaml::expect_map(*agencies, diagnostics))
        for (const auto& entry : agencies->entries)
            behaviour.agencies[entry.key] = read_choices(&entry.value, diagnostics);
    map.allow("end");
    map.finish();
    if (diagnostics.has_errors()) return std::nullopt;
    return behaviour;
}

}  // namespace pintu::office
