# fixture ppu
report a received=2026-03-13T09:30:00 2026-03-13T09:30:00
verifikasi a p-001 kelas=tidak_berkadar_pengawasan status_jalan=kabupaten 2026-03-16
terima a p-014 2026-03-17
# Without the photo that the rules ask for nothing is answered.
tindak_lanjuti a p-014 jawaban="Akan ditambal" 2026-03-17
tindak_lanjuti a p-014 jawaban="Akan ditambal" foto=lubang.jpg lokasi=peta.png 2026-03-27
ditanggapi_pelapor a pelapor 2026-03-30
play 2026-05-01
tindak_lanjuti a p-015 jawaban="Sudah ditambal" 2026-05-04
play 2026-06-30
story a
row a
effects
