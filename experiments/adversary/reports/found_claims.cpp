#include "experiments/adversary/reports/found_claims.hpp"

#include <utility>

#include "experiments/adversary/reports/pairs/aligned_tables.hpp"
#include "experiments/adversary/reports/pairs/reached_goals.hpp"
#include "experiments/adversary/reports/reading/passages.hpp"
#include "experiments/adversary/reports/reading/plain_figures.hpp"
#include "experiments/adversary/reports/reading/plain_text.hpp"
#include "experiments/adversary/reports/statements.hpp"

namespace assay::adversary {

FoundClaims claims_in_document(std::string_view document, const std::optional<record::Lab>& lab) {
  const std::string text = with_plain_figures(plain_text(document));
  std::vector<Passage> passages = with_aligned_rows(passages_in(text));
  mark_reached_goals(passages);
  std::vector<Statement> statements = statements_in(passages);
  const std::vector<ShownEffect> shown = lab ? shown_effects(*lab) : std::vector<ShownEffect>{};
  FoundClaims found;
  found.contradictions = contradictions_in(passages, statements);
  for (Statement& statement : statements) {
    std::vector<ShownEffect> backing = backing_of(statement, shown);
    found.claims.push_back({std::move(statement), std::move(backing)});
  }
  return found;
}

}  // namespace assay::adversary
