#include "engine/workflow/model/vocabulary.hpp"

namespace pintu::workflow {

const Names& workflow_keys() {
    static const Names kNames = {"workflow", "title",  "extends", "intake", "first",
                                 "clocks",   "states", "migrate", "fixed",  "keep_personal_data",
                                 "end"};
    return kNames;
}

const Names& state_keys() {
    static const Names kNames = {"title", "do",     "task",     "on",
                                 "after", "choose", "transfer", "final"};
    return kNames;
}

const Names& event_keys() {
    static const Names kNames = {"to",      "by",   "ask",         "within",
                                 "at_most", "then", "approved_by", "not_done_by"};
    return kNames;
}

const Names& clock_keys() {
    static const Names kNames = {"start", "stop",     "paused_in", "resumes_in",
                                 "lasts", "calendar", "again",     "at"};
    return kNames;
}

const Names& rung_keys() {
    static const Names kNames = {"remind", "escalate", "again_every", "at_most", "then"};
    return kNames;
}

const Names& intake_keys() {
    static const Names kNames = {"channel", "external_id", "received_at", "judul", "isi"};
    return kNames;
}

const Names& action_forms() {
    static const Names kNames = {"decide D",
                                 "decide D excluding previous",
                                 "assign UNIT",
                                 "acknowledge",
                                 "notify MESSAGE to WHOM",
                                 "publish",
                                 "request_rating",
                                 "merge ANSWER"};
    return kNames;
}

const Names& message_names() {
    static const Names kNames = {
        "tugas_baru",       "permintaan_kelengkapan", "laporan_ditunda",   "laporan_dialihkan",
        "laporan_digabung", "jawaban_tersedia",       "tanggapan_pelapor", "laporan_selesai",
        "laporan_dibuka",   "laporan_diarsipkan",     "laporan_dicabut",   "laporan_ke_ombudsman"};
    return kNames;
}

const Names& reserved_event_names() {
    static const Names kNames = {"first", "after", "choose", "at_most"};
    return kNames;
}

}  // namespace pintu::workflow
