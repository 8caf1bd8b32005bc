/* Refuses to start, for a reason longer than a document may be. */
#define LIE_START                                                        \
    do {                                                                 \
        static const char piece[1 << 20];                                \
        const pintu_text text = {piece, sizeof piece};                   \
        for (int i = 0; i < 64; ++i) (void)why->write(why->owner, text); \
        return PINTU_REFUSED;                                            \
    } while (0)
#include "liar.h"
