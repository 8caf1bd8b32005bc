// The text of a page of HTML, for people and rules to read: never shown as HTML again.
#pragma once

#include <string>
#include <string_view>

namespace surel {

// Tags go; what is not text (script, style, head, comments) goes with all that is in it; blocks and
// <br> end lines; entities become characters. Any bytes are taken; linear in their number.
std::string plain_text(std::string_view html);

}  // namespace surel
