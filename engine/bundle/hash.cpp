#include "engine/bundle/hash.hpp"

#include "engine/base/hash.hpp"
#include "engine/text/version.hpp"

namespace pintu::bundle {
namespace {

// Each file as two digests of fixed length: no path or text can be taken for another.
void add(std::string& list, const DefinitionFile& file) {
    list += bytes_of(sha256(file.path));
    list += bytes_of(sha256(file.bytes));
}

}  // namespace

BundleHash hash_of(const std::vector<const Layer*>& stack, Part part,
                   const std::vector<const DefinitionFile*>& more) {
    std::string list =
        part == Part::pinned ? "pintu bundle pinned 1\n" : "pintu bundle current 1\n";
    if (part == Part::pinned)
        list += "semantics " + std::to_string(kSemanticsVersion) + "\n" + text::version() + "\n";
    for (const Layer* layer : stack)
        for (const FileOfLayer& file : layer->files)
            if (file.part == part) add(list, *file.file);
    for (const DefinitionFile* file : more) add(list, *file);
    return BundleHash(sha256(list));
}

std::string definitions_id(const Definitions& definitions) {
    std::string list = "pintu definitions 1\n";
    for (const DefinitionFile& file : definitions.files) add(list, file);
    return to_hex(bytes_of(sha256(list)));
}

}  // namespace pintu::bundle
