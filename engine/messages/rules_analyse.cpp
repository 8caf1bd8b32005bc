#include "engine/messages/tables.hpp"

namespace pintu::messages {

// Questions that are put to every report at once. In their reports `?` stands for "unknown".
std::span<const Entry> rules_analyse_table() {
    static constexpr Entry kTable[] = {
        {"RU201",
         {"\"{0}\" tidak selalu terjawab. Laporan ini tidak mendapat jawaban: {1}.",
          "Tambahkan aturan untuk laporan seperti itu (\"?\" = tidak diketahui, kurung kosong = "
          "tanpa isian apa pun), atau tutup dengan \"selain_itu walau tak diketahui -> ...\"."},
         {"\"{0}\" is not always answered. This report gets no answer: {1}.",
          "Add a rule for such reports (\"?\" = unknown, empty braces = nothing filled in), or "
          "close with \"otherwise even if unknown -> ...\"."}},
        {"RU202",
         {"Untuk \"{0}\", aturan {1} menjawab {3} dan aturan {2} menjawab {4} pada laporan yang "
          "sama: {5}.",
          "Persempit salah satu syaratnya, atau tulis mana yang menang: \"aturan {2} mengalahkan "
          "{1} ...\". Aturan {1}: {6}."},
         {"For \"{0}\", rule {1} answers {3} and rule {2} answers {4} on one report: {5}.",
          "Narrow one of the conditions, or say which wins: \"rule {2} overrides {1} ...\". Rule "
          "{1}: {6}."}},
        {"RU203",
         {"Aturan {1} pada \"{0}\" tidak pernah berlaku: tidak ada laporan yang memenuhi "
          "syaratnya.",
          "Hapus aturan ini, atau perbaiki syaratnya."},
         {"Rule {1} of \"{0}\" never applies: no report meets its condition.",
          "Remove this rule, or correct its condition."}},
        {"RU204",
         {"Aturan {1} pada \"{0}\" tidak pernah menentukan jawaban: selalu didahului {2}.",
          "Hapus aturan ini, pindahkan ke atas, atau persempit aturan yang mendahuluinya."},
         {"Rule {1} of \"{0}\" never gives the answer: {2} always comes before it.",
          "Remove this rule, move it up, or narrow those that come before it."}},
        {"RU205",
         {"\"selain_itu\" pada \"{0}\" tidak pernah terpakai: setiap laporan sudah dijawab aturan "
          "lain, atau tertahan isian yang tidak diketahui.",
          "Hapus baris itu. Bila dimaksudkan juga untuk isian yang tidak diketahui, tulis "
          "\"selain_itu walau tak diketahui\"."},
         {"\"otherwise\" of \"{0}\" is never used: the rules answer every report, or an unknown "
          "field holds it up.",
          "Remove it. If it is meant for unknown fields too, write \"otherwise even if "
          "unknown\"."}},
        {"RU206",
         {"Tidak terbukti dalam anggaran {2} langkah: \"{0}\", {1}.",
          "Sederhanakan syaratnya: bagi keputusan itu menjadi dua, atau kurangi \"or\" dan \"not\" "
          "yang saling silang."},
         {"Not proved within the budget of {2} steps: \"{0}\", {1}.",
          "Simplify the conditions: split the decision in two, or use fewer crossing \"or\" and "
          "\"not\"."}},
        {"RU207",
         {"Jawaban \"{0}\" dapat berubah bila \"{2}\" diketahui (aturan {1}), dan tidak ada aturan "
          "yang menanyakannya. Contoh laporan: {3}.",
          "Bila itu memang dimaksud, biarkan; bila tidak, tulis aturan dengan \"{2} tak "
          "diketahui\"."},
         {"The answer of \"{0}\" could change if \"{2}\" were known (rule {1}), and no rule asks "
          "for that. Such a report: {3}.",
          "If that is meant, leave it; if not, write a rule with \"{2} is unknown\"."}},
        {"RU208",
         {"Bukti \"{0}\" gagal: {1} dipilih tetapi tidak berwenang atas laporan ini: {2}.",
          "Tambahkan wewenang itu pada registry (competent atau also_competent), atau perbaiki "
          "aturannya."},
         {"Proof \"{0}\" fails: {1} is chosen but is not competent for this report: {2}.",
          "Add the competence to the registry (competent or also_competent), or correct the "
          "rules."}},
        {"RU209",
         {"Bukti \"{0}\" gagal: {1} dapat dipilih, tetapi pada {3} tidak ada petugasnya. Contoh "
          "laporan: {2}.",
          "Perbarui \"staffed\" unit itu pada registry, atau pilih unit lain."},
         {"Proof \"{0}\" fails: {1} can be chosen, but nobody staffs it on {3}. Such a report: "
          "{2}.",
          "Update the unit's \"staffed\" in the registry, or choose another unit."}},
        {"RU210",
         {"Bukti \"{0}\" sudah dibaca, tetapi bentuk \"menaikkan ... tak_pernah ...\" belum dapat "
          "dibuktikan.",
          "Untuk sementara periksa dengan \"uji\" di berkas aturan."},
         {"Proof \"{0}\" is read, but the form \"raising ... never ...\" is not proved yet.",
          "For the time being, check it by tests in the rule file."}},
        {"RU211",
         {"Untuk \"{0}\" hanya {1} pertentangan pertama yang ditunjukkan.",
          "Perbaiki yang ini dahulu, lalu periksa lagi."},
         {"For \"{0}\" only the first {1} conflicts are shown.",
          "Mend these first, then check "
          "again."}},
        {"RU212",
         {"Aturan {0} dapat menjawab {1} untuk \"{2}\", melampaui batas {3} ({4}), pada laporan "
          "ini: "
          "{5}.",
          "Persempit aturan ini dengan syarat yang menjaga batas itu."},
         {"Rule {0} can answer {1} for \"{2}\", beyond the limit {3} ({4}), on this report: {5}.",
          "Narrow this rule by a condition that keeps the limit."}},
        {"RU299",
         {"Kesalahan dalam Pintu sendiri: dua cara memutuskan tidak sepakat tentang laporan ini: "
          "{0}.",
          "Laporkan pesan ini kepada pembuat Pintu bersama definisinya."},
         {"A fault in Pintu itself: two ways of deciding disagree about this report: {0}.",
          "Report this message to the makers of Pintu, with the definitions."}},
    };
    return kTable;
}

}  // namespace pintu::messages
