#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> bundle_table() {
    return {};
}

}  // namespace pintu::messages
