// Files that came with reports, by the SHA-256 of their bytes. Kept apart from the log; erasure of
// a case destroys what no other case has.
#pragma once

#include <string>

#include "engine/base/hash.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/result.hpp"

namespace pintu::ports {

// As it came (`original`: for those who may read the case's personal data), as others see it
// (`shown`: without what its metadata give away; absent where nobody could make such a copy), and
// what was found out about it (`about`: JSON, docs/json.md, "evidence"; may hold a place).
enum class BlobForm { original, shown, about };

class Blobs {
  public:
    virtual ~Blobs() = default;
    // On disk when it returns. The same again is the same. BL003 where it cannot be written.
    virtual Result<Digest> put(const std::string& bytes, BlobForm form, const Digest& original) = 0;
    // BL001 where there is none, BL002 where an original is not what its digest says.
    virtual Result<std::string> get(const Digest& original, BlobForm form) = 0;
    // The case has this file, from now on; on disk when it returns. The same again is the same.
    virtual Result<void> claim(const Digest& original, const CaseId& by) = 0;
    // The case has it no longer. All forms of it are destroyed where no other case has it either;
    // what is not there is no error.
    virtual Result<void> release(const Digest& original, const CaseId& by) = 0;
};

}  // namespace pintu::ports
