#include <gtest/gtest.h>

#include "engine/bundle/bundle.hpp"
#include "tests/support/definitions.hpp"

namespace pintu::bundle {
namespace {

// splitmix64, so that a seed damages the same bytes on every machine.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::size_t below(std::size_t most) {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return static_cast<std::size_t>((z ^ (z >> 31U)) % most);
    }

  private:
    std::uint64_t state_;
};

void damage(std::string& text, Dice& dice) {
    static const std::vector<std::string> pieces = {
        "{",   "}",       "[",  "]",   ": ",      "\n",       "  ",   "\"", "'", "- ", "#",
        "64",  "removed", "~",  "&a ", "*a",      "!!x ",     "<<: ", "|",  ">", "%",  "---\n",
        "not", "when",    "->", "..",  "unknown", "\xC3\xA9", ",",    "",   "9", "-1", "end: x\n"};
    const std::size_t at = dice.below(text.size() + 1);
    const std::size_t length = std::min(dice.below(12), text.size() - at);
    switch (dice.below(4)) {
        case 0: text.replace(at, length, pieces[dice.below(pieces.size())]); break;
        case 1: text.insert(at, pieces[dice.below(pieces.size())]); break;
        case 2: text.insert(at, text.substr(dice.below(text.size() + 1), 40)); break;
        default:
            if (at < text.size()) text[at] = static_cast<char>(dice.below(256));
    }
}

TEST(DamagedDefinitions, load_or_say_why_not) {
    const auto whole = testing::fixture("ppu");
    LoadOptions options;
    options.today = *parse_date("2026-03-13");
    std::size_t loaded = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Dice dice(seed);
        auto definitions = whole;
        auto& file = definitions.files[dice.below(definitions.files.size())];
        for (std::size_t i = 0; i <= dice.below(3); ++i) damage(file.bytes, dice);
        auto sources = std::make_shared<SourceSet>();
        Diagnostics diagnostics;
        const auto library = load(definitions, options, sources, diagnostics);
        EXPECT_EQ(library.has_value(), !diagnostics.has_errors()) << file.path;
        if (library) ++loaded;
    }
    EXPECT_GT(loaded, 0U);
    EXPECT_LT(loaded, 200U);
}

}  // namespace
}  // namespace pintu::bundle
