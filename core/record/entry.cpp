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
  return "";
}

}  // namespace assay
