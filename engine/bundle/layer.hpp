// One layer's files, each read once, whatever number of agencies stand on them.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/bundle/bundle.hpp"
#include "engine/calendar/document.hpp"
#include "engine/registry/read.hpp"
#include "engine/rules/syntax/ast.hpp"
#include "engine/yaml/parse.hpp"

namespace pintu::bundle {

struct Document {
    yaml::Heading heading;
    yaml::Node node;
};

// L8: what a case keeps from its receipt, and what it follows as it changes.
enum class Part { pinned, current };

struct FileOfLayer {
    const DefinitionFile* file = nullptr;
    Part part = Part::pinned;
};

struct Layer {
    std::string code;
    std::vector<FileOfLayer> files;  // by path
    std::deque<rules::syntax::File> rule_files;
    std::vector<const Source*> tables;
    std::vector<Document> workflows;
    std::vector<Document> schemas;
    std::vector<Document> messages;
    std::vector<registry::NamedRow> categories;
    std::vector<registry::NamedRow> regions;
    std::optional<calendar::CalendarDocument> calendar;
    std::optional<registry::Registry> registry;
    std::optional<registry::People> people;
    Span first_file;      // for what is missing in the whole layer
    bool broken = false;  // something in it could not be read
};

using Layers = std::map<std::string, Layer>;  // by code

// BU001 to BU007, and what the readers of each room say. With `only`: the layers of that stack.
// `definitions` must outlive the result.
Layers read_layers(const Definitions& definitions, const std::optional<AgencyCode>& only,
                   SourceSet& sources, Diagnostics& diagnostics);

}  // namespace pintu::bundle
