# fixture kasus
report a 2026-03-02
teruskan a p-001 kelas=ringan 2026-03-03
kembalikan a p-011 alasan="bukan kami" 2026-03-03
# Nobody else is competent: the front desk.
row a
kirim a p-001 2026-03-04
row a
log
