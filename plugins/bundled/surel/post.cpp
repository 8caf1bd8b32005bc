#include "post.hpp"

#include <algorithm>
#include <cstring>

namespace surel {

using pintu::plugin::Done;
using pintu::plugin::done;
using pintu::plugin::Engine;
using pintu::plugin::later;
using pintu::plugin::refused;

namespace {

struct Dialogue {
    std::string_view unsent;
    std::string verb;   // the last that was said: "RCPT", "DATA"
    std::string reply;  // to it: "550 5.1.1"; no words, which may be about persons
    bool over = false;
};

std::size_t give(char* to, std::size_t size, std::size_t count, void* dialogue) {
    auto& unsent = static_cast<Dialogue*>(dialogue)->unsent;
    const std::size_t some = std::min(size * count, unsent.size());
    std::memcpy(to, unsent.data(), some);
    unsent.remove_prefix(some);
    return some;
}

// What else is sent may be a password.
bool is_verb(std::string_view word) {
    return word.size() == 4 &&
           std::string_view(" EHLO HELO STAR AUTH MAIL RCPT DATA ")
                   .find(" " + std::string(word) + " ") != std::string_view::npos;
}

int listen(CURL*, curl_infotype type, char* bytes, std::size_t size, void* self) {
    auto& dialogue = *static_cast<Dialogue*>(self);
    const std::string_view text(bytes, size);
    if (type == CURLINFO_HEADER_OUT && text.rfind("QUIT", 0) == 0) dialogue.over = true;
    if (dialogue.over) return 0;
    if (type == CURLINFO_HEADER_OUT && is_verb(text.substr(0, 4)))
        dialogue.verb = text.substr(0, 4);
    if (type == CURLINFO_HEADER_IN)
        dialogue.reply = text.substr(0, std::min(text.find_first_not_of("0123456789. -"), size));
    return 0;
}

CURLcode speak(CURL* curl, const Settings& settings, const std::string& to, Dialogue& dialogue,
               Deadline deadline) {
    const std::string from = "<" + settings.address + ">";
    const std::string recipient = "<" + to + ">";
    curl_slist* recipients = curl_slist_append(nullptr, recipient.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, &give);
    curl_easy_setopt(curl, CURLOPT_READDATA, &dialogue);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, &listen);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &dialogue);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, left_ms(deadline));
    const CURLcode code = curl_easy_perform(curl);
    curl_slist_free_all(recipients);
    return code;
}

// A server's "no" to the sender's address or to a login is about our set-up, not about the letter.
bool is_for_good(const Dialogue& dialogue) {
    const bool about_letter = dialogue.verb == "RCPT" || dialogue.verb == "DATA";
    return about_letter && dialogue.reply.rfind('5', 0) == 0;
}

std::string trimmed(std::string text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '-')) text.pop_back();
    return text;
}

}  // namespace

Done post(const Engine& engine, const Settings& settings, const std::string& to,
          const std::string& letter, Deadline deadline) {
    const auto handle = Handle::open(engine, settings.smtp, deadline);
    if (!handle) return handle.failure();
    Dialogue dialogue{letter, "", "", false};
    const CURLcode code = speak((*handle)->curl(), settings, to, dialogue, deadline);
    if (code == CURLE_OK) return done();
    const std::string reply = trimmed(dialogue.reply);
    if (is_for_good(dialogue))
        return refused("server surat menolak " +
                       std::string(dialogue.verb == "RCPT" ? "penerima" : "isi surat") + " (" +
                       reply + ")");
    std::string why = words_of(code, settings.smtp);
    if (!reply.empty()) why += " (" + dialogue.verb + ": " + reply + ")";
    return later(why);
}

}  // namespace surel
