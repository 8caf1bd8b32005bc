// Readers of the schema, registry and people documents and of the two lists of names. What a
// document says about other files is checked apart (check.hpp), once all of them are read.
#pragma once

#include <optional>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/registry/registry.hpp"
#include "engine/registry/schema.hpp"
#include "engine/registry/tree.hpp"
#include "engine/yaml/node.hpp"

namespace pintu::registry {

// Each reports every wrong key, name, type and date (RG0xx, and YA0xx for plain values) and goes
// on. A value comes back wherever the document is a map; with errors in `diagnostics` it is for
// further checking only. The document is the merged tree (L6).
std::optional<Schema> read_schema(const yaml::Node& document, Diagnostics& diagnostics);
std::optional<Registry> read_registry(const yaml::Node& document, Diagnostics& diagnostics);
std::optional<People> read_people(const yaml::Node& document, const AgencyCode& agency,
                                  Diagnostics& diagnostics);

// A row of categories.csv or regions.csv with its place.
struct NamedRow {
    Tree::Entry entry;
    Span span;
};
enum class TreeKind { categories, regions };
constexpr char separator_of(TreeKind kind) {
    return kind == TreeKind::categories ? '/' : '.';
}

// Rows with the columns code,name; broken ones are left out (RG070 to RG074).
std::vector<NamedRow> read_names(const Source& source, TreeKind kind, Diagnostics& diagnostics);

// The rows of all layers, uppermost first, as one tree; lower layers add. RG071 a code twice,
// RG072 a code whose parent is nowhere.
Tree join_names(const std::vector<const std::vector<NamedRow>*>& layers, TreeKind kind,
                const SourceSet& sources, Diagnostics& diagnostics);

}  // namespace pintu::registry
