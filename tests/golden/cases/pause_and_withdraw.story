# fixture kasus
report a received=2026-03-02T09:00:00 2026-03-02T09:00:00
tanya a p-001 alasan="di mana?" 2026-03-03
lengkapi a pelapor keterangan="di sini" 2026-03-06
tanya a p-001 alasan="foto?" 2026-03-09
play 2026-03-31
story a
row a
report b 2026-04-01
tanya b p-001 alasan=1 2026-04-01
lengkapi b pelapor keterangan=1 2026-04-01
tanya b p-001 alasan=2 2026-04-01
lengkapi b pelapor keterangan=2 2026-04-01
# The third question is one too many: the event goes to its `then`.
tanya b p-001 alasan=3 2026-04-01
row b
