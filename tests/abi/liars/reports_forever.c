/* Always says that there are more, and brings none. */
#define LIE_POLL return say(sink, "{\"reports\":[],\"more\":true}")
#include "liar.h"
