// bundle::load(), remembered by what it was given. Nodes of one process load the same files again
// and again, and a seed has ten milliseconds. The linker puts this in its place (--wrap in
// CMakeLists.txt); the engine knows nothing of it.
#include <map>

#include "engine/base/hash.hpp"
#include "engine/bundle/bundle.hpp"

#define PINTU_LOAD                                                         \
    "_ZN5pintu6bundle4loadERKNS0_11DefinitionsERKNS0_11LoadOptionsESt10sh" \
    "ared_ptrINS_9SourceSetEERNS_11DiagnosticsE"

namespace pintu::simulate {

std::optional<bundle::Library> load_really(const bundle::Definitions& definitions,
                                           const bundle::LoadOptions& options,
                                           std::shared_ptr<SourceSet> sources,
                                           Diagnostics& diagnostics) asm("__real_" PINTU_LOAD);
std::optional<bundle::Library> load_once(const bundle::Definitions& definitions,
                                         const bundle::LoadOptions& options,
                                         std::shared_ptr<SourceSet> sources,
                                         Diagnostics& diagnostics) asm("__wrap_" PINTU_LOAD);

namespace {

constexpr std::size_t kMost = 64;

struct Loaded {
    std::optional<bundle::Library> library;
    Diagnostics diagnostics;
};

std::string key_of(const bundle::Definitions& definitions, const bundle::LoadOptions& options) {
    std::string key = options.only ? options.only->value : "all";
    key += options.prove ? " proved " : " ";
    // Of what is not proved again the day does not matter.
    if (options.prove) key += to_string(options.today) + " ";
    return key + bundle::definitions_id(definitions);
}

}  // namespace

std::optional<bundle::Library> load_once(const bundle::Definitions& definitions,
                                         const bundle::LoadOptions& options,
                                         std::shared_ptr<SourceSet> sources,
                                         Diagnostics& diagnostics) {
    static std::map<std::string, Loaded> known;
    const std::string key = key_of(definitions, options);
    auto found = known.find(key);
    if (found == known.end()) {
        if (known.size() == kMost) known.clear();
        Loaded loaded;
        loaded.library = load_really(definitions, options, std::move(sources), loaded.diagnostics);
        found = known.emplace(key, std::move(loaded)).first;
    }
    diagnostics = found->second.diagnostics;
    return found->second.library;
}

}  // namespace pintu::simulate
