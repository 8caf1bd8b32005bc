/* FROZEN. The contract as it was when ABI 1 was released: never to be changed again, whatever becomes
 * of plugins/abi/pintu_plugin.h. What was built with it must go on working. */
/* The contract between Pintu and a plugin: C, fixed-width integers, nothing else. It never changes
 * once shipped. It grows by new extension and service ids ("pintu.channel/2") and by new members at
 * the end of a struct, whose `size` says which of them are there: read none beyond it.
 *
 * Texts are UTF-8, with a length, not terminated, and never NULL where the size is not 0. A text
 * that is handed over is borrowed: it lives until the function returns, and who wants it longer
 * copies it. What comes back is written into a sink. Documents are JSON; docs/plugin-documents.md
 * has each one.
 *
 * Threads: every function of one instance is called on one thread at a time, not always the same
 * one; a service is called only while the plugin has been called, on that very thread. Nothing may
 * be thrown, or longjmp'ed, across any of these functions. */
#ifndef PINTU_PLUGIN_H
#define PINTU_PLUGIN_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PINTU_ABI 1u

/* The longest document in either direction, in bytes. */
#define PINTU_MOST_DOCUMENT (16u << 20)

/* What a function says of itself. */
enum {
    PINTU_OK = 0,
    PINTU_REFUSED = 1, /* for good; the sink may hold why, in words for people */
    PINTU_LATER = 2,   /* could not now; the same again may work; why as above */
    PINTU_UNKNOWN = 3, /* no such thing: key, fact, secret */
    PINTU_FAILED = 4,  /* something is wrong; why as above */
    PINTU_TOO_LARGE = 5
};

typedef struct pintu_text {
    const char* data;
    uint64_t size;
} pintu_text;

/* Where an answer goes, in one piece or several. Lives as long as the call that it came with. */
typedef struct pintu_sink {
    uint32_t size; /* of this struct */
    uint32_t reserved;
    void* owner;
    /* PINTU_OK, or PINTU_TOO_LARGE: nothing of this piece was taken. */
    int32_t (*write)(void* owner, pintu_text piece);
} pintu_sink;

/* What the engine does for a plugin. Lives from start() until stop() has returned. */
typedef struct pintu_host {
    uint32_t size;
    uint32_t abi;
    void* owner;
    /* The table of a service id below, or NULL where there is none. Lives as the host does. */
    const void* (*service)(void* owner, pintu_text id);
} pintu_host;

/* What a plugin is. Static: lives as long as the file is loaded. */
typedef struct pintu_plugin {
    uint32_t size;
    uint32_t abi;       /* PINTU_ABI of the header that it was built with */
    pintu_text name;    /* as in its manifest */
    pintu_text version; /* as in its manifest */
    /* Makes an instance. `config` is a document that its manifest's schema allows. Any status but
     * PINTU_OK: there is no instance, and the sink may hold why. */
    int32_t (*start)(const pintu_host* host, pintu_text config, pintu_sink* why, void** instance);
    /* Ends it and frees all that it owns. Not called where start() failed. */
    void (*stop)(void* instance);
    /* The table of an extension id below, or NULL. Lives as the instance does. */
    const void* (*extension)(void* instance, pintu_text id);
} pintu_plugin;

/* The only exported symbol. NULL: this host is not one that the plugin can work with. */
#define PINTU_ENTRY_NAME "pintu_plugin_entry"
typedef const pintu_plugin* (*pintu_entry_function)(uint32_t host_abi);

#if defined(__GNUC__)
#define PINTU_EXPORT __attribute__((visibility("default")))
#else
#define PINTU_EXPORT
#endif

/* ---- Extensions: what a plugin can do ------------------------------------------------------- */

/* Brings reports in. */
#define PINTU_CHANNEL_1 "pintu.channel/1"
typedef struct pintu_channel_1 {
    uint32_t size;
    uint32_t reserved;
    /* Reports that have come ("channel.poll"). Each is given again with every poll until taken()
     * names it: the engine has them only once they are in its store. */
    int32_t (*poll)(void* instance, pintu_text request, pintu_sink* reports);
    /* What became of reports ("channel.taken"): settle them outside (move the file, mark the mail).
     */
    int32_t (*taken)(void* instance, pintu_text answers, pintu_sink* why);
} pintu_channel_1;

/* Carries messages out. */
#define PINTU_CONNECTOR_1 "pintu.connector/1"
typedef struct pintu_connector_1 {
    uint32_t size;
    uint32_t reserved;
    /* One message ("connector.send"). PINTU_OK: it has gone, or had gone with this `key` before.
     * PINTU_REFUSED: never will. PINTU_LATER: the engine tries again, with the same `key`. */
    int32_t (*send)(void* instance, pintu_text message, pintu_sink* answer);
} pintu_connector_1;

