/* What the hostile plugins are made of: an ordinary plugin with a fact (skeleton.c), of which each
 * replaces what it attacks in. */
#ifndef PINTU_HOSTILE_H
#define PINTU_HOSTILE_H

#include <stddef.h>

#include "plugins/abi/pintu_plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

void on_entry(void);
int32_t on_start(pintu_sink* why);
int32_t on_call(pintu_text question, pintu_sink* answer);
void on_stop(void);

extern const pintu_host* host; /* from start() on */
const void* service(const char* id);

/* Writes words and gives PINTU_OK. */
int32_t say(pintu_sink* sink, const char* words);
/* "done": the attack got through; "denied": it did not. */
int32_t got_through(int yes, pintu_sink* answer);

/* A frame of its own making on the socket to the engine. */
void forge(uint32_t first, uint32_t second, uint16_t kind, uint16_t status, uint64_t id,
           const char* body);

void crash(void);
void hang(void);

#ifdef __cplusplus
}
#endif
#endif
