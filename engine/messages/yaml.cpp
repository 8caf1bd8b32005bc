#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> yaml_table() {
    return {};
}

}  // namespace pintu::messages
