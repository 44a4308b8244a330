#include "experiments/adversary/reports/found_claims_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "core/text/utf8.hpp"
#include "experiments/adversary/reports/claim_draft.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::adversary {
namespace {

constexpr std::size_t kQuoted = 160;

/// The part of a long sentence around its figure.
std::string quote_text(const Statement& statement) {
  constexpr std::size_t kAhead = kQuoted / 2;
  const std::string_view quote = statement.quote;
  const bool is_near = quote.size() <= kQuoted || statement.figure_at <= kAhead;
  if (is_near) return shortened(printable(quote), kQuoted);
  const std::size_t blank = quote.find(' ', statement.figure_at - kAhead);
  const std::size_t begin = blank < statement.figure_at ? blank + 1 : statement.figure_at;
  return "..." + shortened(printable(quote.substr(begin)), kQuoted);
}

std::string backing_text(const std::vector<ShownEffect>& backing) {
  if (backing.empty()) return "no record of this lab shows it";
  std::vector<std::string> texts;
  for (const ShownEffect& effect : backing) {
    texts.push_back(
        fmt::format("{} ({}: {:.3g}x to {:.3g}x)", effect.record, effect.metric, effect.ratio.low, effect.ratio.high));
  }
  return fmt::format("its figure fits {}", fmt::join(texts, ", "));
}

std::string claim_text(const FoundClaim& claim, const std::string& path) {
  const Statement& statement = claim.statement;
  return fmt::format("{}:{}: {}, {}: {}\n  \"{}\"\n  claim   {}\n  record  {}\n", printable(path), statement.line,
                     to_string(statement.kind), to_string(statement.sign), amount_text(statement),
                     quote_text(statement), claim_draft(statement), printable(backing_text(claim.backing)));
}

nlohmann::json quantity_json(const Quantity& quantity) {
  return {{"low", quantity.low}, {"high", quantity.high}, {"unit", quantity.unit}};
}

nlohmann::json claim_json(const FoundClaim& claim) {
  const Statement& statement = claim.statement;
  nlohmann::json backing = nlohmann::json::array();
  for (const ShownEffect& effect : claim.backing) {
    backing.push_back({{"record_name", printable(effect.record)},
                       {"metric", printable(effect.metric)},
                       {"ratio", quantity_json(effect.ratio)}});
  }
  return {{"line", statement.line},
          {"kind", to_string(statement.kind)},
          {"sign", to_string(statement.sign)},
          {"amount", quantity_json(statement.amount)},
          {"before", statement.before ? quantity_json(*statement.before) : nlohmann::json(nullptr)},
          {"quote", printable(statement.quote)},
          {"draft", claim_draft(statement)},
          {"records", std::move(backing)}};
}

}  // namespace

std::string found_claims_text(const FoundClaims& found, const std::string& path) {
  if (found.claims.empty()) return fmt::format("{}: no sentence states a measurable effect\n", printable(path));
  std::string text;
  std::size_t without = 0;
  for (const FoundClaim& claim : found.claims) {
    text += claim_text(claim, path);
    without += claim.backing.empty() ? 1 : 0;
  }
  for (const Contradiction& contradiction : found.contradictions) {
    text += fmt::format("{}:{}: {}: {}\n", printable(path), fmt::join(contradiction.lines, ","),
                        to_string(contradiction.kind), contradiction.what);
  }
  return text + fmt::format("{}, {} without a record behind it; {}\n",
                            report::count_text(static_cast<int>(found.claims.size()), "statement"), without,
                            report::count_text(static_cast<int>(found.contradictions.size()), "contradiction"));
}

nlohmann::json found_claims_json(const FoundClaims& found) {
  nlohmann::json statements = nlohmann::json::array();
  for (const FoundClaim& claim : found.claims) statements.push_back(claim_json(claim));
  nlohmann::json contradictions = nlohmann::json::array();
  for (const Contradiction& contradiction : found.contradictions) {
    contradictions.push_back(
        {{"kind", to_string(contradiction.kind)}, {"lines", contradiction.lines}, {"what", contradiction.what}});
  }
  return {{"schema_version", 1},
          {"command", "claim"},
          {"statements", std::move(statements)},
          {"contradictions", std::move(contradictions)}};
}

}  // namespace assay::adversary
