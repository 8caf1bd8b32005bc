# fixture kasus
report a 2026-03-02
# Every refusal says why, and what would be allowed.
jawab a p-011 jawaban=x 2026-03-02
teruskan a p-011 kelas=ringan 2026-03-02
teruskan a p-001 2026-03-02
teruskan a p-001 kelas=sedang 2026-03-02
teruskan a p-001 kelas=ringan warna=merah 2026-03-02
teruskan a p-099 kelas=ringan 2026-03-02
cabut a p-001 2026-03-02
alihkan a p-001 alasan=x tujuan=99 2026-03-02
alihkan a p-001 alasan=x tujuan=64.09 2026-03-02
gabungkan a p-001 kasus_induk=7H3K-9QXM-V2PT 2026-03-02
gabungkan a p-001 kasus_induk=case:a 2026-03-02
approve a p-002 2026-03-02
arsipkan a p-001 alasan=x 2026-03-02
arsipkan a p-001 alasan=x 2026-03-02
approve a p-001 2026-03-02
refuse a p-002 reason="belum cukup" 2026-03-02
approve a p-002 2026-03-02
privacy a pelapor rahasia=yes 2026-03-02
privacy a pelapor rahasia=no 2026-03-02
privacy a p-001 rahasia=no 2026-03-02
privacy a p-001 rahasia=no reason="sudah diizinkan" 2026-03-02
privacy a p-001 rahasia=no reason="sekali lagi" 2026-03-02
comment a p-099 text=halo 2026-03-02
comment a p-011 2026-03-02
rate a pelapor stars=5 2026-03-02
rate a p-001 stars=5 2026-03-02
link a p-001 to=a as=similar 2026-03-02
link a p-001 to=a as=friend 2026-03-02
correct a p-001 name=warna value=merah reason=x 2026-03-02
correct a p-001 name=isi value=merah reason=x 2026-03-02
correct a p-001 name=kelas value=merah reason=x 2026-03-02
correct a p-001 name=pemilik value=merah reason=x 2026-03-02
correct a p-001 name=kelas value=berat 2026-03-02
correct a p-011 name=pemilik value=inspektorat reason="keliru" 2026-03-02
evidence a p-001 2026-03-02
teruskan a p-004 kelas=ringan 2026-03-02
story a
