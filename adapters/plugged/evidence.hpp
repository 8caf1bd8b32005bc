// What becomes of a file that came with a report: kept as it came, looked at by the plugin of kind
// `evidence` in its sandbox, and kept once more as others may see it.
//
// Never a reason to lose a report: where there is no such plugin, or it crashes, hangs or refuses
// the file, the original is kept and there is no copy for others.
#pragma once

#include <optional>
#include <string>

#include "engine/base/hash.hpp"
#include "engine/base/result.hpp"
#include "engine/ports/blobs.hpp"
#include "engine/ports/log.hpp"
#include "plugins/host/plugins.hpp"

namespace pintu::plugged {

// What was found out about a file (ports::BlobForm::about). Texts are bounded; numbers as written.
struct About {
    std::string type;                     // "image/jpeg"
    bool looked_at = false;               // false: no plugin did, or none could
    bool whole = false;                   // of a picture: decoded to its end
    bool shown = false;                   // there is a copy for others
    std::string broken;                   // why not, in words
    std::string width, height, lat, lon;  // JSON numbers; "": not told
};
// Nothing where the document is not one.
std::optional<About> read_about(const std::string& document);

class Evidence {
  public:
    // All outlive it. The first plugin of kind `evidence` looks at files.
    Evidence(plugins::Plugins& plugins, ports::Blobs& blobs, ports::Log& log);

    // All forms are on disk when it returns; the same again is the same. Errors are of the disk.
    Result<Digest> keep(const std::string& bytes);
    ports::Blobs& blobs() { return blobs_; }

  private:
    struct Seen {
        std::string about;  // JSON
        std::string copy;
        bool has_copy = false;
    };
    Seen look_at(const std::string& bytes);

    plugins::Plugins& plugins_;
    ports::Blobs& blobs_;
    ports::Log& log_;
    std::string inspector_;  // "": none
};

}  // namespace pintu::plugged
