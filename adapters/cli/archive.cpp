#include "adapters/cli/archive.hpp"

namespace pintu::cli {

replay::Archive archive_of(ports::EventStore& store) {
    return replay::Archive(
        [&store](const BundleHash& hash) -> Result<std::optional<bundle::Definitions>> {
            auto kept = store.load_definitions(hash);
            if (!kept) return kept.unexpected();
            if (!*kept) return std::optional<bundle::Definitions>();
            bundle::Definitions definitions;
            for (auto& file : (*kept)->files)
                definitions.files.push_back({std::move(file.path), std::move(file.bytes)});
            return std::optional(std::move(definitions));
        });
}

}  // namespace pintu::cli
