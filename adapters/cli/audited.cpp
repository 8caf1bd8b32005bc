#include "adapters/cli/audited.hpp"

#include <ostream>

namespace pintu::cli {

Result<std::vector<AgencyCode>> agencies_of(const Options& options, ports::EventStore& store) {
    if (!options.agency.empty()) return std::vector{AgencyCode(options.agency)};
    return store.agencies();
}

void print_finding(std::ostream& out, const Options& options, const AgencyCode& agency,
                   const history::Finding& f) {
    const auto text = messages::render(f.code, f.args, options.language);
    std::string place = agency.value;
    if (f.leaf) place += " " + words(options, "CL080", {std::to_string(*f.leaf)});
    if (!f.case_id.empty()) place += " " + words(options, "CL081", {f.case_id.value});
    if (f.sequence > 0) place += " " + words(options, "CL082", {std::to_string(f.sequence)});
    out << place << ": [" << f.code << "] " << text.message << '\n';
    if (!text.hint.empty()) out << "  = " << text.hint << '\n';
}

}  // namespace pintu::cli
