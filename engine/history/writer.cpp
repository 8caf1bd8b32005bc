#include "engine/history/writer.hpp"

namespace pintu::history {

void Writer::grow(std::size_t bytes) {
    std::string more(2 * most_ + bytes, '\0');
    std::memcpy(more.data(), out_, size_);
    grown_ = std::move(more);
    out_ = grown_.data();
    most_ = grown_.size();
}

}  // namespace pintu::history
