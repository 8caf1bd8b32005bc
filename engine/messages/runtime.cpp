#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> runtime_table() {
    return {};
}

}  // namespace pintu::messages
