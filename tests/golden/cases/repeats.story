# fixture kasus
report a 2026-03-02
report b key=a 2026-03-03
report c key=a isi="Lain sekali" 2026-03-03
# The third report of the same hole within 30 days has the shorter time.
report d 2026-03-03
report e 2026-03-04
story e
# Far away, and without a place.
report f nowhere=yes 2026-03-05
story f
# Withdrawn ones do not count.
cabut a pelapor 2026-03-05
report g 2026-03-06
story g
