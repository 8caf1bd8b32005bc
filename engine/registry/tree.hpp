// A tree of names (categories, regions) numbered in pre-order: the subtree of i is [i, last[i]].
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pintu::registry {

class Tree {
  public:
    struct Entry {
        std::string name;   // full path or code: "pekerjaan_umum/jalan_berlubang", "64.09.01"
        std::string title;  // as people read it
    };
    // The parent of a name is what stands before its last `separator`; a parent that is not among
    // the entries makes the node a root. Repeats are dropped (the readers report them). Siblings
    // keep their given order.
    static Tree build(const std::vector<Entry>& entries, char separator);

    std::size_t size() const { return names_.size(); }
    // -1 where there is none.
    std::int32_t find(std::string_view name) const;
    const std::string& name(std::int64_t node) const {
        return names_[static_cast<std::size_t>(node)];
    }
    const std::string& title(std::int64_t node) const {
        return titles_[static_cast<std::size_t>(node)];
    }
    std::int32_t parent(std::int64_t node) const { return parent_[static_cast<std::size_t>(node)]; }
    std::int32_t last(std::int64_t node) const { return last_[static_cast<std::size_t>(node)]; }
    std::int32_t depth(std::int64_t node) const;
    // At or below.
    bool below(std::int64_t node, std::int64_t root) const {
        return node >= root && node <= last(root);
    }
    const std::vector<std::string>& names() const { return names_; }

  private:
    std::vector<std::string> names_;
    std::vector<std::string> titles_;
    std::vector<std::int32_t> parent_;
    std::vector<std::int32_t> last_;
    std::unordered_map<std::string, std::int32_t> index_;
};

}  // namespace pintu::registry
