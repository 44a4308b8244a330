#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::trial {

/// What a span says of who opened it. std::nullopt: it does not say.
struct SpanOrigin {
  std::optional<std::int64_t> process = {};
  std::optional<std::int64_t> thread = {};
  std::optional<std::vector<std::int64_t>> ancestors = {};  ///< processes that `process` descends from
  std::optional<std::string> parent = {};  ///< name of the span that it is a part of; empty: it is a part of none
  /// Spans of one chunk of a ring that overlap are of one thread. Those of two chunks may be, too: chunks fill up.
  std::optional<std::uint64_t> chunk = {};
  friend auto operator<=>(const SpanOrigin&, const SpanOrigin&) = default;
  friend bool operator==(const SpanOrigin&, const SpanOrigin&) = default;
};

/// Keeps one of the origins that are equal: a million spans come from a few threads.
class SpanOrigins {
 public:
  /// nullptr if nothing is said.
  [[nodiscard]] std::shared_ptr<const SpanOrigin> shared(SpanOrigin origin);

 private:
  std::map<SpanOrigin, std::shared_ptr<const SpanOrigin>> known_;
  std::shared_ptr<const SpanOrigin> last_;
};

/// How a span relates to one that was open all the time while it was.
enum class Nesting {
  nested,    ///< it is a part of the other
  parallel,  ///< they went on beside each other
  assumed,   ///< one of them is a command's, and they do not say it; taken for a part
  unknown,   ///< neither says anything that decides it
};

/// Follows what the spans say: a parent; else the same chunk or thread; else a process that descends from the outer
/// one's. A command (a process without a thread whose ancestors are known) covers all threads of its process. nullptr:
/// nothing is said. \param outer_name  of the span that `outer` opened
[[nodiscard]] Nesting nesting(const SpanOrigin* inner, const SpanOrigin* outer, std::string_view outer_name);

}  // namespace assay::trial
