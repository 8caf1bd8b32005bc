# fixture kasus
report a 2026-03-02
arsipkan a p-001 alasan="bukan pengaduan" 2026-03-02
# It lapses when the state is left.
tanya a p-001 alasan="di mana?" 2026-03-03
lengkapi a pelapor keterangan="di sini" 2026-03-04
approve a p-002 2026-03-05
arsipkan a p-001 alasan="bukan pengaduan" 2026-03-05
approve a p-002 2026-03-06
story a
row a
