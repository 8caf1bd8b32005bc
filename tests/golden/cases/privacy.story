# fixture kasus
report a isi="Oknum minta uang di jalan rusak" 2026-03-02
report b kategori=pengawasan isi="Pungli" 2026-03-02
report c 2026-03-02
story a
story b
# A flag that is not named stays as it is.
privacy b p-001 anonim=no reason="nama sudah diumumkan" 2026-03-03
privacy b p-001 rahasia=no reason="isi sudah diumumkan" 2026-03-03
decide b p-001 name=privasi 2026-03-04
story b
privacy c pelapor anonim=yes 2026-03-04
story c
