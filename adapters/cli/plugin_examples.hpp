// Documents to try a plugin with: what the engine would send, and what it never would.
#pragma once

#include <string>
#include <vector>

#include "plugins/host/manifest.hpp"

namespace pintu::cli {

struct TrialCall {
    std::string method;
    std::string document;
};

// Stands in every text about a person that these documents hold.
constexpr std::string_view kPersonalMark = "Penanda-7319-Pribadi";

// One call of each kind and each fact of the manifest. `text` is the report's or the message's.
std::vector<TrialCall> good_calls(const plugins::Manifest& manifest, const std::string& text);
// Members that are missing, of the wrong type, too many, too deep.
std::vector<TrialCall> bad_calls(const plugins::Manifest& manifest);

std::string unicode_text();
std::string large_text();  // 10 MB

}  // namespace pintu::cli
