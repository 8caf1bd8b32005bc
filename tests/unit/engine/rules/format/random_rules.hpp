// Random rule files that parse, with every construct, both languages, wild white space and
// comments anywhere.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "engine/rules/syntax/keywords.hpp"

namespace pintu::testing {

class RandomRules {
  public:
    explicit RandomRules(unsigned seed) : random_(seed), indonesian_(random_() % 3) {}

    std::string run() {
        words({k(Keyword::ruleset), name()});
        if (maybe(3)) words({k(Keyword::overlay), name()});
        words({k(Keyword::from), "2026-01-01"});
        if (maybe(3)) words({k(Keyword::until), "2026-12-31"});
        words({k(Keyword::schema), name()});
        for (auto n = random_() % 7; n > 0; --n) block();
        if (maybe(2)) text_ += "\n# akhir";
        return text_;
    }

  private:
    using Keyword = rules::syntax::Keyword;

    bool maybe(unsigned one_in) { return random_() % one_in == 0; }

    // A keyword in a language: all English, all Indonesian, or mixed.
    std::string k(Keyword keyword) {
        const bool indonesian = indonesian_ == 1 || (indonesian_ == 2 && maybe(2));
        return std::string(indonesian ? to_indonesian(keyword) : to_text(keyword));
    }

    void put(const std::string& token) {
        text_ += token;
        switch (random_() % 12) {
            case 0: text_ += "\n"; break;
            case 1: text_ += "\n\n   "; break;
            case 2: text_ += "   "; break;
            case 3: text_ += maybe(3) ? "  # di samping\n" : " "; break;
            case 4: text_ += maybe(3) ? "\n# di atas\n  # lagi\n" : " "; break;
            case 5: text_ += maybe(3) ? "\n\n#sendiri\n\n" : "\t"; break;
            default: text_ += " ";
        }
    }
    void words(std::initializer_list<std::string> tokens) {
        for (const auto& token : tokens) put(token);
    }

    std::string name() {
        static const char* const kNames[] = {
            "a",    "kategori", "wilayah",      "first",
            "unit", "b2",       "status_jalan", "pemilik_yang_panjang_sekali",
            "hari"};
        return kNames[random_() % 9];
    }
    std::string string() {
        static const char* const kTexts[] = {
            "\"\"", "\"jalan # rusak\"", "\"SOP Pusdalops 🚧\"",
            "\"sebuah alasan yang cukup panjang untuk satu baris\""};
        return kTexts[random_() % 4];
    }

    void value() {
        switch (random_() % 9) {
            case 0: return put("64.09.01");
            case 1: return put("3..7");
            case 2: return put("a/b_c");
            case 3: return put("64/dpupr");
            case 4: return words({"5", k(Keyword::working_days)});
            case 5: return put(k(maybe(2) ? Keyword::yes : Keyword::no));
            case 6: return put("2026-03-04");
            case 7: return put("12");
            default: put(name());
        }
    }
    template <class One>
    void list(unsigned most, const std::string& by, One one) {
        one();
        for (auto n = random_() % most; n > 0; --n) {
            put(by);
            one();
        }
    }
    void names(unsigned most) {
        list(most, ",", [&] { put(name()); });
    }
    void set() {
        if (maybe(2)) return value();
        put("{");
        list(4, ",", [&] { value(); });
        put("}");
    }

    void condition(int depth) {
        if (depth > 0 && maybe(2)) {
            const auto by = k(maybe(2) ? Keyword::and_ : Keyword::or_);
            return list(4, by, [&] { term(depth - 1); });
        }
        term(depth);
    }
    void term(int depth) {
        if (maybe(5)) put(k(Keyword::not_));
        if (depth == 0 || maybe(2)) return atom();
        put("(");
        condition(depth - 1);
        put(")");
    }
    void atom() {
        put(name());
        switch (random_() % 9) {
            case 0: put("="), value(); break;
            case 1: put(">="), value(); break;
            case 2: put(k(Keyword::in)), set(); break;
            case 3: put(k(Keyword::not_)), put(k(Keyword::in)), set(); break;
            case 4: put(k(Keyword::is_known)); break;
            case 5: put(k(Keyword::is_unknown)); break;
            case 6: words({k(Keyword::mentions), name()}); break;
            case 7: words({k(Keyword::contains), string()}); break;
            default: break;
        }
    }
    void answer() {
        put("->");
        if (maybe(5)) {
            words({"office_for", "("});
            names(3);
            put(")");
        } else {
            list(3, ",", [&] { value(); });
        }
        because();
    }
    void because() {
        if (maybe(3)) words({k(Keyword::because), string()});
    }
    void when(unsigned one_in) {
        if (!maybe(one_in)) return;
        put(k(Keyword::when));
        condition(3);
    }

