// Snowball's Indonesian stemmer: "perbaikan", "diperbaiki" -> "baik".
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace pintu::text {

// Not for two threads at once; every one gives the same stems.
class Stemmer {
  public:
    Stemmer();
    ~Stemmer();
    Stemmer(Stemmer&&) noexcept;
    Stemmer& operator=(Stemmer&&) noexcept;

    // `word` is folded; valid until the next call. It over-stems some words (mengirimkan -> irim);
    // lexicons and reports pass through it alike.
    std::string_view stem(std::string_view word);

  private:
    struct Snowball;
    std::unique_ptr<Snowball> snowball_;
};

// "snowball 2.2.0 indonesian"
std::string stemmer_version();

}  // namespace pintu::text
