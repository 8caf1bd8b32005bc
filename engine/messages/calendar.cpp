#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> calendar_table() {
    return {};
}

}  // namespace pintu::messages
