// Which rules of a `first` layer are dead, in one pass over the cells of its table: exact and quick
// where rules are conjunctions of cells and one list of texts, as long tables and lists are.
#pragma once

#include <vector>

#include "engine/rules/analyse/space.hpp"

namespace pintu::rules {

enum class Life { open, live, dead };

struct Lives {
    std::vector<Life> rules;                   // by position in the layer; open: ask the search
    std::vector<std::vector<RuleId>> because;  // of the dead: some of the rules before them
};

// Everything open where the layer is not of this kind. At most `most` names in `because`.
Lives cover(const Space& space, const Decision& decision, const DecisionLayer& layer,
            std::size_t most);

}  // namespace pintu::rules
