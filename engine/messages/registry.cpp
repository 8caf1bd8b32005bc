#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> registry_table() {
    return {};
}

}  // namespace pintu::messages
