# fixture kasus
report a received=2026-03-02T09:00:00 2026-03-02T09:00:00
teruskan a p-001 kelas=ringan 2026-03-02
jawab a p-011 jawaban=beres foto=a.jpg 2026-03-03
nilai a pelapor penilaian=6 2026-03-04
nilai a pelapor penilaian=1 2026-03-04
jawab a p-011 jawaban="sudah diperbaiki" 2026-03-05
nilai a pelapor penilaian=5 2026-03-06
buka_kembali a pelapor alasan="rusak lagi" 2026-03-20
jawab a p-011 jawaban=lagi 2026-03-21
play 2026-04-30
buka_kembali a pelapor alasan="rusak lagi" 2026-05-01
story a
