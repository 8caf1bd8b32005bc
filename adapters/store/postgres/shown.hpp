// The front of `cases.shown` (packed.hpp) as statements read it, of a table that they call `c`:
// what lists ask for, and what a timer is called. No index looks rows up by it, so it needs no
// columns, each of which would cost whoever moves a row. Big-endian: sequence (4 bytes), late (1),
// the sizes of state, owner and the timer's name (3 each), those three. Where it is cut short they
// are "".
#pragma once

#define PINTU_SEQUENCE_OF(row) "substr(" #row ".shown, 1, 4)"
#define PINTU_SHOWN_LATE "(substr(c.shown, 5, 1) = '\\x01')"
#define PINTU_SHOWN_SIZE(at)                                            \
    "CASE WHEN length(c.shown) < 14 THEN 0 ELSE get_byte(c.shown, " #at \
    ") * 65536 + "                                                      \
    "get_byte(c.shown, " #at " + 1) * 256 + get_byte(c.shown, " #at " + 2) END"
#define PINTU_SHOWN_STATE "substr(c.shown, 15, " PINTU_SHOWN_SIZE(5) ")"
#define PINTU_SHOWN_OWNER "substr(c.shown, 15 + " PINTU_SHOWN_SIZE(5) ", " PINTU_SHOWN_SIZE(8) ")"
#define PINTU_SHOWN_TIMER                                                                        \
    "substr(c.shown, 15 + " PINTU_SHOWN_SIZE(5) " + " PINTU_SHOWN_SIZE(8) ", " PINTU_SHOWN_SIZE( \
        11) ")"
