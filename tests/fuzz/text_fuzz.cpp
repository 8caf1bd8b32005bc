// Any bytes as phrases and a report's text: the answers do not depend on what was asked before, and
// a text answers at least what a phrase inside it implies.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/text/fold.hpp"
#include "engine/text/matcher.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pintu::text;
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const auto cut = std::min(all.find('\n'), all.size());
    const std::string phrase(all.substr(0, cut));
    const std::string text(all.substr(std::min(cut + 1, all.size())));
    const Matcher matcher({{Probe::Kind::mentions, {phrase, "jalan rusak"}},
                           {Probe::Kind::contains, {phrase}},
                           {Probe::Kind::contains, {"an"}}});
    Matcher::Scratch scratch;
    Answers answers(3);
    matcher.match(text, scratch, answers);
    matcher.match(text, scratch, answers);
    if (answers != matcher.match(text)) std::abort();
    if (fold(fold(text)) != fold(text)) std::abort();
    return 0;
}
