# fixture kasus
report a received=2026-03-03T09:00:00 2026-03-02
report b received=1986-03-03T09:00:00 2026-03-02
report c isi= fields.kelas=sedang wilayah=64.99 2026-03-02
story c
report d wilayah=31.71 2026-03-02
row d
