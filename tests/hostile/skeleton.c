#include <string.h>
#include <unistd.h>

#include "tests/hostile/hostile.h"

#define WEAK __attribute__((weak))

const pintu_host* host;

WEAK void on_entry(void) {}
WEAK int32_t on_start(pintu_sink* why) {
    (void)why;
    return PINTU_OK;
}
WEAK int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    return say(answer, "fine");
}
WEAK void on_stop(void) {}

static pintu_text text(const char* words) {
    pintu_text made = {words, strlen(words)};
    return made;
}

const void* service(const char* id) {
    return host->service(host->owner, text(id));
}

int32_t say(pintu_sink* sink, const char* words) {
    return sink->write(sink->owner, text(words));
}

int32_t got_through(int yes, pintu_sink* answer) {
    return say(answer, yes ? "done" : "denied");
}

void forge(uint32_t first, uint32_t second, uint16_t kind, uint16_t status, uint64_t id,
           const char* body) {
    struct {
        uint32_t first, second;
        uint16_t kind, status;
        uint32_t reserved;
        uint64_t id;
    } head = {first, second, kind, status, 0, id};
    (void)!write(3, &head, sizeof head);
    (void)!write(3, body, strlen(body));
}

__attribute__((no_sanitize("undefined"))) void crash(void) {
    *(volatile int*)8 = 1;
}

void hang(void) {
    for (;;) pause();
}

static int32_t start(const pintu_host* given, pintu_text config, pintu_sink* why, void** instance) {
    (void)config;
    host = given;
    *instance = &host;
    return on_start(why);
}

static void stop(void* instance) {
    (void)instance;
    on_stop();
}

static int32_t answer(void* instance, pintu_text question, pintu_sink* value) {
    (void)instance;
    return on_call(question, value);
}

static const pintu_fact_1 kFact = {sizeof kFact, 0, answer};

static const void* extension(void* instance, pintu_text id) {
    (void)instance;
    return id.size == strlen(PINTU_FACT_1) && !memcmp(id.data, PINTU_FACT_1, id.size) ? &kFact
                                                                                      : NULL;
}

static const pintu_plugin kPlugin = {sizeof kPlugin, PINTU_ABI, {"hostile", 7}, {"1.0.0", 5},
                                     start,          stop,      extension};

PINTU_EXPORT const pintu_plugin* pintu_plugin_entry(uint32_t host_abi);
const pintu_plugin* pintu_plugin_entry(uint32_t host_abi) {
    (void)host_abi;
    on_entry();
    return &kPlugin;
}
