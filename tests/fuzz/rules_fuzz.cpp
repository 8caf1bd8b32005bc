// Any bytes as a rule file: read or refused with a diagnostic; what is read is laid out to a file
// that reads to the same tree, and laid out again stays as it is.
#include <cstdint>
#include <cstdlib>

#include "engine/rules/format/format.hpp"
#include "engine/rules/syntax/parse.hpp"
#include "engine/rules/syntax/write.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pintu;
    SourceSet sources;
    Diagnostics diagnostics;
    const auto& source =
        sources.add("a.rules", std::string(reinterpret_cast<const char*>(data), size));
    const auto file = rules::syntax::parse(source, diagnostics);
    if (!file && !diagnostics.has_errors()) std::abort();
    if (!file || diagnostics.has_errors()) return 0;
    const auto& again = sources.add("b.rules", rules::format(source, *file));
    const auto same = rules::syntax::parse(again, diagnostics);
    if (!same || !rules::syntax::same(*file, *same)) std::abort();
    if (file->comments.size() != same->comments.size()) std::abort();
    if (rules::format(again, *same) != again.text()) std::abort();
    return 0;
}
