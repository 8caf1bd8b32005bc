// Message texts for the fixture `kasus`.
#pragma once

#include <string>

namespace pintu::testing {

// Every name that its workflow uses; those for the reporter with every slot.
inline std::string kasus_messages() {
    const std::string open = "{nomor}|{status}|{instansi}|{unit}|{tanggal}|{tenggat:tindak_lanjut}";
    const std::string all = open + "|{kategori}|{judul}|{alasan}|{jawaban}|{nama}";
    std::string text = "messages: pesan\ntexts:\n";
    for (const char* name : {"acknowledge", "permintaan_kelengkapan", "request_rating"})
        text += std::string("  ") + name + ": {id: {subject: \"S " + all + "\", text: \"T " + all +
                "\", sms: \"P {nomor} {alasan}\"}}\n";
    for (const char* name : {"publish", "tugas_baru"})
        text += std::string("  ") + name + ": {id: {text: \"T " + open + "|{kategori}\"}}\n";
    for (const char* name : {"remind", "escalate"})
        text += std::string("  ") + name + ": {id: {text: \"T {jam}|{tenggat}|{kategori}\"}}\n";
    return text + "end: pesan\n";
}

}  // namespace pintu::testing
