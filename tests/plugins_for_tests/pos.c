/* A connector for tests: keeps each message that it is given in its state, under "1", "2", ...;
 * what stands in the text is what it answers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/abi/pintu_plugin.h"

static const pintu_host* engine;
static int count;

static pintu_text text(const char* words) {
    pintu_text made = {words, strlen(words)};
    return made;
}

static int has(pintu_text document, const char* word) {
    const size_t size = strlen(word);
    for (uint64_t i = 0; i + size <= document.size; ++i)
        if (memcmp(document.data + i, word, size) == 0) return 1;
    return 0;
}

static int32_t say(pintu_sink* sink, const char* words, int32_t status) {
    sink->write(sink->owner, text(words));
    return status;
}

static int32_t send(void* instance, pintu_text message, pintu_sink* answer) {
    const pintu_state_1* state = engine->service(engine->owner, text(PINTU_STATE_1));
    char key[16];
    (void)instance;
    snprintf(key, sizeof key, "%d", ++count);
    if (state) state->put(engine->owner, text(key), message);
    if (has(message, "TOLAK")) return say(answer, "nomor salah", PINTU_REFUSED);
    if (has(message, "BOCOR")) return say(answer, "550 <budi@example.id> 0812", PINTU_REFUSED);
    if (has(message, "NANTI")) return say(answer, "{\"why\":\"penuh\"}", PINTU_LATER);
    if (has(message, "GAGAL")) return PINTU_FAILED;
    if (has(message, "MATI")) abort();
    if (has(message, "\"person\":\"p-2\"") && has(message, "DUA"))
        return say(answer, "tak ada", PINTU_LATER);
    return say(answer, "{}", PINTU_OK);
}

static const pintu_connector_1 connector = {sizeof(pintu_connector_1), 0, send};

static int32_t start(const pintu_host* host, pintu_text config, pintu_sink* why, void** instance) {
    engine = host;
    count = 0;
    *instance = &engine;
    return has(config, "\"mode\":\"menolak\"") ? say(why, "belum siap", PINTU_REFUSED) : PINTU_OK;
}

static void stop(void* instance) {
    (void)instance;
}

static const void* extension(void* instance, pintu_text id) {
    (void)instance;
    return has(id, PINTU_CONNECTOR_1) ? &connector : NULL;
}

static const pintu_plugin plugin = {
    sizeof(pintu_plugin), PINTU_ABI, {"pos", 3}, {"1.0.0", 5}, start, stop, extension};

PINTU_EXPORT const pintu_plugin* pintu_plugin_entry(uint32_t host_abi) {
    (void)host_abi;
    return &plugin;
}
