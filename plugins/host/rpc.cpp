#include "plugins/host/rpc.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "plugins/host/base64.hpp"
#include "plugins/host/document.hpp"

namespace pintu::plugins::rpc {
namespace {

namespace json = boost::json;

constexpr std::int64_t kFirstError = -32000;  // -32001: refused, ... in the order of Status
constexpr std::int64_t kNoSuchMethod = -32601;

std::string text(const json::value& value) {
    return {value.get_string().data(), value.get_string().size()};
}

Status status_of(const json::value* code) {
    if (code == nullptr || !code->is_int64()) return Status::failed;
    const std::int64_t number = code->get_int64();
    if (number == kNoSuchMethod) return Status::unknown;
    const std::int64_t status = kFirstError - number;
    return status >= 1 && status <= kLastStatus ? static_cast<Status>(status) : Status::failed;
}

// `error` or `result`; false where it is neither.
bool read_answer(json::object& object, Answer& answer, std::string& why) {
    if (auto* error = object.if_contains("error"); error && !error->is_null()) {
        const auto* members = error->if_object();
        const auto* words = members ? members->if_contains("message") : nullptr;
        answer.status = status_of(members ? members->if_contains("code") : nullptr);
        answer.document = words && words->is_string() ? plain(text(*words)) : "";
        return true;
    }
    auto* result = object.if_contains("result");
    if (result == nullptr || !result->is_object()) {
        why = "\"result\" is no object";
        return false;
    }
    if (const auto* copy = result->get_object().if_contains("copy_base64")) {
        const auto bytes = copy->is_string() ? from_base64(text(*copy)) : std::nullopt;
        if (!bytes) why = "\"copy_base64\" is no Base64";
        if (!bytes) return false;
        answer.copy = *bytes;
        result->get_object().erase("copy_base64");
    }
    answer.document = json::serialize(*result);
    return true;
}

bool read_question(const json::object& object, Message& message, std::string& why) {
    const auto* method = object.if_contains("method");
    const auto* params = object.if_contains("params");
    if (!method->is_string() || method->get_string().empty() || (params && !params->is_object())) {
        why = "\"method\" is no text or \"params\" no object";
        return false;
    }
    message.method = text(*method);
    if (params) message.params = json::serialize(*params);
    return true;
}

}  // namespace

std::string request(std::int64_t id, std::string_view method, std::string_view params) {
    std::string line = R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":")";
    line += std::string(method) + R"(","params":)";
    const auto start = line.size();
    line += params;
    std::replace_if(
        line.begin() + static_cast<std::ptrdiff_t>(start), line.end(),
        [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return line + "}";
}

std::string response(std::string_view id, const Answer& answer) {
    std::string line = R"({"jsonrpc":"2.0","id":)" + std::string(id);
    if (answer.status == Status::ok)
        return line + R"(,"result":)" + (answer.document.empty() ? "{}" : answer.document) + "}";
    const auto code = kFirstError - static_cast<std::int64_t>(answer.status);
    const json::object error{{"code", code}, {"message", answer.document}};
    return line + R"(,"error":)" + json::serialize(error) + "}";
}

std::optional<Message> read(std::string_view line, std::string& why) {
    json::error_code failed;
    auto value = json::parse(line, failed, {}, {.max_depth = 64});
    if (failed || !value.is_object()) {
        why = failed ? "not JSON: " + failed.message() : "not a JSON object";
        return std::nullopt;
    }
    auto& object = value.get_object();
    Message message;
    const auto* id = object.if_contains("id");
    if (id && !id->is_null()) {
        if (!id->is_int64() && !id->is_uint64() &&
            (!id->is_string() || id->get_string().size() > 200)) {
            why = "\"id\" is neither a number nor a short text";
            return std::nullopt;
        }
        message.id = json::serialize(*id);
    }
    const bool good = object.contains("method") ? read_question(object, message, why)
                                                : read_answer(object, message.answer, why);
    if (!good) return std::nullopt;
    return message;
}

}  // namespace pintu::plugins::rpc
