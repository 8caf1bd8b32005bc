#include "adapters/cli/plugin_examples.hpp"

#include <boost/json.hpp>

namespace pintu::cli {
namespace {

namespace json = boost::json;
using plugins::Kind;

constexpr std::size_t kLarge = 10'000'000;
constexpr int kDeep = 40;

std::string message(const std::string& text) {
    const std::string mark(kPersonalMark);
    return json::serialize(json::object{
        {"key", "64.09-percobaan-1"},
        {"attempt", 1},
        {"agency", "64.09"},
        {"case", "64.09-percobaan"},
        {"tracking_id", "7H3K-9QXM-V2PT"},
        {"channel", "percobaan"},
        {"kind", "acknowledge"},
        {"template", "laporan_diterima"},
        {"at", "2026-03-13T01:30:00Z"},
        {"language", "id"},
        {"subject", mark},
        {"text", mark + " " + text},
        {"to",
         json::object{{"external_id", "p-1"}, {"name", mark}, {"phone", mark}, {"email", mark}}}});
}

std::string question(const std::string& fact, const plugins::FactOffer& offer,
                     const std::string& text) {
    json::object arguments;
    for (const auto& name : offer.arguments)
        arguments[name] = std::string(kPersonalMark) + " " + text;
    return json::serialize(json::object{{"fact", fact}, {"arguments", arguments}});
}

std::string deep() {
    std::string text;
    for (int i = 0; i < kDeep; ++i) text += R"({"a":[)";
    for (int i = 0; i < kDeep; ++i) text += "]}";
    return text;
}

}  // namespace

std::vector<TrialCall> good_calls(const plugins::Manifest& manifest, const std::string& text) {
    std::vector<TrialCall> calls;
    if (manifest.has(Kind::channel)) calls.push_back({"channel.poll", R"({"limit":100})"});
    if (manifest.has(Kind::channel)) calls.push_back({"channel.taken", R"({"answers":[]})"});
    if (manifest.has(Kind::connector)) calls.push_back({"connector.send", message(text)});
    for (const auto& [fact, offer] : manifest.facts)
        if (manifest.has(Kind::fact)) calls.push_back({"fact.answer", question(fact, offer, text)});
    if (manifest.has(Kind::evidence))
        calls.push_back({"evidence.inspect", std::string(kPersonalMark) + text});
    return calls;
}

std::vector<TrialCall> bad_calls(const plugins::Manifest& manifest) {
    std::vector<std::string> documents = {"{}", R"({"tidak":"dikenal","x":[1,2,{"y":null}]})",
                                          deep()};
    std::vector<TrialCall> calls;
    const auto add = [&](const char* method, std::initializer_list<const char*> own) {
        for (const auto& document : documents) calls.push_back({method, document});
        for (const auto* document : own) calls.push_back({method, document});
    };
    if (manifest.has(Kind::channel)) {
        add("channel.poll", {R"({"limit":-1})", R"({"limit":"banyak"})", R"({"limit":null})",
                             R"({"limit":9223372036854775807})"});
        add("channel.taken",
            {R"({"answers":7})", R"({"answers":[7,null,"x",{}]})",
             R"({"answers":[{"external_id":"tidak ada","status":"?","errors":{}}]})",
             R"({"answers":[{"external_id":5,"status":[],"tracking_id":{}}]})"});
    }
    if (manifest.has(Kind::connector))
        add("connector.send",
            {R"({"key":7,"text":[],"to":"siapa"})", R"({"key":"","text":"","to":{}})",
             R"({"key":"../../x","text":"x","to":{"phone":5}})", R"({"key":"k","to":null})"});
    if (manifest.has(Kind::fact))
        add("fact.answer",
            {R"({"fact":"tidak_ada","arguments":{}})", R"({"fact":7,"arguments":[]})",
             R"({"fact":null,"arguments":null})", R"({"arguments":{"isi":{"a":1}}})"});
    if (manifest.has(Kind::evidence)) add("evidence.inspect", {"", "\xff\xd8\xff", "\x89PNG\r\n"});
    return calls;
}

std::string unicode_text() {
    return "Jalan “berlubang” di Sanga-Sanga 🕳️ – العربية 中文 e\u0301 \u200b" +
           std::string("\0\x01\x7f", 3) + "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9 \"\\/\n\t";
}

std::string large_text() {
    std::string text;
    text.reserve(kLarge);
    while (text.size() < kLarge) text += "Jalan berlubang di depan SD, belum ada korban. ";
    return text;
}

}  // namespace pintu::cli