    void type() {
        switch (random_() % 5) {
            case 0: return put(k(Keyword::category));
            case 1: return put("0..99");
            case 2: put(k(Keyword::set_of)); [[fallthrough]];
            case 3:
                put("{");
                names(4);
                return put("}");
            default:
                put("{");
                list(4, "<", [&] { put(name()); });
                put("}");
        }
    }

    void block() {
        switch (random_() % 8) {
            case 0: return lexicon();
            case 1: return fact();
            case 2: return limit();
            case 3: return prove();
            case 4: return accept_gap();
            case 5: return test();
            default: decide();
        }
    }
    void lexicon() {
        words({k(Keyword::lexicon), name()});
        if (maybe(3)) put(k(Keyword::also));
        list(6, ",", [&] { put(string()); });
    }
    void fact() {
        words({k(Keyword::fact), name(), "="});
        const bool plugin = maybe(2);
        if (plugin) {
            words({k(Keyword::plugin), "teks.bahaya", "("});
            names(3);
            put(")");
        } else {
            words({k(Keyword::count_prior_same), name()});
            if (maybe(2)) words({k(Keyword::within), "100", "m"});
            words({k(Keyword::in), "90", k(Keyword::days)});
        }
        put(":");
        type();
        if (plugin && maybe(2)) words({k(Keyword::timeout), "50", "ms"});
        if (maybe(2)) put(k(Keyword::else_)), value();
    }
    void limit() {
        words({k(Keyword::limit), name(), k(maybe(2) ? Keyword::at_most : Keyword::includes)});
        value();
        when(3);
        because();
    }
    void prove() {
        words({k(Keyword::prove), name(), ":"});
        if (maybe(2)) {
            words({k(Keyword::raising), name(), k(Keyword::never), k(Keyword::shortens), name()});
            return;
        }
        words({k(Keyword::every), name(), k(Keyword::has)});
        list(5, k(Keyword::and_), [&] {
            put(name());
            if (!maybe(2)) return;
            put("(");
            names(3);
            put(")");
        });
    }
    void accept_gap() {
        words({k(Keyword::accept_gap), name()});
        when(2);
        words({k(Keyword::until), "2026-06-30"});
        because();
    }
    void test() {
        words({k(Keyword::test), string()});
        if (maybe(3)) words({k(Keyword::on), "2026-03-01"});
        if (!maybe(4)) {
            words({k(Keyword::given), "{"});
            list(6, ",", [&] {
                words({name(), ":"});
                maybe(2) ? put(string()) : value();
            });
            put("}");
        }
        put(k(Keyword::expect));
        list(5, ",", [&] {
            put(name());
            switch (random_() % 3) {
                case 0: put("="), set(); break;
                case 1: put(k(Keyword::includes)), set(); break;
                default: put(k(Keyword::is_unknown));
            }
        });
    }
    void decide() {
        words({k(Keyword::decide), name()});
        if (maybe(2)) put(":"), type();
        if (maybe(2)) put(k(maybe(2) ? Keyword::first : Keyword::collect));
        for (auto n = random_() % 3; n > 0; --n) table();
        for (auto n = random_() % 6; n > 0; --n) {
            put(k(Keyword::rule));
            if (maybe(2)) put(name());
            if (maybe(4)) put(k(Keyword::overrides)), names(6);
            when(1);
            answer();
        }
        if (!maybe(2)) return;
        put(k(Keyword::otherwise));
        if (maybe(2)) put(k(Keyword::even_if_unknown));
        answer();
    }
    void table() {
        put(k(Keyword::table));
        if (maybe(2)) put("\"tabel.csv\"");
        put("(");
        names(3);
        put(")");
        for (auto n = random_() % 4; n > 0; --n) {
            put(k(Keyword::row));
            list(4, ",", [&] {
                if (maybe(3)) return put("-");
                if (maybe(3)) return put("?");
                list(3, "|", [&] { value(); });
            });
            answer();
        }
    }

    std::mt19937 random_;
    unsigned long indonesian_;
    std::string text_;
};

inline std::string random_rules(unsigned seed) {
    return RandomRules(seed).run();
}

}  // namespace pintu::testing
