#include "engine/text/version.hpp"

#include <unicode/uchar.h>
#include <unicode/uversion.h>

#include "engine/text/spellings.hpp"
#include "engine/text/stem.hpp"
#include "engine/text/words.hpp"

namespace pintu::text {
namespace {

std::string shown(const UVersionInfo& version) {
    char text[U_MAX_VERSION_STRING_LENGTH];
    u_versionToString(version, text);
    return text;
}

}  // namespace

std::string version() {
    UVersionInfo icu;
    UVersionInfo unicode;
    u_getVersion(icu);
    u_getUnicodeVersion(unicode);
    return "icu " + shown(icu) + " unicode " + shown(unicode) + "; " + stemmer_version() +
           "; spellings " + std::to_string(kSpellingsVersion) + "; words " +
           std::to_string(kWordsVersion);
}

}  // namespace pintu::text
