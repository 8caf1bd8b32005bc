# fixture kasus
report a anonim=yes received=2026-03-02T09:00:00 2026-03-02T09:00:00
alihkan a p-001 alasan="jalan provinsi" tujuan=64 2026-03-03
play 2026-03-03
story a
story a/there
# Back again, and then it is enough.
alihkan a/there p-001 alasan="jalan kabupaten" tujuan=64.09 2026-03-04
play 2026-03-04
alihkan a/there p-001 alasan="tidak mau" tujuan=64 2026-03-05
row a/there
