#include "core/record/entry.hpp"

#include "core/record/record.hpp"

namespace assay {
namespace {

struct KindName {
  std::string_view operator()(const Reopening&) const { return "reopening"; }
  std::string_view operator()(const Relaxation&) const { return "relaxation"; }
  std::string_view operator()(const Restoration&) const { return "restoration"; }
  std::string_view operator()(const Question&) const { return "question"; }
  std::string_view operator()(const Answer&) const { return "answer"; }
  std::string_view operator()(const Claim&) const { return "claim"; }
  std::string_view operator()(const Withdrawal&) const { return "withdrawal"; }
  std::string_view operator()(const Opening&) const { return "opening"; }
  std::string_view operator()(const Closing&) const { return "closing"; }
  std::string_view operator()(const ChallengeEntry&) const { return "challenge"; }
  std::string_view operator()(const AllowedFinding&) const { return "allowance"; }
  std::string_view operator()(const Acceptance&) const { return "acceptance"; }
  std::string_view operator()(const Baseline&) const { return "baseline"; }
  std::string_view operator()(const Adoption&) const { return "adoption"; }
  std::string_view operator()(const Reversion&) const { return "reversion"; }
  std::string_view operator()(const Gain&) const { return "gain"; }
  std::string_view operator()(const MilestoneDone&) const { return "milestone"; }
  std::string_view operator()(const Review&) const { return "review"; }
  std::string_view operator()(const GateReport&) const { return "gate"; }
};

}  // namespace

std::string_view kind_of(const EntryContent& content) {
  return std::visit(KindName{}, content);
}

std::string entry_name(const Entry& entry) {
  return record_name(entry.number, kind_of(entry.content));
}

std::string settled_by_this(const EntryContent& content) {
  if (const auto* restoration = std::get_if<Restoration>(&content)) return restoration->relaxation;
  if (const auto* answer = std::get_if<Answer>(&content)) return answer->question;
  if (const auto* withdrawal = std::get_if<Withdrawal>(&content)) return withdrawal->claim;
  if (const auto* closing = std::get_if<Closing>(&content)) return closing->opening;
  if (const auto* acceptance = std::get_if<Acceptance>(&content)) return acceptance->record;
  if (const auto* baseline = std::get_if<Baseline>(&content)) return baseline->replaces;
  if (const auto* reversion = std::get_if<Reversion>(&content)) return reversion->adoption;
  return "";
}

}  // namespace assay
