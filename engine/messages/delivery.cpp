#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> delivery_table() {
    static constexpr Entry kTable[] = {
        {"DL001",
         {"Pesan {0} tidak sampai setelah {1} kali dicoba: {2}.",
          "Perbaiki sebabnya, lalu `pintu outbox retry {0}`."},
         {"Message {0} was not delivered in {1} attempts: {2}.",
          "Mend the cause, then `pintu outbox retry {0}`."}},
    };
    return kTable;
}

}  // namespace pintu::messages
