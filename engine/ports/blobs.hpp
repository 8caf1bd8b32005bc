// Files that came with reports, by the SHA-256 of their bytes. Kept apart from the log; erasure of
// a case destroys what no other case has.
#pragma once

#include <string>

#include "engine/base/hash.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/result.hpp"

namespace pintu::ports {

// As it came (`original`: for those who may read the case's personal data), and as others see it
// (`shown`: without what its metadata give away).
enum class BlobForm { original, shown };

class Blobs {
  public:
    virtual ~Blobs() = default;
    // On disk when it returns. The same again is the same.
    virtual Result<Digest> put(const std::string& bytes, BlobForm form, const Digest& original) = 0;
    // BL001 where there is none, BL002 where it is not what its digest says.
    virtual Result<std::string> get(const Digest& original, BlobForm form) = 0;
    virtual Result<void> erase(const Digest& original) = 0;
};

}  // namespace pintu::ports
