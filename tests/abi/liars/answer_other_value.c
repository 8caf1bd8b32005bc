/* Answers with a value that its manifest does not offer. */
#define LIE_ANSWER return say(sink, "{\"value\":\"barangkali\"}")
#include "liar.h"
