#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> cli_table() {
    return {};
}

}  // namespace pintu::messages
