#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> delivery_table() {
    static constexpr Entry kTable[] = {
        {"DL001",
         {"Pesan {0} tidak sampai setelah {1} kali dicoba: {2}.",
          "Perbaiki sebabnya, lalu `pintu outbox retry {0}`."},
         {"Message {0} was not delivered in {1} attempts: {2}.",
          "Mend the cause, then `pintu outbox retry {0}`."}},
        {"DL002",
         {"Tidak ada teks untuk pesan \"{0}\".",
          "Tulis teksnya dalam dokumen messages, lalu `pintu publish`."},
         {"There is no text for the message \"{0}\".",
          "Write it in the messages document, then `pintu publish`."}},
        {"DL101",
         {"Isian {{0}} tidak dikenal.", "Barangkali: {1}."},
         {"The slot {{0}} is not known.", "Perhaps: {1}."}},
        {"DL102",
         {"Tidak ada teks pesan untuk \"{0}\".",
          "Tulis {0}: di bawah texts: dalam dokumen messages."},
         {"There is no message text for \"{0}\".",
          "Write {0}: below texts: in the messages document."}},
        {"DL103",
         {"Teks pesan \"{0}\" tidak dipakai alur kerja mana pun.",
          "Hapus, atau perbaiki namanya; barangkali: {1}."},
         {"No workflow uses the message text \"{0}\".",
          "Delete it, or correct its name; perhaps: {1}."}},
        {"DL104",
         {"Teks {0} ({1}) kira-kira {2} huruf; satu SMS memuat {3}.",
          "Tulis bentuk pendeknya di sms:, atau biarkan jika beberapa SMS tidak apa-apa."},
         {"The text of {0} ({1}) has about {2} letters; one SMS holds {3}.",
          "Write a short form as sms:, or leave it if several SMS will do."}},
        {"DL105",
         {"{{0}} hanya boleh dalam pesan kepada pelapor, padahal teks ini juga untuk pihak lain.",
          "Hapus isian itu dari teks ini."},
         {"{{0}} may stand only in messages to the reporter, and others get this text.",
          "Take the slot out of this text."}},
        {"DL106",
         {"Kurung kurawal tanpa pasangan di \"{0}\".", "Tulis isian sebagai {nomor}."},
         {"A brace without its other half at \"{0}\".", "Write slots as {nomor}."}},
        {"DL107",
         {"{{0}} tidak menerima titik dua.", "Hanya {tenggat:JAM} yang menyebut nama lain."},
         {"{{0}} takes no colon.", "Only {tenggat:CLOCK} names something else."}},
        {"DL108",
         {"{0} tidak punya arti di sini.", "Barangkali: {1}."},
         {"{0} means nothing here.", "Perhaps: {1}."}},
        {"DL109",
         {"Ada dua dokumen messages: \"{0}\" dan \"{1}\".",
          "Satu saja; lapisan bawah memakai nama yang sama dengan extends."},
         {"There are two messages documents: \"{0}\" and \"{1}\".",
          "One only; a lower layer uses the same name with extends."}},
    };
    return kTable;
}

}  // namespace pintu::messages
