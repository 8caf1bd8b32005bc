/* Answers with pieces, 64 MiB of them, and says that all went well. */
#define LIE_ANSWER                                                         \
    do {                                                                   \
        static const char piece[1 << 20];                                  \
        const pintu_text text = {piece, sizeof piece};                     \
        for (int i = 0; i < 64; ++i) (void)sink->write(sink->owner, text); \
        return PINTU_OK;                                                   \
    } while (0)
#include "liar.h"
