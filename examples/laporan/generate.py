#!/usr/bin/env python3
"""Makes kaltim-2026.jsonl: a year of synthetic reports of the province, the same bytes each time.

No report is real. What is real are the proportions: main categories as often as in
frekuensi-kategori.csv (public reports of July 2025), regencies by population and news of their
volumes, channels as the province's offices describe them, closed days that fill the queues. And
the mess: a third without a category, SMS spelling, wrong offices, duplicates, anonymous and secret
ones, named persons, jokes, missing places, districts that now lie in IKN. Every line says under
"sintetis" which of these it is ([] where none).

usage: generate.py > kaltim-2026.jsonl
       generate.py --table    the counts that README.md shows
"""
import collections, csv, json, os, sys

HERE = os.path.dirname(os.path.abspath(__file__))
REGIONS = os.path.join(HERE, "../../workflows/nasional/regions.csv")
CATEGORIES = os.path.join(HERE, "../../workflows/nasional/categories.csv")
FREQUENCIES = os.path.join(HERE, "frekuensi-kategori.csv")
# Branches of our own tree that the source has not, in the source's scale: our estimate.
OWN_BRANCHES = {"kebencanaan": 130, "pengawasan": 110, "perizinan": 60, "pajak_daerah": 30}
# Main categories of a past time, or of no regency: not played.
NOT_PLAYED = {"corona", "konsuler", "pelindungan_wni", "topik_khusus"}
COUNT = 1180


class Rng:
    """splitmix64: no dependence on a language's own generator."""

    def __init__(self, seed):
        self.x = seed

    def u64(self):
        self.x = (self.x + 0x9E3779B97F4A7C15) % 2**64
        z = self.x
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
        return z ^ (z >> 31)

    def below(self, n):
        return self.u64() % n

    def pick(self, xs):
        return xs[self.below(len(xs))]

    def chance(self, percent):
        return self.below(100) < percent

    def weighted(self, pairs):
        at = self.below(sum(w for _, w in pairs))
        for value, weight in pairs:
            at -= weight
            if at < 0:
                return value


# Share of the reports by agency: population, with the quieter upstream regencies.
AGENCIES = [("64.72", 250), ("64.02", 190), ("64.71", 180), ("64.08", 110), ("64.09", 80), ("64.01", 60),
            ("64.03", 60), ("64.74", 35), ("64.07", 25), ("64.11", 10)]
CENTRES = {"64.01": (-1.906, 116.190), "64.02": (-0.414, 116.987), "64.03": (2.150, 117.490), "64.07": (-0.230, 115.690),
           "64.08": (0.510, 117.540), "64.09": (-1.290, 116.700), "64.11": (0.550, 115.240), "64.71": (-1.240, 116.860),
           "64.72": (-0.500, 117.150), "64.74": (0.130, 117.480)}
CHANNELS = [("whatsapp", 34), ("web", 18), ("sms", 14), ("aplikasi", 12), ("surel", 9), ("surat", 6), ("loket", 4), ("medsos", 3), ("web_desa", 2)]

