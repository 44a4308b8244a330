#include "experiments/engine/slurm/task_files.hpp"

#include <nlohmann/json.hpp>

#include "experiments/engine/slurm/spool_fields.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/described.hpp"

namespace assay::engine {

template <class Value>
std::string spool_text(const Value& value) {
  return formats::text_of(value);
}

template <class Value>
Value parse_spool_text(std::string_view text) {
  const nlohmann::json document = formats::parse_json(text, "file of the spool");
  return formats::read_as<Value>(formats::Field(document));
}

template std::string spool_text(const Generation&);
template std::string spool_text(const Claim&);
template std::string spool_text(const TaskProgress&);
template std::string spool_text(const TaskResult&);
template std::string spool_text(const TaskFailure&);
template std::string spool_text(const ClusterNode&);
template Generation parse_spool_text(std::string_view);
template Claim parse_spool_text(std::string_view);
template TaskProgress parse_spool_text(std::string_view);
template TaskResult parse_spool_text(std::string_view);
template TaskFailure parse_spool_text(std::string_view);
template ClusterNode parse_spool_text(std::string_view);

}  // namespace assay::engine
