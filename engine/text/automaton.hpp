// All literals in one pass over the bytes (Aho and Corasick, 1975), as a dense table.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pintu::text {

class Automaton {
  public:
    // `literals` are folded and not empty; several may be equal.
    explicit Automaton(const std::vector<std::string>& literals);

    // Calls found(i) for each literal i that is in the text, at least once each and at most once a
    // `visited` stamp. ASCII capitals read as small letters. `visited` has state_count() entries
    // that are all below `stamp`.
    template <class Found>
    void run(std::string_view text, std::vector<std::uint32_t>& visited, std::uint32_t stamp,
             Found found) const {
        std::uint32_t state = 0;
        for (const char c : text) {
            state = next_[state * classes_ + class_of_[static_cast<unsigned char>(c)]];
            for (auto s = speaks_[state]; s != 0 && visited[s] != stamp; s = speaks_[link_[s]]) {
                visited[s] = stamp;
                for (auto i = first_[s]; i < first_[s + 1]; ++i) found(literals_[i]);
            }
        }
    }

    std::size_t state_count() const { return link_.size(); }

  private:
    void add_classes(const std::vector<std::string>& literals);
    void add_paths(const std::vector<std::string>& literals,
                   std::vector<std::vector<std::uint32_t>>& ends);
    void add_links(const std::vector<std::vector<std::uint32_t>>& ends);

    std::array<std::uint8_t, 256> class_of_{};  // bytes that no literal has are class 0
    std::uint32_t classes_ = 1;
    std::vector<std::uint32_t> next_;    // [state * classes_ + class]
    std::vector<std::uint32_t> link_;    // the longest proper suffix that is a state
    std::vector<std::uint32_t> speaks_;  // itself or the nearest suffix that ends a literal; 0 none
    std::vector<std::uint32_t> first_;   // state -> its literals, from first_[s] to first_[s + 1]
    std::vector<std::uint32_t> literals_;
};

}  // namespace pintu::text
