#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> history_table() {
    return {};
}

}  // namespace pintu::messages
