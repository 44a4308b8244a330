#include "experiments/definition/keys/table.hpp"

namespace assay::definition {

void read_table(const TableDescription& description, const Field& table, void* object) {
  for (const Key& key : description.keys) {
    if (key.read == nullptr) continue;
    if (const std::optional<Field> field = table.find(key.name)) key.read(*field, object);
  }
  if (description.last_step != nullptr) description.last_step(object, table);
}

}  // namespace assay::definition
