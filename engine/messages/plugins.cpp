#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> plugins_table() {
    static constexpr Entry kTable[] = {
        {"PL001",
         {"Plugin {0} tidak menjawab dalam {1} ms.",
          "Engine menjalankannya lagi; lihat `pintu plugin logs {0}`."},
         {"Plugin {0} did not answer within {1} ms.",
          "The engine starts it again; see `pintu plugin logs {0}`."}},
        {"PL002",
         {"Plugin {0} berhenti sendiri: {1}.",
          "Engine menjalankannya lagi; lihat `pintu plugin logs {0}`."},
         {"Plugin {0} ended by itself: {1}.",
          "The engine starts it again; see `pintu plugin logs {0}`."}},
        {"PL003",
         {"Plugin {0} menjawab di luar protokol: {1}.",
          "Perbaiki plugin itu; `pintu plugin test` menunjukkan di mana."},
         {"Plugin {0} answered outside the protocol: {1}.",
          "Mend the plugin; `pintu plugin test` shows where."}},
        {"PL004",
         {"Jawaban plugin {0} lebih dari {1} byte.",
          "Bagi jawaban menjadi beberapa bagian (`limit`, `more`)."},
         {"The answer of plugin {0} is longer than {1} bytes.", "Divide it (`limit`, `more`)."}},
        {"PL005",
         {"Plugin {0} tidak berjalan lagi.",
          "Engine menjalankannya lagi pada panggilan berikutnya."},
         {"Plugin {0} does not run any more.", "The engine starts it again at the next call."}},
    };
    return kTable;
}

}  // namespace pintu::messages
