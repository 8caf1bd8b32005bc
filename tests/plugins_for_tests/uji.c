/* A plugin for tests of the engine's side: what a question names is how it behaves. Built several
 * times, with other names, versions and lies. */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plugins/abi/pintu_plugin.h"

#ifndef UJI_NAME
#define UJI_NAME "uji"
#endif
#ifndef UJI_VERSION
#define UJI_VERSION "1.0.0"
#endif
#ifndef UJI_ABI
#define UJI_ABI PINTU_ABI
#endif

static const pintu_host* engine;

static pintu_text text(const char* words) {
    pintu_text made = {words, strlen(words)};
    return made;
}

static int32_t say(pintu_sink* sink, const char* words) {
    return sink->write(sink->owner, text(words));
}

static int has(pintu_text document, const char* word) {
    const size_t size = strlen(word);
    for (uint64_t i = 0; i + size <= document.size; ++i)
        if (memcmp(document.data + i, word, size) == 0) return 1;
    return 0;
}

static void sleep_ms(long ms) {
    struct timespec time = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&time, NULL);
}

static int32_t flood(pintu_sink* sink) {
    static char piece[1 << 20];
    memset(piece, 'a', sizeof piece);
    for (int i = 0; i < 20; ++i) {
        const pintu_text more = {piece, sizeof piece};
        sink->write(sink->owner, more);
    }
    return PINTU_OK;
}

/* Counts its calls in its state, and tells the count. */
static int32_t count(pintu_sink* value) {
    const pintu_state_1* state = engine->service(engine->owner, text(PINTU_STATE_1));
    const pintu_log_1* log = engine->service(engine->owner, text(PINTU_LOG_1));
    const pintu_time_1* time = engine->service(engine->owner, text(PINTU_TIME_1));
    const pintu_text more = {"x", 1};
    if (!state || !log || !time || time->now_us(engine->owner) == 0) return PINTU_FAILED;
    log->write(engine->owner, PINTU_INFO, text("dihitung\n\x1b[31m"));
    say(value, "{\"value\":\"");
    state->get(engine->owner, text("hitung"), value);
    say(value, "\"}");
    return state->put(engine->owner, text("hitung"), more);
}

static int32_t secret(pintu_sink* value) {
    const pintu_secret_1* secrets = engine->service(engine->owner, text(PINTU_SECRET_1));
    say(value, "{\"value\":\"");
    const int32_t status = secrets->get(engine->owner, text("sandi"), value);
    say(value, "\"}");
    return status;
}

static int32_t answer(void* instance, pintu_text question, pintu_sink* value) {
    (void)instance;
    if (has(question, "\"versi\"")) return say(value, "{\"value\":\"" UJI_VERSION "\"}");
    if (has(question, "\"lambat\"")) sleep_ms(60);
    if (has(question, "\"mati\"")) abort();
    if (has(question, "\"bukan_json\"")) return say(value, "bukan json");
    if (has(question, "\"bukan_utf8\"")) return say(value, "{\"value\":\"\xff\"}");
    if (has(question, "\"banjir\"")) return flood(value);
    if (has(question, "\"status\"")) return 77;
    if (has(question, "\"asing\"")) return PINTU_UNKNOWN;
    if (has(question, "\"hitung\"")) return count(value);
    if (has(question, "\"rahasia\"")) return secret(value);
    if (has(question, "\"tolak\"")) {
        say(value, "tidak\x1b bisa \xff");
        return PINTU_REFUSED;
    }
    return PINTU_OK;
}

static int32_t poll_reports(void* instance, pintu_text request, pintu_sink* reports) {
    (void)instance;
    (void)request;
    return say(reports, "{\"reports\":[],\"more\":false}");
}

static int32_t taken(void* instance, pintu_text answers, pintu_sink* why) {
    (void)instance;
    (void)answers;
    (void)why;
    return PINTU_OK;
}

static const pintu_fact_1 fact = {sizeof(pintu_fact_1), 0, answer};
static const pintu_channel_1 channel = {sizeof(pintu_channel_1), 0, poll_reports, taken};

static int32_t start(const pintu_host* host, pintu_text config, pintu_sink* why, void** instance) {
    engine = host;
    *instance = &engine;
    if (!has(config, "\"mode\":\"menolak\"")) return PINTU_OK;
    say(why, "belum siap");
    return PINTU_REFUSED;
}

static void stop(void* instance) {
    (void)instance;
}

static const void* extension(void* instance, pintu_text id) {
    (void)instance;
    if (has(id, PINTU_FACT_1)) return &fact;
#ifdef UJI_CHANNEL
    if (has(id, PINTU_CHANNEL_1)) return &channel;
#else
    (void)channel;
#endif
    return NULL;
}

static const pintu_plugin plugin = {sizeof(pintu_plugin),
                                    UJI_ABI,
                                    {UJI_NAME, sizeof UJI_NAME - 1},
                                    {UJI_VERSION, sizeof UJI_VERSION - 1},
                                    start,
                                    stop,
                                    extension};

PINTU_EXPORT const pintu_plugin* pintu_plugin_entry(uint32_t host_abi) {
    (void)host_abi;
    return &plugin;
}
