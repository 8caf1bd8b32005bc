#include <ostream>

#include "adapters/cli/commands.hpp"

namespace pintu::cli {

int completion(const Options&, const CompletionArgs&, Io& io) {
    io.out << "# bash completion of pintu; use: eval \"$(pintu completion bash)\"\n"
              "_pintu() {\n"
              "  local words=(";
    for (const auto& name : command_names()) io.out << " '" << name << "'";
    io.out << " )\n"
              "  local typed=\"${COMP_WORDS[*]:1:COMP_CWORD-1}\" "
              "current=\"${COMP_WORDS[COMP_CWORD]}\"\n"
              "  local word next found=()\n"
              "  for word in \"${words[@]}\"; do\n"
              "    [ -z \"$typed\" ] || [ \"${word#\"$typed\" }\" != \"$word\" ] || continue\n"
              "    next=\"$word\"; [ -z \"$typed\" ] || next=\"${word#\"$typed\" }\"\n"
              "    found+=(\"${next%% *}\")\n"
              "  done\n"
              "  COMPREPLY=( $(compgen -W \"${found[*]}\" -- \"$current\") )\n"
              "  [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=( $(compgen -f -- \"$current\") )\n"
              "}\n"
              "complete -F _pintu pintu\n";
    return kDone;
}

}  // namespace pintu::cli
