// A stack of rule files as one text, for golden cases: sections headed by `== PATH`, on the ground
// of tests/golden/rules/ground, which a section of the same name replaces.
//
//   == rules/nasional/dasar.rules       a rule file of a layer (nasional, 64, 64.09)
//   == rules/64.09/disposisi.csv        a table beside it
//   == schema.yaml                      instead of the ground's; also categories.csv, regions.csv,
//                                       registry-64.yaml, registry-64.09.yaml
// A text without sections is rules/64.09/kasus.rules. A first line `# today: DATE` sets the day.
#pragma once

#include <deque>
#include <map>
#include <string>

#include "engine/base/diagnostic.hpp"
#include "engine/rules/check/check.hpp"

namespace pintu::testing {

class RuleStack {
  public:
    // Stops at the layer `last`: the stack of "64.09" by default; "nasional" has no registry.
    explicit RuleStack(const std::string& text, const std::string& last = "64.09");
    // Once: parse errors and what check() says, together.
    std::vector<rules::Program> check(Diagnostics& diagnostics);
    const SourceSet& sources() const { return sources_; }

  private:
    const Source& source(const std::string& path);
    void read_ground(Diagnostics& diagnostics);
    void read_layer(const std::string& code);

    std::map<std::string, std::string> texts_;
    SourceSet sources_;
    Diagnostics reading_;
    std::deque<rules::syntax::File> files_;
    registry::Schema schema_;
    std::deque<registry::Registry> registries_;
    rules::Stack stack_;
};

// What was understood: intervals, decisions, layers, rules, limits; one line each.
std::string show(const rules::Program& program);

}  // namespace pintu::testing
