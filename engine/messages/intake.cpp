#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> intake_table() {
    return {};
}

}  // namespace pintu::messages
