# fixture kasus
# An open case comes to its end though nothing that is asked for as text could be kept.
report a 2026-03-02
erase a p-001 why="permintaan pelapor" 2026-03-03
tanya a p-001 alasan="mana fotonya?" 2026-03-03
tanya a p-001 2026-03-03
lengkapi a pelapor 2026-03-04
teruskan a p-001 2026-03-04
teruskan a p-001 kelas=ringan 2026-03-04
jawab a p-011 foto=a.jpg 2026-03-05
jawab a p-011 2026-03-05
tanggapi a pelapor 2026-03-06
jawab a p-011 2026-03-09
nilai a pelapor 2026-03-10
nilai a pelapor penilaian=5 2026-03-10
# What has ended stays so.
buka_kembali a pelapor 2026-03-11
buka_kembali a pelapor alasan="belum" 2026-03-11
story a
# To another agency, and by two persons.
report b 2026-03-02
erase b p-001 why="permintaan pelapor" 2026-03-03
arsipkan b p-001 2026-03-03
approve b p-002 2026-03-03
story b
report c 2026-03-02
erase c p-001 why="permintaan pelapor" 2026-03-03
alihkan c p-001 tujuan=64 2026-03-03
play 2026-03-03
story c
story c/there
# Officials correct it without the reason that nothing could keep.
report d 2026-03-02
erase d p-001 why="permintaan pelapor" 2026-03-03
correct d p-001 name=kategori value=pengawasan 2026-03-03
correct d p-001 name=kategori value=pengawasan reason="bukan jalan" 2026-03-03
privacy d p-001 rahasia=yes 2026-03-03
story d
