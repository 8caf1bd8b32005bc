#include "engine/bundle/extend.hpp"

#include <algorithm>
#include <map>

#include "engine/base/nearest.hpp"
#include "engine/workflow/model/layers.hpp"

namespace pintu::bundle {
namespace {

using yaml::Entry;
using yaml::Node;

bool says_removed(const Node& node) {
    return node.is_scalar() && !node.quoted && node.text == "removed";
}

// What the upper layers' rules limit, for the clocks that last so long (L5).
std::vector<workflow::LimitedDecision> limits_above(const std::vector<const Layer*>& stack,
                                                    std::size_t below) {
    std::vector<workflow::LimitedDecision> limited;
    for (std::size_t i = 0; i < below; ++i)
        for (const auto& file : stack[i]->rule_files)
            for (const auto& item : file.items)
                if (const auto* limit = std::get_if<rules::syntax::Limit>(&item))
                    limited.push_back({limit->decision.text, limit->span});
    return limited;
}

}  // namespace

Node merged(const Node& upper, const Node& lower, Diagnostics& diagnostics) {
    if (!upper.is_map() || !lower.is_map()) return lower;
    std::map<std::string_view, const Entry*> overs;
    for (const Entry& entry : lower.entries) overs.emplace(entry.key, &entry);
    Node result = lower;
    result.entries.clear();
    for (const Entry& entry : upper.entries) {
        const auto over = overs.find(entry.key);
        if (over == overs.end()) {
            result.entries.push_back(entry);
            continue;
        }
        const Entry& own = *over->second;
        overs.erase(over);
        if (!says_removed(own.value))
            result.entries.push_back(
                {own.key, own.key_span, merged(entry.value, own.value, diagnostics)});
    }
    for (const Entry& entry : lower.entries) {
        if (overs.count(entry.key) == 0) continue;
        if (says_removed(entry.value))
            diagnostics.warning("BU011", entry.key_span, entry.key);
        else
            result.entries.push_back(entry);
    }
    return result;
}

Extends::Extends(const std::vector<const Layer*>& stack, Documents documents,
                 const SourceSet& sources, Diagnostics& diagnostics)
    : stack_(stack), documents_(documents), sources_(sources), diagnostics_(diagnostics) {}

std::vector<std::string> Extends::names() const {
    std::vector<std::string> names;
    for (const Layer* layer : stack_)
        for (const Document& document : layer->*documents_)
            if (std::find(names.begin(), names.end(), document.heading.name) == names.end())
                names.push_back(document.heading.name);
    return names;
}

std::optional<Extends::Found> Extends::find(const std::string& name, std::size_t below) const {
    for (std::size_t i = below; i-- > 0;)
        for (const Document& document : stack_[i]->*documents_)
            if (document.heading.name == name) return Found{i, &document};
    return std::nullopt;
}

std::string Extends::label(const Found& found) const {
    return stack_[found.layer]->code + "/" + found.document->heading.name;
}

std::optional<Node> Extends::resolve(const std::string& name) {
    const auto found = find(name, stack_.size());
    return found ? resolve(*found) : std::nullopt;
}

std::optional<Extends::Found> Extends::base_of(const Found& found, const Node& extends) {
    const auto slash = extends.text.find('/');
    const std::string layer = extends.text.substr(0, slash);
    const std::string name = slash == std::string::npos ? "" : extends.text.substr(slash + 1);
    std::size_t at = 0;
    while (at <= found.layer && stack_[at]->code != layer) ++at;
    const bool itself = at == found.layer && name == found.document->heading.name;
    if (!extends.is_scalar() || name.empty() || at > found.layer || itself) {
        diagnostics_.error("BU010", extends.span, extends.text, stack_[found.layer]->code);
        return std::nullopt;
    }
    if (const auto named = find(name, at + 1); !named || named->layer != at) {
        std::vector<std::string> known;
        for (std::size_t i = 0; i <= found.layer; ++i)
            for (const Document& document : stack_[i]->*documents_)
                if (&document != found.document) known.push_back(label({i, &document}));
        const std::string close = nearest(extends.text, known);
        diagnostics_.error("BU008", extends.span, extends.text,
                           close.empty() && !known.empty() ? known.front() : close);
        return std::nullopt;
    }
    // What lies between joins in: the most local one that this document can see.
    const bool same_name = name == found.document->heading.name;
    return find(name, same_name ? found.layer : found.layer + 1);
}

void Extends::check_limits(const Node& upper, const Found& lower) {
    if (documents_ != &Layer::workflows) return;
    workflow::check_fixed(upper, lower.document->node, sources_, diagnostics_);
    workflow::check_limited_clocks(upper, lower.document->node, limits_above(stack_, lower.layer),
                                   sources_, diagnostics_);
}

std::optional<Node> Extends::resolve(const Found& found) {
    const Node& own = found.document->node;
    const Node* extends = own.find("extends");
    if (extends == nullptr) {
        const auto above = find(found.document->heading.name, found.layer);
        if (!above) return own;
        diagnostics_.error("BU024", found.document->heading.span, found.document->heading.name,
                           label(*above));
        return std::nullopt;
    }
    if (std::find(open_.begin(), open_.end(), found.document) != open_.end()) {
        std::string circle;
        for (const std::string& label : labels_) circle += label + " -> ";
        diagnostics_.error("BU009", extends->span, circle + label(found));
        return std::nullopt;
    }
    const auto base = base_of(found, *extends);
    if (!base) return std::nullopt;
    open_.push_back(found.document);
    labels_.push_back(label(found));
    const auto upper = resolve(*base);
    open_.pop_back();
    labels_.pop_back();
    if (!upper) return std::nullopt;
    if (base->layer < found.layer) check_limits(*upper, found);
    return merged(*upper, own, diagnostics_);
}

}  // namespace pintu::bundle
