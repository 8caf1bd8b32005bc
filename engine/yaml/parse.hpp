// Text of a YAML file -> tree. The only yaml-cpp file is behind this header.
#pragma once

#include <optional>

#include "engine/base/diagnostic.hpp"
#include "engine/yaml/node.hpp"

namespace pintu::yaml {

constexpr std::size_t kMostBytes = 1U << 20U;
constexpr std::size_t kDeepest = 64;
constexpr std::size_t kMostNodes = 200'000;

// The subset of language.md section 4: UTF-8 without a byte order mark, one document, no anchors,
// aliases, tags, merge keys or tabs, no key twice, no quoted text over several lines. Each breach
// is a diagnostic (YA001 to YA018, YA023, YA024) with the place and the mend. Nothing where the
// text cannot be read as a tree; where only single places are wrong, the tree comes without them,
// for further checking only. Never throws, never recurses deeper than kDeepest.
std::optional<Node> parse(const Source& source, Diagnostics& diagnostics);

// What a definitions document says it is: `workflow: pengaduan` ... `end: pengaduan`.
struct Heading {
    std::string kind;  // the first key: "workflow", "registry", "people", ...
    std::string name;  // its value; the kind itself where the value is a map (`people:`)
    Span span;         // of the first key
};

// Diagnostics: YA019 not a map with a first key, YA020 no `end:` (the file was cut off), YA021
// `end:` says another name, YA022 something stands after `end:`.
std::optional<Heading> read_heading(const Node& document, Diagnostics& diagnostics);

}  // namespace pintu::yaml
