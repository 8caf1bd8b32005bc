#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> cases_table() {
    return {};
}

}  // namespace pintu::messages
