#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> rules_syntax_table() {
    return {};
}

}  // namespace pintu::messages
