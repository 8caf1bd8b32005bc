// One agency read from a definitions folder, without layering of YAML: what workflow checks need.
#pragma once

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/registry/read.hpp"
#include "engine/rules/check/check.hpp"
#include "engine/rules/syntax/parse.hpp"
#include "engine/workflow/compile/compile.hpp"
#include "engine/yaml/parse.hpp"
#include "tests/support/files.hpp"

namespace pintu::workflow {

inline const Date kToday = *make_date(2026, 3, 2);

class Agency {
  public:
    // `folders`: the layers' folders below `root`/rules and `root`/workflows, uppermost first; the
    // last is the agency's own. `schema` is a folder below `root`/workflows.
    Agency(std::string root, std::vector<std::string> folders, const std::string& schema)
        : root_(std::string(PINTU_SOURCE_DIR) + "/" + std::move(root)) {
        const auto& own = folders.back();
        const AgencyCode code(own.substr(0, own.find('-')));
        schema_ = registry::read_schema(tree(schema + "/schema.yaml"), diagnostics);
        registry_ = registry::read_registry(tree(own + "/registry.yaml"), diagnostics);
        people_ = registry::read_people(tree(own + "/people.yaml"), code, diagnostics);
        read_programs(code, folders);
    }

    yaml::Node tree(const std::string& path) {
        const auto& source = sources.add(path, testing::read_file(root_ + "/workflows/" + path));
        return yaml::parse(source, diagnostics).value_or(yaml::Node{});
    }

    Surroundings surroundings() const {
        Surroundings around;
        around.schema = &*schema_;
        around.offices = {{&*registry_}, {&*people_}};
        for (const auto& program : programs_) around.programs.push_back(&program);
        around.today = kToday;
        return around;
    }

    SourceSet sources;
    Diagnostics diagnostics;

  private:
    std::shared_ptr<const registry::Tree> names(const char* file, registry::TreeKind kind) {
        const auto& source =
            sources.add(file, testing::read_file(root_ + "/workflows/nasional/" + file));
        const auto rows = registry::read_names(source, kind, diagnostics);
        return std::make_shared<registry::Tree>(
            registry::join_names({&rows}, kind, sources, diagnostics));
    }

    void read_programs(const AgencyCode& code, const std::vector<std::string>& folders) {
        rules::Stack stack;
        for (const auto& folder : folders) {
            rules::LayerFiles layer{folder.substr(0, folder.find('-')), {}, {}};
            for (const auto& path : rule_files(folder)) {
                const auto& source = sources.add("rules/" + folder + "/" + path.filename().string(),
                                                 testing::read_file(path.string()));
                if (auto file = rules::syntax::parse(source, diagnostics)) {
                    files_.push_back(std::make_unique<rules::syntax::File>(std::move(*file)));
                    layer.files.push_back(files_.back().get());
                }
            }
            stack.layers.push_back(std::move(layer));
        }
        stack.agency = code;
        stack.registries = {&*registry_};
        stack.categories = names("categories.csv", registry::TreeKind::categories);
        stack.regions = names("regions.csv", registry::TreeKind::regions);
        stack.schema = &*schema_;
        stack.today = kToday;
        stack.sources = &sources;
        programs_ = rules::check(stack, diagnostics);
    }

    std::vector<std::filesystem::path> rule_files(const std::string& folder) const {
        std::vector<std::filesystem::path> found;
        for (const auto& entry : std::filesystem::directory_iterator(root_ + "/rules/" + folder))
            if (entry.path().extension() == ".rules") found.push_back(entry.path());
        std::sort(found.begin(), found.end());
        return found;
    }

    std::string root_;
    std::optional<registry::Schema> schema_;
    std::optional<registry::Registry> registry_;
    std::optional<registry::People> people_;
    std::vector<std::unique_ptr<rules::syntax::File>> files_;
    std::vector<rules::Program> programs_;
};

}  // namespace pintu::workflow
