#include "plugins/host/link/orders.hpp"

namespace pintu::plugins {
namespace {

class Writer {
  public:
    void number(std::uint64_t value) { bytes_ += as_bytes(value); }
    void text(const std::string& value) {
        number(value.size());
        bytes_ += value;
    }
    void texts(const std::vector<std::string>& values) {
        number(values.size());
        for (const auto& value : values) text(value);
    }
    std::string take() { return std::move(bytes_); }

  private:
    std::string bytes_;
};

// Reads nothing beyond the end; then `good` is false and stays so.
class Reader {
  public:
    explicit Reader(std::string_view bytes) : left_(bytes) {}
    std::uint64_t number() {
        const auto value = from_bytes<std::uint64_t>(piece(sizeof(std::uint64_t)));
        return value.value_or(0);
    }
    std::string text() { return std::string(piece(number())); }
    std::vector<std::string> texts() {
        std::vector<std::string> values;
        for (std::uint64_t count = number(); count > 0 && good_; --count) values.push_back(text());
        return values;
    }
    bool done() const { return good_ && left_.empty(); }

  private:
    std::string_view piece(std::uint64_t size) {
        good_ = good_ && size <= left_.size();
        if (!good_) return {};
        const auto taken = left_.substr(0, size);
        left_.remove_prefix(size);
        return taken;
    }
    std::string_view left_;
    bool good_ = true;
};

}  // namespace

std::string encode(const Order& order) {
    Writer to;
    for (const auto* text : {&order.name, &order.file, &order.folder}) to.text(*text);
    for (const auto* texts : {&order.command, &order.readable, &order.writable}) to.texts(*texts);
    to.number(static_cast<std::uint64_t>(order.memory_mb));
    to.number(static_cast<std::uint64_t>(order.open_files));
    return to.take();
}

std::optional<Order> decode_order(std::string_view bytes) {
    Reader from(bytes);
    Order order;
    for (auto* text : {&order.name, &order.file, &order.folder}) *text = from.text();
    for (auto* texts : {&order.command, &order.readable, &order.writable}) *texts = from.texts();
    order.memory_mb = static_cast<std::int64_t>(from.number());
    order.open_files = static_cast<std::int64_t>(from.number());
    if (!from.done()) return std::nullopt;
    return order;
}

}  // namespace pintu::plugins
