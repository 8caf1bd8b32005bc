# fixture kasus
report a received=2026-03-02T09:00:00 2026-03-02T09:00:00
correct a p-001 name=kategori value=pengawasan reason="bukan jalan" 2026-03-03
decide a p-001 name=pemilik 2026-03-03
correct a p-001 name=tenggat value="5 working days" reason="janji bupati" 2026-03-04
correct a p-001 name=kelas value=berat reason="sudah ditinjau" 2026-03-04
correct a p-001 name=kelas value=unknown reason="belum" 2026-03-04
correct a p-001 name=pemilik value=diskominfo reason="sementara" 2026-03-05
# An explicit decision ends what a person had set.
decide a p-001 name=tenggat 2026-03-06
story a
