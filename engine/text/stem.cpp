#include "engine/text/stem.hpp"

#include <libstemmer.h>

namespace pintu::text {

struct Stemmer::Snowball {
    sb_stemmer* stemmer = sb_stemmer_new("indonesian", "UTF_8");
    Snowball() = default;
    Snowball(const Snowball&) = delete;
    Snowball& operator=(const Snowball&) = delete;
    ~Snowball() { sb_stemmer_delete(stemmer); }
};

Stemmer::Stemmer() : snowball_(std::make_unique<Snowball>()) {}
Stemmer::~Stemmer() = default;
Stemmer::Stemmer(Stemmer&&) noexcept = default;
Stemmer& Stemmer::operator=(Stemmer&&) noexcept = default;

std::string_view Stemmer::stem(std::string_view word) {
    if (!snowball_->stemmer) return word;  // out of memory, or a library without Indonesian
    const auto* bytes = reinterpret_cast<const sb_symbol*>(word.data());
    const auto* stem = sb_stemmer_stem(snowball_->stemmer, bytes, static_cast<int>(word.size()));
    if (!stem) return word;
    return {reinterpret_cast<const char*>(stem),
            static_cast<std::size_t>(sb_stemmer_length(snowball_->stemmer))};
}

std::string stemmer_version() {
    // libstemmer tells no version; Debian 12 pins it, and a test holds its stems.
    return "snowball 2.2.0 indonesian";
}

}  // namespace pintu::text
