// Which definitions decide a case (L8): those in force at its receipt, found again by their hash,
// with the registry, people and calendars of today.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/bundle/bundle.hpp"
#include "engine/ports/log.hpp"
#include "engine/ports/store.hpp"

namespace pintu::runtime {

// Definitions as loaded, with the files that they came from.
struct Loadout {
    Loadout() = default;
    Loadout(bundle::Definitions with, std::shared_ptr<const bundle::Library> loaded, Date day)
        : files(std::move(with)),
          library(std::move(loaded)),
          today(day),
          id(bundle::definitions_id(files)) {}

    bundle::Definitions files;
    std::shared_ptr<const bundle::Library> library;
    Date today;      // LoadOptions::today, for older definitions to be loaded by
    std::string id;  // ports::DefinitionSet::id
};

// As it is kept.
ports::DefinitionSet to_set(const Loadout& loadout);
// What another node has published, and has proved before. Nothing where it does not load here.
std::optional<Loadout> from_set(ports::DefinitionSet set, Date today, Diagnostics& diagnostics);

class PinnedDefinitions {
  public:
    PinnedDefinitions(ports::EventStore& store, ports::Log& log) : store_(store), log_(log) {}

    // From now on `loadout` is in force; it is kept by its hashes first.
    Result<void> use(Loadout loadout);
    // use(), of what is kept already.
    void adopt(Loadout loadout);
    const bundle::Library& library() const { return *loadout_.library; }
    const std::shared_ptr<const bundle::Library>& shared_library() const {
        return loadout_.library;
    }
    const std::string& id() const { return loadout_.id; }

    // The agency's bundle now in force; nullptr where it has none.
    const bundle::Bundle* in_force(const AgencyCode& agency) const;
    // The bundle of a case. RT020: its definitions are neither in force nor kept; RT021: they no
    // longer load beside today's registry and calendars.
    Result<const bundle::Bundle*> of_case(const AgencyCode& agency, const BundleHash& pinned);

  private:
    struct Key {
        AgencyCode agency;
        BundleHash pinned;
        auto operator<=>(const Key&) const = default;
    };
    Result<const bundle::Bundle*> load(const Key& key);

    ports::EventStore& store_;
    ports::Log& log_;
    Loadout loadout_;
    std::map<Key, std::shared_ptr<const bundle::Bundle>> older_;  // with the registries in force
};

}  // namespace pintu::runtime