# (category, share within its main category, titles, bodies). Bodies may use {p} a place and {n} a person's name.
TOPICS = [
 ("pekerjaan_umum/jalan_berlubang", 40, ["Jalan berlubang", "Jalan rusak parah", "Lubang di jalan"],
  ["Jalan berlubang di {p} sudah dua bulan tidak ditambal, kemarin ada motor jatuh.", "Aspal hancur sepanjang {p}, kalau hujan lubangnya tidak kelihatan.",
   "Mohon perbaikan jalan rusak {p}, truk sawit lewat terus tiap malam.", "Lubang besar di {p} dalam sekitar 30 cm, berbahaya bagi anak sekolah."]),
 ("pekerjaan_umum/jembatan", 5, ["Jembatan rusak", "Papan jembatan lepas"],
  ["Jembatan kayu di {p} papannya banyak yang lepas, warga takut lewat.", "Jembatan putus di {p} setelah banjir minggu lalu, kami terpaksa memutar."]),
 ("pekerjaan_umum/drainase", 8, ["Parit tersumbat", "Drainase mampet"],
  ["Parit di {p} tersumbat sampah, setiap hujan air masuk rumah.", "Gorong-gorong {p} mampet dan bau, mohon dibersihkan."]),
 ("pekerjaan_umum/sengketa_tanah", 6, ["Sengketa lahan", "Patok tanah dipindah"],
  ["Lahan kami di {p} diklaim perusahaan, surat tanah sudah ada sejak 1998.", "Patok tanah kami di {p} dipindahkan orang, mohon mediasi dari pemerintah."]),
 ("perhubungan/lampu_penerangan_jalan_umum", 12, ["Lampu jalan mati", "PJU padam"],
  ["Lampu jalan mati di {p} sudah tiga minggu, gelap dan rawan begal.", "PJU sepanjang {p} tidak menyala, mohon diganti bohlamnya."]),
 ("perhubungan/parkir_liar", 5, ["Parkir liar", "Juru parkir memaksa"],
  ["Parkir liar di {p} bikin macet tiap sore.", "Juru parkir di {p} minta 10 ribu tanpa karcis, apa ini resmi?"]),
 ("perhubungan/transportasi_darat", 5, ["Angkot tidak lewat", "Bus sekolah terlambat"],
  ["Angkutan ke {p} sudah tidak ada sejak bulan lalu, anak sekolah jalan kaki.", "Truk batu bara lewat {p} siang hari, padahal dilarang."]),
 ("ketenagakerjaan/gaji_pekerja", 14, ["Gaji belum dibayar", "THR tidak dibayar"],
  ["Kami karyawan di {p} belum digaji dua bulan, sudah tanya HRD tidak ada jawaban.", "THR kami tidak dibayar perusahaan di {p}, katanya tidak ada uang.",
   "Upah di bawah UMK, kami 14 orang bekerja di {p}."]),
 ("ketenagakerjaan", 8, ["PHK sepihak", "Lowongan untuk warga lokal"],
  ["Saya di-PHK tanpa pesangon dari perusahaan di {p}.", "Mohon perusahaan di {p} utamakan tenaga kerja lokal."]),
 ("sosial/bansos_daerah", 14, ["Bansos tidak tepat sasaran", "Belum dapat bantuan"],
  ["Bantuan sosial di {p} tidak tepat sasaran, yang punya mobil malah dapat.", "Ibu saya lansia di {p} belum pernah dapat bansos padahal sudah didata."]),
 ("sosial/bantuan_sosial", 6, ["Kartu bantuan diblokir"], ["Kartu bantuan saya diblokir, tanya ke kantor di {p} disuruh menunggu terus."]),
 ("pendidikan/lainnya", 10, ["Pungutan sekolah", "Ruang kelas bocor", "Guru kurang"],
  ["Sekolah di {p} minta uang komite 500 ribu, katanya sukarela tapi dipaksa.", "Atap kelas SD di {p} bocor, murid belajar di teras.", "Guru di {p} hanya tiga orang untuk enam kelas."]),
 ("pendidikan/kartu_indonesia_pintar_kip", 3, ["KIP belum cair"], ["Dana KIP anak saya belum cair, sekolahnya di {p}."]),
 ("ketertiban/keresahan_masyarakat", 9, ["Balap liar", "Musik keras tengah malam", "Anjing liar"],
  ["Balap liar tiap malam minggu di {p}, sangat mengganggu.", "Karaoke di {p} memutar musik keras sampai subuh.", "Banyak anjing liar di {p}, anak saya hampir digigit."]),
 ("ketertiban/sampah_liar", 8, ["Sampah menumpuk", "Tempat sampah liar"],
  ["Sampah menumpuk di {p} sudah seminggu tidak diangkut, baunya menyengat.", "Orang buang sampah sembarangan di {p} padahal ada larangan."]),
 ("lingkungan/kehutanan", 5, ["Pembabatan hutan"], ["Ada pembabatan hutan di sekitar {p}, alat berat masuk malam hari."]),
 ("lingkungan/lainnya", 9, ["Limbah tambang", "Air sungai keruh", "Debu batu bara"],
  ["Limbah tambang mengalir ke sungai di {p}, ikan mati semua.", "Debu batu bara di {p} masuk ke rumah, anak-anak batuk.", "Air sungai {p} jadi hitam dan bau sejak pabrik beroperasi."]),
 ("tik/jaringan_internet", 8, ["Tidak ada sinyal", "Internet desa mati"],
  ["Di {p} belum ada sinyal sama sekali, kami harus naik bukit.", "Internet kantor desa {p} mati sejak bulan lalu."]),
 ("kesehatan", 9, ["Antre puskesmas", "Obat habis", "Ambulans tidak ada"],
  ["Antre di puskesmas {p} dari subuh, dokternya datang jam 10.", "Obat di puskesmas {p} sering habis, disuruh beli di luar.", "Ambulans desa {p} rusak, pasien dibawa pakai pikap."]),
 ("ekonomi", 5, ["Harga beras naik", "Gas langka"], ["Harga beras di {p} naik terus, mohon operasi pasar.", "Gas 3 kg langka di {p}, antre dari pagi tidak dapat."]),
 ("kependudukan/kartu_keluarga", 6, ["KK belum jadi", "Antre dukcapil"],
  ["Urus KK di {p} sudah sebulan belum jadi juga.", "Loket dukcapil {p} tutup sebelum jam 12."]),
 ("kependudukan", 4, ["Blangko KTP kosong"], ["Blangko KTP kosong terus di {p}, sudah empat kali datang."]),
 ("energi/layanan_air_minum", 7, ["Air PDAM mati", "Air keruh"],
  ["Air PDAM di {p} mati tiga hari tanpa pemberitahuan.", "Air ledeng di {p} keruh berwarna cokelat."]),
 ("energi", 4, ["Listrik sering padam"], ["Listrik di {p} padam tiap sore, alat elektronik rusak."]),
 ("kebencanaan/banjir", 7, ["Banjir", "Banjir setinggi lutut"],
  ["Banjir di {p} sudah setinggi lutut sejak tadi malam, ada lansia yang belum dievakuasi.", "Air sungai meluap ke {p}, mohon perahu karet."]),
 ("kebencanaan/karhutla", 4, ["Asap kebakaran lahan"], ["Kebakaran lahan gambut dekat {p}, asapnya pekat sekali.", "Ada api di kebun belakang {p}, damkar belum datang."]),
 ("kebencanaan/longsor", 2, ["Tanah longsor"], ["Tanah longsor di {p} menutup jalan, satu rumah tertimbun."]),
 ("pengawasan/pungutan_liar", 5, ["Pungli", "Diminta uang pelicin"],
  ["Oknum petugas bernama {n} di {p} minta uang pelicin 300 ribu untuk surat pindah.", "Ada pungutan liar di kantor {p}, tiap berkas bayar 50 ribu."]),
 ("pengawasan/korupsi", 3, ["Dugaan korupsi dana desa"], ["Kepala desa {n} di {p} diduga memakai dana desa untuk bangun rumah sendiri."]),
 ("pengawasan/disiplin_asn", 3, ["Pegawai tidak di tempat"], ["Pegawai bernama {n} di kantor {p} jarang masuk, kalau masuk main gim."]),
 ("perizinan/usaha", 3, ["Izin usaha lama"], ["Izin usaha saya di {p} sudah tiga bulan belum terbit."]),
 ("perizinan/bangunan", 3, ["PBG tidak jelas", "Bangunan tanpa izin"], ["Ada ruko dibangun di {p} tanpa papan izin.", "Pengurusan PBG di {p} berbelit, berkas selalu kurang."]),
 ("pajak_daerah", 3, ["Salah tagih PBB"], ["PBB saya di {p} naik tiga kali lipat, luas tanahnya salah."]),
 ("pertanian", 3, ["Pupuk langka"], ["Pupuk subsidi langka di {p}, padi kami menguning."]),
 ("agama", 2, ["Dana hibah masjid"], ["Kapan dana hibah masjid di {p} cair? Sudah dijanjikan sejak tahun lalu."]),
 ("hukum", 6, ["Sertifikat sengketa", "Bantuan hukum"], ["Kami butuh bantuan hukum untuk warga tidak mampu di {p}, ke mana harus datang?", "Perkara tanah kami di {p} sudah di pengadilan, apakah pemerintah bisa bantu?"]),
 ("sp4n_lapor", 6, ["Laporan lama tidak dijawab"], ["Laporan No. 8112829 dan 8371004 belum ada jawaban, mohon ditindaklanjuti.", "Kenapa laporan saya ditutup padahal jalan di {p} belum diperbaiki?"]),
 ("konsumen", 4, ["Timbangan curang"], ["Timbangan pedagang di {p} tidak pas, mohon ditera ulang.", "Beli elpiji di {p} isinya kurang."]),
 ("desa/dana_desa", 4, ["Papan dana desa", "BUMDes mati"], ["Tidak ada papan pengumuman dana desa di {p}, warga tidak tahu dipakai apa.", "Perangkat desa di {p} susah ditemui, surat desa tidak jadi-jadi."]),
 ("pemulihan_ekonomi", 3, ["Bantuan UMKM"], ["Kapan pendaftaran bantuan UMKM di {p} dibuka lagi?"]),
 ("gender_inklusi", 2, ["Kursi roda", "Jalur difabel"], ["Kantor di {p} tidak ada jalur kursi roda untuk difabel."]),
 ("makan_bergizi", 2, ["Makanan basi di sekolah"], ["Makanan bergizi gratis di {p} hari ini basi, anak-anak mual."]),
 ("narkotika", 2, ["Peredaran narkoba"], ["Di {p} sering ada transaksi narkoba malam hari, warga takut melapor."]),
 ("kekerasan_pendidikan", 2, ["Perundungan"], ["Anak saya dirundung di sekolahnya di {p}, wali kelas diam saja."]),
 ("netralitas_asn", 2, ["ASN ikut kampanye"], ["Camat di {p} mengajak memilih calon tertentu."]),
 ("politisasi_asn", 2, ["Mutasi karena politik"], ["Guru honorer di {p} dipindah karena beda pilihan."]),
 ("perairan", 2, ["Pungutan di dermaga"], ["Speedboat di dermaga {p} kelebihan muatan tiap hari."]),
 ("lainnya", 26, ["Mohon informasi", "Saran", "Pelayanan"],
  ["Mohon informasi jadwal pelayanan keliling di {p}.", "Saran saya supaya taman di {p} diberi lampu dan bangku.", "Terima kasih, pelayanan di {p} sudah baik, pertahankan.",
   "Bagaimana cara mengurus beasiswa kabupaten, saya tinggal di {p}?", "Petugas di {p} kurang ramah, mohon dibina."]),
]
JOKES = ["Pak tolong carikan jodoh, sudah 35 tahun masih sendiri.", "Tes tes 123, apakah ini masuk?", "Mohon hujan dihentikan dulu, jemuran saya belum kering.",
         "Lapor, mantan saya sudah punya pacar baru.", "Min, spill gaji bupati dong."]
