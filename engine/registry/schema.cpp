#include "engine/registry/schema.hpp"

namespace pintu::registry {

const Field* Schema::find(const std::string& field) const {
    for (const Field& candidate : fields)
        if (candidate.name == field) return &candidate;
    return nullptr;
}

}  // namespace pintu::registry
