#include "engine/history/writer.hpp"

namespace pintu::history {

void Writer::grow(std::size_t bytes) {
    out_.resize(2 * out_.size() + bytes);
}

}  // namespace pintu::history
