#include "engine/workflow/templates/check_templates.hpp"

#include <algorithm>
#include <set>

#include "engine/base/nearest.hpp"
#include "engine/base/utf8.hpp"
#include "engine/workflow/model/reader.hpp"

namespace pintu::workflow {
namespace {

// Letters of one SMS: of the GSM alphabet, and of any other.
constexpr std::size_t kGsmLetters = 160;
constexpr std::size_t kOtherLetters = 70;

// Where a text is used, and by whom it may be read.
struct Use {
    Span span;  // first place
    bool to_reporter = false;
    bool to_others = false;
    bool by_clock = false;
};
using Uses = std::map<std::string, Use>;

void add(Uses& uses, const std::string& name, const Span& span, bool reporter, bool clock = false) {
    auto& use = uses.try_emplace(name, Use{span}).first->second;
    (reporter ? use.to_reporter : use.to_others) = true;
    use.by_clock = use.by_clock || clock;
}

void add_action(Uses& uses, const Action& action) {
    if (const auto* one = std::get_if<AcknowledgeAction>(&action))
        add(uses, "acknowledge", one->span, true);
    if (const auto* one = std::get_if<RequestRatingAction>(&action))
        add(uses, "request_rating", one->span, true);
    if (const auto* one = std::get_if<PublishAction>(&action))
        add(uses, "publish", one->span, false);
    if (const auto* one = std::get_if<NotifyAction>(&action))
        add(uses, one->message, one->span, one->whom.of == Who::Of::reporter);
}

void add_rung(Uses& uses, const RungAction& action, const Span& span) {
    add(uses, std::holds_alternative<Remind>(action) ? "remind" : "escalate", span, false, true);
}

Uses uses_of(const std::map<std::string, Workflow>& workflows) {
    Uses uses;
    for (const auto& [name, workflow] : workflows) {
        for (const auto& state : workflow.states)
            for (const auto& action : state.actions) add_action(uses, action);
        for (const auto& clock : workflow.clocks)
            for (const auto& rung : clock.rungs) {
                add_rung(uses, rung.action, rung.span);
                if (rung.then) add_rung(uses, *rung.then, rung.span);
            }
    }
    return uses;
}

// Some workflow may use it, if none of this agency's does.
bool is_known(const std::string& name) {
    static const Names kKinds = {"acknowledge", "request_rating", "publish", "remind", "escalate"};
    const auto& names = message_names();
    return std::find(kKinds.begin(), kKinds.end(), name) != kKinds.end() ||
           std::find(names.begin(), names.end(), name) != names.end();
}

bool is_plain(const Wording& wording) {
    return std::all_of(wording.written.begin(), wording.written.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::size_t usual_length(const Wording& wording) {
    std::size_t length = 0;
    for (const auto& piece : wording.pieces)
        length += count_code_points(piece.text) + (piece.slot ? spec_of(*piece.slot).length : 0);
    return length;
}

class TemplateCheck {
  public:
    TemplateCheck(const std::map<std::string, Workflow>& workflows, Diagnostics& diagnostics)
        : workflows_(workflows), diagnostics_(diagnostics) {}

    void check(const Template& checked, const Use& use) {
        for (const auto& [language, texts] : checked.languages) {
            if (texts.subject) check(*texts.subject, use);
            check(texts.text, use);
            if (texts.sms) check(*texts.sms, use);
            if (use.to_reporter) measure(checked, language, texts);
        }
    }

  private:
    void check(const Wording& wording, const Use& use) {
        for (const auto& piece : wording.pieces) {
            if (!piece.slot) continue;
            const auto& spec = spec_of(*piece.slot);
            const bool private_to = spec.reach == Reach::personal || spec.reach == Reach::identity;
            if (private_to && use.to_others)
                diagnostics_.error("DL105", wording.span, std::string(spec.name));
            if (spec.slot == Slot::jam && !use.by_clock)
                diagnostics_.error("DL108", wording.span, "{jam}", "remind, escalate");
            if (spec.slot == Slot::tenggat) check_clock(piece, wording, use);
        }
    }

    void check_clock(const Piece& piece, const Wording& wording, const Use& use) {
        if (piece.clock.empty() && use.by_clock) return;
        Names clocks;
        for (const auto& [name, workflow] : workflows_)
            for (const auto& clock : workflow.clocks) clocks.push_back(clock.name);
        if (std::find(clocks.begin(), clocks.end(), piece.clock) != clocks.end()) return;
        const std::string said =
            piece.clock.empty() ? "{tenggat}" : "{tenggat:" + piece.clock + "}";
        const auto close = nearest(piece.clock, clocks);
        const auto known = close.empty() ? join_names(clocks) : close;
        diagnostics_.error("DL108", wording.span, said, "tenggat:" + known);
    }

    void measure(const Template& checked, const std::string& language, const Texts& texts) {
        const Wording& goes = texts.sms ? *texts.sms : texts.text;
        const std::size_t most = is_plain(goes) ? kGsmLetters : kOtherLetters;
        const std::size_t length = usual_length(goes);
        if (length <= most) return;
        diagnostics_.note("DL104", goes.span, checked.name, language, std::to_string(length),
                          std::to_string(most));
    }

    const std::map<std::string, Workflow>& workflows_;
    Diagnostics& diagnostics_;
};

}  // namespace

bool check_templates(const Templates& templates, const std::map<std::string, Workflow>& workflows,
                     const std::function<bool(const Span&)>& own, Diagnostics& diagnostics) {
    const auto errors = diagnostics.count(Severity::error);
    const Uses uses = uses_of(workflows);
    TemplateCheck check(workflows, diagnostics);
    for (const auto& [name, use] : uses) {
        if (const auto* found = templates.find(name))
            check.check(*found, use);
        else
            diagnostics.error("DL102", use.span, name);
    }
    Names used;
    for (const auto& [name, use] : uses) used.push_back(name);
    for (const auto& [name, unused] : templates.by_name) {
        if (uses.contains(name) || (is_known(name) && !own(unused.span))) continue;
        const auto close = nearest(name, used);
        diagnostics.warning("DL103", unused.span, name, close.empty() ? join_names(used) : close);
    }
    return diagnostics.count(Severity::error) == errors;
}

}  // namespace pintu::workflow