NAMES = ["Budi Santoso", "Siti Aminah", "Rahmat Hidayat", "Yohanes Lejau", "Maria Bulan", "Andi Firmansyah", "Nur Aisyah", "Hendra Wijaya", "Dewi Lestari",
         "Agus Salim", "Fitriani", "Markus Ding", "Sri Wahyuni", "Abdul Kadir", "Lukas Ngau", "Rina Marlina"]
MEN = ["Budi Santoso", "Rahmat Hidayat", "Andi Firmansyah", "Hendra Wijaya", "Agus Salim", "Markus Ding", "Abdul Kadir", "Lukas Ngau"]
SMS = [("yang", "yg"), ("tidak", "gak"), ("sudah", "sdh"), ("dengan", "dgn"), ("jalan", "jln"), ("untuk", "utk"), ("belum", "blm"), ("tolong", "tlg"),
       ("mohon", "mhn"), ("karena", "krn"), ("kami", "kmi"), ("banyak", "byk"), ("bulan", "bln"), ("lampu", "lmpu"), ("dari", "dr"), ("saya", "sy")]
DOUBLED = [("rusak", "rusaaak"), ("parah", "parahh"), ("banjir", "banjiir"), ("gelap", "gelapp")]
SPOTS = ["depan SD {k}", "simpang tiga {v}", "dekat masjid {v}", "RT {k} {v}", "pasar {v}", "{v}", "belakang kantor desa {v}", "poros {v}", "gang {k} {v}"]
MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
# More in the rains, around Idul Fitri (THR, prices), before the year's end.
MONTH_WEIGHTS = [90, 85, 130, 95, 85, 80, 80, 85, 95, 85, 90, 120]


