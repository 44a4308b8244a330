#include "experiments/report/interop/batch_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/utf8.hpp"
#include "experiments/report/result_document.hpp"
#include "experiments/report/text.hpp"

namespace assay::report {

std::string batch_text(const std::vector<interop::JudgedFile>& files, const TextStyle& style) {
  TextStyle unbroken = style;
  unbroken.breaks_sentences = false;
  std::string text;
  for (const interop::JudgedFile& file : files) {
    const auto* const attempt = std::get_if<decide::JudgedAttempt>(&file.outcome);
    text += fmt::format("{}: {}", printable(file.name),
                        attempt != nullptr ? result_sentences(attempt->result, unbroken)
                                           : fmt::format("error: {}\n", std::get<Error>(file.outcome).what()));
  }
  return text;
}

nlohmann::json batch_json(const std::vector<interop::JudgedFile>& files) {
  nlohmann::json all = nlohmann::json::array();
  for (const interop::JudgedFile& file : files) {
    if (const auto* const error = std::get_if<Error>(&file.outcome)) {
      all.push_back({{"file", file.name}, {"error", error->what()}});
      continue;
    }
    const auto& attempt = std::get<decide::JudgedAttempt>(file.outcome);
    AttemptHeading heading;
    heading.command = "analyse";
    heading.plan_sha256 = attempt.plan_sha256;
    all.push_back(result_object(heading, attempt.plan, attempt.result));
    all.back()["file"] = file.name;
  }
  return all;
}

}  // namespace assay::report
