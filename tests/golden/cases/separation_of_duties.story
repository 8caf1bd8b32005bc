# fixture kasus
report a wilayah= nowhere=yes isi="Lampu mati" 2026-03-02
# p-004 is both admin and liaison of the front desk, which owns what has no place.
teruskan a p-004 kelas=berat 2026-03-03
jawab a p-004 jawaban=beres 2026-03-04
story a
