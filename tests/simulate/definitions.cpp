#include "tests/simulate/definitions.hpp"

#include <array>
#include <fstream>
#include <map>
#include <sstream>

#include "engine/bundle/bundle.hpp"

namespace pintu::simulate {
namespace {

constexpr int kMostAttempts = 40;

Made& counts() {
    static Made all;
    return all;
}

std::string number(std::int64_t value) {
    return std::to_string(value);
}

std::string read_zone(const std::string& name) {
    std::ifstream in("/usr/share/zoneinfo/" + name, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

// What both versions of a world share.
struct Shape {
    std::vector<std::string> agencies;
    bool transfers = false;
};

std::string folder_of(const std::string& agency) {
    if (agency == "64") return "64-kaltim";
    return agency == "64.09" ? "64.09-ppu" : "64.07-berau";
}

std::string calendar(Chance& chance, const std::string& name) {
    std::string text = "calendar: " + name + "\nzone: " +
                       (name == "64.07" && chance.percent(50) ? "Asia/Jakarta" : "Asia/Makassar") +
                       "\nopens: \"" + (chance.percent(50) ? "07:30" : "00:00") + "\"\nclosed: [" +
                       (chance.percent(80) ? "saturday, sunday" : "sunday") + "]\nholidays:\n";
    std::map<std::string, std::string> days;
    days["2026-01-01"] = "Tahun Baru";
    for (std::size_t i = 0; i < 12; ++i) {
        const Date day = next(*make_date(2026, 3, 1), static_cast<std::int32_t>(chance.below(250)));
        days[to_string(day)] = "Libur";
    }
    for (const auto& [day, what] : days)
        text += "  " + day + ": {name: " + what + ", source: simulasi, kind: nasional}\n";
    return text + "provisional: [2027]\nend: " + name + "\n";
}

std::string registry(const std::string& agency) {
    return "registry: " + agency + "\nname: Instansi " + agency +
           "\nunits:\n"
           "  dpupr:       {name: Dinas PUPR, competent: [{kategori: jalan, wilayah: " +
           agency +
           "}], staffed: {from: 2020-01-01}}\n"
           "  diskominfo:  {name: Diskominfo, receives: all, staffed: {from: 2020-01-01}}\n"
           "  inspektorat: {name: Inspektorat, competent: [{kategori: pengawasan, wilayah: " +
           agency + "}], staffed: {from: 2020-01-01}}\nend: " + agency + "\n";
}

const char* people() {
    return "people:\n"
           "  p-001: {unit: diskominfo, roles: [admin], from: 2020-01-01}\n"
           "  p-002: {unit: diskominfo, roles: [koordinator], from: 2020-01-01}\n"
           "  p-003: {unit: agency, roles: [sekda], from: 2020-01-01}\n"
           "  p-004: {unit: diskominfo, roles: [pejabat, kepala, admin], from: 2020-01-01}\n"
           "  p-005: {unit: diskominfo, roles: [pejabat], from: 2020-01-01}\n"
           "  p-011: {unit: dpupr, roles: [pejabat], from: 2020-01-01}\n"
           "  p-012: {unit: dpupr, roles: [kepala], from: 2020-01-01}\n"
           "  p-021: {unit: inspektorat, roles: [pejabat, kepala], from: 2020-01-01}\n"
           "end: people\n";
}

const char* categories() {
    return "code,name\njalan,Jalan\njalan/berlubang,Jalan berlubang\npengawasan,Pengawasan\n"
           "lainnya,Lainnya\n";
}

const char* regions() {
    return "code,name\n64,Kalimantan Timur\n64.09,Penajam Paser Utara\n64.09.01,Penajam\n"
           "64.09.04,Sepaku\n64.07,Berau\n64.07.01,Tanjung Redeb\n";
}

const char* schema() {
    return "schema: laporan\nfields:\n"
           "  isi:              {type: text}\n"
           "  kategori_pelapor: {type: category, from: kategori_pelapor}\n"
           "  wilayah:          {type: region, from: place.region}\n"
           "  kelas:            {type: [ringan, berat], from: fields.kelas}\n"
           "  rentan:           {type: yesno, from: fields.rentan, required: true, default: no}\n"
           "  penilaian:        {type: 1..5, from: fields.penilaian}\n"
           "end: laporan\n";
}

// Conditions that reports meet now and then.
std::string condition(Chance& chance, bool with_count) {
    static const std::array<const char*, 9> kAtoms = {
        "kelas = ringan",    "kelas = berat",    "kelas is unknown",  "rentan",
        "not rentan",        "wilayah in 64.09", "kategori in jalan", "isi mentions lubang",
        "isi mentions orang"};
    std::string text = kAtoms[chance.below(kAtoms.size())];
    if (with_count && chance.percent(30)) text = "ulang >= " + number(chance.between(1, 3));
    const char* join = chance.percent(50) ? " and " : " or ";
    for (std::size_t more = chance.below(3); more > 0; --more)
        text += join + std::string(kAtoms[chance.below(kAtoms.size())]);
    return text;
}

std::string decision(Chance& chance, const std::string& head,
                     const std::vector<std::string>& answers, bool with_count) {
    std::string text = "decide " + head + "\n";
    for (std::size_t i = chance.below(4); i > 0; --i)
        text +=
            "  rule when " + condition(chance, with_count) + " -> " + chance.any_of(answers) + "\n";
    return text + "  otherwise even if unknown -> " + chance.any_of(answers) + "\n\n";
}

std::string length(Chance& chance, std::int64_t most) {
    const auto kind = chance.below(3);
    if (kind == 0) return number(chance.between(4, 24 * most)) + " hours";
    return number(chance.between(1, most)) + (kind == 1 ? " days" : " working days");
}

std::string rules(Chance& chance) {
    std::vector<std::string> lengths;
    const bool working = chance.percent(60);
    for (int i = 0; i < 3; ++i)
        lengths.push_back(number(chance.between(2, 20)) + (working ? " working days" : " days"));
    std::string text =
        "ruleset dasar from 2020-01-01\nschema laporan\n\n"
        "lexicon lubang\n  \"jalan berlubang\", \"jalan rusak\"\n"
        "lexicon orang\n  \"oknum\"\n\n";
    text += "fact ulang = count prior same kategori within " + number(chance.between(50, 500)) +
            " m in " + number(chance.between(5, 60)) + " days : 0..5  else 0\n\n";
    text +=
        "decide kategori : category  first\n"
        "  rule when isi mentions lubang -> jalan/berlubang\n"
        "  rule when kategori_pelapor is known -> kategori_pelapor\n"
        "  otherwise -> lainnya\n\n";
    text +=
        "decide privasi : set of {anonim, rahasia}  collect\n"
        "  rule when isi mentions orang -> rahasia\n\n";
    text += "decide pemilik : unit  first\n";
    for (std::size_t i = chance.below(3); i > 0; --i)
        text += "  rule when " + condition(chance, false) + " -> " +
                chance.any_of(std::vector<std::string>{"dpupr", "inspektorat", "diskominfo"}) +
                "\n";
    text +=
        "  rule when wilayah is known -> office_for(kategori, wilayah)\n"
        "  otherwise even if unknown -> diskominfo\n\n";
    text += decision(chance, "tenggat : duration  shortest", lengths, true);
    text += "decide bukti : set of {foto, lokasi}  collect\n  rule when " +
            condition(chance, false) + " -> foto\n\n";
    text += decision(chance, "akibat : {tutup, buka}  first", {"tutup", "buka"}, false);
    return text;
}

// One workflow: from receipt through a few steps of work to an answer, with ways aside.
class WorkflowText {
  public:
    WorkflowText(Chance& chance, const Shape& shape) : chance_(chance), shape_(shape) {}

    std::string text() {
        steps_ = chance_.between(1, 3);
        asks_back_ = chance_.percent(60);
        rated_ = chance_.percent(40);
        merges_ = chance_.percent(60);
        std::string out =
            "workflow: pengaduan\ntitle: Pengaduan\nintake:\n  key: [channel, external_id]\n";
        if (chance_.percent(40))
            out += "  similar: {within_m: 50, within_days: 7, same: kategori, then: offer_link}\n";
        if (chance_.percent(20))
            out += "keep_personal_data: " + number(chance_.between(20, 60)) + " days\n";
        out += "first: diterima\nclocks:\n" + clocks();
        out += "states:\n" + received();
        for (const auto& part : {waiting(), work(), answered(), ends()}) out += part;
        return out + "end: pengaduan\n";
    }

  private:
    std::string rung(int percent, const std::string& who, const std::string& above) {
        std::string text = "        " + number(percent) + "%: {escalate: " + who;
        if (!above.empty() && chance_.percent(60))
            text += ", again_every: " + length(chance_, 4) +
                    ", at_most: " + number(chance_.between(1, 3)) + ", then: {escalate: " + above +
                    "}";
        return text + "}\n";
    }

    std::string clocks() {
        std::string text = "  verifikasi:\n      start: diterima\n      stop: [kerja_1]\n";
        if (asks_back_) text += "      paused_in: [menunggu]\n";
        text += "      lasts: " + length(chance_, 5) + "\n      at:\n" +
                rung(100, "koordinator of agency", "sekda of agency");
        text +=
            "  tindak_lanjut:\n      start: diterima\n      stop: [dijawab]\n"
            "      resumes_in: [kerja_1]\n";
        if (asks_back_) text += "      paused_in: [menunggu]\n";
        text += "      lasts: rules.tenggat\n";
        if (chance_.percent(50)) text += "      calendar: owner\n";
        text += "      at:\n        " + number(chance_.between(20, 90)) +
                "%: {remind: pejabat of owner}\n" + rung(100, "kepala of owner", "sekda of agency");
        if (chance_.percent(50))
            text += "  kerja:\n      start: kerja_1\n      stop: [dijawab]\n" +
                    std::string(chance_.percent(50) ? "      again: restart\n" : "") +
                    "      lasts: " + length(chance_, 6) + "\n      at:\n" +
                    rung(100, "kepala of owner", "");
        return text;
    }

    std::string received() {
        std::string text =
            "  diterima:\n    do: [decide kategori, decide privasi, decide pemilik, decide "
            "tenggat, "
            "acknowledge]\n    task: {by: admin of agency}\n    on:\n"
            "      teruskan: {to: kerja_1" +
            std::string(chance_.percent(50) ? ", ask: [kelas]" : "") +
            "}\n      cabut: {to: dicabut, by: pelapor}\n";
        if (asks_back_)
            text += "      tanya: {to: menunggu, ask: [alasan], at_most: " +
                    number(chance_.between(1, 2)) + ", then: diarsipkan}\n";
        if (merges_) text += "      gabungkan: {to: duplikat, ask: [kasus_induk]}\n";
        if (shape_.transfers) text += "      alihkan: {to: dialihkan, ask: [alasan, tujuan]}\n";
        text += "      arsipkan: {to: diarsipkan, ask: [alasan]" +
                std::string(chance_.percent(50) ? ", approved_by: koordinator of agency" : "") +
                "}\n";
        return text;
    }

    std::string waiting() {
        if (!asks_back_) return "";
        return "  menunggu:\n    do: [notify permintaan_kelengkapan to pelapor]\n    on:\n"
               "      lengkapi: {to: diterima, ask: [keterangan]}\n    after: {" +
               length(chance_, 12) + ": dicabut}\n";
    }

    std::string work() {
        std::string text;
        for (std::int64_t i = 1; i <= steps_; ++i) {
            const std::string next = i == steps_ ? "dijawab" : "kerja_" + number(i + 1);
            text += "  kerja_" + number(i) + ":\n    do: [";
            if (i == 1 && chance_.percent(50)) text += "decide pemilik, ";
            if (chance_.percent(30)) text += "decide tenggat, ";
            text +=
                "notify tugas_baru to pejabat of owner]\n    task: {by: pejabat of owner}\n"
                "    on:\n      lanjut_" +
                number(i) + ": {to: " + next;
            if (i == steps_) text += ", ask: [jawaban, rules.bukti]";
            text += "}\n";
            if (i > 1 && chance_.percent(60))
                text += "      kembali_" + number(i) + ": {to: kerja_" + number(i - 1) +
                        ", ask: [alasan], at_most: " + number(chance_.between(1, 2)) + "}\n";
        }
        return text;
    }

    std::string answered() {
        std::string text =
            "  dijawab:\n    do: [publish, request_rating]\n    on:\n"
            "      tanggapi: {to: kerja_1, ask: [tanggapan], at_most: " +
            number(chance_.between(1, 2)) + ", then: selesai}\n";
        if (rated_)
            text += "      nilai: {to: dinilai, ask: [penilaian], at_most: 2, then: selesai}\n";
        text += "    after: {" + length(chance_, 12) + ": selesai}\n";
        if (rated_)
            text +=
                "  dinilai:\n    do: [decide akibat]\n"
                "    choose: {by: rules.akibat, tutup: selesai, buka: kerja_1}\n";
        return text;
    }

    std::string ends() {
        std::string text = "  selesai:\n    final: true\n";
        if (chance_.percent(60))
            text +=
                "    on:\n      buka_kembali: {to: kerja_1, by: pelapor, ask: [alasan], within: " +
                number(chance_.between(5, 30)) + " days, at_most: 1}\n";
        if (shape_.transfers)
            text += "  dialihkan:\n    transfer: {to: tujuan, hops_at_most: " +
                    number(chance_.between(1, 3)) + "}\n    final: true\n";
        if (merges_) text += "  duplikat:\n    do: [merge kasus_induk]\n    final: true\n";
        return text + "  dicabut: {final: true}\n  diarsipkan: {final: true}\n";
    }

    Chance& chance_;
    const Shape& shape_;
    std::int64_t steps_ = 1;
    bool asks_back_ = false;
    bool rated_ = false;
    bool merges_ = false;
};

bundle::Definitions files_of(Chance& chance, const Shape& shape, Chance policy) {
    std::map<std::string, std::string> files;
    files["rules/nasional/dasar.rules"] = rules(policy);
    files["workflows/nasional/pengaduan.yaml"] = WorkflowText(policy, shape).text();
    files["workflows/nasional/schema.yaml"] = schema();
    files["workflows/nasional/categories.csv"] = categories();
    files["workflows/nasional/regions.csv"] = regions();
    files["workflows/nasional/calendar-2026.yaml"] = calendar(chance, "nasional");
    for (const auto& agency : shape.agencies) {
        const std::string folder = "workflows/" + folder_of(agency) + "/";
        files[folder + "registry.yaml"] = registry(agency);
        files[folder + "people.yaml"] = people();
        files[folder + "calendar.yaml"] = calendar(chance, agency);
    }
    bundle::Definitions definitions;
    for (auto& [path, bytes] : files) definitions.files.push_back({path, bytes});
    for (const auto& zone : bundle::zones_named(definitions))
        files["zoneinfo/" + zone] = read_zone(zone);
    definitions.files.clear();
    for (auto& [path, bytes] : files) definitions.files.push_back({path, std::move(bytes)});
    return definitions;
}

std::optional<runtime::Loadout> load(const bundle::Definitions& files) {
    const Date today = *make_date(2026, 3, 2);
    auto sources = std::make_shared<SourceSet>();
    Diagnostics diagnostics;
    bundle::LoadOptions options;
    options.today = today;
    auto library = bundle::load(files, options, sources, diagnostics);
    ++(library ? counts().loaded : counts().refused);
    if (!library) {
        const auto found = diagnostics.sorted();
        counts().last_refusal.clear();
        for (const auto& one : found) counts().last_refusal += one.code + " ";
        return std::nullopt;
    }
    return runtime::Loadout(files, std::make_shared<const bundle::Library>(std::move(*library)),
                            today);
}

runtime::Loadout some(Chance& chance, const Shape& shape, const std::optional<Chance>& policy) {
    for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
        Chance of_policy = policy && attempt == 0 ? *policy : chance.split();
        if (auto loaded = load(files_of(chance, shape, of_policy))) return std::move(*loaded);
    }
    return {};
}

}  // namespace

const Made& made() {
    return counts();
}

std::shared_ptr<const DefinitionPair> definitions_of(std::uint64_t number) {
    static std::uint64_t kept_number = 0;
    static std::shared_ptr<const DefinitionPair> kept;
    if (kept && kept_number == number) return kept;
    Chance chance(number * 0x9e3779b97f4a7c15U + 17);
    Shape shape;
    shape.agencies = {"64", "64.09", "64.07"};
    shape.agencies.resize(1 + chance.below(3));
    shape.transfers = shape.agencies.size() > 1 && chance.percent(70);
    auto pair = std::make_shared<DefinitionPair>();
    for (const auto& agency : shape.agencies) pair->agencies.emplace_back(agency);
    // Half of the later versions change only what every case follows.
    const Chance policy = chance.split();
    pair->first = some(chance, shape, policy);
    pair->second = some(chance, shape, chance.percent(50) ? std::optional(policy) : std::nullopt);
    kept_number = number;
    kept = pair;
    return kept;
}

}  // namespace pintu::simulate
