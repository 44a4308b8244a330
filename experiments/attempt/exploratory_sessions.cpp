#include "experiments/cli/exploratory_sessions.hpp"

#include <utility>

namespace assay::cli {

ExploratorySessions::ExploratorySessions(const std::string& purpose, std::string folder, ExploratoryOptions options)
    : folder_(std::move(folder)),
      options_(std::move(options)),
      lock_(take_measuring_lock(purpose, options_.measuring)),
      journal_(host::Journal::in_memory()) {}

std::optional<MeasuredAttempt> ExploratorySessions::run(const definition::Definition& definition) {
  design::Circumstances circumstances = caller_circumstances(folder_);
  circumstances.exploratory = true;
  const JournalledAttempt attempt = open_attempt(journal_, design::freeze(definition, circumstances));
  session::SessionEnd end = measure(attempt, journal_, lock_, options_.output);
  if (end.interrupted) return std::nullopt;
  Record evidence = make_record(attempt, journal_, end.result, "");
  return MeasuredAttempt{attempt.plan, std::move(end.result), std::move(evidence.blocks)};
}

}  // namespace assay::cli
