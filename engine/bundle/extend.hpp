// `extends` (L6): a lower layer's document over the upper ones'.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/bundle/layer.hpp"
#include "engine/yaml/node.hpp"

namespace pintu::bundle {

// Maps merge by key, everything else replaces, `removed` deletes (BU011, a warning: there was
// nothing to delete). Keys keep the upper order, new ones follow; every part keeps its own span.
yaml::Node merged(const yaml::Node& upper, const yaml::Node& lower, Diagnostics& diagnostics);

// Documents of one kind in a stack of layers, uppermost first.
class Extends {
  public:
    using Documents = std::vector<Document> Layer::*;
    Extends(const std::vector<const Layer*>& stack, Documents documents, const SourceSet& sources,
            Diagnostics& diagnostics);

    // All names, in the order in which layers bring them.
    std::vector<std::string> names() const;
    // The most local document of that name with all that it extends. Nothing, with a diagnostic,
    // where that cannot be told: BU008 no such document, BU009 a circle, BU010 not LAYER/NAME of
    // this or an upper layer, BU024 an upper layer has the name and this one does not extend it.
    // For workflows also L5: WF301 to WF303.
    std::optional<yaml::Node> resolve(const std::string& name);

  private:
    struct Found {
        std::size_t layer = 0;
        const Document* document = nullptr;
    };
    // The most local one at or above a layer.
    std::optional<Found> find(const std::string& name, std::size_t below) const;
    std::optional<yaml::Node> resolve(const Found& found);
    std::optional<Found> base_of(const Found& found, const yaml::Node& extends);
    void check_limits(const yaml::Node& upper, const Found& lower);
    std::string label(const Found& found) const;

    const std::vector<const Layer*>& stack_;
    Documents documents_;
    const SourceSet& sources_;
    Diagnostics& diagnostics_;
    std::vector<const Document*> open_;
    std::vector<std::string> labels_;  // of open_
};

}  // namespace pintu::bundle
