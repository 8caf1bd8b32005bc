/* FROZEN. A plugin of ABI 1, built with the header of that day; never to be changed again. Every
 * engine must load it, and it must do what frozen_test.cpp says. It has every extension of ABI 1
 * and asks for every service. */
#include <stdio.h>
#include <string.h>

#include "pintu_plugin_v1.h"

struct instance {
    const pintu_host* host;
    char config[256];
};

static pintu_text text(const char* words) {
    const pintu_text result = {words, strlen(words)};
    return result;
}

static int32_t say(pintu_sink* sink, const char* words) {
    return sink->write(sink->owner, text(words));
}

static int same(pintu_text left, const char* right) {
    return left.size == strlen(right) && memcmp(left.data, right, left.size) == 0;
}

struct note {
    char words[512];
    size_t size;
};

static int32_t keep(void* owner, pintu_text piece) {
    struct note* note = owner;
    if (piece.size >= sizeof note->words - note->size) return PINTU_TOO_LARGE;
    memcpy(note->words + note->size, piece.data, piece.size);
    note->size += piece.size;
    note->words[note->size] = 0;
    return PINTU_OK;
}

static pintu_sink into(struct note* note) {
    const pintu_sink sink = {sizeof(pintu_sink), 0, note, keep};
    note->size = 0;
    note->words[0] = 0;
    return sink;
}

static const void* service(const struct instance* self, const char* id) {
    return self->host->service(self->host->owner, text(id));
}

/* Every service once; what came of it goes into the sink, a line each. */
static int32_t ask_all(const struct instance* self, pintu_sink* answer) {
    void* owner = self->host->owner;
    const pintu_log_1* log = service(self, "pintu.log/1");
    const pintu_config_1* config = service(self, "pintu.config/1");
    const pintu_state_1* state = service(self, "pintu.state/1");
    const pintu_secret_1* secret = service(self, "pintu.secret/1");
    const pintu_time_1* time = service(self, "pintu.time/1");
    const pintu_http_route_1* route = service(self, "pintu.http-route/1");
    const pintu_http_request_1* http = service(self, "pintu.http-request/1");
    const pintu_connection_1* connection = service(self, "pintu.connection/1");
    struct note note;
    pintu_sink sink;
    char line[1024];
    int32_t status, socket = -1;
    if (!log || !config || !state || !secret || !time || !route || !http || !connection)
        return PINTU_FAILED;
    log->write(owner, PINTU_INFO, text("satu baris"));
    sink = into(&note);
    status = config->get(owner, &sink);
    snprintf(line, sizeof line, "config %d %s\n", (int)status, note.words);
    say(answer, line);
    status = state->put(owner, text("kunci"), text("nilai"));
    sink = into(&note);
    snprintf(line, sizeof line, "put %d get %d", (int)status,
             (int)state->get(owner, text("kunci"), &sink));
    say(answer, line);
    snprintf(line, sizeof line, " %s\n", note.words);
    say(answer, line);
    sink = into(&note);
    status = state->list(owner, text("ku"), &sink);
    snprintf(line, sizeof line, "list %d %s\n", (int)status, note.words);
    say(answer, line);
    status = state->erase(owner, text("kunci"));
    sink = into(&note);
    snprintf(line, sizeof line, "erase %d get %d\n", (int)status,
             (int)state->get(owner, text("kunci"), &sink));
    say(answer, line);
    sink = into(&note);
    status = secret->get(owner, text("token"), &sink);
    snprintf(line, sizeof line, "secret %d %s\n", (int)status, note.words);
    say(answer, line);
    snprintf(line, sizeof line, "time %lld\n", (long long)time->now_us(owner));
    say(answer, line);
    snprintf(line, sizeof line, "route %d\n", (int)route->open(owner, text("/masuk")));
    say(answer, line);
    sink = into(&note);
    status =
        http->request(owner, text("{\"method\":\"GET\",\"url\":\"https://a.example/\"}"), &sink);
    snprintf(line, sizeof line, "http %d %s\n", (int)status, note.words);
    say(answer, line);
    status = connection->open(owner, text("a.example"), 993, 1000, &socket);
    snprintf(line, sizeof line, "connection %d %d\n", (int)status, (int)socket);
    return say(answer, line);
}

static int32_t answer(void* instance, pintu_text question, pintu_sink* value) {
    if (same(question, "{\"fact\":\"layanan\",\"arguments\":{}}")) return ask_all(instance, value);
    if (same(question, "{\"fact\":\"lain\",\"arguments\":{}}")) return PINTU_UNKNOWN;
    say(value, "{\"value\":");
    return say(value, "\"aman\"}");
}

static int32_t poll(void* instance, pintu_text request, pintu_sink* reports) {
    (void)instance;
    if (!same(request, "{\"limit\":100}")) return PINTU_FAILED;
    return say(reports,
               "{\"reports\":[{\"channel\":\"beku\",\"external_id\":\"1\"}],\"more\":false}");
}

static int32_t taken(void* instance, pintu_text answers, pintu_sink* why) {
    (void)instance, (void)answers;
    return say(why, "{}");
}

static int32_t send_message(void* instance, pintu_text message, pintu_sink* why) {
    (void)instance, (void)message;
    say(why, "nanti saja");
    return PINTU_LATER;
}

static int32_t handle(void* instance, pintu_text request, pintu_sink* response) {
    (void)instance, (void)request;
    return say(response, "{\"status\":202,\"headers\":[],\"body\":\"\"}");
}

static int32_t inspect(void* instance, pintu_text file, pintu_sink* answer_sink, pintu_sink* copy) {
    (void)instance;
    if (copy->write(copy->owner, file) != PINTU_OK) return PINTU_TOO_LARGE;
    return say(answer_sink, "{\"type\":\"text/plain\"}");
}

static struct instance the_instance;

static int32_t start(const pintu_host* host, pintu_text config, pintu_sink* why, void** instance) {
    if (config.size >= sizeof the_instance.config) {
        say(why, "terlalu panjang");
        return PINTU_REFUSED;
    }
    memcpy(the_instance.config, config.data, config.size);
    the_instance.host = host;
    *instance = &the_instance;
    return PINTU_OK;
}

static void stop(void* instance) {
    memset(instance, 0, sizeof the_instance);
}

static const void* extension(void* instance, pintu_text id) {
    static const pintu_channel_1 channel = {sizeof channel, 0, poll, taken};
    static const pintu_connector_1 connector = {sizeof connector, 0, send_message};
    static const pintu_fact_1 fact = {sizeof fact, 0, answer};
    static const pintu_http_handler_1 http = {sizeof http, 0, handle};
    static const pintu_evidence_1 evidence = {sizeof evidence, 0, inspect};
    (void)instance;
    if (same(id, "pintu.channel/1")) return &channel;
    if (same(id, "pintu.connector/1")) return &connector;
    if (same(id, "pintu.fact/1")) return &fact;
    if (same(id, "pintu.http-handler/1")) return &http;
    if (same(id, "pintu.evidence/1")) return &evidence;
    return NULL;
}

PINTU_EXPORT const pintu_plugin* pintu_plugin_entry(uint32_t host_abi);
PINTU_EXPORT const pintu_plugin* pintu_plugin_entry(uint32_t host_abi) {
    static const pintu_plugin plugin = {sizeof plugin, PINTU_ABI, {"beku", 4}, {"1.0.0", 5},
                                        start,         stop,      extension};
    return host_abi >= 1 ? &plugin : NULL;
}
