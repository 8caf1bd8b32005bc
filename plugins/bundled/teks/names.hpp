// Is a person named in a text? Rather too often than once too few: who is named is protected.
#pragma once

#include <vector>

#include "lists.hpp"
#include "text.hpp"

namespace teks {

class NameSigns {
  public:
    NameSigns();
    // Linear in the words.
    bool in(const std::vector<Word>& words) const;

  private:
    struct Reading;
    bool is_known(const Word& word) const;      // a name and seldom anything else
    bool may_be_known(const Word& word) const;  // a name, or something else
    bool is_plain(const Word& word) const;      // an ordinary word, a place, a title, a number
    bool stands_for_name(const Reading& reading, std::size_t at) const;
    bool follows_address(const Reading& reading, std::size_t at) const;
    std::size_t skip_place(const Reading& reading, std::size_t at) const;
    bool names_at(const Reading& reading, std::size_t at) const;

    Words marks_, addresses_, weak_addresses_, titles_, between_, names_, meaning_names_;
    Words heads_, places_, common_;
};

}  // namespace teks
