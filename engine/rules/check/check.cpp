#include "engine/rules/check/check.hpp"

#include <set>
#include <tuple>

#include "engine/rules/check/claims.hpp"
#include "engine/rules/check/decisions.hpp"
#include "engine/rules/check/ground.hpp"
#include "engine/rules/check/limits.hpp"
#include "engine/rules/check/scope.hpp"
#include "engine/rules/check/versions.hpp"
#include "engine/rules/check/whole.hpp"

namespace pintu::rules {

namespace {

void check_schema_names(StackScope& scope) {
    for (const ActiveFile& file : scope.files)
        if (file.file->schema.text != scope.stack.schema->name)
            scope.diagnostics.error("RU152", file.file->schema.span, file.file->schema.text,
                                    scope.stack.schema->name);
}

Program ground(const Stack& stack, const Interval& interval) {
    Program program;
    program.agency = stack.agency;
    if (!stack.layers.empty()) program.own_layer = stack.layers.back().code;
    program.from = interval.from;
    program.until = interval.until;
    program.lasts = interval.lasts;
    program.categories = stack.categories;
    program.regions = stack.regions;
    program.agency_region = stack.regions->find(stack.agency.value);
    return program;
}

Program build(const Stack& stack, const Interval& interval, Diagnostics& diagnostics) {
    Program program = ground(stack, interval);
    StackScope scope{stack, interval.files, program, diagnostics, {}, {}, {}};
    check_schema_names(scope);
    add_units_and_offices(scope);
    add_fields(scope);
    add_lexicons(scope);
    declare_facts(scope);
    declare_decisions(scope);
    resolve_facts(scope);
    resolve_decisions(scope);
    resolve_limits(scope);
    resolve_accepted_gaps(scope);
    order_by_reading(scope);
    resolve_proofs(scope);
    resolve_tests(scope);
    if (diagnostics.has_errors()) return program;
    check_breaches(scope);
    check_office_ties(scope);
    check_incomparable(scope);
    return program;
}

// The same file is in force in several intervals: what is wrong in it is said once.
class Once {
  public:
    explicit Once(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}
    void add(const Diagnostics& found) {
        for (const Diagnostic& item : found.items()) {
            const auto key = std::tuple(item.code, item.span.file, item.span.begin, item.args);
            if (said_.insert(key).second) diagnostics_.add(item);
        }
    }

  private:
    Diagnostics& diagnostics_;
    std::set<std::tuple<std::string, FileId, std::uint32_t, std::vector<std::string>>> said_;
};

}  // namespace

std::vector<Program> check(const Stack& stack, Diagnostics& diagnostics) {
    std::vector<Program> programs;
    Once once(diagnostics);
    Diagnostics of_versions;
    const auto cut = intervals(stack, of_versions);
    once.add(of_versions);
    for (const Interval& interval : cut) {
        Diagnostics found;
        programs.push_back(build(stack, interval, found));
        once.add(found);
    }
    return programs;
}

}  // namespace pintu::rules