def sms(text):
    for long, short in SMS:
        text = text.replace(long, short).replace(long.capitalize(), short)
    return text.lower().replace(",", "").rstrip(".")


def doubled(r, text):
    for plain, long in DOUBLED:
        if plain in text and r.chance(30):
            return text.replace(plain, long, 1)
    return text


def kind(text):
    """The three kinds of report, as a citizen would tick them."""
    if any(w in text for w in ("Mohon informasi", "Bagaimana cara", "Kapan ", "ke mana harus")):
        return "permintaan_informasi"
    return "aspirasi" if any(w in text for w in ("Saran", "Terima kasih, pelayanan", "utamakan")) else "pengaduan"


def weighed_topics():
    """(topic, weight): a main category as often as in the source, its topics by their shares."""
    main_of = {row["name"].upper(): row["code"] for row in csv.DictReader(open(CATEGORIES, encoding="utf-8")) if "/" not in row["code"]}
    weights = dict(OWN_BRANCHES)
    for row in csv.DictReader(open(FREQUENCIES, encoding="utf-8")):
        weights[main_of[row["main"]]] = int(row["reports"])
    within = collections.Counter()
    for topic in TOPICS:
        within[topic[0].split("/")[0]] += topic[1]
    left = set(weights) - set(within) - NOT_PLAYED
    assert not left, left
    return [(t, max(1, weights[t[0].split("/")[0]] * 100 * t[1] // within[t[0].split("/")[0]])) for t in TOPICS]


def regions():
    rows = list(csv.DictReader(open(REGIONS, encoding="utf-8")))
    districts, villages = {}, {}
    for row in rows:
        parts = row["code"].split(".")
        if len(parts) == 3:
            districts.setdefault(".".join(parts[:2]), []).append(row)
        elif len(parts) == 4:
            villages.setdefault(".".join(parts[:3]), []).append(row)
    return districts, villages


def moment(r):
    month = r.weighted(list(zip(range(12), MONTH_WEIGHTS)))
    day, hour = 1 + r.below(MONTH_DAYS[month]), r.weighted([(h, 1 if h < 6 else 6 if h < 21 else 3) for h in range(24)])
    return f"2026-{month + 1:02d}-{day:02d}T{hour:02d}:{r.below(60):02d}:{r.below(60):02d}+08:00"


def place(r, agency, districts, villages):
    """(region code or None, spot, lat, lon): as precise as people are."""
    district = r.pick(districts[agency])
    village = r.pick(villages[district["code"]])
    spot = r.pick(SPOTS).format(v=village["name"], k=f"{1 + r.below(40):03d}")
    code = r.weighted([(village["code"], 35), (district["code"], 30), (agency, 23), (None, 12)])
    lat, lon = CENTRES[agency]
    at = (round(lat + (r.below(20000) - 10000) / 1e5, 6), round(lon + (r.below(20000) - 10000) / 1e5, 6))
    return code, spot, at if code and r.chance(45) else None


def report(r, districts, villages, topics):
    agency = r.weighted(AGENCIES)
    code, spot, at = place(r, agency, districts, villages)
    channel = r.weighted(CHANNELS)
    category, _, titles, bodies = r.weighted(topics)
    name = r.pick(NAMES)
    template = r.pick(bodies)
    mess = ["orang_disebut"] if "{n}" in template else []
    body = template.format(p=spot, n="Bpk. " + r.pick(MEN))
    if r.chance(25):
        body += r.pick([" Mohon segera ditindaklanjuti.", " Sudah lapor ke RT tapi belum ada tanggapan.", " Terima kasih.", " Ada anak dan lansia di sini.",
                        " Tolong dicek ke lokasi.", " Apakah bisa minggu ini?"])
    title = r.pick(titles)
    if r.chance(2):
        category, title, body, mess = "lainnya", "Laporan", r.pick(JOKES), ["iseng"]
    chosen = kind(body) if channel in ("web", "aplikasi", "loket") and r.chance(80) else None
    if channel in ("sms", "whatsapp") and r.chance(60):
        body, title = doubled(r, sms(body)), ""
        mess.append("ejaan_sms")
    out = {"channel": channel, "external_id": "", "received_at": moment(r), "judul": title, "isi": body}
    where = {}
    if code:
        where["region"] = code
    if at:
        where["lat"], where["lon"] = at
    if r.chance(50):
        where["note"] = spot
    if where:
        out["place"] = where
    else:
        mess.append("tanpa_tempat")
    if r.chance(34):
        mess.append("tanpa_kategori")
    else:
        out["kategori_pelapor"] = category
    reporter = {"name": name}
    if channel in ("sms", "whatsapp") or r.chance(50):
        reporter["phone"] = f"0812-0000-{r.below(10000):04d}"
    if channel in ("surel", "web"):
        reporter["email"] = name.lower().replace(" ", ".") + f"{r.below(90)}@contoh.example"
    out["reporter"] = reporter
    out["anonim"], out["rahasia"] = r.chance(9), r.chance(5)
    mess += [flag for flag in ("anonim", "rahasia") if out[flag]]
    fields = {"jenis": chosen} if chosen else {}
    if category.startswith("pekerjaan_umum/jalan") and r.chance(45):
        fields["status_jalan"] = r.weighted([("kabupaten", 55), ("provinsi", 20), ("nasional", 12), ("desa", 13)])
    if "lansia" in body and r.chance(70):
        fields["kelompok_rentan"] = True
    if fields:
        out["fields"] = fields
    if r.chance(18) and channel not in ("sms", "loket"):
        out["attachments"] = [{"name": f"foto-{1 + r.below(900)}.jpg"}]
    out["sintetis"] = mess
    return out


def spoil(r, reports):
    """Duplicates of neighbours, reports that reached the wrong office, one in IKN."""
    for _ in range(45):
        twin = json.loads(json.dumps(r.pick(reports)))
        if "lat" not in twin.get("place", {}):
            continue
        twin["place"]["lat"] = round(twin["place"]["lat"] + 0.0002, 6)
        twin["channel"], twin["reporter"] = r.weighted(CHANNELS), {"name": r.pick(NAMES)}
        twin["isi"] = r.pick(["Sama seperti tetangga saya, ", "Saya juga mengalami: ", "Melanjutkan laporan warga, "]) + twin["isi"]
        twin["sintetis"] = sorted(set(twin["sintetis"]) - {"anonim", "rahasia"} | {"duplikat"})
        twin["anonim"] = twin["rahasia"] = False
        day = min(28, int(twin["received_at"][8:10]) + 1 + r.below(5))
        twin["received_at"] = twin["received_at"][:8] + f"{day:02d}" + twin["received_at"][10:]
        reports.append(twin)
    for wrong in range(30):
        lost = r.pick(reports)
        lost["agency"] = r.pick([a for a, _ in AGENCIES if not lost.get("place", {}).get("region", "").startswith(a)])
        if "salah_kantor" not in lost["sintetis"]:
            lost["sintetis"] = lost["sintetis"] + ["salah_kantor"]
        if wrong % 3 == 0:
            lost["isi"] += " Maaf kalau salah alamat."
    for day, text in ((11, "Kami warga Sepaku, tanah kami masuk kawasan IKN, izin bangunan urus ke mana?"),
                      (23, "Jalan poros Sepaku rusak karena truk proyek IKN, siapa yang memperbaiki?")):
        reports.append({"channel": "web", "external_id": "", "received_at": f"2026-05-{day}T10:05:00+08:00", "judul": "Warga Sepaku", "isi": text,
                        "place": {"region": "64.09.04", "lat": -0.905, "lon": 116.752}, "reporter": {"name": r.pick(NAMES)}, "anonim": False,
                        "rahasia": False, "sintetis": ["ikn"], "kategori_pelapor": "perizinan/bangunan" if day == 11 else "pekerjaan_umum/jalan_berlubang"})


def table(reports):
    """README's tables: kinds of mess, and main categories of those that chose one beside the source."""
    mess = collections.Counter(m for x in reports for m in (x["sintetis"] or ["rapi"]))
    print("| ragam | laporan | bagian |\n|---|---|---|")
    for name, count in sorted(mess.items(), key=lambda m: (-m[1], m[0])):
        print(f"| {name} | {count} | {100 * count / len(reports):.1f} % |")
    chosen = collections.Counter(x["kategori_pelapor"].split("/")[0] for x in reports if "kategori_pelapor" in x)
    main_of = {row["name"].upper(): row["code"] for row in csv.DictReader(open(CATEGORIES, encoding="utf-8")) if "/" not in row["code"]}
    source = {main_of[row["main"]]: int(row["reports"]) for row in csv.DictReader(open(FREQUENCIES, encoding="utf-8"))}
    ours, theirs = sum(chosen[c] for c in source), sum(n for c, n in source.items() if c not in NOT_PLAYED)
    print("\n| kategori utama | di sini | sumber |\n|---|---|---|")
    for code, count in sorted(source.items(), key=lambda c: (-c[1], c[0])):
        if code not in NOT_PLAYED:
            print(f"| {code} | {100 * chosen[code] / ours:.1f} % | {100 * count / theirs:.1f} % |")


def main():
    r = Rng(20260101)
    districts, villages = regions()
    topics = weighed_topics()
    reports = [report(r, districts, villages, topics) for _ in range(COUNT)]
    spoil(r, reports)
    reports.sort(key=lambda x: (x["received_at"], x["isi"]))
    if "--table" in sys.argv:
        return table(reports)
    for i, x in enumerate(reports):
        x["external_id"] = f"sintetis-{i + 1:05d}"
        # A channel that reconnected sends the same line again.
        for _ in range(2 if i % 100 == 37 else 1):
            sys.stdout.write(json.dumps(x, ensure_ascii=False, separators=(",", ":")) + "\n")


main()
