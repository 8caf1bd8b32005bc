# fixture kasus
report a 2026-03-02
comment a pelapor text="Nomor saya 0812" 2026-03-03
read a p-001 purpose="menghubungi pelapor" 2026-03-03
erase a p-011 2026-03-04
erase a p-001 why="permintaan pelapor" 2026-03-04
erase a p-001 why="sekali lagi" 2026-03-04
comment a pelapor text="masih ada?" 2026-03-05
teruskan a p-001 kelas=ringan 2026-03-05
report b key=a 2026-03-06
story a
