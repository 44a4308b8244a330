#include "experiments/definition/reading/tables.hpp"

namespace assay::definition {

template <>
const TableDescription& table_of<Plant>() {
  static const TableDescription description =
      Table<Plant>({.definition = "plant",
                    .title = "a table [[plant]] with name and patch",
                    .meaning =
                        "A fault that the checks have to catch. `assay challenge` plants it into control and into "
                        "treatment: if control's checks catch it and treatment's do not, the change weakens what "
                        "judges it, and the challenge is invalid ([claims.md](../methods/claims.md)). Only for a "
                        "variable that is a revision or a patch."})
          .key<&Plant::name>({.name = "name",
                              .shape = shape::some_text("a name").such_as(R"("off by one")"),
                              .meaning = "what the fault is called; no two plants share one",
                              .need = Need::required})
          .key_in<&Plant::patch, &Patch::file>(
              {.name = "patch",
               .shape = shape::path("a patch file, as git diff writes it").such_as(R"("plants/off-by-one.patch")"),
               .meaning = "the patch that breaks the program, as `git diff` writes it; its names start at the "
                          "repository's top",
               .need = Need::required});
  return description;
}

}  // namespace assay::definition
