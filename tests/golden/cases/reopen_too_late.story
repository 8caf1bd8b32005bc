# fixture kasus
report a received=2026-03-02T09:00:00 2026-03-02T09:00:00
teruskan a p-001 kelas=ringan 2026-03-02
jawab a p-011 jawaban=beres foto=a.jpg 2026-03-03
play 2026-03-31
buka_kembali a pelapor alasan=lagi 2026-06-30
