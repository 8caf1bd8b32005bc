// Where secrets come from. Each draw seeds the ids and keys of one command (cases/decide/mint.hpp).
#pragma once

#include "engine/base/hash.hpp"

namespace pintu::ports {

class Entropy {
  public:
    virtual ~Entropy() = default;
    // 32 bytes that nobody can guess; a fixed sequence in simulations.
    virtual Digest draw() = 0;
};

}  // namespace pintu::ports
