// Which definitions a node decides by: the folder's or those in force in the store.
#pragma once

#include "adapters/cli/engine.hpp"

namespace pintu::cli {

// The folder's, of all agencies, whatever --agency says: a node takes the turns of any.
std::optional<Definitions> load_all(const Options& options, Instant now, const Io& io);

// Loads the folder's and settles between them and the store's (Follow); says what it did where they
// differ. A folder with errors is no hindrance where the store has definitions in force. False:
// there are none to decide by, which was said, and `exit` is set.
bool settle_definitions(const Options& options, ports::EventStore& store, runtime::Runtime& runtime,
                        Follow follow, Instant now, const Io& io, int& exit);

// Puts what was loaded from the folder in force on all nodes. Where its rules ask a plugin that
// those before counted with and that is not installed here, that is said.
Result<void> publish_folder(const Options& options, ports::EventStore& store,
                            runtime::Runtime& runtime, Definitions definitions, Instant now,
                            const Io& io);

// Plugins whose facts the definitions of this id count with, and that are not among those
// installed here: their rules take `else` on this node. None where the definitions are not kept.
Result<std::vector<std::string>> lacking_plugins(ports::EventStore& store,
                                                 const std::string& definitions_id,
                                                 const std::vector<std::string>& installed);

// As they stand in messages: the first twelve digits of their id.
std::string short_id(const std::string& definitions_id);

}  // namespace pintu::cli
