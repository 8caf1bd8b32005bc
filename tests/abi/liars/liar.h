/* An honest plugin, but for what a liar defines before it includes this. It answers every fact with
 * "ya", takes every message and brings no reports. Each liar is one file that tells one lie;
 * liars.txt says when it is told, and what must come of it. C, so that nothing helps it. */
#ifndef PINTU_LIAR_H
#define PINTU_LIAR_H

#include <stddef.h>
#include <string.h>

#include "plugins/abi/pintu_plugin.h"

#define TEXT(literal) \
    { literal, sizeof(literal) - 1 }

static const pintu_host* the_host;

static const void* service(const char* id) {
    const pintu_text text = {id, strlen(id)};
    return the_host->service(the_host->owner, text);
}

static inline int32_t say(pintu_sink* sink, const char* words) {
    const pintu_text text = {words, strlen(words)};
    return sink->write(sink->owner, text);
}

static inline int is(pintu_text id, const char* wanted) {
    return id.size == strlen(wanted) && memcmp(id.data, wanted, id.size) == 0;
}

#ifndef LIE_ANSWER
#define LIE_ANSWER return say(sink, "{\"value\":\"ya\"}")
#endif
static int32_t answer(void* instance, pintu_text question, pintu_sink* sink) {
    (void)instance, (void)question, (void)sink, (void)service;
    LIE_ANSWER;
}

#ifndef LIE_SEND
#define LIE_SEND return say(sink, "{}")
#endif
static int32_t send_message(void* instance, pintu_text message, pintu_sink* sink) {
    (void)instance, (void)message, (void)sink;
    LIE_SEND;
}

#ifndef LIE_POLL
#define LIE_POLL return say(sink, "{\"reports\":[],\"more\":false}")
#endif
static int32_t poll(void* instance, pintu_text request, pintu_sink* sink) {
    (void)instance, (void)request, (void)sink;
    LIE_POLL;
}

static int32_t taken(void* instance, pintu_text answers, pintu_sink* why) {
    (void)instance, (void)answers;
    return say(why, "{}");
}

#ifndef LIE_FACT_TABLE
#define LIE_FACT_TABLE sizeof(pintu_fact_1), 0, answer
#endif
static const pintu_fact_1 the_fact = {LIE_FACT_TABLE};
#ifndef LIE_CONNECTOR_TABLE
#define LIE_CONNECTOR_TABLE sizeof(pintu_connector_1), 0, send_message
#endif
static const pintu_connector_1 the_connector = {LIE_CONNECTOR_TABLE};
#ifndef LIE_CHANNEL_TABLE
#define LIE_CHANNEL_TABLE sizeof(pintu_channel_1), 0, poll, taken
#endif
static const pintu_channel_1 the_channel = {LIE_CHANNEL_TABLE};

#ifndef LIE_START
#define LIE_START return PINTU_OK
#endif
static int32_t start(const pintu_host* host, pintu_text config, pintu_sink* why, void** instance) {
    static int one;
    (void)config, (void)why;
    the_host = host;
    *instance = &one;
    LIE_START;
}

static void stop(void* instance) {
    (void)instance;
}

#ifndef LIE_EXTENSION
#define LIE_EXTENSION                                     \
    if (is(id, PINTU_FACT_1)) return &the_fact;           \
    if (is(id, PINTU_CONNECTOR_1)) return &the_connector; \
    if (is(id, PINTU_CHANNEL_1)) return &the_channel;     \
    return NULL
#endif
static const void* extension(void* instance, pintu_text id) {
    (void)instance, (void)id, (void)the_fact, (void)the_connector, (void)the_channel;
    LIE_EXTENSION;
}

#ifndef LIE_PLUGIN
#define LIE_PLUGIN \
    sizeof(pintu_plugin), PINTU_ABI, TEXT(LIAR_NAME), TEXT("1.0.0"), start, stop, extension
#endif
static const pintu_plugin the_plugin = {LIE_PLUGIN};

#ifndef LIE_ENTRY
#define LIE_ENTRY return &the_plugin
#endif
#ifndef LIE_NO_ENTRY
PINTU_EXPORT const pintu_plugin* pintu_plugin_entry(uint32_t host_abi);
PINTU_EXPORT const pintu_plugin* pintu_plugin_entry(uint32_t host_abi) {
    (void)host_abi, (void)the_plugin;
    LIE_ENTRY;
}
#endif

#endif
