#include "tests/bench/peers/facts.hpp"

#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

namespace pintu::bench {

std::string read_all(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        std::fprintf(stderr, "cannot read %s\n", path.c_str());
        std::exit(1);
    }
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> lines_of(const std::string& path) {
    std::ifstream in(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

std::vector<Fact> read_facts(const std::string& path) {
    std::vector<Fact> facts;
    for (const auto& line : lines_of(path)) {
        const auto value = boost::json::parse(line);
        const auto& object = value.as_object();
        const auto text = [&](const char* key) { return std::string(object.at(key).as_string()); };
        facts.push_back({text("regency"), text("category"), text("text"),
                         object.at("has_photo").as_bool(), object.at("severity").as_int64(),
                         object.at("population").as_int64()});
    }
    return facts;
}

NameTable::Key NameTable::key_of(std::string_view name) {
    Key key;
    const std::size_t size = name.size();
    if (size >= 8) {
        std::memcpy(&key.head, name.data(), 8);
        std::memcpy(&key.tail, name.data() + size - 8, 8);
    } else if (size >= 4) {
        std::uint32_t first;
        std::uint32_t last;
        std::memcpy(&first, name.data(), 4);
        std::memcpy(&last, name.data() + size - 4, 4);
        key.head = first | std::uint64_t{last} << 32;
    } else {
        std::memcpy(&key.head, name.data(), size);
    }
    key.tail += size;
    return key;
}

NameTable::NameTable(const registry::Tree& tree) {
    std::size_t size = 2;
    unsigned bits = 1;
    for (; size < tree.size() * 4; size *= 2) ++bits;
    slots_.resize(size);
    mask_ = size - 1;
    shift_ = 64 - bits;
    for (std::size_t node = 0; node < tree.size(); ++node) {
        const Key key = key_of(tree.name(static_cast<std::int64_t>(node)));
        std::size_t at = slot(key);
        while (slots_[at].node != rules::kUnknown) at = (at + 1) & mask_;
        slots_[at] = {key, static_cast<rules::Code>(node)};
    }
}

}  // namespace pintu::bench
