// Any bytes as a definition's YAML: a tree, or a diagnostic that says why not.
#include <cstdint>
#include <cstdlib>

#include "engine/yaml/parse.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pintu;
    SourceSet sources;
    Diagnostics diagnostics;
    const auto& source =
        sources.add("a.yaml", std::string(reinterpret_cast<const char*>(data), size));
    if (!yaml::parse(source, diagnostics) && !diagnostics.has_errors()) std::abort();
    return 0;
}
