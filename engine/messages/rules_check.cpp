#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> rules_check_table() {
    return {};
}

}  // namespace pintu::messages
