#include "letter.hpp"

#include <gmime/gmime.h>

#include <algorithm>

#include "address.hpp"
#include "charset.hpp"
#include "parts.hpp"

namespace surel {
namespace {

constexpr std::size_t kMostAddresses = 100;
constexpr std::size_t kMostAnswered = 50;

std::string header(GMimeObject* object, const char* name, std::size_t most_bytes = 1000) {
    const char* value = g_mime_object_get_header(object, name);
    if (value == nullptr) return "";
    bool wrong = false;
    return one_line(to_utf8(value, "", wrong), most_bytes);
}

// As it is used: printable ASCII without brackets or spaces.
std::string message_id_of(std::string_view text) {
    const auto open = text.find('<');
    if (open != std::string_view::npos) text.remove_prefix(open + 1);
    text = text.substr(0, text.find_first_of("> \t"));
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
        return c > ' ' && c < 0x7f && c != '<' && c != '"' && c != '\\';
    });
    if (!plain || text.size() > 250 || text.find('@') == std::string_view::npos) return "";
    return std::string(text);
}

void add_message_ids(const std::string& text, std::vector<std::string>& to) {
    for (auto open = text.rfind('<'); open != std::string::npos && to.size() < kMostAnswered;
         open = open == 0 ? std::string::npos : text.rfind('<', open - 1)) {
        auto id = message_id_of(std::string_view(text).substr(open));
        if (!id.empty()) to.push_back(std::move(id));
    }
}

void add_addresses(InternetAddressList* list, std::vector<std::string>& to) {
    const int count = list == nullptr ? 0 : internet_address_list_length(list);
    for (int i = 0; i < count && to.size() < kMostAddresses; ++i) {
        InternetAddress* each = internet_address_list_get_address(list, i);
        if (!INTERNET_ADDRESS_IS_MAILBOX(each)) continue;
        const char* address = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(each));
        if (address != nullptr && is_address(address)) to.emplace_back(address);
    }
}

void read_sender(GMimeMessage* message, Letter& letter) {
    InternetAddressList* list = g_mime_message_get_from(message);
    std::vector<std::string> addresses;
    add_addresses(list, addresses);
    if (!addresses.empty()) letter.from_address = addresses.front();
    if (list == nullptr || internet_address_list_length(list) == 0) return;
    const char* name = internet_address_get_name(internet_address_list_get_address(list, 0));
    if (name == nullptr) return;
    bool wrong = false;
    letter.from_name = one_line(to_utf8(name, "", wrong), 200);
}

void read_recipients(GMimeMessage* message, GMimeObject* object, Letter& letter) {
    for (const char* name : {"Delivered-To", "X-Original-To", "Envelope-To"}) {
        std::string address = header(object, name);
        std::erase_if(address, [](char c) { return c == '<' || c == '>'; });
        if (is_address(address)) letter.to.push_back(std::move(address));
    }
    add_addresses(g_mime_message_get_to(message), letter.to);
    add_addresses(g_mime_message_get_cc(message), letter.to);
}

Signs read_signs(GMimeObject* object) {
    Signs signs;
    signs.auto_submitted = lower(header(object, "Auto-Submitted", 100));
    signs.precedence = lower(header(object, "Precedence", 100));
    for (const char* name : {"X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond"})
        signs.auto_response += header(object, name, 100);
    for (const char* name : {"List-Id", "List-Unsubscribe"})
        signs.list += header(object, name, 100);
    signs.return_path = header(object, "Return-Path", 300);
    return signs;
}

void read_message(GMimeMessage* message, const Limits& limits, bool cut_off, Letter& letter) {
    GMimeObject* object = GMIME_OBJECT(message);
    letter.message_id = message_id_of("<" + [&] {
        const char* id = g_mime_message_get_message_id(message);
        return std::string(id == nullptr ? "" : id);
    }());
    add_message_ids(header(object, "In-Reply-To"), letter.answered);
    add_message_ids(header(object, "References", 8000), letter.answered);
    read_sender(message, letter);
    read_recipients(message, object, letter);
    letter.signs = read_signs(object);
    if (const char* subject = g_mime_message_get_subject(message)) {
        bool wrong = false;
        letter.subject = one_line(to_utf8(subject, "", wrong), 1000);
    }
    GMimeObject* top = g_mime_message_get_mime_part(message);
    letter.signs.is_bounce =
        top != nullptr &&
        g_mime_content_type_is_type(g_mime_object_get_content_type(top), "multipart", "report");
    read_parts(top, limits, cut_off, letter);
}

}  // namespace

Letter read_letter(std::string_view bytes, const Limits& limits, bool cut_off) {
    Letter letter;
    GMimeStream* stream = g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size());
    GMimeParser* parser = g_mime_parser_new_with_stream(stream);
    g_object_unref(stream);
    if (GMimeMessage* message = g_mime_parser_construct_message(parser, nullptr)) {
        read_message(message, limits, cut_off, letter);
        g_object_unref(message);
    } else {
        letter.marks.emplace_back("surat tidak dapat diuraikan");
    }
    g_object_unref(parser);
    return letter;
}

}  // namespace surel