/* Answers a fact of the rules. */
#define PINTU_FACT_1 "pintu.fact/1"
typedef struct pintu_fact_1 {
    uint32_t size;
    uint32_t reserved;
    /* `question` ("fact.answer") -> the value as the rules write it, as a document. PINTU_UNKNOWN:
     * it cannot be told; the rule's `else` is taken. */
    int32_t (*answer)(void* instance, pintu_text question, pintu_sink* value);
} pintu_fact_1;

/* Answers HTTP requests at the routes that it opened (pintu.http-route/1). */
#define PINTU_HTTP_HANDLER_1 "pintu.http-handler/1"
typedef struct pintu_http_handler_1 {
    uint32_t size;
    uint32_t reserved;
    int32_t (*handle)(void* instance, pintu_text request, pintu_sink* response); /* "http.handle" */
} pintu_http_handler_1;

/* Looks at a file that came with a report ("evidence.inspect"), in the sandbox: type by content,
 * size in pixels, place, and a copy without what others must not see. */
#define PINTU_EVIDENCE_1 "pintu.evidence/1"
typedef struct pintu_evidence_1 {
    uint32_t size;
    uint32_t reserved;
    /* `file`: the bytes. `answer`: a document. `copy`: the bytes that others may see. */
    int32_t (*inspect)(void* instance, pintu_text file, pintu_sink* answer, pintu_sink* copy);
} pintu_evidence_1;

/* ---- Services: what a plugin may ask of the engine ------------------------------------------ */

/* For the people who run the engine. No personal data: what is in a report does not belong here. */
#define PINTU_LOG_1 "pintu.log/1"
enum { PINTU_DEBUG = 0, PINTU_INFO = 1, PINTU_WARNING = 2, PINTU_ERROR = 3 };
typedef struct pintu_log_1 {
    uint32_t size;
    uint32_t reserved;
    void (*write)(void* owner, int32_t level, pintu_text line);
} pintu_log_1;

/* The configuration as start() had it. */
#define PINTU_CONFIG_1 "pintu.config/1"
typedef struct pintu_config_1 {
    uint32_t size;
    uint32_t reserved;
    int32_t (*get)(void* owner, pintu_sink* config);
} pintu_config_1;

/* What a plugin must know again after a restart: UTF-8 texts by key, on disk when put() returns.
 * Keys: 1 to 200 bytes; values: 1 MiB at most; 100,000 keys at most. */
#define PINTU_STATE_1 "pintu.state/1"
typedef struct pintu_state_1 {
    uint32_t size;
    uint32_t reserved;
    int32_t (*get)(void* owner, pintu_text key, pintu_sink* value); /* PINTU_UNKNOWN: no such key */
    int32_t (*put)(void* owner, pintu_text key, pintu_text value);
    int32_t (*erase)(void* owner, pintu_text key);
    /* A JSON list of the keys that begin so, sorted, at most 10,000. */
    int32_t (*list)(void* owner, pintu_text prefix, pintu_sink* keys);
} pintu_state_1;

/* Secrets that the manifest names. */
#define PINTU_SECRET_1 "pintu.secret/1"
typedef struct pintu_secret_1 {
    uint32_t size;
    uint32_t reserved;
    int32_t (*get)(void* owner, pintu_text name, pintu_sink* value);
} pintu_secret_1;

/* The engine's time; a plugin has no other. Microseconds since 1970-01-01T00:00:00Z. */
#define PINTU_TIME_1 "pintu.time/1"
typedef struct pintu_time_1 {
    uint32_t size;
    uint32_t reserved;
    int64_t (*now_us)(void* owner);
} pintu_time_1;

/* Requests that come to the engine's HTTP listener. */
#define PINTU_HTTP_ROUTE_1 "pintu.http-route/1"
typedef struct pintu_http_route_1 {
    uint32_t size;
    uint32_t reserved;
    /* `path` as it follows "/plugin/NAME". PINTU_REFUSED: there is no listener. */
    int32_t (*open)(void* owner, pintu_text path);
} pintu_http_route_1;

/* One HTTP request, made by the engine ("http.request"), to a host that the manifest names. */
#define PINTU_HTTP_REQUEST_1 "pintu.http-request/1"
typedef struct pintu_http_request_1 {
    uint32_t size;
    uint32_t reserved;
    int32_t (*request)(void* owner, pintu_text request, pintu_sink* response);
} pintu_http_request_1;

/* A TCP connection, made by the engine, to a host that the manifest names: for other protocols. */
#define PINTU_CONNECTION_1 "pintu.connection/1"
typedef struct pintu_connection_1 {
    uint32_t size;
    uint32_t reserved;
    /* A connected blocking socket, which is the plugin's to close. PINTU_REFUSED: not a host of
     * the manifest's. PINTU_LATER: it did not answer. */
    int32_t (*open)(void* owner, pintu_text host, uint16_t port, int32_t timeout_ms,
                    int32_t* socket);
} pintu_connection_1;

#ifdef __cplusplus
}
#endif
#endif
