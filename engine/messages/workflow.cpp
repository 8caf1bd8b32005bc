#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> workflow_table() {
    return {};
}

}  // namespace pintu::messages
