#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> store_table() {
    return {};
}

}  // namespace pintu::messages
