// JSON (RFC 8259) written in the order in which it is said: stable field names and order are part
// of the contract of `-o json`. Integers only; no float ever leaves the engine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pintu::wire {

class JsonWriter {
  public:
    JsonWriter& begin_object();
    JsonWriter& end_object();
    JsonWriter& begin_array();
    JsonWriter& end_array();
    // A name inside an object; the next call gives its value.
    JsonWriter& key(std::string_view name);
    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(std::int64_t number);
    JsonWriter& value(bool truth);
    JsonWriter& null();
    // Text that is JSON already.
    JsonWriter& raw(std::string_view json);

    template <class T>
    JsonWriter& field(std::string_view name, const T& content) {
        key(name);
        return value(content);
    }

    const std::string& text() const { return text_; }

  private:
    void separate();
    std::string text_;
    std::vector<bool> filled_;  // of each open object or array: has it a member yet?
    bool after_key_ = false;
};

// A string with its quotes and escapes; bytes that are not UTF-8 must not come here.
std::string json_string(std::string_view text);

}  // namespace pintu::wire
